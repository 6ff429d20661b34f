/* Entering a talk on a tablet: counters that stop at the number of people present, and a
   warning before unsaved work is left. Without this script every number can be typed and
   the server checks the same limits. */
"use strict";

(() => {
  const numberIn = (input) => {
    const value = Number.parseInt(input.value, 10);
    return Number.isNaN(value) || value < 0 ? 0 : value;
  };

  const countersIn = (fieldset) => Array.from(fieldset.querySelectorAll(".counter input, .stickers input"));

  const say = (fieldset, total, limit) => {
    const tally = fieldset.querySelector(".tally");
    if (!tally) {
      return;
    }
    const words = total > limit
      ? `${total} van ${limit} geteld. Dat is ${total - limit} te veel.`
      : `${total} van ${limit} geteld`;
    // A status that is written again is read aloud again, so only write what changed.
    if (tally.textContent !== words) {
      tally.textContent = words;
    }
    tally.classList.toggle("full", total === limit);
    tally.classList.toggle("over", total > limit);
  };

  const refresh = (fieldset) => {
    const limit = Number.parseInt(fieldset.dataset.limit, 10);
    const inputs = countersIn(fieldset);
    const total = inputs.reduce((sum, input) => sum + numberIn(input), 0);
    for (const input of inputs) {
      const controls = input.closest(".counter-controls");
      if (!controls) {
        continue;
      }
      for (const button of controls.querySelectorAll("[data-step]")) {
        const atEnd = Number(button.dataset.step) < 0 ? numberIn(input) === 0 : total >= limit;
        const hadFocus = atEnd && document.activeElement === button;
        button.disabled = atEnd;
        // A button that switches itself off would drop the focus of the keyboard.
        if (hadFocus) {
          input.focus();
        }
      }
    }
    say(fieldset, total, limit);
  };

  const step = (button) => {
    const fieldset = button.closest("fieldset[data-limit]");
    const controls = button.closest(".counter-controls");
    const input = controls && controls.querySelector("input");
    if (!fieldset || !input) {
      return;
    }
    const before = numberIn(input);
    const after = Math.max(0, before + Number(button.dataset.step));
    const others = countersIn(fieldset).reduce((sum, other) => sum + numberIn(other), 0) - before;
    if (after > before && others + after > Number(fieldset.dataset.limit)) {
      return;
    }
    input.value = String(after);
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const warn = (event) => {
    event.preventDefault();
    event.returnValue = "";
  };

  // Adding the same listener again changes nothing, so every keystroke may do it. A form
  // that saves itself knows better when there is something to warn about.
  const watch = (form) => {
    form.addEventListener("input", () => {
      if (!("autosaving" in form.dataset)) {
        window.addEventListener("beforeunload", warn);
      }
    });
    form.addEventListener("submit", () => window.removeEventListener("beforeunload", warn));
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-step]");
    if (button) {
      step(button);
    }
  });

  for (const happening of ["input", "sheet:written"]) {
    document.addEventListener(happening, (event) => {
      const fieldset = event.target.closest("fieldset[data-limit]");
      if (fieldset) {
        refresh(fieldset);
      }
    });
  }

  // The buttons do nothing without this script, so a page may hide them until now.
  const start = () => {
    document.querySelectorAll("button[data-step][hidden]").forEach((button) => {
      button.hidden = false;
    });
    document.querySelectorAll("fieldset[data-limit]").forEach(refresh);
    document.querySelectorAll("form[method='post' i]").forEach(watch);
  };

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", start);
  } else {
    start();
  }
})();
