/* How many questions of this page hold an answer, counted along while somebody types. */

import { readPage } from "./fields.js";
import { plain } from "./draft.js";

const questionOf = (name) => {
  if (name === "p" || name.startsWith("s-")) {
    return "points";
  }
  return /^[to]-([0-9]+)/.exec(name)?.[1] ?? "";
};

export const showProgress = (form) => {
  const place = document.querySelector("[aria-current='step'] [data-answered]");
  if (!place) {
    return;
  }
  const filled = Object.entries(readPage(form)).filter(([name, value]) => plain(name, value));
  const answered = new Set(filled.map(([name]) => questionOf(name)).filter(Boolean));
  place.textContent = String(answered.size);
};
