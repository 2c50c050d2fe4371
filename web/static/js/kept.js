// Typed text on this machine until the server has it: a closed tab or an ended session loses nothing.
// In: a name, a value. Out: one entry of localStorage for each name, gone when all is saved or after some days.

const DAYS = 14;

export class Kept {
  constructor(prefix, name) {
    this.name = `${prefix}:${name}`;
    forgetOld(`${prefix}:`);
  }

  write(value) {
    try {
      if (value) localStorage.setItem(this.name, JSON.stringify({ at: Date.now(), ...value }));
      else localStorage.removeItem(this.name);
    } catch {
      // A full or forbidden storage: the server still gets what is typed within seconds.
    }
  }

  // What was left behind; null for nothing.
  read() {
    try {
      return JSON.parse(localStorage.getItem(this.name));
    } catch {
      return null;
    }
  }
}

function forgetOld(prefix) {
  try {
    for (const name of Object.keys(localStorage).filter((key) => key.startsWith(prefix))) {
      const { at } = JSON.parse(localStorage.getItem(name));
      if (Date.now() - at > DAYS * 86_400_000) localStorage.removeItem(name);
    }
  } catch {
    // Nothing to forget, or nothing that can be read.
  }
}

// The same for pages of which several tabs may be open: each keeps its own, and finds only what no living tab holds.
export class KeptByTab {
  constructor(prefix, name) {
    this.group = `${prefix}:${name}:`;
    this.kept = new Kept(prefix, `${name}:${crypto.getRandomValues(new Uint32Array(2)).join("")}`);
    // Held as long as this tab lives; where the browser has no locks, everything found is offered.
    navigator.locks?.request(this.kept.name, () => new Promise(() => {})).catch(() => {});
  }

  write(value) {
    this.kept.write(value);
  }

  // What tabs that are gone have left: [{ name, at, … }], the oldest first.
  async left() {
    const held = new Set((await navigator.locks?.query().catch(() => null))?.held?.map(({ name }) => name));
    try {
      return Object.keys(localStorage).filter((name) => name.startsWith(this.group) && name !== this.kept.name && !held.has(name))
        .map((name) => ({ ...JSON.parse(localStorage.getItem(name)), name })).sort((one, other) => one.at - other.at);
    } catch {
      return [];
    }
  }

  forget(name) {
    try {
      localStorage.removeItem(name);
    } catch {
      // It goes with the days.
    }
  }
}
