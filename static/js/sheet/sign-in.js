/* Signing in again without leaving the page: what was typed stays where it is. When more
   is needed than a password, a new tab does it, and this page notices on return. */

import { askWho, signIn } from "./server.js";

// Whoever chose to do it later is not asked again at every letter.
const LATER = 2 * 60 * 1000;
const OTHER = "Je bent aangemeld met een ander account. Wat hier getypt is, wacht tot wie het typte zich aanmeldt.";
const MORE = "Er is nog een tweede stap nodig. Doe die in een nieuw tabblad en kom dan terug.";

class SignInAgain {
  constructor(dialog) {
    this.dialog = dialog;
    this.form = dialog.querySelector("form");
    this.error = dialog.querySelector("[data-error]");
    this.user = Number(dialog.dataset.user) || null;
    document.addEventListener("sheet:sign-in", () => this.open());
    document.addEventListener("visibilitychange", () => this.look());
    window.addEventListener("focus", () => this.look());
    this.form.addEventListener("submit", (event) => this.submit(event));
    this.notBefore = 0;
    dialog.addEventListener("close", () => {
      this.notBefore = Date.now() + LATER;
    });
    dialog.querySelector("[data-later]").addEventListener("click", () => dialog.close());
  }

  async open() {
    if (this.dialog.open || Date.now() < this.notBefore || (await this.isBack())) {
      return;
    }
    this.dialog.showModal();
    this.form.elements.login.focus();
  }

  say(words) {
    this.error.textContent = words;
    this.error.hidden = !words;
  }

  /* Whether the person who typed is signed in again; tells when it is somebody else. */
  async isBack() {
    const person = await askWho(this.dialog.dataset.who);
    if (!person || person.user === null) {
      return false;
    }
    if (this.user !== null && person.user !== this.user) {
      this.say(OTHER);
      return false;
    }
    this.dialog.close();
    document.dispatchEvent(new Event("sheet:signed-in"));
    return true;
  }

  async look() {
    if (this.dialog.open && !document.hidden) {
      await this.isBack();
    }
  }

  async submit(event) {
    event.preventDefault();
    this.say("");
    const fields = { login: this.form.elements.login.value, password: this.form.elements.password.value };
    const outcome = await signIn(this.form.action, fields);
    this.form.elements.password.value = "";
    if (outcome !== "done") {
      this.say(outcome);
    } else if (!(await this.isBack()) && this.error.hidden) {
      this.say(MORE);
    }
  }
}

document.querySelectorAll("dialog[data-sign-in]").forEach((dialog) => new SignInAgain(dialog));
