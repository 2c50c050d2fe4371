// Saves what is typed and done, one request after the other, each naming the revision it was made on.
// Out: the store brought up to the answer; events "state" (detail: { name, sentence }) for the line that tells people.

import { Wire } from "../wire.js";

const PAUSE_MS = 1500;
const LONGEST_MS = 5000;
const LONGEST_WAIT_MS = 30_000;

export class Saver extends EventTarget {
  constructor(store, keeper, { url, pageUrl, token, account, words }) {
    super();
    Object.assign(this, { store, keeper, words });
    this.wire = new Wire({ url, pageUrl, token, account, words, place: "[data-desk]" });
    this.queue = []; // changes that are not typing: split, merge, name…
    this.refused = new Map(); // id → the server's sentence about a line it would not take
    this.running = null;
    this.failures = 0;
    this.firstTyped = 0;
  }

  // A letter was typed in a line.
  type(id, text) {
    this.store.type(id, text);
    this.refused.delete(id);
    this.keeper.keep(this.store);
    this.tell("typing");
    const now = Date.now();
    this.firstTyped ||= now;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), Math.max(0, Math.min(PAUSE_MS, this.firstTyped + LONGEST_MS - now)));
  }

  // Something is done with a line; what was typed goes first, so that the server splits the text that is seen.
  act(change) {
    const done = new Promise((resolve) => { this.queue.push({ change, resolve }); });
    this.flush();
    return done;
  }

  get waiting() {
    return this.queue.length > 0 || this.typing().length > 0;
  }

  typing() {
    return [...this.store.typed].filter(([id, { text }]) =>
      !this.store.conflicts.has(id) && !this.refused.has(id) && this.store.lines.has(id)
      && clean(text) !== this.store.lines.get(id).text);
  }

  async flush({ leaving = false } = {}) {
    clearTimeout(this.timer);
    if (this.running) {
      if (!leaving) return this.running;
    } else {
      this.firstTyped = 0;
    }
    this.running = this.run(leaving).finally(() => { this.running = null; });
    return this.running;
  }

  async run(leaving) {
    this.drop();
    while (this.waiting) {
      const typed = this.typing();
      const act = typed.length ? null : this.queue[0];
      const changes = act ? [act.change].flat() : typed.map(([id, line]) => ({ kind: "set", id, text: line.text }));
      typed.forEach(([, line]) => { line.sent = clean(line.text); });
      this.tell("saving");
      const told = await this.send(changes, leaving);
      if (!told) return;
      if (act) this.queue.shift();
      this.take(told, typed, act);
      act?.resolve(told);
    }
    if (!this.store.conflicts.size && !this.refused.size) this.tell("saved");
  }

  take(told, typed, act) {
    this.failures = 0;
    for (const conflict of told.conflicts ?? []) {
      const yours = { text: this.store.typed.get(conflict.id)?.text ?? conflict.yours.text, speaker: conflict.yours.speaker };
      this.store.conflicts.set(conflict.id, { yours, theirs: conflict.theirs });
      if (act) this.tell("conflict");
    }
    const lost = new Set((told.conflicts ?? []).map(({ id }) => id));
    for (const [id, line] of typed) {
      if (told.refused || lost.has(id)) continue;
      if (clean(line.text) === line.sent) this.store.typed.delete(id);
      else line.was = line.sent;
    }
    if (told.number !== undefined) this.store.apply(told);
    this.keeper.keep(this.store);
    if (this.store.conflicts.size) {
      this.tell("conflict");
      this.store.tell(new Set(this.store.conflicts.keys()));
    }
  }

  // The answer; null where it has to wait (no line, signed out).
  async send(changes, leaving) {
    const { told, refused, waits, sentence } = await this.wire.send({ base_number: this.store.number, changes }, { leaving });
    if (told) return told;
    if (waits) return this.later(waits, sentence);
    changes.forEach(({ kind, id }) => { if (kind === "set") this.refused.set(id, refused); });
    this.store.tell(new Set(this.refused.keys()));
    this.tell("refused", refused);
    return { refused };
  }

  later(name, sentence) {
    this.tell(name, sentence);
    this.failures += 1;
    clearTimeout(this.timer);
    if (name === "offline") {
      this.timer = setTimeout(() => this.flush(), Math.min(1000 * 2 ** this.failures, LONGEST_WAIT_MS));
    }
    return null;
  }

  async resume() {
    const waiting = await this.wire.renew();
    if (waiting) this.later(waiting.waits, waiting.sentence);
    else this.flush();
  }

  // What others have saved; nothing is asked while something of ours is on its way.
  async look(url) {
    if (this.running || this.waiting || document.hidden) return;
    const { told, waits, sentence } = await this.wire.ask(`${url}?since=${this.store.number}`);
    if (waits) this.later(waits, sentence);
    if (told && !this.running && told.number !== this.store.number) {
      this.store.apply(told);
      if (this.store.conflicts.size) this.tell("conflict");
    }
  }

  // The person chose between both texts of a line.
  choose(id, text) {
    this.store.conflicts.delete(id);
    this.store.typed.delete(id);
    const line = this.store.lines.get(id);
    if (text !== null && line) this.store.type(id, text);
    this.keeper.keep(this.store);
    this.store.tell(new Set([id]));
    return this.flush();
  }

  // Typed back to what was saved: nothing to send.
  drop() {
    for (const [id, { text }] of this.store.typed) {
      const line = this.store.lines.get(id);
      if (line && !this.store.conflicts.has(id) && clean(text) === line.text) this.store.typed.delete(id);
    }
    this.keeper.keep(this.store);
  }

  tell(name, sentence = "") {
    this.dispatchEvent(new CustomEvent("state", { detail: { name, sentence } }));
  }
}

// As the server keeps it.
export function clean(text) {
  return text.split(/\s+/u).filter(Boolean).join(" ");
}
