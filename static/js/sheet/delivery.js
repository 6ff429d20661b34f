/* Bringing a draft to the server, exactly once: a request is on the disk before it leaves,
   and leaves again word for word until somebody answered it. */

import { giveUp, makeRequest, settle } from "./draft.js";
import { send } from "./server.js";

/* Send until nothing is left to send. `keep` writes the draft down, `isHeld` says of a
   field that its writer is not ready, `onAnswer` hears of every answer. Returns the kind of
   the last outcome: answered, offline, later, sign-in, turned-down, or idle. */
export const deliver = async (draft, { keep, isHeld, onAnswer = () => {} }) => {
  let kind = "idle";
  while (draft.pending || makeRequest(draft, isHeld)) {
    await keep(draft);
    const { pending } = draft;
    const outcome = await send({ url: draft.url, who: draft.who, body: pending.body });
    kind = outcome.kind;
    if (draft.pending !== pending) {
      throw new Error("two deliveries of one draft");
    }
    if (kind === "answered") {
      onAnswer(outcome.told, settle(draft, outcome.told));
    } else if (kind === "turned-down") {
      giveUp(draft, outcome.sentence);
      onAnswer(null, {});
    } else {
      return outcome.kind;
    }
    await keep(draft);
  }
  return kind;
};

/* Only one window at a time works on a draft. Returns whether this one may. */
export const withDraft = (id, work) =>
  navigator.locks.request(`draft:${id}`, { ifAvailable: true }, (lock) => (lock ? work() : undefined));
