// One line of the transcript as a row: time, speaker in colour, marks, words to click, or a field to type in.
// In: the desk (store, sound, words for people). Out: elements for the list; what is done goes to the desk.

import { clean } from "./saver.js";
import { fill, hasDoubt, timecode } from "./store.js";
import { make } from "./make.js";

export const COLOURS = 10;

export class Rows {
  constructor(desk) {
    this.desk = desk;
    this.editing = null;
    this.current = null;
  }

  // A fresh row, or the same one where somebody is typing in it.
  make(id, old) {
    const line = this.desk.store.lines.get(id);
    const isTyping = old?.contains(document.activeElement) && document.activeElement.matches("textarea");
    if (isTyping && this.editing === id && !this.desk.store.conflicts.has(id)) {
      old.querySelector(".line-head").replaceWith(this.head(line));
      this.dress(old, line);
      return old;
    }
    const hadFocus = old?.contains(document.activeElement);
    const row = make("li", { class: "line", id: `dong-${id}`, "data-line": id, tabindex: this.current === id ? "0" : "-1" });
    this.dress(row, line);
    const clash = this.desk.store.conflicts.get(id);
    row.append(
      make("div", { class: "line-time" }, this.playButton(line)),
      make("div", { class: "line-main" }, this.head(line), ...(clash ? this.clash(id, clash) : [this.body(id, line)])),
    );
    // The row is put in the place of one that had the focus; unless something else was given it meanwhile.
    if (hadFocus) queueMicrotask(() => { if (document.activeElement === document.body) this.focus(id); });
    return row;
  }

  dress(row, line) {
    row.classList.toggle("current", this.current === line.id);
    row.classList.toggle("aside", this.desk.store.isAside(line));
    row.classList.toggle("doubt", hasDoubt(line, this.desk.doubtfulBelow));
    row.classList.toggle("unsaved", this.desk.store.typed.has(line.id));
  }

  playButton(line) {
    const time = timecode(line.start);
    if (!this.desk.sound.audio) return make("span", { class: "time" }, time);
    return make("button", {
      type: "button", class: "quiet play", tabindex: "-1",
      "aria-label": fill(this.desk.words.hear_from, { from: time }),
      onclick: () => this.desk.hear(line.id),
    }, `▶ ${time}`);
  }

  head(line) {
    const { store, words, flagWords } = this.desk;
    const number = this.desk.colourOf(line.speaker);
    const name = line.speaker || words.unknown_speaker;
    const marks = line.flags.map((flag) => make("span", { class: `badge ${flagWords[flag]?.[1] ?? ""}` }, flagWords[flag]?.[0] ?? flag));
    const refused = this.desk.saver.refused.get(line.id);
    return make("div", { class: "line-head" },
      make("button", {
        type: "button", class: `who-said voice-${number}`, tabindex: "-1", title: words.change_speaker,
        "aria-label": fill(words.change_speaker_of, { name }), onclick: () => this.desk.chooseSpeaker(line.id),
      }, make("span", { class: "chip", "aria-hidden": "true" }), name),
      ...marks,
      store.isAside(line) && make("button", { type: "button", class: "quiet small", tabindex: "-1", onclick: () => this.desk.confirm(line.id) }, words.really_said),
      refused && make("span", { class: "error" }, refused));
  }

  body(id, line) {
    return this.editing === id ? this.field(id) : this.said(id, line);
  }

  // Words to click; a typed text that is not saved yet has no times of its own.
  said(id, line) {
    const text = this.desk.store.text(id);
    const place = make("p", { class: "said", "data-said": true });
    const isHeard = line.words.length > 0 && text === line.text && line.words.map((word) => word.text).join(" ") === text;
    if (!isHeard) {
      place.append(text || this.desk.words.empty_line);
      place.classList.toggle("muted", !text);
      return place;
    }
    const isSure = line.flags.includes("corrected");
    line.words.forEach((word, index) => {
      const doubt = !isSure && word.probability < this.desk.doubtfulBelow;
      place.append(make("span", { class: doubt ? "w doubtful" : "w", "data-word": index }, word.text), index + 1 < line.words.length ? " " : "");
    });
    return place;
  }

  field(id) {
    const field = make("textarea", { class: "said-field", rows: "1", "aria-label": this.desk.words.text_of_line, spellcheck: "false" });
    field.value = this.desk.store.text(id);
    field.addEventListener("input", () => {
      this.desk.type(id, field.value.replace(/\n/g, " "));
      grow(field);
    });
    field.addEventListener("blur", () => this.desk.left(id, field));
    queueMicrotask(() => grow(field));
    return field;
  }

  clash(id, { yours, theirs }) {
    const { words } = this.desk;
    const mine = yours.text ?? (theirs ? theirs.text : "");
    const field = make("textarea", { class: "said-field", rows: "2", "aria-label": words.your_text });
    field.value = mine;
    queueMicrotask(() => grow(field));
    return [make("div", { class: "clash note warn", role: "group", "aria-label": words.clash },
      make("p", {}, make("strong", {}, words.clash)),
      make("p", { class: "label" }, words.their_text),
      make("p", { class: "theirs" }, theirs ? `${theirs.speaker || words.unknown_speaker}: ${theirs.text}` : words.line_gone),
      make("p", { class: "label" }, words.your_text), yours.speaker ? make("p", {}, yours.speaker) : null, field,
      make("div", { class: "inline" },
        theirs && make("button", { type: "button", class: "small", onclick: () => this.desk.keepMine(id, clean(field.value), yours.speaker) }, words.keep_mine),
        make("button", { type: "button", class: "quiet small", onclick: () => this.desk.keepTheirs(id) }, theirs ? words.keep_theirs : words.drop_mine)))];
  }

  // Begin typing in a line; the caret at a letter of its text, or at its end.
  edit(id, caret = null) {
    const before = this.editing;
    this.editing = id;
    if (before && before !== id) this.desk.list.refresh(before);
    const row = this.desk.list.show(id);
    if (!row) return;
    if (!row.querySelector("textarea")) this.desk.list.refresh(id);
    const field = this.desk.list.row(id)?.querySelector("textarea");
    if (!field) return;
    field.focus({ preventScroll: true });
    const place = caret === null ? field.value.length : Math.min(caret, field.value.length);
    field.setSelectionRange(place, place);
  }

  stop(id) {
    if (this.editing !== id) return;
    this.editing = null;
    this.desk.list.refresh(id);
  }

  focus(id) {
    const row = this.desk.list.show(id);
    (row?.querySelector("textarea") ?? row)?.focus({ preventScroll: true });
  }

  // The line that keys speak of.
  choose(id) {
    const before = this.current;
    this.current = id;
    for (const key of [before, id]) {
      const row = key && this.desk.list.row(key);
      if (!row) continue;
      row.classList.toggle("current", key === id);
      row.tabIndex = key === id ? 0 : -1;
    }
  }
}

// How many letters of the text stand before word `index`, and back.
export function lettersBefore(text, index) {
  return text.split(" ").slice(0, index).join(" ").length + (index ? 1 : 0);
}

export function wordAt(text, letters) {
  return Math.max(0, text.slice(0, letters).split(/\s+/u).length - 1);
}

function grow(field) {
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + 2}px`;
}
