/* A member's own scores: says how saving a cell goes, also when it fails. htmx sends the
   cell as soon as an answer is chosen. Without this script one button saves the group. */
"use strict";

(() => {
  const cellOf = (event) => event.target.closest("[data-cell]");

  const stateOf = (cell) => document.getElementById(cell.getAttribute("aria-describedby"));

  const say = (cell, words, tone) => {
    const said = stateOf(cell).querySelector("[data-said]");
    said.className = `status ${tone}`;
    said.textContent = words;
  };

  const offerRetry = (cell) => {
    const state = stateOf(cell);
    if (state.querySelector("[data-retry]")) {
      return;
    }
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-quiet";
    button.dataset.retry = "";
    button.textContent = "Probeer opnieuw";
    state.append(button);
  };

  const fail = (event) => {
    const cell = cellOf(event);
    if (cell) {
      say(cell, "niet bewaard", "attention");
      offerRetry(cell);
    }
  };

  document.addEventListener("htmx:beforeRequest", (event) => {
    const cell = cellOf(event);
    if (cell) {
      say(cell, "we bewaren …", "");
    }
  });

  // A refusal says why in the place of the state: two values to choose from, or an error.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const status = event.detail.xhr.status;
    if (cellOf({ target: event.detail.requestConfig.elt }) && (status === 409 || status === 422)) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });

  for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(failure, fail);
  }

  document.addEventListener("click", (event) => {
    const retry = event.target.closest("[data-retry]");
    if (retry) {
      retry.closest("[data-cell]").dispatchEvent(new Event("change", { bubbles: true }));
    }
  });
})();
