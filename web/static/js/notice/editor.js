// The notice as it will be printed, edited on the page itself, saved by itself, with its tasks in the margin.
// In: [data-editor] with addresses and words, the text from the server, ProseMirror from the bundle. Out: the parts, wired.

import { Beside } from "./beside.js";
import { Cards, TASKS } from "./cards.js";
import { contentOf } from "./convert.js";
import { bindKeys } from "./keys.js";
import { Margin } from "./margin.js";
import { findItem, walk } from "./merge.js";
import { Paper } from "./paper.js";
import { Saver } from "./saver.js";
import { bindStatus } from "./status.js";
import { bindTools } from "./tools.js";
import { make } from "../desk/make.js";
import { KeptByTab } from "../kept.js";
import { Wire } from "../wire.js";

const LOOK_MS = 15_000;

class Desk {
  constructor(page, pm, told) {
    this.page = page;
    this.words = { ...JSON.parse(page.dataset.words), printed: JSON.parse(page.querySelector("[data-printed]").dataset.printed) };
    this.kinds = JSON.parse(page.dataset.kinds);
    this.audible = Boolean(page.querySelector("audio"));
    this.units = new Map((told.units ?? []).map(({ name, id }) => [name.toLocaleLowerCase("vi"), id]));
    this.wire = new Wire({
      url: page.dataset.save, pageUrl: location.pathname, token: page.dataset.token, account: page.dataset.account,
      place: "[data-editor]", words: this.words,
    });
    this.paper = new Paper(pm, page.querySelector("[data-paper]"), told.content, { words: this.words });
    this.kept = new KeptByTab("thong-bao", `${page.dataset.notice}:${page.dataset.account}`);
    this.saver = new Saver(this.paper, this.kept, this.wire, { state: page.dataset.state, words: this.words });
    this.saver.begin(told);
    this.margin = new Margin(this.paper, page.querySelector("[data-margin]"), { wide: matchMedia("(min-width: 70rem)") });
    this.cards = new Cards(this);
    this.beside = new Beside(this);
    this.panel = page.querySelector("[data-panel]");
    this.margin.add(() => this.beside.clashParts());
    this.margin.add(() => this.cards.parts());
    this.margin.add(() => this.beside.doubtParts());
    this.margin.add(() => this.beside.faultParts());
    this.margin.add(() => this.beside.commentParts());
    page.querySelector("#don-vi-chon").append(...(told.units ?? []).map(({ name }) => make("option", { value: name })));
    this.bind();
    this.told(told);
    this.check();
  }

  bind() {
    this.paper.addEventListener("typed", () => {
      this.saver.changed();
      this.refreshSoon();
    });
    this.paper.addEventListener("changed", () => this.refreshSoon());
    this.paper.addEventListener("moved", () => this.moved());
    this.saver.addEventListener("told", ({ detail }) => this.told(detail));
    this.saver.addEventListener("clashes", () => this.refreshSoon());
    bindStatus(this);
    bindTools(this);
    bindKeys(this);
    addEventListener("pagehide", () => this.saver.flush({ leaving: true }));
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) this.saver.flush({ leaving: true });
      else if (this.state === "signed-out" || this.state === "other-account") this.saver.resume();
      else this.saver.lookIfQuiet();
    });
    setInterval(() => this.saver.lookIfQuiet(), LOOK_MS);
  }

  // --- what the page says -----------------------------------------------------------------------------------------------

  items() {
    const { doc } = this.paper.state;
    if (this.known?.doc !== doc) {
      const content = contentOf(doc);
      this.known = { doc, items: [...walk(content.sections.flatMap(({ items }) => items))], checks: content.to_check };
    }
    return this.known.items;
  }

  toCheck() {
    this.items();
    return this.known.checks;
  }

  savedItem(id) {
    return findItem(this.saver.base, id);
  }

  // --- what the server says ---------------------------------------------------------------------------------------------

  told(told) {
    this.beside.comments = told.comments;
    this.beside.missing = told.missing;
    this.cards.told(told.accepted);
    if (this.checkedNumber !== told.number) this.check();
    this.refreshSoon();
  }

  // The fifteen checks on the paper as saved; one question at a time.
  async check() {
    if (this.checking) return;
    this.checking = true;
    const number = this.saver.number;
    const { told } = await this.wire.ask(this.page.dataset.checks);
    this.checking = false;
    if (!told) return;
    this.checkedNumber = number;
    this.beside.checks = told.items;
    this.paper.mark({ faults: this.beside.faultPlaces() });
    this.refreshSoon();
    if (number !== this.saver.number) this.check();
  }

  // --- what is seen -----------------------------------------------------------------------------------------------------

  refreshSoon() {
    this.refreshing ??= requestAnimationFrame(() => {
      this.refreshing = null;
      this.refresh();
    });
  }

  refresh() {
    const clashing = new Set([...this.saver.clashes.keys()].map((key) => {
      const [part, id] = key.split(":");
      return part === "item" ? `item:${id}` : `part:${part === "appendix" ? "appendix_title" : part}`;
    }));
    if ([...clashing].join() !== [...this.paper.marks.clashes].join()) this.paper.mark({ clashes: clashing });
    this.beside.panel(this.panel);
    this.margin.refresh();
  }

  moved() {
    const found = this.paper.currentItem();
    const block = this.paper.state.selection.$from.parent.type.spec.toDOM?.(this.paper.state.selection.$from.parent)[1]?.["data-part"];
    this.margin.choose(found ? `item:${found.node.attrs.id}` : `part:${block}`);
    this.tools?.show();
  }

  // Said once, aloud and in the line of the state.
  say(sentence) {
    const line = this.page.querySelector("[data-said-aloud]");
    line.textContent = "";
    requestAnimationFrame(() => { line.textContent = sentence ?? ""; });
    this.tellState?.("said", sentence ?? "");
  }

  // --- by keyboard ------------------------------------------------------------------------------------------------------

  currentId() {
    const slot = document.activeElement?.closest?.("[data-slot^='item:']")?.dataset.slot;
    return slot?.slice(5) ?? this.paper.currentItem()?.node.attrs.id ?? null;
  }

  currentTask() {
    const id = this.currentId();
    const item = this.items().find((other) => other.id === id);
    return item && TASKS.includes(item.kind) ? item : null;
  }

  // To the next task nobody has confirmed, or paragraph with a doubt or a clash.
  next(step) {
    const open = new Set([
      ...this.items().filter((item) => TASKS.includes(item.kind) && this.cards.stateOf(item) !== "accepted").map(({ id }) => id),
      ...this.beside.doubts().map(({ id }) => id), ...[...this.saver.clashes.keys()].map((key) => key.split(":")[1]),
    ]);
    const order = this.items().map(({ id }) => id);
    const at = order.indexOf(this.currentId());
    const rest = step > 0 ? order.slice(at + 1) : order.slice(0, Math.max(at, 0)).reverse();
    const id = rest.find((other) => open.has(other));
    if (id) this.paper.go(id);
    else this.say(this.words.no_more);
  }

  hear() {
    const id = this.currentId();
    this.margin.slots.get(`item:${id}`)?.element.querySelector("[data-play]")?.click();
  }
}

async function open(page) {
  const answer = await fetch(page.dataset.state, { credentials: "same-origin" }).catch(() => null);
  const bundle = answer?.ok && (await import(page.dataset.bundle).catch(() => null));
  if (!bundle) {
    page.querySelector("[data-loading]").textContent = page.dataset.failed;
    return;
  }
  const told = await answer.json();
  page.querySelector("[data-loading]").hidden = true;
  page.querySelector("[data-open]").hidden = false;
  const desk = new Desk(page, bundle, told);
  await desk.offerLeft();
  page.dataset.ready = "true";
}

open(document.querySelector("[data-editor]"));
