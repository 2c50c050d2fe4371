// Find and replace over the whole transcript, also over lines that do not stand in the page at the moment.
// In: what is typed in the panel. Out: places (line, from, to); replacements as one change for each line.

import { fill } from "./store.js";

export class Find {
  constructor(desk, form) {
    Object.assign(this, { desk, form });
    this.places = [];
    this.at = -1;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.step(1);
    });
    form.addEventListener("input", () => this.search());
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
      if (event.key === "Enter" && event.shiftKey) {
        event.preventDefault();
        this.step(-1);
      }
    });
    form.querySelector("[data-find=previous]").addEventListener("click", () => this.step(-1));
    form.querySelector("[data-find=close]").addEventListener("click", () => this.close());
    form.querySelector("[data-find=one]").addEventListener("click", () => this.replaceOne());
    form.querySelector("[data-find=all]").addEventListener("click", () => this.replaceAll());
  }

  open() {
    this.form.hidden = false;
    const selected = String(document.getSelection()).trim();
    if (selected && selected.length < 80) this.form.elements.find.value = selected;
    this.form.elements.find.focus();
    this.form.elements.find.select();
    this.search();
  }

  close() {
    this.form.hidden = true;
    this.places = [];
    this.mark();
    this.desk.rows.focus(this.desk.rows.current ?? this.desk.list.firstSeen());
  }

  pattern() {
    const { find, same_case: sameCase, whole_words: wholeWords } = this.form.elements;
    const wanted = find.value.normalize("NFC").trim();
    if (!wanted) return null;
    const escaped = wanted.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s+/gu, "\\s+");
    const edges = wholeWords.checked ? ["(?<![\\p{L}\\p{N}])", "(?![\\p{L}\\p{N}])"] : ["", ""];
    return new RegExp(edges.join(escaped), sameCase.checked ? "gu" : "giu");
  }

  search() {
    const pattern = this.form.hidden ? null : this.pattern();
    this.places = [];
    if (pattern) {
      for (const id of this.desk.store.order) {
        for (const hit of this.desk.store.text(id).matchAll(pattern)) {
          this.places.push({ id, from: hit.index, to: hit.index + hit[0].length });
        }
      }
    }
    this.at = -1;
    this.count();
    this.mark();
  }

  count() {
    const { words } = this.desk;
    const place = this.form.querySelector("[data-find=count]");
    if (!this.form.elements.find.value.trim()) place.textContent = "";
    else if (!this.places.length) place.textContent = words.not_found;
    else place.textContent = fill(words.found, { at: this.at < 0 ? "–" : this.at + 1, count: this.places.length });
  }

  step(by) {
    if (!this.places.length) return;
    if (this.at < 0) {
      const from = this.desk.store.order.indexOf(this.desk.rows.current ?? this.desk.list.firstSeen());
      const next = this.places.findIndex(({ id }) => this.desk.store.order.indexOf(id) >= from);
      this.at = by > 0 ? Math.max(0, next) : (Math.max(0, next) + this.places.length - 1) % this.places.length;
    } else {
      this.at = (this.at + by + this.places.length) % this.places.length;
    }
    const { id } = this.places[this.at];
    this.desk.reveal(id);
    this.desk.rows.choose(id);
    this.desk.list.show(id, { where: "middle" });
    this.count();
    this.mark();
  }

  // Found words are painted, not wrapped: the page's elements stay as they are.
  mark() {
    if (!window.CSS?.highlights) return;
    const [all, now] = [new Highlight(), new Highlight()];
    const seen = new Map();
    this.places.forEach((place, index) => {
      const said = this.desk.list.row(place.id)?.querySelector("[data-said]");
      if (!said) return;
      if (!seen.has(said)) seen.set(said, texts(said));
      const range = rangeOf(seen.get(said), place.from, place.to);
      if (range) (index === this.at ? now : all).add(range);
    });
    CSS.highlights.set("found", all);
    CSS.highlights.set("found-now", now);
  }

  replaceOne() {
    if (this.at < 0) {
      this.step(1);
      return;
    }
    const [place, at] = [this.places[this.at], this.at];
    const text = this.desk.store.text(place.id);
    this.desk.set(place.id, text.slice(0, place.from) + this.form.elements.replacement.value + text.slice(place.to));
    this.search();
    if (this.places.length) {
      this.at = Math.min(at, this.places.length) - 1;
      this.step(1);
    }
  }

  replaceAll() {
    const pattern = this.pattern();
    if (!pattern || !this.places.length) return;
    const [count, ids] = [this.places.length, [...new Set(this.places.map(({ id }) => id))]];
    const replacement = this.form.elements.replacement.value;
    ids.forEach((id) => this.desk.store.type(id, this.desk.store.text(id).replace(pattern, () => replacement)));
    this.desk.saveAll(ids);
    this.search();
    this.desk.say(fill(this.desk.words.replaced, { count, lines: ids.length }));
  }
}

function texts(element) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const found = [];
  let from = 0;
  while (walker.nextNode()) {
    found.push({ node: walker.currentNode, from });
    from += walker.currentNode.length;
  }
  return found;
}

function rangeOf(nodes, from, to) {
  const spot = (letters, isEnd) => {
    const index = nodes.findLastIndex((one) => (isEnd ? one.from < letters : one.from <= letters));
    if (index < 0) return null;
    return [nodes[index].node, Math.min(letters - nodes[index].from, nodes[index].node.length)];
  };
  const [start, end] = [spot(from, false), spot(to, true)];
  if (!start || !end) return null;
  const range = document.createRange();
  range.setStart(...start);
  range.setEnd(...end);
  return range;
}
