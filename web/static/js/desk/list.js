// A long list of rows of unequal height of which only those in sight stand in the page.
// In: keys in order, a function that makes the row of a key, one that guesses its height. The row with the focus stays.

const BEYOND = 600;

export class LongList {
  constructor(box, { make, guess }) {
    Object.assign(this, { box, make, guess });
    this.inner = box.firstElementChild;
    this.keys = [];
    this.places = new Map();
    this.heights = new Map();
    this.offsets = [0];
    this.rows = new Map();
    this.observer = new ResizeObserver((entries) => this.measured(entries));
    box.addEventListener("scroll", () => this.later(), { passive: true });
    new ResizeObserver(() => this.later()).observe(box);
  }

  setKeys(keys) {
    const anchor = this.anchor();
    this.keys = keys;
    this.places = new Map(keys.map((key, place) => [key, place]));
    for (const [key, row] of this.rows) if (!this.places.has(key)) this.unmount(key, row);
    this.lay(anchor);
  }

  refresh(key) {
    const row = this.rows.get(key);
    if (!row) return;
    const fresh = this.make(key, row);
    if (fresh === row) return;
    this.observer.unobserve(row);
    row.replaceWith(fresh);
    this.rows.set(key, fresh);
    this.observer.observe(fresh);
    this.place(key, fresh);
  }

  refreshAll() {
    [...this.rows.keys()].forEach((key) => this.refresh(key));
  }

  row(key) {
    return this.rows.get(key);
  }

  // Bring a row into sight and make sure that it stands in the page.
  show(key, { where = "nearest" } = {}) {
    const place = this.places.get(key);
    if (place === undefined) return null;
    for (let round = 0; round < 3; round += 1) {
      const [top, bottom] = [this.offsets[place], this.offsets[place + 1]];
      const { scrollTop, clientHeight } = this.box;
      const isSeen = top >= scrollTop && bottom <= scrollTop + clientHeight;
      if (where === "middle") this.box.scrollTop = top - Math.max(0, (clientHeight - (bottom - top)) / 3);
      else if (!isSeen) this.box.scrollTop = top < scrollTop ? top - 24 : Math.min(top - 24, bottom - clientHeight + 24);
      this.draw();
    }
    return this.rows.get(key);
  }

  firstSeen() {
    return this.keys[this.at(this.box.scrollTop)];
  }

  at(offset) {
    let [low, high] = [0, this.keys.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.offsets[middle + 1] > offset) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  // The row that must not move when heights above it turn out otherwise: the one in use, or the first in sight.
  anchor() {
    const used = this.box.contains(document.activeElement) ? document.activeElement.closest("[data-line]") : null;
    const { scrollTop, clientHeight } = this.box;
    let place = used ? this.places.get(used.dataset.line) : undefined;
    if (place === undefined || this.offsets[place] < scrollTop || this.offsets[place] > scrollTop + clientHeight) {
      place = this.at(scrollTop);
    }
    return this.keys.length ? { key: this.keys[place], above: this.offsets[place] - scrollTop } : null;
  }

  measured(entries) {
    const anchor = this.anchor();
    let changed = false;
    for (const entry of entries) {
      const key = entry.target.dataset.line;
      const height = entry.target.offsetHeight;
      if (this.rows.get(key) === entry.target && height && this.heights.get(key) !== height) {
        this.heights.set(key, height);
        changed = true;
      }
    }
    if (changed) this.lay(anchor);
  }

  lay(anchor) {
    this.offsets = [0];
    this.keys.forEach((key, place) => {
      this.offsets.push(this.offsets[place] + (this.heights.get(key) ?? this.guess(key)));
    });
    this.inner.style.height = `${this.offsets[this.keys.length]}px`;
    const place = anchor ? this.places.get(anchor.key) : undefined;
    if (place !== undefined) {
      const wanted = this.offsets[place] - anchor.above;
      if (Math.abs(wanted - this.box.scrollTop) > 1) this.box.scrollTop = wanted;
    }
    this.draw();
  }

  later() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.draw();
    });
  }

  draw() {
    if (!this.keys.length) return;
    const { scrollTop, clientHeight } = this.box;
    const first = this.at(scrollTop - BEYOND);
    const last = this.at(scrollTop + clientHeight + BEYOND);
    for (const [key, row] of this.rows) {
      const place = this.places.get(key);
      if ((place < first || place > last) && !row.contains(document.activeElement)) this.unmount(key, row);
    }
    for (let place = first; place <= last; place += 1) {
      const key = this.keys[place];
      if (!this.rows.has(key)) this.mount(key);
    }
    this.rows.forEach((row, key) => this.place(key, row));
  }

  mount(key) {
    const row = this.make(key, null);
    const place = this.places.get(key);
    const next = [...this.inner.children].find((other) => this.places.get(other.dataset.line) > place);
    this.inner.insertBefore(row, next ?? null);
    this.rows.set(key, row);
    this.observer.observe(row);
  }

  unmount(key, row) {
    this.observer.unobserve(row);
    this.rows.delete(key);
    row.remove();
  }

  place(key, row) {
    const place = this.places.get(key);
    row.style.transform = `translateY(${this.offsets[place]}px)`;
    row.setAttribute("aria-posinset", String(place + 1));
    row.setAttribute("aria-setsize", String(this.keys.length));
  }
}
