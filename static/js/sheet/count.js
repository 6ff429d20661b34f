/* On every page of who is signed in: how much is only on this device, a warning before it
   expires, and another attempt to send it. Shows nothing when there is nothing. */

import * as device from "./device.js";
import { watch } from "./queue.js";

const show = async (link, user) => {
  const drafts = await device.draftsOf(user);
  const count = drafts.reduce((total, draft) => total + draft.count, 0);
  link.hidden = count === 0;
  link.querySelector("[data-count]").textContent = String(count);
  link.classList.toggle("expiring", drafts.some(device.isExpiring));
};

const holdBack = async (place, user) => {
  const talk = Number(place.dataset.unsentOf);
  const waits = (await device.draftsOf(user)).some((draft) => draft.talk === talk && draft.count);
  place.hidden = !waits;
};

const start = async (link) => {
  const user = Number(link.dataset.user);
  const look = () => {
    show(link, user);
    document.querySelectorAll("[data-unsent-of]").forEach((place) => holdBack(place, user));
  };
  await device.rememberUser(user);
  await device.removeExpired();
  device.onChange(look);
  look();
  watch(user, link.dataset.who);
};

const register = () => navigator.serviceWorker?.register("/dienst.js").catch(() => {});

const link = document.querySelector("[data-on-device]");
if (link && device.isAvailable()) {
  start(link);
  register();
}
