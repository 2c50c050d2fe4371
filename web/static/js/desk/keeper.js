// Lines typed at the desk, kept on this machine until the server has them (../kept.js).
// In: the store's typed lines. Out: one entry for each transcript and account.

import { Kept } from "../kept.js";

export class Keeper {
  constructor(transcript, account) {
    this.kept = new Kept("go-bang", `${transcript}:${account}`);
    this.left = {}; // offered again and not decided on yet: stays beside what is typed now
  }

  keep(store) {
    const lines = { ...this.left };
    store.typed.forEach(({ text, was }, id) => { lines[id] = { text, was }; });
    this.kept.write(Object.keys(lines).length ? { lines } : null);
  }

  // What was left behind and is not on the server yet; null for nothing.
  found(store) {
    const kept = this.kept.read();
    const lines = Object.entries(kept?.lines ?? {}).filter(([id, { text }]) => store.lines.get(id)?.text !== text);
    this.left = Object.fromEntries(lines);
    return lines.length ? { at: new Date(kept.at), lines } : null;
  }

  // The person has decided on what was left behind.
  decided(store) {
    this.left = {};
    this.keep(store);
  }
}
