/* What stays on this device, per user: drafts (typed, not saved yet) and pages (to open a
   sheet without network). Words are sealed; whose it is, how many and since when are not,
   because the count is shown on every page. */

import * as database from "./database.js";
import { seal, unseal } from "./vault.js";

const DAY = 24 * 60 * 60 * 1000;
const KEPT_DAYS = 14;
const WARNING_DAYS = 3;

export const isAvailable = database.isAvailable;

export const placeOf = (user, path) => `${user}:${path}`;

/* The user whom this device served last: asked when there is no network. */
export const lastUser = async () => (await database.get("facts", "user"))?.user ?? null;

export const rememberUser = (user) => database.put("facts", { id: "user", user });

/* When this device last asked which talks it may keep. */
export const lastAsked = async () => (await database.get("facts", "asked"))?.moment ?? 0;

export const rememberAsked = () => database.put("facts", { id: "asked", moment: Date.now() });

export const daysLeft = (draft) => Math.ceil((draft.since + KEPT_DAYS * DAY - Date.now()) / DAY);

export const isExpiring = (draft) => daysLeft(draft) <= WARNING_DAYS;

// --- drafts ---------------------------------------------------------------------------

export const saveDraft = async (draft) => {
  const { id, user, project, talk, path, since } = draft;
  const count = Object.keys(draft.fields).length;
  const envelope = await seal(user, id, draft);
  await database.put("drafts", { id, user, project, talk, path, since, count, ...envelope });
  announce();
};

export const removeDraft = async (id) => {
  await database.remove("drafts", [id]);
  announce();
};

export const loadDraft = async (user, id) => {
  const record = await database.get("drafts", id);
  return record ? unseal(user, id, record) : null;
};

/* Return what is known without opening envelopes, oldest first. */
export const draftsOf = async (user) => {
  const records = await database.all("drafts");
  return records.filter((record) => record.user === user).sort((one, other) => one.since - other.since);
};

export const countOf = async (user) => (await draftsOf(user)).reduce((total, draft) => total + draft.count, 0);

// --- pages ----------------------------------------------------------------------------

export const keepPage = async ({ user, project, talk, path }, content) => {
  const id = placeOf(user, path);
  const envelope = await seal(user, id, content);
  await database.put("pages", { id, user, project, talk, path, kept: Date.now(), ...envelope });
};

export const keptPage = async (user, path) => {
  const id = placeOf(user, path);
  const record = await database.get("pages", id);
  return record ? unseal(user, id, record) : null;
};

export const pagesOf = async (user) => (await database.all("pages")).filter((record) => record.user === user);

export const removePages = (records) => database.remove("pages", records.map((record) => record.id));

// --- going ----------------------------------------------------------------------------

/* Take away what is too old, whoever it belongs to. */
export const removeExpired = async () => {
  const limit = Date.now() - KEPT_DAYS * DAY;
  for (const [list, moment] of [["drafts", "since"], ["pages", "kept"]]) {
    const old = (await database.all(list)).filter((record) => record[moment] < limit);
    if (old.length) {
      await database.remove(list, old.map((record) => record.id));
    }
  }
};

/* Take away everything of one user, and the key: what might be left is unreadable. */
export const removeUser = async (user) => {
  for (const list of ["drafts", "pages"]) {
    const own = (await database.all(list)).filter((record) => record.user === user);
    await database.remove(list, own.map((record) => record.id));
  }
  await database.remove("keys", [user]);
  await database.remove("facts", ["user", "asked"]);
  announce();
};

// --- other windows --------------------------------------------------------------------

const channel = "BroadcastChannel" in window ? new BroadcastChannel("op-dit-toestel") : null;

const announce = () => {
  channel?.postMessage("changed");
  document.dispatchEvent(new Event("device:changed"));
};

/* Call back when the drafts on this device change, in this window or another. */
export const onChange = (listener) => {
  document.addEventListener("device:changed", listener);
  channel?.addEventListener("message", listener);
};
