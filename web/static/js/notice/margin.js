// The margin beside the page: one slot for each paragraph that has something beside it, as high as its paragraph.
// In: the paper, and makers that say what stands where. Out: slots in the order of print, none over another.

import { make } from "../desk/make.js";

const GAP = 10;

export class Margin {
  constructor(paper, list, { wide }) {
    Object.assign(this, { paper, list, wide });
    this.makers = [];
    this.slots = new Map(); // key → { element, parts: Map(name → { signature, element }) }
    new ResizeObserver(() => this.layOutSoon()).observe(paper.view.dom);
    new ResizeObserver(() => this.layOutSoon()).observe(list.parentElement);
    addEventListener("resize", () => this.layOutSoon());
    document.fonts?.ready.then(() => this.layOutSoon());
    this.watched = new ResizeObserver(() => this.layOutSoon());
    // A paragraph and its slot are chosen together.
    list.addEventListener("focusin", (event) => this.choose(event.target.closest("[data-slot]")?.dataset.slot));
  }

  // maker(): [{ key, name, signature, make }]; a part is made again only when its signature changes.
  add(maker) {
    this.makers.push(maker);
  }

  refreshSoon() {
    this.refreshing ??= requestAnimationFrame(() => {
      this.refreshing = null;
      this.refresh();
    });
  }

  refresh() {
    const wanted = new Map();
    for (const part of this.makers.flatMap((maker) => maker())) {
      if (!wanted.has(part.key)) wanted.set(part.key, []);
      wanted.get(part.key).push(part);
    }
    const order = [...wanted.keys()].map((key) => ({ key, top: this.topOf(key) })).sort((one, other) => one.top - other.top);
    for (const [key, slot] of this.slots) {
      if (wanted.has(key)) continue;
      this.watched.unobserve(slot.element);
      slot.element.remove();
      this.slots.delete(key);
    }
    order.forEach(({ key }, at) => {
      const slot = this.slots.get(key) ?? this.newSlot(key);
      this.fillSlot(slot, wanted.get(key));
      if (this.list.children[at] !== slot.element && !slot.element.contains(document.activeElement)) {
        this.list.insertBefore(slot.element, this.list.children[at] ?? null);
      }
    });
    this.layOut();
  }

  newSlot(key) {
    const element = make("li", { class: "slot", "data-slot": key });
    this.watched.observe(element);
    const slot = { element, parts: new Map() };
    this.slots.set(key, slot);
    return slot;
  }

  fillSlot(slot, parts) {
    const names = new Set(parts.map(({ name }) => name));
    for (const [name, { element }] of slot.parts) {
      if (names.has(name)) continue;
      element.remove();
      slot.parts.delete(name);
    }
    parts.forEach(({ name, signature, make: build }, at) => {
      const known = slot.parts.get(name);
      // What somebody is typing in is not pulled away.
      const isBusy = known?.element.contains(document.activeElement) && document.activeElement.matches("input, textarea, select");
      if (known && (known.signature === signature || isBusy)) return;
      const hadFocus = known?.element.contains(document.activeElement);
      const element = build(known?.element);
      if (known) known.element.replaceWith(element);
      else slot.element.insertBefore(element, slot.element.children[at] ?? null);
      if (hadFocus) element.querySelector("[data-first], button, a")?.focus({ preventScroll: true });
      slot.parts.set(name, { signature, element });
    });
  }

  topOf(key) {
    const element = this.paper.elementOf(key);
    return element ? element.getBoundingClientRect().top : Infinity;
  }

  choose(key) {
    if (this.current === key) return;
    this.slots.get(this.current)?.element.classList.remove("current");
    this.current = key;
    this.slots.get(key)?.element.classList.add("current");
    this.layOutSoon();
  }

  layOutSoon() {
    this.layingOut ??= requestAnimationFrame(() => {
      this.layingOut = null;
      this.layOut();
    });
  }

  layOut() {
    this.list.classList.toggle("aligned", this.wide.matches);
    this.slots.get(this.current)?.element.classList.add("current");
    if (!this.wide.matches) {
      this.list.style.removeProperty("height");
      return;
    }
    const zero = this.list.getBoundingClientRect().top;
    const rows = [...this.list.children].map((element) => ({
      element, key: element.dataset.slot, height: element.offsetHeight, wanted: this.topOf(element.dataset.slot) - zero,
    })).filter(({ wanted }) => Number.isFinite(wanted));
    pushDown(rows);
    const at = rows.findIndex(({ key }) => key === this.current);
    if (at >= 0 && rows[at].top > rows[at].wanted) {
      // The one at work stands beside its paragraph; those above it make room.
      rows[at].top = Math.max(rows[at].wanted, rows.slice(0, at).reduce((sum, { height }) => sum + height + GAP, 0));
      for (let above = at - 1; above >= 0; above -= 1) {
        rows[above].top = Math.min(rows[above].top, rows[above + 1].top - rows[above].height - GAP);
      }
      pushDown(rows, at + 1);
    }
    for (const { element, top } of rows) element.style.setProperty("--top", `${Math.round(top)}px`);
    const last = rows.at(-1);
    this.list.style.height = last ? `${Math.ceil(last.top + last.height)}px` : "";
  }
}

function pushDown(rows, from = 0) {
  for (let at = from; at < rows.length; at += 1) {
    const above = rows[at - 1];
    rows[at].top = Math.max(rows[at].wanted, above ? above.top + above.height + GAP : 0);
  }
}
