/* Brings what is only on this device to the server, oldest first, whenever there is network:
   on every page, in one window at a time, and only in the name of who typed it. */

import * as device from "./device.js";
import { deliver, withDraft } from "./delivery.js";
import { isEmpty, tryAgain } from "./draft.js";
import { askWho } from "./server.js";

const FIRST_RETRY = 5000;
const LAST_RETRY = 5 * 60 * 1000;
const LOOK_AGAIN = 10 * 60 * 1000;

const keep = (draft) => (isEmpty(draft) ? device.removeDraft(draft.id) : device.saveDraft(draft));

const deliverOne = (user, id, isAsked) =>
  withDraft(id, async () => {
    const draft = await device.loadDraft(user, id);
    if (draft && isAsked) {
      tryAgain(draft);
    }
    return draft ? deliver(draft, { keep }) : "idle";
  });

const deliverAll = async (user, isAsked) => {
  for (const { id } of await device.draftsOf(user)) {
    const kind = await deliverOne(user, id, isAsked);
    if (["offline", "later", "sign-in"].includes(kind)) {
      return kind;
    }
  }
  return "answered";
};

/* Pages of a talk that this user can no longer type in do not belong on the device. */
const removeClosedTalks = async ({ user, talks }) => {
  const gone = (await device.pagesOf(user)).filter((page) => !talks.includes(page.talk));
  await device.removePages(gone);
};

/* Send what waits; when somebody asked for it, also what was turned down before. Returns the
   kind of the last outcome. */
export const sendAll = async (who, { isAsked = false } = {}) => {
  const person = await askWho(who);
  if (!person) {
    return "offline";
  }
  if (person.user === null) {
    return "sign-in";
  }
  await device.rememberUser(person.user);
  await removeClosedTalks(person);
  await device.rememberAsked();
  const kind = await navigator.locks.request("queue", { ifAvailable: true }, (lock) => (lock ? deliverAll(person.user, isAsked) : "idle"));
  return kind;
};

/* Something waits, or there are pages of which it is time to ask whether they may stay. */
const hasWork = async (user) => {
  if ((await device.draftsOf(user)).length) {
    return true;
  }
  const isTime = Date.now() - (await device.lastAsked()) > LOOK_AGAIN;
  return isTime && (await device.pagesOf(user)).length > 0;
};

/* Keep trying while something waits. `onTry` hears how each attempt ended. */
export const watch = (user, who, onTry = () => {}) => {
  let wait = FIRST_RETRY;
  let timer = null;
  const attempt = async () => {
    window.clearTimeout(timer);
    if (document.hidden || !(await hasWork(user))) {
      return;
    }
    const kind = await sendAll(who);
    onTry(kind);
    const waiting = (await device.draftsOf(user)).length;
    if (waiting) {
      wait = kind === "answered" ? LAST_RETRY : Math.min(wait * 2, LAST_RETRY);
      timer = window.setTimeout(attempt, wait * (0.75 + Math.random() / 2));
    }
  };
  const again = () => {
    wait = FIRST_RETRY;
    attempt();
  };
  window.addEventListener("online", again);
  document.addEventListener("visibilitychange", again);
  document.addEventListener("sheet:signed-in", again);
  attempt();
};
