/* The last resort: what is only on this device as a file, for people and for programs. */

import * as device from "./device.js";

const wordsOf = (value) => (typeof value === "string" ? value : Object.values(value ?? {}).join(" · "));

const asText = (drafts) =>
  drafts.map((draft) => [`${draft.title} – ${draft.label}`, ...Object.entries(draft.fields).map(([name, field]) => `${field.label ?? name}: ${wordsOf(field.now)}`)].join("\n")).join("\n\n");

export const download = (drafts) => {
  const sheets = drafts.map(({ title, label, path, since, fields, pending }) => ({ title, label, path, since: new Date(since).toISOString(), fields, pending }));
  const content = JSON.stringify({ sheets, text: asText(drafts) }, null, 2);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type: "application/json" }));
  link.download = `alleen-op-dit-toestel-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 1000);
};

export const openDrafts = async (user) => {
  const records = await device.draftsOf(user);
  const drafts = await Promise.all(records.map(({ id }) => device.loadDraft(user, id)));
  return drafts.filter(Boolean);
};
