// The desk of the secretary: the transcript beside its sound, corrected by keyboard, saved by itself.
// In: the page's [data-desk] with addresses and words, the lines from the server. Out: the parts, wired together.

import { Acts } from "./acts.js";
import { Find } from "./find.js";
import { Keeper } from "./keeper.js";
import { bindKeys } from "./keys.js";
import { LongList } from "./list.js";
import { COLOURS, lettersBefore, Rows } from "./rows.js";
import { Saver } from "./saver.js";
import { Sound } from "./sound.js";
import { SpeakerDialog } from "./speaker_dialog.js";
import { bindStatus } from "./status.js";
import { bindPlayer } from "./transport.js";
import { hasDoubt, isUnnamed, Store } from "./store.js";
import { Voices } from "./voices.js";

const LOOK_MS = 20_000;
const LETTERS_OF_ROW = 90;

class Desk extends Acts {
  constructor(page, told) {
    super();
    this.page = page;
    this.words = JSON.parse(page.dataset.words);
    this.flagWords = JSON.parse(page.dataset.flagWords);
    this.doubtfulBelow = Number(page.dataset.doubtfulBelow);
    this.mayEdit = true;
    this.store = new Store(told);
    this.keeper = new Keeper(page.dataset.transcript, page.dataset.account);
    this.saver = new Saver(this.store, this.keeper, {
      url: page.dataset.changes, pageUrl: location.pathname, token: page.dataset.token,
      account: page.dataset.account, words: this.words,
    });
    this.sound = new Sound(page.querySelector("audio"));
    this.rows = new Rows(this);
    this.filter = page.querySelector("[data-filter]");
    this.box = page.querySelector("[data-list]");
    this.reckon();
    this.list = new LongList(this.box, { make: (id, old) => this.rows.make(id, old), guess: (id) => this.guess(id) });
    this.voices = new Voices(this, page.querySelector("[data-voices-panel]"));
    this.find = new Find(this, page.querySelector("[data-find-form]"));
    this.speaker = new SpeakerDialog(this, page.querySelector("[data-speaker-dialog]"));
    this.bind();
    this.show();
  }

  bind() {
    this.store.addEventListener("lines", ({ detail }) => this.changed(detail));
    this.filter.addEventListener("change", () => this.show());
    this.sound.addEventListener("time", () => this.follow());
    this.box.addEventListener("click", (event) => this.clicked(event));
    this.box.addEventListener("dblclick", (event) => this.clickedTwice(event));
    this.box.addEventListener("focusin", (event) => this.rows.choose(event.target.closest("[data-line]")?.dataset.line ?? this.rows.current));
    this.box.addEventListener("scroll", () => requestAnimationFrame(() => this.find.mark()), { passive: true });
    this.page.querySelector("[data-open-find]").addEventListener("click", () => this.find.open());
    this.page.querySelector("[data-open-help]").addEventListener("click", () => this.help());
    bindKeys(this, this.box);
    bindStatus(this);
    bindPlayer(this);
    addEventListener("pagehide", () => this.saver.flush({ leaving: true }));
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) this.saver.flush({ leaving: true });
      else if (this.state === "signed-out") this.saver.resume();
      else this.saver.look(this.page.dataset.lines);
    });
    setInterval(() => this.saver.look(this.page.dataset.lines), LOOK_MS);
  }

  // --- what is seen -----------------------------------------------------------------------------------------------

  guess(id) {
    return 76 + 26 * Math.ceil(this.store.text(id).length / LETTERS_OF_ROW);
  }

  reckon() {
    this.speakers = this.store.speakers();
  }

  colour(number) {
    return number % COLOURS;
  }

  colourOf(name) {
    return this.colour(this.speakers.get(name)?.number ?? 0);
  }

  changed(ids) {
    this.reckon();
    if (ids === null) {
      this.show();
      this.list.refreshAll();
    } else {
      ids.forEach((id) => this.list.refresh(id));
    }
    this.voices.show();
    this.find.mark();
    this.wave?.colour();
  }

  show() {
    const test = this.filterTest(this.filter.value);
    this.list.setKeys(this.store.order.filter((id) => test(this.store.lines.get(id)) || id === this.rows.editing));
    this.page.querySelector("[data-nothing]").hidden = this.list.keys.length > 0;
    if (!this.list.keys.includes(this.rows.current)) this.rows.choose(this.list.keys[0]);
    this.voices.show();
  }

  filterTest(wanted) {
    if (wanted === "doubt") return (line) => hasDoubt(line, this.doubtfulBelow) || line.flags.some((flag) => flag !== "corrected");
    if (wanted === "aside") return (line) => this.store.isAside(line);
    if (wanted === "unnamed") return (line) => isUnnamed(line.speaker) && !this.store.isAside(line);
    if (wanted.startsWith("=")) return (line) => line.speaker === wanted.slice(1);
    return () => true;
  }

  filterBy(name) {
    const option = this.filter.querySelector("[data-one-speaker]");
    option.value = `=${name}`;
    option.textContent = name || this.words.unknown_speaker;
    option.hidden = false;
    this.filter.value = option.value;
    this.show();
  }

  // A line that the filter hides is shown all the same when something leads to it.
  reveal(id) {
    if (this.list.keys.includes(id)) return;
    this.filter.value = "";
    this.show();
  }

  follow() {
    const at = this.sound.now;
    const id = this.lineAt(at);
    if (this.played !== id) {
      this.list.row(this.played)?.classList.remove("playing");
      this.played = id;
      const isTyping = this.box.contains(document.activeElement) && document.activeElement.matches("textarea");
      if (id && this.sound.isPlaying && !isTyping && this.page.querySelector("[data-follow]").checked) this.list.show(id);
    }
    const row = this.list.row(id);
    row?.classList.add("playing");
    this.word?.classList.remove("now");
    const words = this.store.lines.get(id)?.words ?? [];
    const index = words.findLastIndex((word) => word.start <= at);
    this.word = row?.querySelector(`[data-word="${index}"]`);
    this.word?.classList.add("now");
  }

  lineAt(seconds) {
    const { order, lines } = this.store;
    let [low, high] = [0, order.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (lines.get(order[middle]).start <= seconds) low = middle;
      else high = middle - 1;
    }
    const line = lines.get(order[low]);
    return line && line.start <= seconds && seconds <= line.end + 0.3 ? line.id : null;
  }

  clicked(event) {
    const id = event.target.closest("[data-line]")?.dataset.line;
    if (!id) return;
    this.rows.choose(id);
    const word = event.target.closest("[data-word]");
    if (word) {
      this.list.row(id).focus({ preventScroll: true });
      this.hearWord(id, Number(word.dataset.word));
    }
  }

  clickedTwice(event) {
    const id = event.target.closest("[data-line]")?.dataset.line;
    if (!id || !event.target.closest("[data-said]")) return;
    const word = event.target.closest("[data-word]");
    this.edit(id, word ? lettersBefore(this.store.text(id), Number(word.dataset.word)) : null);
  }

  // --- what is heard ----------------------------------------------------------------------------------------------

  hear(id) {
    const line = this.store.lines.get(id);
    const isThis = this.sound.isPlaying && this.sound.stretch?.start === line.start;
    if (isThis) this.sound.pause();
    else this.sound.play(line.start, line.end);
  }

  hearWord(id, index) {
    const line = this.store.lines.get(id);
    this.sound.play(line.words[index]?.start ?? line.start, line.end);
  }

  loop() {
    const line = this.store.lines.get(this.rows.current);
    if (line) this.sound.loop(line.start, line.end);
  }

  goToSound() {
    const id = this.lineAt(this.sound.now);
    if (!id) return;
    this.reveal(id);
    this.list.show(id, { where: "middle" });
    this.rows.focus(id);
  }
}

async function open(page) {
  const answer = await fetch(page.dataset.lines, { credentials: "same-origin" }).catch(() => null);
  if (!answer?.ok) {
    page.querySelector("[data-loading]").textContent = page.dataset.failed;
    return;
  }
  const told = await answer.json();
  page.querySelector("[data-loading]").hidden = true;
  page.querySelector("[data-open]").hidden = false;
  const desk = new Desk(page, told);
  page.dataset.ready = "true";
  if (!page.dataset.wave || !desk.sound.audio) return;
  const { draw } = await import(page.dataset.wave);
  desk.wave = await draw(desk, page.querySelector("[data-wave-place]"));
}

open(document.querySelector("[data-desk]"));
