// The speakers of the meeting: a colour each, three samples to hear, a name given once for everywhere, who is missing.

import { fill, isUnnamed, timecode } from "./store.js";
import { make } from "./make.js";

const SAMPLES = 3;
const BEST_SECONDS = 6;

export class Voices {
  constructor(desk, panel) {
    Object.assign(this, { desk, panel });
    this.list = panel.querySelector("[data-voices]");
    this.count = panel.querySelector("[data-unnamed]");
  }

  show() {
    const { words } = this.desk;
    const speakers = [...this.desk.speakers.values()];
    const missing = speakers.filter(({ name }) => isUnnamed(name));
    this.count.textContent = missing.length ? fill(words.unnamed, { count: missing.length }) : words.all_named;
    this.count.className = missing.length ? "badge warn" : "badge good";
    const used = document.activeElement?.closest("[data-voice]");
    if (used && this.list.contains(used) && document.activeElement.matches("input")) return; // somebody is typing a name
    const focused = used && this.list.contains(used) ? used.dataset.voice : null;
    this.list.replaceChildren(...speakers.map((speaker) => this.voice(speaker)));
    if (focused !== null) this.list.querySelector(`[data-voice="${CSS.escape(focused)}"] input`)?.focus();
  }

  voice({ name, lines, seconds, number }) {
    const { words, sound } = this.desk;
    const field = make("input", {
      type: "text", list: "speakers", value: name, autocomplete: "off", maxlength: "200",
      "aria-label": fill(words.name_of, { name: name || words.unknown_speaker }),
    });
    const rename = (event) => {
      event.preventDefault();
      field.blur();
      this.desk.rename(name, field.value);
    };
    return make("li", { class: "voice-card", "data-voice": name },
      make("form", { class: "voice-name", onsubmit: rename },
        make("span", { class: `chip voice-${this.desk.colour(number)}`, "aria-hidden": "true" }), field,
        this.desk.mayEdit && make("button", { class: "quiet small" }, words.give_name)),
      make("div", { class: "inline small" },
        make("button", { type: "button", class: "link", onclick: () => this.desk.filterBy(name) }, fill(words.lines_of, { count: lines.length })),
        make("span", { class: "muted" }, timecode(seconds)),
        ...(sound.audio ? samples(lines).map((line, index) => make("button", {
          type: "button", class: "quiet play", "aria-label": fill(words.sample_of, { number: index + 1, name: name || words.unknown_speaker }),
          onclick: () => sound.play(line.start, Math.min(line.end, line.start + BEST_SECONDS + 2)),
        }, `▶ ${index + 1}`)) : [])));
  }
}

// Three lines long enough to know a voice by, from the beginning, the middle and the end of what was said.
function samples(lines) {
  const alone = lines.filter((line) => !line.flags.includes("overlap"));
  const good = (alone.length >= SAMPLES ? alone : lines).map((line) => ({ line, fit: Math.min(line.end - line.start, BEST_SECONDS) }));
  const third = Math.ceil(good.length / SAMPLES) || 1;
  const found = [];
  for (let from = 0; from < good.length && found.length < SAMPLES; from += third) {
    const part = good.slice(from, from + third);
    found.push(part.reduce((best, one) => (one.fit > best.fit ? one : best)).line);
  }
  return found;
}
