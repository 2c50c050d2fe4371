// What else stands beside the text: comments, doubts to be checked, rules of form that are broken, texts of somebody else.
// In: what the server told. Out: parts of the margin, and the panel above it.

import { fill } from "../desk/store.js";
import { make } from "../desk/make.js";

// Where on the page each of the fifteen checks is about; the others are about the whole.
const PLACES = { F06: "symbol_suffix", F07: "place", F08: "recipients", F09: "signer", F11: "closing", F12: "signer", F15: "symbol_suffix" };

export class Beside {
  constructor(desk) {
    this.desk = desk;
    this.comments = [];
    this.checks = null;
    this.missing = [];
    this.writing = null; // the item a comment is being written on; "" for the whole
  }

  // --- clashes ----------------------------------------------------------------------------------------------------------

  clashParts() {
    const { desk } = this;
    return [...desk.saver.clashes.values()].map((clash) => ({
      key: placeOf(clash.key, desk), name: clash.key, signature: JSON.stringify(clash), make: () => this.clash(clash),
    }));
  }

  clash({ key, mine, theirs }) {
    const { words, saver } = this.desk;
    const isBack = key.endsWith(":back");
    const title = key.endsWith(":gone") ? words.clash_gone : isBack ? words.clash_back : words.clash;
    const choose = (side) => () => {
      saver.choose(key, side);
      this.desk.refresh();
    };
    const told = (label, value) => value !== null && make("div", {}, make("p", { class: "label small" }, label), make("p", { class: "clash-text" }, shown(value)));
    return make("section", { class: "card clash", role: "group", "aria-label": title },
      make("p", {}, make("strong", {}, title)), told(words.their_text, theirs), told(words.your_text, mine),
      make("div", { class: "card-buttons" },
        make("button", { type: "button", class: "small", onclick: choose("mine") }, isBack ? words.remove_paragraph : words.keep_mine),
        make("button", { type: "button", class: "quiet small", onclick: choose("theirs") }, key.endsWith(":gone") ? words.remove_paragraph : words.keep_theirs)));
  }

  // --- comments ---------------------------------------------------------------------------------------------------------

  commentParts() {
    const here = new Set(this.desk.items().map(({ id }) => id));
    const rows = this.comments.filter(({ settled_at: settled, item_id: id }) => !settled && here.has(id));
    const parts = rows.map((row) => ({ key: `item:${row.item_id}`, name: `comment ${row.id}`, signature: "", make: () => this.comment(row) }));
    if (this.writing && here.has(this.writing)) parts.push({ key: `item:${this.writing}`, name: "writing", signature: "", make: () => this.writer() });
    return parts;
  }

  comment(row) {
    const { words } = this.desk;
    return make("section", { class: "card remark" },
      make("p", { class: "remark-text" }, row.text),
      make("p", { class: "small muted" }, `${row.author_name} · ${moment(row.created_at)}`),
      make("div", { class: "card-buttons" }, make("button", { type: "button", class: "quiet small", onclick: () => this.settle(row) }, words.settle)));
  }

  writer() {
    const { words } = this.desk;
    const field = make("textarea", { rows: 3, maxlength: 4000, id: "gop-y-moi", "data-first": true });
    const send = async () => {
      if (!field.value.trim()) return;
      const isWhole = this.writing === "";
      if (!isWhole) await this.desk.saver.flush();
      const told = await this.post({ item_id: this.writing, text: field.value });
      if (told) this.stop();
    };
    field.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.stop();
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send();
    });
    return make("section", { class: "card remark" }, make("label", { for: "gop-y-moi", class: "label small" }, words.comment), field,
      make("div", { class: "card-buttons" }, make("button", { type: "button", class: "small", onclick: send }, words.send_comment),
        make("button", { type: "button", class: "quiet small", onclick: () => this.stop() }, words.never_mind)));
  }

  write(id) {
    this.writing = id;
    this.desk.refresh();
    document.getElementById("gop-y-moi")?.focus();
  }

  stop() {
    this.writing = null;
    document.activeElement?.blur();
    this.desk.refresh();
    this.desk.paper.view.focus();
  }

  async post(body) {
    return this.take(await this.desk.wire.send(body, { url: this.desk.page.dataset.comments }));
  }

  async settle(row) {
    return this.take(await this.desk.wire.send({}, { url: `${this.desk.page.dataset.comments}/${row.id}/settle` }));
  }

  take({ told, refused, sentence }) {
    if (!told) {
      this.desk.say(refused ?? sentence);
      return null;
    }
    this.comments = told.items;
    this.desk.refresh();
    return told;
  }

  // --- doubts: "cần kiểm tra, bổ sung" ----------------------------------------------------------------------------------

  // Each doubt stands by the paragraph whose words it quotes; the others above.
  doubts() {
    const items = this.desk.items();
    return this.desk.toCheck().map((line) => {
      const quoted = [...line.matchAll(/“([^”]{6,})”/gu)].map(([, words]) => plain(words));
      const found = items.find((item) => quoted.some((words) => plain(item.action) === words || plain(item.text).includes(words)));
      return { line, id: found?.id ?? null };
    });
  }

  doubtParts() {
    return this.doubts().filter(({ id }) => id).map(({ line, id }) => ({
      key: `item:${id}`, name: `doubt ${line}`, signature: "", make: () => make("section", { class: "card doubt" }, this.doubt(line)),
    }));
  }

  doubt(line) {
    const { words, paper } = this.desk;
    const done = () => {
      paper.setChecks(this.desk.toCheck().filter((other) => other !== line));
      this.desk.refresh();
    };
    return make("div", { class: "doubt-line" }, make("p", {}, line),
      make("button", { type: "button", class: "quiet small", "aria-label": fill(words.checked_of, { line: line.slice(0, 80) }), onclick: done }, words.checked));
  }

  // --- rules of form ----------------------------------------------------------------------------------------------------

  wrong() {
    return (this.checks ?? []).filter(({ docx_ok: docx, pdf_ok: pdf }) => docx === false || pdf === false);
  }

  faultParts() {
    return this.wrong().filter(({ code }) => PLACES[code]).map((check) => ({
      key: `part:${PLACES[check.code]}`, name: check.code, signature: check.sentences.join(), make: () => make("section", { class: "card fault" }, this.fault(check)),
    }));
  }

  fault({ code, sentences }) {
    return make("p", {}, make("strong", {}, code), ` ${sentences.join("; ")}`);
  }

  faultPlaces() {
    return new Map(this.wrong().filter(({ code }) => PLACES[code]).map(({ code }) => [PLACES[code], code]));
  }

  // --- the panel above --------------------------------------------------------------------------------------------------

  panel(place) {
    const { desk } = this;
    const { words } = desk;
    const doubts = this.doubts();
    const count = desk.cards.count();
    const wrong = this.wrong();
    const judged = (this.checks ?? []).filter(({ docx_ok: docx, pdf_ok: pdf }) => docx !== null || pdf !== null).length;
    const whole = this.comments.filter(({ settled_at: settled, item_id: id }) => !settled && !desk.items().some((item) => item.id === id));
    const signature = JSON.stringify([doubts, count, wrong, judged, whole, this.missing, this.writing === ""]);
    if (place.dataset.signature === signature || place.contains(document.activeElement) && document.activeElement.matches("textarea")) return;
    place.dataset.signature = signature;
    const row = (label, value, tone, ...lines) => make("li", {},
      make("div", { class: "panel-row" }, make("span", {}, label), make("span", { class: `badge ${tone}` }, value)), ...lines);
    const open = place.querySelector("ul") ? [...place.querySelectorAll("details")].map((details) => details.open) : [];
    place.replaceChildren(make("ul", { class: "plain-list" },
      row(words.tasks, fill(words.tasks_count, count), count.accepted === count.all ? "good" : "info"),
      row(words.doubts, String(doubts.length), doubts.length ? "warn" : "good", ...doubts.filter(({ id }) => !id).map(({ line }) => this.doubt(line))),
      row(words.form, this.checks ? (wrong.length ? fill(words.form_wrong, { count: wrong.length }) : fill(words.form_right, { count: judged })) : words.form_waiting,
        wrong.length ? "bad" : this.checks ? "good" : "", ...wrong.filter(({ code }) => !PLACES[code]).map((check) => this.fault(check))),
      ...(this.missing.length ? [row(words.missing, String(this.missing.length), "warn", make("p", { class: "small" }, this.missing.join(", ")))] : []),
      row(words.comments, String(this.comments.filter(({ settled_at: settled }) => !settled).length), "", ...whole.map((remark) => this.comment(remark)), this.writing === "" ? this.writer() : null)));
    place.querySelectorAll("details").forEach((details, at) => { details.open = open[at] ?? details.open; });
  }
}

function placeOf(key, desk) {
  const [part, id] = key.split(":");
  if (part === "item") return `item:${id}`;
  const names = { opening: "opening", appendix: "appendix_title", section: "section", addressees: "addressees" };
  const name = names[part] ?? part;
  return desk.paper.elementOf(`part:${name}`) ? `part:${name}` : "part:subject";
}

function shown(value) {
  if (value === null) return "";
  if (typeof value === "string") return value || "—";
  if (Array.isArray(value)) return value.map(shown).join("\n") || "—";
  return Object.entries(value).filter(([name]) => !/_ids$|^(evidence|kind|rrule|tables)$/.test(name) || typeof value[name] === "string").map(([, part]) => shown(part)).filter(Boolean).join("\n") || "—";
}

function plain(text) {
  return text.normalize("NFC").toLocaleLowerCase("vi").replace(/\s+/gu, " ").replace(/[.;,]+$/u, "").trim();
}

function moment(iso) {
  return new Date(iso).toLocaleString("vi-VN", { hour: "2-digit", minute: "2-digit", day: "2-digit", month: "2-digit", timeZone: "Asia/Ho_Chi_Minh" });
}
