/* A button that copies the text of a field. Without this script the field can be selected
   and copied by hand, so the button is hidden until now. */
"use strict";

(() => {
  const copy = async (button) => {
    const field = document.getElementById(button.dataset.copy);
    const status = document.querySelector("[data-copy-status]");
    field.select();
    let isCopied = false;
    try {
      await navigator.clipboard.writeText(field.value);
      isCopied = true;
    } catch {
      // Not allowed here (no https): the text is selected, so the keyboard can copy it.
      isCopied = false;
    }
    status.textContent = isCopied ? "Gekopieerd." : "De tekst is geselecteerd. Kopieer met Ctrl+C.";
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy]");
    if (button) {
      copy(button);
    }
  });

  const start = () => {
    document.querySelectorAll("[data-copy][hidden]").forEach((button) => {
      button.hidden = false;
    });
  };

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", start);
  } else {
    start();
  }
})();
