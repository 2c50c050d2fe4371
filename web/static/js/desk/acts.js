// What is done at the desk: type, go on, split, join, name, confirm. Each act ends in the saver or in the list.

import { lettersBefore } from "./rows.js";
import { fill, hasDoubt } from "./store.js";

export class Acts {
  withLine(act) {
    if (this.rows.current && this.store.lines.has(this.rows.current)) act(this.rows.current);
  }

  type(id, text) {
    this.saver.type(id, text);
    this.list.row(id)?.classList.toggle("unsaved", this.store.typed.has(id));
  }

  set(id, text) {
    this.saver.type(id, text);
    this.list.refresh(id);
  }

  saveAll(ids) {
    this.keeper.keep(this.store);
    ids.forEach((id) => this.list.refresh(id));
    return this.saver.flush();
  }

  edit(id, caret = null) {
    this.rows.choose(id);
    this.rows.edit(id, caret);
  }

  left(id, field) {
    this.saver.flush();
    setTimeout(() => {
      // The browser's own menus and other windows take the focus and give it back.
      if (document.hasFocus() && this.rows.editing === id && document.activeElement !== field) this.rows.stop(id);
    });
  }

  leave(id) {
    this.rows.stop(id);
    this.list.row(id)?.focus({ preventScroll: true });
    this.saver.flush();
  }

  editNext(id, by) {
    const next = this.list.keys[this.list.keys.indexOf(id) + by];
    this.saver.flush();
    if (next) this.edit(next);
    else this.leave(id);
  }

  move(id, by) {
    const place = Math.min(this.list.keys.length - 1, Math.max(0, this.list.keys.indexOf(id) + by));
    this.rows.choose(this.list.keys[place]);
    this.rows.focus(this.list.keys[place]);
  }

  nextDoubt(by) {
    const { order, lines } = this.store;
    const from = order.indexOf(this.rows.current);
    const rest = by > 0 ? order.slice(from + 1) : order.slice(0, Math.max(0, from)).reverse();
    const id = rest.find((other) => hasDoubt(lines.get(other), this.doubtfulBelow) || this.store.isAside(lines.get(other)));
    if (!id) {
      this.say(this.words.no_more_doubts);
      return;
    }
    this.reveal(id);
    const line = lines.get(id);
    const word = line.words.findIndex(({ probability }) => probability < this.doubtfulBelow);
    this.list.show(id, { where: "middle" });
    this.edit(id, word < 0 ? 0 : lettersBefore(line.text, word));
    this.hear(id);
  }

  confirm(id) {
    return this.saver.act({ kind: "confirm", id });
  }

  chooseSpeaker(id) {
    this.rows.choose(id);
    this.speaker.open(id);
  }

  rename(old, name) {
    const wanted = name.trim();
    if (!wanted || wanted === old) return;
    const count = this.speakers.get(old)?.lines.length ?? 0;
    this.saver.act({ kind: "rename", old, new: wanted }).then((told) => {
      if (!told.refused) this.say(fill(this.words.renamed, { count, name: wanted }));
      this.voices.show();
    });
  }

  async split(id, letters) {
    const told = await this.saver.act({ kind: "split", id, letters });
    const fresh = (told.entries ?? []).find((entry) => entry.after === id);
    if (fresh) this.edit(fresh.id, 0);
  }

  async merge(id) {
    const next = this.store.nextSpoken(id);
    if (!next) return;
    const caret = this.store.text(id).length;
    const told = await this.saver.act({ kind: "merge", id, next_id: next });
    if (!told.refused) this.edit(id, caret);
  }

  revert(id) {
    this.store.typed.delete(id);
    this.keeper.keep(this.store);
    this.rows.stop(id);
    this.edit(id);
  }

  keepMine(id, text, speaker) {
    this.saver.choose(id, text);
    if (speaker) this.saver.act({ kind: "set", id, speaker });
    this.rows.focus(id);
  }

  keepTheirs(id) {
    this.saver.choose(id, null);
    if (this.store.lines.has(id)) this.rows.focus(id);
  }

  help() {
    this.page.querySelector("[data-help]").showModal();
  }

  say(sentence) {
    this.page.querySelector("[data-said-aloud]").textContent = sentence;
  }
}
