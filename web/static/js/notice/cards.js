// A task as a card in the margin: who leads, who helps, until when, ▶ the sound; to confirm, edit or turn down.
// In: items of the page, who confirmed what. Out: parts of the margin; changes go into the page, confirmations to the server.

import { fill, timecode } from "../desk/store.js";
import { make } from "../desk/make.js";
import { same } from "./merge.js";

export const TASKS = ["directive", "standing_duty"];
const FACTS = ["text", "heading", "kind", "lead", "coordinating", "action", "deadline"];

export class Cards {
  constructor(desk) {
    this.desk = desk;
    this.open = null; // id of the card that is being edited
    this.asking = null; // id of the card that asks how to turn down
    this.accepted = new Map();
  }

  told(rows) {
    this.accepted = new Map(rows.map((row) => [row.item_id, row]));
  }

  // "accepted", "changed" (confirmed once, another text now) or "new".
  stateOf(item) {
    const row = this.accepted.get(item.id);
    if (!row?.accepted) return "new";
    const saved = this.desk.savedItem(item.id);
    return row.stands && saved && same(FACTS.map((name) => saved[name]), FACTS.map((name) => item[name])) ? "accepted" : "changed";
  }

  count() {
    const tasks = this.desk.items().filter(({ kind }) => TASKS.includes(kind));
    return { all: tasks.length, accepted: tasks.filter((item) => this.stateOf(item) === "accepted").length };
  }

  parts() {
    return this.desk.items().filter(({ kind }) => TASKS.includes(kind)).map((item) => {
      const { children, text, ...facts } = item;
      const state = this.stateOf(item);
      const mode = this.open === item.id ? "edit" : this.asking === item.id ? "ask" : "";
      return {
        key: `item:${item.id}`, name: "card", signature: JSON.stringify([facts, state, mode, this.accepted.get(item.id)?.name ?? "", children.length]),
        make: () => this.card(item, state),
      };
    });
  }

  card(item, state) {
    const { words, kinds } = this.desk;
    const row = this.accepted.get(item.id);
    const label = state === "accepted" ? fill(words.accepted_by, { name: row.name }) : state === "changed" ? words.changed_since : words.proposed;
    return make("article", { class: `card ${state}`, "aria-label": fill(words.card_of, { text: (item.text || item.action).slice(0, 80) }) },
      make("div", { class: "card-head" }, make("span", { class: "card-kind" }, kinds[item.kind]), make("span", { class: "card-state" }, label)),
      this.open === item.id ? this.form(item) : this.facts(item),
      this.sound(item),
      this.open === item.id ? null : this.asking === item.id ? this.refusal(item) : this.buttons(item, state));
  }

  facts(item) {
    const { words } = this.desk;
    const deadline = item.deadline && [item.deadline.raw, item.deadline.iso && day(item.deadline.iso)].filter(Boolean);
    const row = (name, value) => [make("dt", {}, name), make("dd", {}, value)];
    return make("dl", { class: "card-facts" },
      ...row(words.lead, item.lead.length ? make("strong", {}, item.lead.join("; ")) : missing(words.none)),
      ...(item.coordinating.length ? row(words.coordinating, item.coordinating.join("; ")) : []),
      ...row(words.due, deadline?.length ? make("span", {}, deadline.length > 1 ? `${deadline[0]} → ` : "", make("strong", {}, deadline.at(-1))) : missing(words.none)));
  }

  sound(item) {
    const { words, audible } = this.desk;
    if (!item.evidence.length) return make("p", { class: "card-sound" }, make("span", { class: "badge warn" }, words.not_said));
    return make("p", { class: "card-sound" }, ...item.evidence.map(({ start, end }) => {
      const span = `${timecode(start)}–${timecode(end)}`;
      if (!audible) return make("span", { class: "badge" }, span);
      return make("button", { type: "button", class: "quiet play", "data-play": `${start}-${end}`, "aria-label": fill(words.hear, { from: timecode(start), to: timecode(end) }) }, `▶ ${span}`);
    }));
  }

  buttons(item, state) {
    const { words } = this.desk;
    const accept = state === "accepted"
      ? make("button", { type: "button", class: "quiet small", onclick: () => this.accept(item.id, false) }, words.take_acceptance_back)
      : make("button", { type: "button", class: "small", "data-first": true, onclick: () => this.accept(item.id, true) }, words.accept);
    return make("div", { class: "card-buttons" }, accept,
      make("button", { type: "button", class: "quiet small", onclick: () => this.edit(item.id) }, words.edit),
      make("button", { type: "button", class: "quiet small", onclick: () => this.ask(item.id) }, words.reject));
  }

  refusal(item) {
    const { words, paper } = this.desk;
    const done = (act) => () => {
      this.asking = null;
      act();
      this.desk.refresh();
      paper.view.focus();
    };
    return make("div", { class: "card-ask", role: "group", "aria-label": words.reject_how },
      make("p", {}, words.reject_how),
      make("div", { class: "card-buttons" },
        make("button", { type: "button", class: "quiet small", "data-first": true, onclick: done(() => paper.setFacts(item.id, { kind: "statement" })) }, words.not_a_task),
        make("button", { type: "button", class: "danger small", onclick: done(() => paper.removeItem(item.id)) }, words.remove_paragraph),
        make("button", { type: "button", class: "quiet small", onclick: done(() => {}) }, words.never_mind)));
  }

  // --- editing ----------------------------------------------------------------------------------------------------------

  form(item) {
    const { words, kinds } = this.desk;
    const field = (name, label, input, hint = null) => {
      input.id = `card-${name}-${item.id}`;
      return make("div", { class: "field" }, make("label", { for: input.id }, label), input, hint && make("p", { class: "hint" }, hint));
    };
    const text = (value, properties = {}) => make("input", { value, autocomplete: "off", ...properties });
    const lead = text(item.lead.join("; "), { list: "don-vi-chon", "data-first": true });
    const coordinating = text(item.coordinating.join("; "), { list: "don-vi-chon" });
    const raw = text(item.deadline?.raw ?? "");
    const iso = text((item.deadline?.iso ?? "").slice(0, 10), { type: "date" });
    const action = make("textarea", { rows: 3 });
    action.value = item.action;
    const kind = make("select", {}, ...Object.entries(kinds).map(([value, name]) => make("option", { value, selected: value === item.kind }, name)));
    const change = () => this.typed(item.id, { lead, coordinating, raw, iso, action, kind });
    const form = make("div", { class: "card-form" },
      field("lead", words.lead, lead, words.separate), field("coordinating", words.coordinating, coordinating),
      make("div", { class: "card-dates" }, field("raw", words.due_said, raw), field("iso", words.due_day, iso)),
      field("action", words.action, action), field("kind", words.kind, kind),
      make("div", { class: "card-buttons" },
        make("button", { type: "button", class: "small", onclick: () => this.close(item.id) }, words.done),
        make("button", { type: "button", class: "quiet small", onclick: () => this.readAgain(item.id) }, words.read_again)));
    for (const input of [lead, coordinating, raw, iso, action, kind]) input.addEventListener("change", change);
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" && !(event.key === "Enter" && event.target.matches("input"))) return;
      event.preventDefault();
      change();
      this.close(item.id);
    });
    return form;
  }

  typed(id, { lead, coordinating, raw, iso, action, kind }) {
    const before = this.desk.items().find((item) => item.id === id);
    if (!before) return;
    const facts = { kind: kind.value, action: action.value, ...this.names(before, "lead", lead.value), ...this.names(before, "coordinating", coordinating.value) };
    const [said, day_] = [raw.value.trim(), iso.value];
    if (said !== (before.deadline?.raw ?? "") || day_ !== (before.deadline?.iso ?? "").slice(0, 10)) {
      facts.deadline = said || day_ ? { raw: said, iso: day_ || null, kind: day_ ? "absolute" : "none", rrule: null } : null;
    }
    if (Object.entries(facts).some(([name, value]) => !same(value, before[name]))) this.desk.paper.setFacts(id, facts);
  }

  // Whom a changed name means is for the directory to say again, not for the old answer.
  names(before, field, value) {
    const names = value.split(";").map((name) => name.trim()).filter(Boolean);
    if (same(names, before[field])) return {};
    const known = names.map((name) => this.desk.units.get(name.toLocaleLowerCase("vi")));
    return { [field]: names, [`${field}_unit_ids`]: known.every(Boolean) ? known : [] };
  }

  async readAgain(id) {
    const { desk } = this;
    const text = desk.paper.textOf(id);
    const { told, refused, sentence } = await desk.wire.send({ text }, { url: desk.page.dataset.reading });
    const facts = told?.items[0];
    if (!facts) {
      desk.say(refused ?? sentence ?? desk.words.nothing_read);
      return;
    }
    desk.paper.setFacts(id, facts);
    desk.say(desk.words.was_read);
    document.activeElement?.blur();
    desk.refresh();
    desk.margin.slots.get(`item:${id}`)?.element.querySelector("[data-first]")?.focus();
  }

  edit(id) {
    this.open = id;
    this.asking = null;
    this.desk.refresh();
    this.desk.margin.choose(`item:${id}`);
    this.desk.margin.slots.get(`item:${id}`)?.element.querySelector("[data-first]")?.focus();
  }

  close(id) {
    this.open = null;
    document.activeElement?.blur();
    this.desk.refresh();
    this.desk.paper.go(id);
  }

  ask(id) {
    this.asking = id;
    this.desk.refresh();
  }

  // Confirmed is what stands on the server, so what is typed goes first.
  async accept(id, accepted) {
    const { desk } = this;
    await desk.saver.flush();
    if (desk.saver.waiting) return;
    const { told, refused, sentence } = await desk.wire.send({ item_id: id, accepted }, { url: desk.page.dataset.acceptances });
    if (told) {
      this.told(told.items);
      desk.refresh();
    } else desk.say(refused ?? sentence);
  }
}

function missing(text) {
  return make("span", { class: "card-missing" }, text);
}

function day(iso) {
  const [date, time] = iso.split("T");
  const [year, month, number] = date.split("-");
  return `${number}/${month}/${year}${time ? ` ${time.slice(0, 5)}` : ""}`;
}
