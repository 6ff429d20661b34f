/* The page "Alleen op dit toestel": what waits here, of which talk, since when; send it,
   download it, or throw it away after asking once more. */

import * as device from "./device.js";
import { download, openDrafts } from "./download.js";
import { problemsOf } from "./draft.js";
import { sendAll } from "./queue.js";
import { askWho } from "./server.js";

const MOMENT = new Intl.DateTimeFormat("nl-BE", { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", timeZone: "Europe/Brussels" });

const SAID = {
  answered: "Alles wat verstuurd kon worden, is verstuurd.",
  offline: "Er is nog geen verbinding. Zodra die er is, versturen we dit vanzelf.",
  later: "Het is even druk. We proberen het zo opnieuw.",
  "sign-in": "Meld je aan om dit te versturen. Wat je typte, blijft staan.",
  idle: "Een ander venster is dit al aan het versturen.",
};

const noteOf = (draft) => {
  const problems = problemsOf(draft).length;
  if (draft.stuck) {
    return `Niet verstuurd: ${draft.stuck}`;
  }
  if (problems) {
    return "Kijk dit na op het blad: niet alles kon bewaard worden.";
  }
  const left = device.daysLeft(draft);
  return device.isExpiring(draft) ? `Nog ${left === 1 ? "1 dag" : `${left} dagen`}: daarna wist dit toestel het. Verstuur het, of download het.` : "";
};

class DeviceList {
  constructor(place) {
    this.place = place;
    this.rows = place.querySelector("[data-rows]");
    this.status = place.querySelector("[data-status]");
    this.row = place.querySelector("template[data-row-template]").content;
    this.dialog = place.querySelector("dialog[data-discard]");
    this.who = place.dataset.who;
  }

  async start() {
    const person = await askWho(this.who);
    this.user = person?.user ?? (await device.lastUser());
    this.place.querySelector("[data-send]").addEventListener("click", () => this.send());
    this.place.querySelector("[data-download]").addEventListener("click", async () => download(await openDrafts(this.user)));
    this.dialog.querySelector("[data-cancel]").addEventListener("click", () => this.dialog.close());
    this.dialog.querySelector("[data-yes]").addEventListener("click", () => this.discard());
    document.addEventListener("sheet:signed-in", () => this.send());
    device.onChange(() => this.show());
    await device.removeExpired();
    await this.show();
    this.place.hidden = false;
  }

  async show() {
    const drafts = this.user === null ? [] : (await openDrafts(this.user)).filter((draft) => Object.keys(draft.fields).length);
    this.rows.replaceChildren(...drafts.map((draft) => this.rowOf(draft)));
    this.place.querySelector("[data-some]").hidden = drafts.length === 0;
    this.place.querySelector("[data-none]").hidden = drafts.length > 0;
  }

  rowOf(draft) {
    const row = this.row.firstElementChild.cloneNode(true);
    const count = Object.keys(draft.fields).length;
    const note = noteOf(draft);
    row.querySelector("[data-title]").textContent = `${draft.title}: ${draft.label.toLowerCase()}`;
    row.querySelector("[data-title]").href = draft.path;
    row.querySelector("[data-about]").textContent = `${count === 1 ? "1 wijziging" : `${count} wijzigingen`} sinds ${MOMENT.format(draft.since).replace(":", ".")}`;
    row.querySelector("[data-note]").textContent = note;
    row.querySelector("[data-note]").hidden = !note;
    row.querySelector("[data-discard-this]").addEventListener("click", () => this.ask(draft));
    return row;
  }

  ask(draft) {
    this.chosen = draft;
    this.dialog.querySelector("[data-which]").textContent = `${draft.title}: ${draft.label.toLowerCase()}`;
    this.dialog.showModal();
  }

  async discard() {
    await device.removeDraft(this.chosen.id);
    this.dialog.close();
    this.status.textContent = "Weggegooid.";
  }

  async send() {
    this.status.textContent = "We versturen…";
    const kind = await sendAll(this.who, { isAsked: true });
    this.status.textContent = SAID[kind] ?? SAID.answered;
    if (kind === "sign-in") {
      document.dispatchEvent(new Event("sheet:sign-in"));
    }
    await this.show();
  }
}

const place = document.querySelector("[data-device-list]");
if (place && location.pathname === place.dataset.deviceList) {
  if (device.isAvailable()) {
    new DeviceList(place).start();
  } else {
    document.querySelector("[data-cannot]").hidden = false;
  }
}
