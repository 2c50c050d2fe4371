// Saves the page by itself: each save names the revision it was made on; what others saved meanwhile is put together with
// what is typed here. In: the paper, the wire, the place on this machine. Out: events "state" ({ name, sentence }),
// "clashes", "told" (what else the server said).

import { changedTexts, merge, mineAt, same, withoutClashes, withoutItem, withTheirs } from "./merge.js";

const PAUSE_MS = 2500;
const LONGEST_MS = 12_000;
const KEEP_MS = 400;
const LONGEST_WAIT_MS = 30_000;
const MOST_TRIES = 6;

export class Saver extends EventTarget {
  constructor(paper, kept, wire, { state: stateUrl, words }) {
    super();
    Object.assign(this, { paper, kept, wire, stateUrl, words });
    this.clashes = new Map();
    this.running = null;
    this.failures = 0;
    this.firstTyped = 0;
    this.stopped = false;
  }

  begin(told) {
    this.number = told.number;
    this.base = this.paper.normal(told.content);
  }

  get sending() {
    return withoutClashes(this.paper.content(), this.clashes);
  }

  get waiting() {
    return !same(this.sending, this.base);
  }

  // Something was typed or done.
  changed() {
    this.keepSoon();
    if (this.stopped) return;
    this.tell("typing");
    const now = Date.now();
    this.firstTyped ||= now;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), Math.max(0, Math.min(PAUSE_MS, this.firstTyped + LONGEST_MS - now)));
  }

  keepSoon() {
    this.keeping ??= setTimeout(() => this.keep(), KEEP_MS);
  }

  keep() {
    clearTimeout(this.keeping);
    this.keeping = null;
    const mine = this.paper.content();
    this.kept.write(same(mine, this.base) ? null : { base: this.base, mine });
  }

  // Resolved when what is typed by now has been sent, or cannot be for the time being.
  flush({ leaving = false } = {}) {
    clearTimeout(this.timer);
    if (leaving) this.keep();
    if (this.stopped) return Promise.resolve();
    this.firstTyped = 0;
    return this.inTurn(() => this.run(leaving));
  }

  // One question to the server after the other; whoever comes while one is on its way has the next turn, together.
  inTurn(act) {
    if (!this.running) {
      this.running = act().finally(() => { this.running = null; });
      return this.running;
    }
    this.next ??= this.running.then(() => {
      this.next = null;
      return this.inTurn(act);
    });
    return this.next;
  }

  async run(leaving) {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const sent = this.sending;
      if (same(sent, this.base)) break;
      const tooLong = this.paper.tooLong();
      if (tooLong) return this.tell("refused", tooLong);
      this.tell("saving");
      const { told, waits, refused, sentence, code, detail } = await this.wire.send({ base_number: this.number, content: sent }, { leaving });
      if (waits) return this.later(waits, sentence);
      this.failures = 0;
      if (told) await this.take(sent, told.content, told.number);
      else if (code === "notice_conflict") await this.take(this.base, detail.latest_content, detail.latest_number);
      else return this.refuse(refused, code);
    }
    this.keep();
    this.tell(this.clashes.size ? "conflict" : "saved");
    return this.look();
  }

  // The text on the server is this one now; `from` is what both sides began on.
  async take(from, latest, number) {
    const theirs = this.paper.normal(latest);
    if (!same(theirs, from)) {
      await this.paper.calm(); // not into the middle of a letter that is being composed
      const mine = this.paper.content();
      const { content, clashes } = merge(from, mine, theirs);
      clashes.forEach((clash, key) => this.clashes.set(key, clash));
      if (!same(content, mine)) this.paper.apply(content);
    }
    this.base = theirs;
    this.number = number;
    this.prune();
    this.keep();
  }

  prune() {
    const mine = this.paper.content();
    for (const [key, clash] of this.clashes) {
      const value = mineAt(mine, key);
      if (key.endsWith(":back") ? value === null : same(value, clash.theirs)) this.clashes.delete(key);
      else if (!key.endsWith(":back")) clash.mine = value;
    }
    this.dispatchEvent(new Event("clashes"));
  }

  choose(key, side) {
    const clash = this.clashes.get(key);
    this.clashes.delete(key);
    const isBack = key.endsWith(":back");
    if (side === "theirs" && !isBack) this.paper.apply(withTheirs(this.paper.content(), clash), { isRemote: false });
    if (side === "mine" && isBack) this.paper.apply(withoutItem(this.paper.content(), key.split(":")[1]), { isRemote: false });
    this.prune();
    return this.flush();
  }

  // What others have saved, said and confirmed.
  async look() {
    if (document.hidden) return;
    const { told, waits, sentence } = await this.wire.ask(`${this.stateUrl}?since=${this.number}`);
    if (waits) {
      this.later(waits, sentence);
      return;
    }
    if (!told) return;
    if (told.content && told.number > this.number) {
      await this.take(this.base, told.content, told.number);
      this.tell(this.clashes.size ? "conflict" : "others");
    }
    this.dispatchEvent(new CustomEvent("told", { detail: told }));
  }

  lookIfQuiet() {
    if (!this.running && !this.stopped) this.inTurn(() => this.look());
  }

  async resume() {
    const waiting = await this.wire.renew();
    if (waiting) this.later(waiting.waits, waiting.sentence);
    else this.flush();
  }

  later(name, sentence) {
    this.keep();
    this.tell(name, sentence);
    this.failures += 1;
    clearTimeout(this.timer);
    if (name === "offline") this.timer = setTimeout(() => this.flush(), Math.min(1000 * 2 ** this.failures, LONGEST_WAIT_MS));
  }

  refuse(sentence, code) {
    // Submitted or issued meanwhile: nothing more can be saved, what is typed stays here.
    this.stopped = code === "notice_not_editable";
    this.keep();
    this.tell("refused", sentence);
  }

  // --- what was left behind ---------------------------------------------------------------------------------------------

  // [{ name, at, texts }] of tabs that were closed before they could save.
  async leftBehind() {
    const found = [];
    for (const left of await this.kept.left()) {
      const { content } = merge(left.base, left.mine, this.base);
      if (same(content, this.base)) this.kept.forget(left.name);
      else found.push({ ...left, at: new Date(left.at), texts: changedTexts(this.base, content) });
    }
    return found;
  }

  takeBack(lefts) {
    for (const left of lefts) {
      const { content, clashes } = merge(left.base, left.mine, this.paper.content());
      // Where somebody has written since, their text is on the page already; mine stands beside it to choose.
      clashes.forEach((clash, key) => this.clashes.set(key, clash));
      this.paper.apply(content, { isRemote: false });
      this.kept.forget(left.name);
    }
    this.prune();
    this.keep();
    return this.flush();
  }

  tell(name, sentence = "") {
    this.dispatchEvent(new CustomEvent("state", { detail: { name, sentence } }));
  }
}
