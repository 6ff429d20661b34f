/* Adds an empty row to the steps of a planning. Without this script there are always a
   few empty rows, and saving gives new ones. */
"use strict";

(() => {
  const start = () => {
    const button = document.querySelector("[data-add-step]");
    const template = document.querySelector("[data-step-template]");
    const total = document.querySelector("input[name='steps-TOTAL_FORMS']");
    const most = document.querySelector("input[name='steps-MAX_NUM_FORMS']");
    if (!button || !template || !total || !most) {
      return;
    }
    const hideWhenFull = () => {
      button.hidden = Number(total.value) >= Number(most.value);
    };
    button.addEventListener("click", () => {
      const number = Number(total.value);
      const holder = document.createElement("template");
      holder.innerHTML = template.innerHTML.replaceAll("__prefix__", String(number));
      const row = holder.content.querySelector("[data-step]");
      row.querySelector("[data-step-number]").textContent = String(number + 1);
      button.closest("[data-step-end]").before(row);
      total.value = String(number + 1);
      row.querySelector("input").focus();
      hideWhenFull();
    });
    hideWhenFull();
  };

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", start);
  } else {
    start();
  }
})();
