/* What was not taken, shown where it stands: a sentence for what a rule refused, both texts
   for what somebody else changed in the meantime. Nothing is chosen for anybody. */

import { isRow, problemsOf } from "./draft.js";
import { placeOn } from "./fields.js";

const TICKS = { dialogue: "dialoog", report: "rapport", outside: "buiten het project", checked: "niemand te herkennen" };

const wordsOf = (value) => {
  if (!value) {
    return "(niets)";
  }
  if (typeof value === "string") {
    return value;
  }
  const tags = Object.keys(value).filter((part) => TICKS[part]).map((part) => TICKS[part]);
  return tags.length ? `${value.text} (${tags.join(", ")})` : value.text;
};

/* Both texts below each other, or null where that makes no sense (a count, points). */
const together = (name, mine, theirs) => {
  const isWords = /^(o-|disagreement$|text$)/.test(name);
  return isWords && mine && theirs ? `${theirs}\n${mine}` : null;
};

const showRefusal = (place, sentence) => {
  const line = document.createElement("p");
  line.className = "error-text mt-2";
  line.textContent = sentence;
  line.dataset.problem = "refused";
  place.append(line);
};

const showConflict = (place, name, field, choose) => {
  const panel = document.querySelector("template[data-conflict]").content.firstElementChild.cloneNode(true);
  const { theirs } = field.problem;
  const both = together(name, field.now, theirs);
  panel.querySelector("[data-mine]").textContent = wordsOf(field.now);
  panel.querySelector("[data-theirs]").textContent = wordsOf(theirs);
  const offer = (choice, value) => {
    panel.querySelector(`[data-choose="${choice}"]`).addEventListener("click", () => choose(name, value));
  };
  offer("mine", field.now);
  offer("theirs", theirs);
  panel.querySelector('[data-choose="both"]').hidden = both === null;
  offer("both", both);
  place.append(panel);
};

/* Return a text by which we see whether the screen has to change: drawing anew would take
   the focus from whoever stands on a button. */
const signatureOf = (problems) => JSON.stringify(problems.map(([name, field]) => [name, field.problem, field.problem.kind === "conflict" ? field.now : ""]));

export const showProblems = (form, draft, choose) => {
  const problems = problemsOf(draft);
  const signature = signatureOf(problems);
  if (form.dataset.problems === signature) {
    return;
  }
  form.dataset.problems = signature;
  form.querySelectorAll("[data-problem]").forEach((node) => node.remove());
  const said = new Set();
  for (const [name, field] of problems) {
    const place = placeOn(form, name);
    if (field.problem.kind === "conflict") {
      showConflict(place, name, field, choose);
    } else if (!said.has(place) || isRow(name)) {
      said.add(place);
      showRefusal(place, field.problem.sentence);
    }
  }
};

export const focusProblem = (form) => {
  const problem = form.querySelector("[data-problem]");
  const place = problem?.closest(".field, .counter, fieldset, form");
  const target = problem?.querySelector("button") ?? place?.querySelector("input:not([type=hidden]), textarea, select");
  target?.focus();
  problem?.scrollIntoView({ block: "center" });
};
