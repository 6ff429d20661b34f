/* A page of a sheet that saves itself. Every keystroke is on the device within a blink, and
   on the server within a second; the line at the top says where things stand. Without this
   script the form has a button that saves the whole page. */

import * as device from "./device.js";
import { deliver } from "./delivery.js";
import { isEmpty, problemsOf, resolve, same, startDraft, type } from "./draft.js";
import { growRows, labelOf, nameOf, namesOn, readField, readServed, writeField } from "./fields.js";
import { focusProblem, showProblems } from "./problems.js";
import { showProgress } from "./progress.js";
import { askWho, useToken } from "./server.js";
import { say } from "./state-line.js";

const TO_DEVICE = 150;
const TO_SERVER = 800;
const FIRST_RETRY = 3000;
const LAST_RETRY = 120_000;
const KEEP_ALIVE = 4 * 60 * 1000;
const TO_LEAVE = 4000;

class SheetPage {
  constructor(form) {
    const { user, project, talk, title, label, url, who, domain, offline } = form.dataset;
    this.form = form;
    this.line = document.querySelector("[data-save-state]");
    this.path = location.pathname;
    this.known = readServed(form);
    this.saved = null;
    this.network = "up";
    this.retry = FIRST_RETRY;
    this.cleared = new WeakMap();
    this.mayKeep = offline === "on";
    this.isOwner = false;
    this.keepsOnDevice = false;
    this.isForced = false;
    this.busy = Promise.resolve();
    this.writing = Promise.resolve();
    this.draft = startDraft({
      id: device.placeOf(Number(user), this.path),
      user: Number(user),
      project: Number(project),
      talk: Number(talk),
      path: this.path,
      title,
      label,
      url,
      who,
      domain,
      asked: form.elements.asked?.value ?? "",
      version: Number(form.elements.version.value),
    });
    useToken(form.elements.csrfmiddlewaretoken?.value);
  }

  async start() {
    this.form.dataset.autosaving = "";
    this.listen();
    if (device.isAvailable()) {
      await this.openDevice();
    }
    // What was typed before this script ran.
    namesOn(this.form).filter((name) => !same(name, this.known[name], readField(this.form, name))).forEach((name) => this.note(name));
    this.show();
    this.soon(0);
  }

  async openDevice() {
    try {
      this.isOwner = await this.claim();
      this.keepsOnDevice = this.isOwner && this.mayKeep;
      await this.takeOver();
    } catch {
      // A browser that keeps nothing, as in a private window: saving goes on without.
      this.isOwner = false;
      this.keepsOnDevice = false;
    }
  }

  /* The page that is open works on its own draft; a second window of it does not. */
  claim() {
    return new Promise((settled) => {
      navigator.locks.request(`draft:${this.draft.id}`, { ifAvailable: true }, (lock) => {
        settled(Boolean(lock));
        return lock ? new Promise(() => {}) : undefined;
      });
    });
  }

  /* Put back what was typed here before and never arrived. */
  async takeOver() {
    const left = this.isOwner ? await device.loadDraft(this.draft.user, this.draft.id) : null;
    if (!left) {
      return;
    }
    const typedHere = this.draft.fields;
    const { asked, version, url } = this.draft;
    Object.assign(this.draft, left, { asked, version, url, stuck: "" });
    for (const [name, field] of Object.entries(left.fields)) {
      if (same(name, this.known[name], field.now) && !left.pending) {
        delete this.draft.fields[name];
      } else if (!(name in typedHere) && !writeField(this.form, name, field.now)) {
        this.draft.stuck = "een vraag staat niet meer op het blad. Op de lijst kun je downloaden wat je typte.";
      }
      growRows(this.form, name);
    }
    Object.keys(typedHere).forEach((name) => this.note(name));
    await this.keep();
  }

  // --- typing -------------------------------------------------------------------------

  listen() {
    this.form.addEventListener("input", (event) => this.typed(event));
    this.form.addEventListener("change", (event) => this.typed(event));
    this.form.addEventListener("focusout", (event) => this.left(event));
    this.form.addEventListener("privacy:checked", (event) => this.checked(event));
    this.form.addEventListener("submit", (event) => this.go(event, this.form.dataset.next, { mustBeRight: true }));
    document.addEventListener("click", (event) => this.follow(event));
    document.addEventListener("sheet:signed-in", () => this.again());
    document.addEventListener("visibilitychange", () => (document.hidden ? this.hide() : this.again()));
    window.addEventListener("online", () => this.again());
    window.addEventListener("beforeunload", (event) => this.warn(event));
  }

  typed({ target }) {
    const name = nameOf(target);
    if (!name) {
      return;
    }
    this.note(name);
    growRows(this.form, name);
    this.keepSoon();
    this.soon(TO_SERVER);
    this.show();
    this.stayAwake();
  }

  note(name) {
    type(this.draft, name, this.known[name], readField(this.form, name));
    if (name in this.draft.fields) {
      // For the list and the file, where there is no page around it.
      this.draft.fields[name].label = labelOf(this.form, name);
    }
  }

  left({ target, relatedTarget }) {
    const box = target.closest(".field, [data-row]") ?? target;
    if (nameOf(target) && !box.contains(relatedTarget)) {
      this.soon(0);
    }
  }

  checked({ target, detail }) {
    if (!detail.found) {
      this.cleared.set(target, target.value);
      this.soon(100);
    }
    this.show();
  }

  /* A text is not saved while its writer may still answer the question about a name, and
     not half a barrier either. Leaving the field, or the button, is an answer. */
  isHeld(name) {
    const focused = document.activeElement;
    if (this.isForced || !this.form.contains(focused)) {
      return false;
    }
    const row = focused.closest("[data-row]");
    if (row?.dataset.row === name) {
      const { text, kind, level } = readField(this.form, name);
      if (name.startsWith("barrier-") && text.trim() && !(kind && level)) {
        return true;
      }
    }
    const box = focused.closest(".field, .mb-3");
    const field = box?.querySelector("[data-privacy]");
    return Boolean(field) && nameOf(field) === name && field.value.trim() !== "" && this.cleared.get(field) !== field.value;
  }

  // --- keeping on the device ----------------------------------------------------------

  keepSoon() {
    this.keeping ??= window.setTimeout(() => this.keep(), TO_DEVICE);
  }

  /* One write after the other: an old text that is slow to seal may not land on a new one. */
  keep() {
    window.clearTimeout(this.keeping);
    this.keeping = null;
    this.writing = this.writing.then(() => this.write());
    return this.writing;
  }

  async write() {
    try {
      if (this.isOwner && isEmpty(this.draft)) {
        await device.removeDraft(this.draft.id);
      } else if (this.keepsOnDevice) {
        await device.saveDraft(this.draft);
      }
    } catch {
      // A full disk, or a browser that keeps nothing: say so instead of promising it.
      this.keepsOnDevice = false;
      this.show();
    }
  }

  hide() {
    this.keep();
    this.force();
  }

  warn(event) {
    if (!isEmpty(this.draft) && !this.keepsOnDevice) {
      event.preventDefault();
      event.returnValue = "";
    }
  }

  // --- sending ------------------------------------------------------------------------

  soon(wait) {
    window.clearTimeout(this.sending);
    this.sending = window.setTimeout(() => this.flush(), wait);
  }

  again() {
    this.retry = FIRST_RETRY;
    this.soon(0);
  }

  /* Send what can be sent. Calls queue up: two at once would mix up their answers. */
  flush() {
    const turn = this.busy.then(() => this.sendAll()).finally(() => this.show());
    this.busy = turn.catch(() => {});
    return turn;
  }

  force() {
    this.isForced = true;
    return this.flush().finally(() => {
      this.isForced = false;
    });
  }

  async sendAll() {
    if (isEmpty(this.draft)) {
      return;
    }
    const kind = await deliver(this.draft, {
      keep: (draft) => {
        this.show();
        return this.keep(draft);
      },
      isHeld: (name) => this.isHeld(name),
      onAnswer: (told, written) => this.answered(told, written),
    });
    this.settleNetwork(kind);
  }

  settleNetwork(kind) {
    if (kind === "idle") {
      return;
    }
    this.network = { offline: "down", later: "down", "sign-in": "sign-in" }[kind] ?? "up";
    if (this.network === "up") {
      this.retry = FIRST_RETRY;
      return;
    }
    if (kind === "sign-in") {
      document.dispatchEvent(new Event("sheet:sign-in"));
      return;
    }
    this.soon(this.retry * (0.75 + Math.random() / 2));
    this.retry = Math.min(this.retry * 2, LAST_RETRY);
  }

  answered(told, written) {
    if (!told) {
      return;
    }
    this.network = "up";
    this.form.elements.version.value = told.version;
    Object.assign(this.known, written);
    if (told.written.length) {
      this.saved = { time: told.time, receipt: told.receipt };
    }
    if (told.shared) {
      document.querySelector("[data-shared]").hidden = false;
    }
    document.dispatchEvent(new CustomEvent("sheet:saved", { detail: { page: this } }));
  }

  /* A long text that waits for a choice saves nothing, and the session would end. */
  stayAwake() {
    const now = Date.now();
    this.awake ??= now;
    if (now - this.awake > KEEP_ALIVE) {
      this.awake = now;
      askWho(this.draft.who);
    }
  }

  choose(name, value) {
    resolve(this.draft, name, value);
    writeField(this.form, name, value);
    this.keepSoon();
    this.show();
    this.soon(0);
  }

  // --- leaving ------------------------------------------------------------------------

  follow(event) {
    const link = event.target.closest("a[href]");
    const leaves = link && !link.target && !link.hasAttribute("download") && link.origin === location.origin && link.pathname !== location.pathname;
    const plainClick = !event.defaultPrevented && event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (leaves && plainClick && !isEmpty(this.draft) && !("stop" in link.dataset)) {
      this.go(event, link.href, { mustBeRight: false });
    }
  }

  /* Save first, then go. Without network the device keeps it, and the next page opens from
     the device too. */
  async go(event, where, { mustBeRight }) {
    event.preventDefault();
    const patience = new Promise((resolved) => window.setTimeout(resolved, TO_LEAVE));
    await Promise.race([this.force(), patience]);
    await this.keep();
    if (mustBeRight && (problemsOf(this.draft).length || this.draft.stuck)) {
      focusProblem(this.form);
      return;
    }
    const isSafe = isEmpty(this.draft) || (this.keepsOnDevice && (this.network === "up" || navigator.serviceWorker?.controller));
    if (isSafe || !mustBeRight) {
      location.assign(where);
    }
  }

  // --- the screen ---------------------------------------------------------------------

  show() {
    const names = Object.keys(this.draft.fields);
    const problems = problemsOf(this.draft);
    const hindered = new Set(problems.map(([name]) => name));
    const held = names.filter((name) => !hindered.has(name) && this.isHeld(name));
    say(this.line, {
      waiting: names.length,
      problems: problems.length,
      held: held.length,
      isSending: Boolean(this.draft.pending),
      network: this.network,
      stuck: this.draft.stuck,
      keepsOnDevice: this.keepsOnDevice,
      saved: this.saved,
    });
    showProgress(this.form);
    showProblems(this.form, this.draft, (name, value) => this.choose(name, value));
  }
}

// Elsewhere a browser has no keys and no random names: there the button saves, as without script.
if (window.isSecureContext) {
  document.querySelectorAll("form[data-autosave]").forEach((form) => new SheetPage(form).start());
}
