/* Live in the room. On the big screen: counting hands with buttons that stop at the number
   of people, keys to walk through the questions, and no refresh in the middle of a count.
   On a phone: a random secret that stays on this device, so that it votes once per question
   without anybody knowing which device it is. The screen works without this script; a phone
   without it says to raise a hand. */
"use strict";

(() => {
  const PREFIX = "stem-";
  const LASTS = 12 * 60 * 60 * 1000;

  // ---- The big screen ----

  const numberIn = (input) => {
    const value = Number.parseInt(input.value, 10);
    return Number.isNaN(value) || value < 0 ? 0 : value;
  };

  let isDirty = false;
  let isSaving = false;

  const tally = (fieldset) => {
    const limit = Number(fieldset.dataset.limit);
    const inputs = Array.from(fieldset.querySelectorAll(".screen-controls input"));
    const total = inputs.reduce((sum, input) => sum + numberIn(input), 0);
    const line = fieldset.form.querySelector(".tally");
    const words = total > limit
      ? `${total} van ${limit} geteld. Dat is ${total - limit} te veel.`
      : `${total} van ${limit} geteld`;
    // A status that is written again is read aloud again, so only write what changed.
    if (line.textContent !== words) {
      line.textContent = words;
    }
    line.classList.toggle("full", total === limit);
    line.classList.toggle("over", total > limit);
    return { total, limit };
  };

  const step = (button) => {
    const fieldset = button.closest("fieldset[data-limit]");
    const input = button.parentElement.querySelector("input");
    const by = Number(button.dataset.tel);
    const { total, limit } = tally(fieldset);
    const before = numberIn(input);
    const after = Math.max(0, before + by);
    if (after === before || (by > 0 && total >= limit)) {
      return;
    }
    input.value = String(after);
    isDirty = true;
    tally(fieldset);
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const say = (words) => {
    const place = document.getElementById("bewaard");
    const told = place && (place.querySelector("span") || place.appendChild(document.createElement("span")));
    if (told) {
      told.className = "error-text";
      told.textContent = words;
    }
  };

  const retrySoon = (form) => window.setTimeout(() => {
    if (document.contains(form)) {
      form.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }, 3000);

  const press = (name) => {
    const button = document.querySelector(`[data-screen-${name}]`);
    if (button) {
      button.click();
    }
  };

  const KEYS = {
    ArrowRight: "after", PageDown: "after", ArrowLeft: "before", PageUp: "before", Escape: "back",
  };

  const walk = (event) => {
    const isPlain = !(event.altKey || event.ctrlKey || event.metaKey || event.shiftKey);
    const name = KEYS[event.key];
    // In a field the arrows belong to the text; Escape always leads back.
    const isTyping = event.target.matches && event.target.matches("input, textarea, select");
    if (!name || !isPlain || (isTyping && name !== "back") || !document.getElementById("scherm")) {
      return;
    }
    event.preventDefault();
    press(name);
  };

  // ---- A phone ----

  // Storage may be switched off; then this device cannot vote twice by mistake, or at all.
  const attempt = (work) => {
    try {
      return work(window.localStorage);
    } catch {
      return null;
    }
  };

  const read = (key) => attempt((store) => JSON.parse(store.getItem(key)));

  const forget = (isOver) => attempt((store) => {
    Object.keys(store).filter((key) => key.startsWith(PREFIX)).forEach((key) => {
      const kept = read(key);
      if (isOver || !kept || !(kept.until > Date.now())) {
        store.removeItem(key);
      }
    });
  });

  const keyOfRoom = () => PREFIX + window.location.pathname;

  const secret = () => {
    const kept = read(keyOfRoom());
    if (kept && kept.secret) {
      return kept;
    }
    const bytes = window.crypto.getRandomValues(new Uint8Array(24));
    const made = {
      secret: Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(""),
      until: Date.now() + LASTS,
    };
    return attempt((store) => {
      store.setItem(keyOfRoom(), JSON.stringify(made));
      return made;
    });
  };

  const remember = (opening, choice) => {
    const kept = secret();
    attempt((store) => store.setItem(
      keyOfRoom(), JSON.stringify({ ...kept, opening, choice }),
    ));
  };

  const prepareVote = () => {
    if (document.querySelector("[data-vote-over]")) {
      forget(true);
      return;
    }
    const form = document.querySelector("form[data-vote]");
    if (!form) {
      // Waiting for a question, or on another page of this script.
      const note = document.querySelector("main > [data-without-script]");
      if (note && secret()) {
        note.hidden = true;
      }
      return;
    }
    const kept = secret();
    if (!kept) {
      return;
    }
    document.querySelectorAll("main > [data-without-script]").forEach((note) => {
      note.hidden = true;
    });
    form.elements.geheim.value = kept.secret;
    form.hidden = false;
    const chosen = form.querySelector("[aria-pressed='true']");
    if (chosen) {
      remember(form.dataset.vote, chosen.value);
    } else if (kept.opening === form.dataset.vote) {
      form.querySelectorAll("[aria-pressed]").forEach((button) => {
        button.setAttribute("aria-pressed", String(button.value === kept.choice));
      });
      document.querySelector("[data-vote-thanks]").hidden = false;
      document.querySelector("[data-vote-ask]").hidden = true;
    }
  };

  const isLost = (lost) => {
    const note = document.querySelector("[data-vote-lost]");
    if (note) {
      note.hidden = !lost;
    }
  };

  let waiting = null;

  const voteAgainSoon = (form, button) => {
    isLost(true);
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => {
      const now = document.querySelector("form[data-vote]");
      if (now && now.dataset.vote === form.dataset.vote) {
        now.requestSubmit(now.querySelector(`[value='${button}']`));
      } else {
        isLost(false);
      }
    }, 1500 + Math.random() * 1500);
  };

  // ---- Together ----

  const failed = (event) => {
    const form = event.target;
    if (!form.matches) {
      return;
    }
    if (form.matches("[data-live-count]")) {
      say("Nog niet bewaard: geen verbinding. We proberen het opnieuw.");
      retrySoon(form);
    } else if (form.matches("[data-vote]")) {
      const sent = event.detail.requestConfig;
      const choice = sent && sent.parameters && sent.parameters.keuze;
      if (choice) {
        voteAgainSoon(form, choice);
      }
    }
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-tel]");
    if (button) {
      event.preventDefault();
      step(button);
    }
  });

  document.addEventListener("input", (event) => {
    const fieldset = event.target.closest(".screen-count");
    if (fieldset) {
      isDirty = true;
      tally(fieldset);
    }
  });

  document.addEventListener("keydown", walk);
  document.addEventListener("htmx:sendError", failed);
  document.addEventListener("htmx:responseError", failed);
  document.addEventListener("htmx:timeout", failed);

  // A refresh in the middle of a count would take away what was just pressed.
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target.id === "scherm" && isDirty) {
      event.preventDefault();
    }
    if (event.target.matches("[data-live-count]")) {
      isDirty = false;
      isSaving = true;
    }
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const asked = event.detail.requestConfig && event.detail.requestConfig.elt;
    if (asked && asked.id === "scherm" && isDirty) {
      event.detail.shouldSwap = false;
    }
    if (asked && asked.matches("[data-vote]")) {
      isLost(false);
    }
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.target.matches("[data-live-count]")) {
      isSaving = false;
    }
  });

  // Whoever goes on at once takes the last press along: first saved, then gone.
  const sleep = (time) => new Promise((resolve) => { window.setTimeout(resolve, time); });
  const saveFirst = async () => {
    for (let tries = 0; isSaving && tries < 60; tries += 1) {
      await sleep(50);
    }
    const form = document.querySelector("[data-live-count]");
    if (form && isDirty) {
      await fetch(form.action, {
        method: "POST", body: new FormData(form), headers: { "HX-Request": "true" },
      }).catch(() => null);
    }
    isDirty = false;
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("#scherm a[href]");
    if (link && (isDirty || isSaving)) {
      event.preventDefault();
      saveFirst().then(() => { isSaving = false; window.location.assign(link.href); });
    }
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(isDirty || isSaving) || !form.closest("#scherm") || form.matches("[data-live-count]")) {
      return;
    }
    event.preventDefault();
    const { submitter } = event;
    saveFirst().then(() => { isSaving = false; form.requestSubmit(submitter); });
  });

  const settle = () => {
    document.querySelectorAll("#scherm [data-without-script]").forEach((one) => {
      one.hidden = true;
    });
    // With this script a press changes the number on the page and sends nothing itself.
    document.querySelectorAll("button[data-tel]").forEach((button) => {
      button.type = "button";
    });
    document.querySelectorAll(".screen-count").forEach(tally);
    prepareVote();
  };
  document.addEventListener("htmx:afterSettle", settle);

  const start = () => {
    forget(false);
    settle();
  };

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", start);
  } else {
    start();
  }
})();
