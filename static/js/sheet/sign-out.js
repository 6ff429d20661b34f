/* Signing out takes everything of this user from the device. When something was not sent
   yet it asks first: send it, download it, or sign out and lose it. */

import * as device from "./device.js";
import { download, openDrafts } from "./download.js";
import { sendAll } from "./queue.js";

class SignOut {
  constructor(form) {
    this.form = form;
    this.user = Number(form.dataset.signOut);
    this.notice = form.querySelector("[data-unsent]");
    this.isSure = false;
    form.addEventListener("submit", (event) => this.submit(event));
    this.notice.querySelector("[data-send]").addEventListener("click", () => this.send());
    this.notice.querySelector("[data-download]").addEventListener("click", async () => download(await openDrafts(this.user)));
    this.look();
  }

  async look() {
    const count = await device.countOf(this.user);
    this.notice.hidden = count === 0;
    this.notice.querySelector("[data-count]").textContent = String(count);
    return count;
  }

  async send() {
    await sendAll(this.form.dataset.who, { isAsked: true });
    await this.look();
    this.notice.querySelector("[data-still]").hidden = this.notice.hidden;
  }

  async submit(event) {
    event.preventDefault();
    const sure = this.notice.querySelector("input[type=checkbox]");
    if ((await this.look()) && !sure.checked) {
      this.notice.scrollIntoView({ block: "center" });
      sure.focus();
      return;
    }
    await device.removeUser(this.user);
    this.form.submit();
  }
}

const form = document.querySelector("form[data-sign-out]");
if (form && device.isAvailable()) {
  new SignOut(form);
}
