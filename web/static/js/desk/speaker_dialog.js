// Who says this line: one of the known speakers or a new name; for this line, or for everything of the same voice.

import { fill, isUnnamed } from "./store.js";
import { make } from "./make.js";

export class SpeakerDialog {
  constructor(desk, dialog) {
    Object.assign(this, { desk, dialog });
    this.form = dialog.querySelector("form");
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.done(this.form.elements.speaker.value);
    });
    dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => desk.rows.focus(this.id));
    dialog.addEventListener("keydown", (event) => {
      const digit = /^Digit([1-9])$/.exec(event.code);
      if (!digit || !event.altKey) return;
      const button = dialog.querySelectorAll("[data-known] button")[Number(digit[1]) - 1];
      if (!button) return;
      event.preventDefault();
      button.click();
    });
  }

  open(id) {
    this.id = id;
    const line = this.desk.store.lines.get(id);
    const same = this.desk.speakers.get(line.speaker);
    const { words } = this.desk;
    this.form.elements.speaker.value = isUnnamed(line.speaker) ? "" : line.speaker;
    this.dialog.querySelector("[data-all-label]").textContent = fill(words.all_lines_of, {
      count: same?.lines.length ?? 1, name: line.speaker || words.unknown_speaker,
    });
    this.form.elements.reach.value = isUnnamed(line.speaker) && line.speaker ? "all" : "one";
    const known = [...this.desk.speakers.values()].filter(({ name }) => name && name !== line.speaker).slice(0, 9);
    this.dialog.querySelector("[data-known]").replaceChildren(...known.map(({ name, number }, index) => make("li", {},
      make("button", { type: "button", class: `quiet small who-said voice-${this.desk.colour(number)}`, onclick: () => this.done(name) },
        make("span", { class: "chip", "aria-hidden": "true" }), name, make("kbd", {}, `Alt+${index + 1}`)))));
    this.dialog.showModal();
    this.form.elements.speaker.focus();
    this.form.elements.speaker.select();
  }

  done(name) {
    const line = this.desk.store.lines.get(this.id);
    const wanted = name.trim();
    const isAll = this.form.elements.reach.value === "all";
    this.dialog.close();
    if (!line || !wanted || wanted === line.speaker) return;
    if (isAll) this.desk.rename(line.speaker, wanted);
    else this.desk.saver.act({ kind: "set", id: line.id, speaker: wanted });
  }
}
