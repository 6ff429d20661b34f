/* Pausing an answer sheet on the same device. What is typed is kept in this browser only
   (localStorage), never sent before the person sends it, and removed after sending, after
   the last day, or by the button. Without this script the sheet is one long form. */
"use strict";

(() => {
  const PREFIX = "antwoord-";
  const DAY = 10;

  // Storage may be switched off; then there is simply no draft.
  const attempt = (work) => {
    try {
      return work(window.localStorage);
    } catch {
      return null;
    }
  };

  const today = () => {
    const now = new Date();
    return new Date(now.getTime() - now.getTimezoneOffset() * 60000).toISOString().slice(0, DAY);
  };

  const parse = (text) => {
    try {
      return JSON.parse(text);
    } catch {
      return null;
    }
  };

  const forgetWhatIsOver = () => attempt((store) => {
    Object.keys(store).filter((key) => key.startsWith(PREFIX)).forEach((key) => {
      const draft = parse(store.getItem(key));
      if (!draft || !draft.until || draft.until < today()) {
        store.removeItem(key);
      }
    });
  });

  const fieldsOf = (form) => Array.from(form.elements).filter(
    (field) => field.name && field.type !== "hidden" && field.type !== "submit",
  );

  const read = (form) => {
    const values = {};
    fieldsOf(form).forEach((field) => {
      if (field.type === "radio") {
        if (field.checked) {
          values[field.name] = field.value;
        }
      } else if (field.value) {
        values[field.name] = field.value;
      }
    });
    return values;
  };

  const write = (form, values) => {
    fieldsOf(form).forEach((field) => {
      if (!(field.name in values)) {
        return;
      }
      if (field.type === "radio") {
        field.checked = field.value === values[field.name];
      } else {
        field.value = values[field.name];
      }
    });
  };

  const start = () => {
    forgetWhatIsOver();
    const sent = document.querySelector("[data-draft-sent]");
    if (sent) {
      attempt((store) => store.removeItem(sent.dataset.draftSent));
      return;
    }
    const form = document.querySelector("form[data-draft]");
    if (!form) {
      return;
    }
    const key = form.dataset.draft;
    const note = document.querySelector("[data-draft-note]");
    const status = document.querySelector("[data-draft-status]");
    const kept = attempt((store) => parse(store.getItem(key)));
    // After an error the page itself holds what was typed, and that is newer.
    if (kept && kept.values && !form.hasAttribute("data-draft-typed")) {
      write(form, kept.values);
      document.dispatchEvent(new Event("input"));
      status.textContent = "Wat je vorige keer invulde, staat er weer.";
    }
    note.hidden = attempt((store) => store) === null;
    let timer = 0;
    const save = () => attempt((store) => store.setItem(
      key, JSON.stringify({ until: form.dataset.draftUntil, values: read(form) }),
    ));
    const saveSoon = () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(save, 300);
    };
    let isCleared = false;
    form.addEventListener("input", () => { isCleared = false; saveSoon(); });
    window.addEventListener("pagehide", () => {
      if (timer && !isCleared) {
        save();
      }
    });
    const clear = note.querySelector("[data-draft-clear]");
    const asks = clear.textContent;
    // Asked once more before anything is lost; looking elsewhere is a no.
    clear.addEventListener("blur", () => { clear.textContent = asks; });
    clear.addEventListener("click", () => {
      if (clear.textContent === asks) {
        clear.textContent = "Ja, wis alles wat ik invulde";
        return;
      }
      clear.textContent = asks;
      window.clearTimeout(timer);
      isCleared = true;
      attempt((store) => store.removeItem(key));
      fieldsOf(form).forEach((field) => {
        if (field.type === "radio") {
          field.checked = false;
        } else {
          field.value = "";
        }
      });
      document.dispatchEvent(new Event("input"));
      status.textContent = "Alles is gewist.";
    });
  };

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", start);
  } else {
    start();
  }
})();
