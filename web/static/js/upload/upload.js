// Sends the chosen recordings in parts, each shown with its bar. Without this module, or without the bundle behind it,
// the form sends itself in one piece and the page waits.

import { Hasher } from "./hasher.js";
import { beginsLike, begun, sameRecording } from "./known.js";
import { Row } from "./row.js";
import { Sending } from "./sending.js";
import { Words } from "./words.js";
import { Wire } from "../wire.js";

const FIGURES_MS = 1000;
const ASK_MS = [300, 700, 1000, 2000, 4000];

class Uploads {
  constructor(form, Upload) {
    Object.assign(this, { form, Upload });
    this.words = new Words(JSON.parse(form.dataset.words), document.documentElement.lang);
    const { page: pageUrl, account, token } = form.dataset;
    this.wire = new Wire({ pageUrl, account, token, place: "form[data-upload]", words: this.words.words });
    this.hasher = new Hasher();
    this.list = form.querySelector("[data-upload-list]");
    this.template = form.querySelector("template");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const files = [...form.elements.file.files];
      if (files.length && !this.isBusy) this.send(files);
    });
    window.addEventListener("beforeunload", (event) => { if (this.isBusy) event.preventDefault(); });
  }

  set busy(is) {
    this.isBusy = is;
    this.form.toggleAttribute("data-sending", is);
    this.form.querySelectorAll("[data-upload-start], input[type=file]").forEach((item) => { item.disabled = is; });
  }

  async send(files) {
    this.busy = true;
    const rows = files.map((file) => new Row(this.template, file, this.words));
    this.list.replaceChildren(...rows.map(({ item }) => item));
    this.list.hidden = false;
    const left = await this.withoutKnown(rows);
    const places = await this.places(left);
    const whole = [];
    for (const [index, row] of left.entries()) {
      const url = await this.one(row, places[index]);
      if (url) whole.push({ row, url });
    }
    const outcomes = [];
    for (const { row, url } of whole) outcomes.push(await this.finish(row, url));
    this.busy = false;
    if (left.length && outcomes.length === left.length && outcomes.every(Boolean)) window.location.reload();
  }

  // Files whose bytes are a recording of this meeting already are not sent.
  async withoutKnown(rows) {
    const left = [];
    for (const row of rows) {
      const found = await sameRecording(row.file, this.form.dataset.recordings, this.hasher, (share) => {
        row.comparing("comparing", share);
      });
      if (found) {
        row.state("known");
        row.bar.hidden = true;
        row.say(this.words.say("known", { name: found.original_name }));
      } else {
        left.push(row);
      }
    }
    return left;
  }

  // Where each file goes on or begins; several together are one batch, taken up again as it was.
  async places(rows) {
    const found = await begun(rows.map(({ file }) => file), this.form.dataset.upload);
    const size = rows.length;
    const old = found.flat().find((row) => size > 1 && row.batch_size === size)?.batch_id;
    const batch = size > 1 ? old ?? uuid() : null;
    const taken = new Set();
    return rows.map(({ file }, index) => {
      const fits = found[index].find((row) => !taken.has(row.id) && (size === 1 || row.batch_id === batch));
      if (fits) taken.add(fits.id);
      const metadata = { filename: file.name };
      if (batch) Object.assign(metadata, { batch, batch_size: String(size) });
      return { url: fits ? `${this.form.dataset.upload}/${fits.id}` : null, metadata };
    });
  }

  // Sends one file; its address when the last byte is there, null where it was given up.
  async one(row, { url, metadata }) {
    const from = url && (await beginsLike(row.file, url, this.hasher, (share) => row.comparing("proving", share)));
    const sending = new Sending(this.Upload, row.file, {
      endpoint: this.form.dataset.upload, url: from ? url : null, metadata, wire: this.wire, hasher: this.hasher,
    });
    row.on("pause", () => sending.pause());
    row.on("resume", () => sending.resume());
    row.on("drop", () => { if (window.confirm(this.words.say("sure", { name: row.file.name }))) sending.drop(); });
    sending.addEventListener("progress", ({ detail }) => row.sent(detail));
    sending.addEventListener("state", ({ detail }) => this.show(row, detail));
    if (from) row.tell(this.words.say("taken_up"));
    const clock = setInterval(() => { if (sending.state === "sending") row.figures(); }, FIGURES_MS);
    await sending.start();
    clearInterval(clock);
    return sending.isDropped ? null : sending.url;
  }

  show(row, { name, sentence }) {
    row.state(name);
    if (name === "sending") row.meter.again();
    const alarm = { offline: "warn", signed_out: "bad", other_account: "bad", stopped: "bad" }[name];
    if (alarm) row.tell(sentence || this.words.say(name), alarm);
    else if (row.note.classList.contains("warn") || row.note.classList.contains("bad") || name !== "sending") {
      row.tell(name === "sending" ? "" : this.words.say(name));
    }
    if (name === "sending" || name === "offline") row.offer("pause", "drop");
    else if (name === "dropped") row.offer();
    else row.offer("resume", "drop");
  }

  // All bytes are there: the server puts them together and compares. Whether a recording came of it.
  async finish(row, url) {
    row.offer();
    row.state("finishing");
    row.bar.value = 1;
    row.say(this.words.say("finishing"));
    for (let round = 0; ; round += 1) {
      const answer = await fetch(url, { credentials: "same-origin" }).catch(() => null);
      const told = answer?.ok ? await answer.json() : null;
      if (told?.state === "kept") {
        row.state("kept");
        row.say(this.words.say(told.is_duplicate ? "was_known" : "kept"));
        row.tell("");
        return true;
      }
      if (told?.message || told?.state === "receiving" || (answer && !answer.ok)) {
        row.state("stopped");
        row.tell(told?.message ?? this.words.say("stopped"), "bad");
        return false;
      }
      await new Promise((resolve) => { setTimeout(resolve, ASK_MS[Math.min(round, ASK_MS.length - 1)]); });
    }
  }
}

// Without https the browser makes none itself.
function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

const form = document.querySelector("form[data-upload]");
if (form) {
  // Where the bundle is not there the form stays what it is.
  import(form.dataset.tus).then(({ Upload }) => new Uploads(form, Upload), () => {});
}
