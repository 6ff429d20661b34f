/* The empty page that comes when a sheet cannot be reached: it opens the page that this
   device kept, puts the saved values on it, and lets the page's own scripts take over. */

import * as device from "./device.js";
import { settleAsServed, writeField } from "./fields.js";

/* Scripts that came in with a page do not start by themselves: start those that are new,
   in the order of the page, as if it had come from the server. */
const run = (scripts) => {
  const here = new Set([...document.scripts].map((script) => script.src));
  for (const { src, type } of scripts.filter((script) => !here.has(script.src))) {
    const script = document.createElement("script");
    script.type = type || "text/javascript";
    script.async = false;
    script.src = src;
    document.head.append(script);
  }
};

const scriptsOf = (page) =>
  [...page.querySelectorAll("script[src]")].map((script) => ({ src: new URL(script.getAttribute("src"), location.origin).href, type: script.type }));

const open = (kept) => {
  const page = new DOMParser().parseFromString(kept.html, "text/html");
  const scripts = scriptsOf(page);
  page.querySelectorAll("script").forEach((script) => script.remove());
  document.title = page.title;
  document.documentElement.setAttribute("data-from-device", "");
  document.body.replaceWith(document.adoptNode(page.body));
  const form = document.querySelector("form[data-autosave]");
  Object.entries(kept.values).forEach(([name, value]) => writeField(form, name, value));
  settleAsServed(form);
  if (kept.version !== undefined) {
    form.elements.version.value = kept.version;
  }
  document.querySelector("[data-from-device-notice]").hidden = false;
  run(scripts);
};

const main = document.querySelector("main[data-shell]");
if (main && location.pathname !== main.dataset.shell) {
  const user = device.isAvailable() ? await device.lastUser() : null;
  const kept = user === null ? null : await device.keptPage(user, location.pathname);
  if (kept) {
    open(kept);
  } else {
    document.querySelector("[data-not-kept]").hidden = false;
  }
}
