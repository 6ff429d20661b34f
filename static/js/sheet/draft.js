/* What one page of a sheet still has to save: pure bookkeeping, no screen and no network.

   A draft holds a field only while it differs from what the server is known to have:
   `was` is what the writer saw, `now` what stands on the screen, `problem` why it was not
   taken. `pending` is a request that left: it is repeated word for word until answered. */

const tidy = (text) => text.replaceAll("\r\n", "\n").trim();

/* Bring a value in the form in which the server compares. */
export const plain = (name, value) => {
  if (value === null || value === undefined) {
    return isRow(name) ? null : "";
  }
  if (typeof value === "string") {
    const text = tidy(value);
    return /^[ts]-/.test(name) && /^0+$/.test(text) ? "" : text;
  }
  const parts = Object.entries(value).map(([part, words]) => [part, tidy(words)]);
  const filled = parts.filter(([, words]) => words).sort();
  return filled.some(([part]) => part === "text") ? Object.fromEntries(filled) : null;
};

export const isRow = (name) => /^(quote|barrier)-[0-9]+$/.test(name);

export const same = (name, one, other) => JSON.stringify(plain(name, one)) === JSON.stringify(plain(name, other));

export const startDraft = (page) => ({ ...page, since: 0, fields: {}, pending: null, stuck: "" });

export const isEmpty = (draft) => !draft.pending && Object.keys(draft.fields).length === 0;

/* Note that a field now reads so. `known` is what the server had when the page was shown. */
export const type = (draft, name, known, value) => {
  const now = plain(name, value);
  const field = draft.fields[name] ?? { was: plain(name, known) };
  const onItsWay = draft.pending?.names.includes(name);
  if (same(name, field.was, now) && !onItsWay && field.problem?.kind !== "conflict") {
    delete draft.fields[name];
  } else {
    const keeps = field.problem?.kind === "conflict" ? { problem: field.problem } : {};
    draft.fields[name] = { was: field.was, now, ...keeps };
  }
  draft.since = isEmpty(draft) ? 0 : draft.since || Date.now();
  draft.stuck = "";
};

const isHindered = (field) => Boolean(field.problem);

export const problemsOf = (draft) => Object.entries(draft.fields).filter(([, field]) => isHindered(field));

/* Make the next request, or return null when nothing can be sent. What was refused goes
   along when something else changed: together they may be right. */
export const makeRequest = (draft, isHeld = () => false) => {
  const free = Object.entries(draft.fields).filter(([name, field]) => !isHeld(name) && field.problem?.kind !== "conflict");
  if (draft.stuck || !free.some(([, field]) => !isHindered(field))) {
    return null;
  }
  const key = crypto.randomUUID();
  const { user, version, domain, asked } = draft;
  const fields = Object.fromEntries(free.map(([name, { was, now }]) => [name, { was, now }]));
  draft.pending = { names: Object.keys(fields), body: JSON.stringify({ key, user, version, domain, asked, fields }) };
  return draft.pending;
};

const settleField = (draft, name, sent, told) => {
  const field = draft.fields[name];
  if (told.written.includes(name)) {
    if (!field || same(name, field.now, sent.now)) {
      delete draft.fields[name];
    } else {
      field.was = sent.now;
    }
  } else if (!field) {
    return;
  } else if (name in told.conflicts) {
    field.problem = { kind: "conflict", theirs: told.conflicts[name].theirs };
  } else if (same(name, field.now, sent.now)) {
    field.problem = { kind: "refused", sentence: told.refused[name] };
  }
};

/* Take in the answer to the pending request; return what was written, by field. */
export const settle = (draft, told) => {
  const sent = JSON.parse(draft.pending.body).fields;
  draft.pending = null;
  draft.version = told.version;
  Object.entries(sent).forEach(([name, change]) => settleField(draft, name, change, told));
  // What was typed while the request was away counts from then.
  draft.since = isEmpty(draft) ? 0 : draft.since;
  return Object.fromEntries(told.written.map((name) => [name, sent[name].now]));
};

/* The whole request was turned down: nothing of it was written. */
export const giveUp = (draft, sentence) => {
  draft.pending = null;
  draft.stuck = sentence;
};

/* Somebody asked to try once more what was turned down. A choice stays a choice. */
export const tryAgain = (draft) => {
  draft.stuck = "";
  Object.values(draft.fields).filter((field) => field.problem?.kind === "refused").forEach((field) => delete field.problem);
};

/* Choose between two texts: `value` will stand there, knowing what stood there before. */
export const resolve = (draft, name, value) => {
  const { theirs } = draft.fields[name].problem;
  const now = plain(name, value);
  if (same(name, theirs, now)) {
    delete draft.fields[name];
  } else {
    draft.fields[name] = { was: plain(name, theirs), now };
  }
};
