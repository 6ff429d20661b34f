/* Keeps the pages of a talk on the device, sealed, so that they open without network. They
   come straight from the server into the envelope; no cache of the browser sees them. */

import * as device from "./device.js";

const FRESH = 10 * 60 * 1000;
const SOON = 1500;

const pathsOf = () => {
  const links = document.querySelectorAll("[data-sheet-pages] a[data-keep]");
  return [...new Set([...links].map((link) => link.pathname))];
};

const fetchPage = async (path) => {
  const response = await fetch(path, { credentials: "same-origin", redirect: "error", headers: { Accept: "text/html" } });
  return response.ok ? response.text() : null;
};

const keepTalk = async ({ user, project, talk }) => {
  const known = new Map((await device.pagesOf(user)).map((record) => [record.path, record.kept]));
  for (const path of pathsOf()) {
    const isFresh = Date.now() - (known.get(path) ?? 0) < FRESH;
    const html = isFresh ? null : await fetchPage(path);
    if (html) {
      await device.keepPage({ user, project, talk, path }, { html, values: {} });
    }
  }
};

/* What was saved since the page was kept belongs on it when it opens without network. */
const keepValues = async ({ draft, known, mayKeep }) => {
  const kept = mayKeep && (await device.keptPage(draft.user, draft.path));
  if (kept) {
    await device.keepPage(draft, { ...kept, values: known, version: draft.version });
  }
};

const start = async (form) => {
  const { user, project, talk, offline } = form.dataset;
  const sheet = { user: Number(user), project: Number(project), talk: Number(talk) };
  if (!device.isAvailable()) {
    return;
  }
  if (offline !== "on") {
    const pages = (await device.pagesOf(sheet.user)).filter((page) => page.project === sheet.project);
    await device.removePages(pages);
    return;
  }
  document.addEventListener("sheet:saved", ({ detail }) => keepValues(detail.page));
  // A page that came from the device is not fetched: there is no network.
  if (!document.documentElement.hasAttribute("data-from-device")) {
    window.setTimeout(() => keepTalk(sheet).catch(() => {}), SOON);
  }
};

const form = document.querySelector("form[data-autosave]");
if (form) {
  start(form);
}
