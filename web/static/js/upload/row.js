// The line of one file: its bar, its figures, its buttons.

import { Meter } from "./meter.js";

export class Row {
  constructor(template, file, words) {
    this.words = words;
    this.file = file;
    this.meter = new Meter(file.size);
    this.item = template.content.firstElementChild.cloneNode(true);
    this.item.querySelector("[data-name]").textContent = file.name;
    this.bar = this.item.querySelector("progress");
    this.bar.setAttribute("aria-label", words.say("bar", { name: file.name }));
    this.line = this.item.querySelector("[data-line]");
    this.note = this.item.querySelector("[data-note]");
    this.buttons = Object.fromEntries(
      [...this.item.querySelectorAll("button[data-do]")].map((button) => [button.dataset.do, button]),
    );
    this.say(words.say("waiting", { size: words.bytes(file.size) }));
    this.offer();
  }

  // Which buttons make sense now.
  offer(...names) {
    Object.entries(this.buttons).forEach(([name, button]) => { button.hidden = !names.includes(name); });
  }

  on(name, act) {
    this.buttons[name].addEventListener("click", act);
  }

  // The line of figures changes all the time and is not read aloud; the note says what somebody has to know.
  say(sentence) {
    this.line.textContent = sentence;
  }

  tell(sentence, tone = "") {
    this.note.textContent = sentence;
    this.note.className = `small upload-note ${tone}`;
  }

  comparing(name, share) {
    this.say(this.words.say(name, { share: this.words.percent(share) }));
  }

  sent(bytes, now = performance.now()) {
    this.meter.at(bytes, now);
    this.bar.value = this.meter.shown / this.meter.total;
    this.figures(now);
  }

  figures(now = performance.now()) {
    const { words, meter } = this;
    if (meter.there >= meter.total) {
      this.say(words.say("finishing")); // the answer to the last part comes when all of it is stored
      return;
    }
    const share = words.percent(meter.there / meter.total);
    const parts = [`${share} · ${words.say("of", { sent: words.bytes(meter.there), total: words.bytes(meter.total) })}`];
    const [speed, remaining] = [meter.speed(now), meter.remaining(now)];
    if (speed) parts.push(words.say("speed", { amount: words.bytes(speed) }));
    if (remaining !== null) parts.push(words.say("left", { time: words.time(remaining) }));
    else parts.push(words.say(meter.isStill(now) ? "still" : "measuring"));
    this.say(parts.join(" · "));
  }

  state(name) {
    this.item.dataset.state = name;
  }
}
