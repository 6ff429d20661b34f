/* Asks about names and the like while somebody types: the server looks at the text, stores
   nothing, and answers with the line that belongs under the field. One click replaces the
   words. Without this script the same question comes when the page is saved. */
"use strict";

(() => {
  const WAIT = 700;
  const waiting = new WeakMap();
  const asked = new WeakMap();

  const placeFor = (field) => {
    const box = field.closest(".field, .mb-3, p, div") || field.parentElement;
    let place = box.querySelector(".privacy-hint");
    if (!place) {
      place = document.createElement("div");
      place.className = "privacy-hint";
      place.setAttribute("role", "status");
      field.insertAdjacentElement("afterend", place);
    }
    return place;
  };

  const unhide = (place) => {
    place.querySelectorAll("button[data-replace][hidden]").forEach((button) => {
      button.hidden = false;
    });
  };

  // For whoever waits with saving until the question was asked, or cannot be asked.
  const tell = (field, found) => {
    field.dispatchEvent(new CustomEvent("privacy:checked", { bubbles: true, detail: { found } }));
  };

  const check = async (field) => {
    window.clearTimeout(waiting.get(field));
    const form = field.closest("form[data-privacy-check]");
    const token = form && form.querySelector("input[name='csrfmiddlewaretoken']");
    if (!token || asked.get(field) === field.value) {
      return;
    }
    const text = field.value;
    asked.set(field, text);
    const body = new URLSearchParams({ text, allows: field.dataset.privacy || "" });
    try {
      const answer = await fetch(form.dataset.privacyCheck, {
        method: "POST",
        headers: { "X-CSRFToken": token.value },
        body,
      });
      // Only the answer to what stands there now is shown.
      if (answer.ok && !answer.redirected && field.value === text) {
        const place = placeFor(field);
        place.innerHTML = await answer.text();
        unhide(place);
        tell(field, Boolean(place.querySelector(".privacy-line")));
      }
    } catch {
      // No network: the page on which everything is read over asks the same question.
      asked.delete(field);
      tell(field, false);
    }
  };

  const replaceIn = (field, words, instead) => {
    const isPart = (sign) => sign !== undefined && /[\p{L}\p{N}]/u.test(sign);
    let result = "";
    let from = 0;
    let at = field.value.indexOf(words);
    while (at !== -1) {
      const end = at + words.length;
      const alone = !isPart(field.value[at - 1]) && !isPart(field.value[end]);
      const before = field.value.slice(0, at).trimEnd();
      const opens = before === "" || /[.!?]$/.test(before);
      const said = opens ? instead[0].toUpperCase() + instead.slice(1) : instead;
      result += field.value.slice(from, at) + (alone ? said : words);
      from = end;
      at = field.value.indexOf(words, end);
    }
    field.value = result + field.value.slice(from);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };

  document.addEventListener("input", (event) => {
    const field = event.target;
    if (!field.matches("[data-privacy]")) {
      return;
    }
    window.clearTimeout(waiting.get(field));
    waiting.set(field, window.setTimeout(() => check(field), WAIT));
  });

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-privacy]")) {
      check(event.target);
    }
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-replace]");
    const place = button && button.closest(".privacy-hint");
    const field = place && place.parentElement.querySelector("[data-privacy]");
    if (field) {
      replaceIn(field, button.dataset.replace, button.dataset.with);
      // The hint goes away, so the keyboard goes back to the text.
      field.focus();
      check(field);
    }
  });

  const start = () => {
    document.querySelectorAll(".privacy-hint").forEach(unhide);
    // The pages of a sheet come with their hints; other pages ask about what stands there.
    document.querySelectorAll("[data-privacy]").forEach((field) => {
      const box = field.closest(".field");
      if (field.value.trim() && !(box && box.querySelector(".privacy-hint"))) {
        check(field);
      }
    });
  };

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", start);
  } else {
    start();
  }
})();
