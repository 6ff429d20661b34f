/* Two courtesies on every page: after a form with errors the focus starts at the summary
   and its links go to the field, and a button marked data-print opens the print window.
   Without this script the links still jump, and the browser's own menu still prints. */
"use strict";

(() => {
  const focusSummary = () => {
    const summary = document.querySelector(".error-summary");
    if (!summary) {
      return;
    }
    if (!summary.hasAttribute("tabindex")) {
      summary.setAttribute("tabindex", "-1");
    }
    summary.focus();
  };

  const focusField = (event, link) => {
    const name = decodeURIComponent(link.hash.slice(1));
    const place = name && document.getElementById(name);
    if (!place) {
      return;
    }
    const focusable = "input:not([type='hidden']), select, textarea, button, [tabindex]";
    const field = place.matches(focusable) ? place : place.querySelector(focusable);
    if (!field) {
      return;
    }
    event.preventDefault();
    const named = field.labels && field.labels[0];
    (named || field).scrollIntoView({ block: "start" });
    field.focus({ preventScroll: true });
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest(".error-summary a[href^='#']");
    if (link) {
      focusField(event, link);
    }
    if (event.target.closest("[data-print]")) {
      window.print();
    }
  });

  // A print button does nothing without this script, so it is hidden until now.
  const start = () => {
    document.querySelectorAll("[data-print][hidden]").forEach((button) => {
      button.hidden = false;
    });
    focusSummary();
  };

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", start);
  } else {
    start();
  }
})();
