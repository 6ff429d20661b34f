/* What people typed lies on the device in a sealed envelope. Each user has a key that the
   browser keeps and never hands out: a copy of the database alone tells nothing. */

import { get, putFirst } from "./database.js";

const KIND = { name: "AES-GCM", length: 256 };

const makeKey = async (user) => {
  const key = await crypto.subtle.generateKey(KIND, false, ["encrypt", "decrypt"]);
  return putFirst("keys", { id: user, key });
};

const keyOf = async (user) => ((await get("keys", user)) ?? (await makeKey(user))).key;

/* The place of an envelope is sealed with it: it cannot be moved to another page. */
const terms = (place, iv) => ({ name: KIND.name, iv, additionalData: new TextEncoder().encode(place) });

export const seal = async (user, place, value) => {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const words = new TextEncoder().encode(JSON.stringify(value));
  return { iv, sealed: await crypto.subtle.encrypt(terms(place, iv), await keyOf(user), words) };
};

/* Return the value, or null when this device cannot read it any more. */
export const unseal = async (user, place, { iv, sealed }) => {
  try {
    const words = await crypto.subtle.decrypt(terms(place, iv), await keyOf(user), sealed);
    return JSON.parse(new TextDecoder().decode(words));
  } catch {
    return null;
  }
};
