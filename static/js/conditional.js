/* Folds a question that waits for an answer nobody gave. Without this script the question
   stays open and says itself when to ask it. A question that holds an answer never folds. */
"use strict";

(() => {
  const isCounted = (name) => {
    const input = document.getElementById(name);
    if (input === null) {
      return false;
    }
    return input.type === "radio" ? input.checked : Number.parseInt(input.value, 10) > 0;
  };

  const holdsSomething = (body) =>
    Array.from(body.querySelectorAll("input:not([type='radio']), input:checked, textarea")).some(
      (input) => input.value.trim() !== "" && input.value.trim() !== "0",
    );

  const refresh = () => {
    document.querySelectorAll("[data-waits-for]").forEach((part) => {
      const body = part.querySelector(".conditional-body");
      const isAsked = part.dataset.waitsFor.split(" ").some(isCounted) || holdsSomething(body);
      body.hidden = !isAsked;
      part.querySelector(".conditional-folded").hidden = isAsked;
    });
  };

  document.addEventListener("input", refresh);
  // What was put back from the device, or chosen between two texts.
  document.addEventListener("sheet:written", refresh);
  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", refresh);
  } else {
    refresh();
  }
})();
