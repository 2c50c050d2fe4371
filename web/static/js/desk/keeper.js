// Typed text on this machine until the server has it: a closed tab or an ended session loses nothing.
// In: the store's typed lines. Out: one entry of localStorage for each transcript and account, gone when all is saved.

const DAYS = 14;

export class Keeper {
  constructor(transcript, account) {
    this.name = `go-bang:${transcript}:${account}`;
    this.left = {}; // offered again and not decided on yet: stays beside what is typed now
    forgetOld();
  }

  keep(store) {
    const lines = { ...this.left };
    store.typed.forEach(({ text, was }, id) => { lines[id] = { text, was }; });
    try {
      if (Object.keys(lines).length) localStorage.setItem(this.name, JSON.stringify({ at: Date.now(), lines }));
      else localStorage.removeItem(this.name);
    } catch {
      // A full or forbidden storage: the server still gets every line within seconds.
    }
  }

  // What was left behind and is not on the server yet; null for nothing.
  found(store) {
    let kept = null;
    try {
      kept = JSON.parse(localStorage.getItem(this.name));
    } catch {
      return null;
    }
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

function forgetOld() {
  try {
    for (const name of Object.keys(localStorage).filter((key) => key.startsWith("go-bang:"))) {
      const { at } = JSON.parse(localStorage.getItem(name));
      if (Date.now() - at > DAYS * 86_400_000) localStorage.removeItem(name);
    }
  } catch {
    // Nothing to forget, or nothing that can be read.
  }
}
