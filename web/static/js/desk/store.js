// The text of the transcript as the server last told it, and what is typed but not saved on top of it.
// In: lines, entries of a change. Out: events "lines" (detail: ids that changed, or null where the order did).

export class Store extends EventTarget {
  constructor(told) {
    super();
    this.typed = new Map(); // id → { text, was }: `was` is the saved text the typing began on
    this.conflicts = new Map(); // id → { yours: {text, speaker}, theirs: line or null }
    this.replace(told.lines, told.number);
  }

  replace(lines, number) {
    this.number = number;
    this.lines = new Map(lines.map((line) => [line.id, line]));
    this.order = lines.map((line) => line.id);
    this.tell(null);
  }

  // What the server told after a save or since a revision.
  apply(told) {
    if (told.lines) {
      const before = this.lines;
      told.lines.forEach((line) => this.meet(before.get(line.id), line));
      this.replace(told.lines, told.number);
      return;
    }
    let moved = false;
    const changed = new Set();
    for (const entry of told.entries) {
      if (entry.removed) {
        this.order.splice(this.order.indexOf(entry.id), 1);
        this.meet(this.lines.get(entry.id), null);
        this.lines.delete(entry.id);
        moved = true;
      } else {
        const { after, ...line } = entry;
        if (after !== undefined && !this.lines.has(line.id)) {
          this.order.splice(this.order.indexOf(after) + 1, 0, line.id);
          moved = true;
        }
        this.meet(this.lines.get(line.id), line);
        this.lines.set(line.id, line);
        changed.add(line.id);
      }
    }
    this.number = told.number;
    if (moved || changed.size) this.tell(moved ? null : changed);
  }

  // A line comes in while something else is typed in it: both are kept, and the person chooses.
  meet(old, line) {
    const id = (old ?? line)?.id;
    const typed = this.typed.get(id);
    if (!typed) return;
    if (line && (line.text === typed.was || line.text === typed.sent)) {
      typed.was = line.text;
    } else if (line && line.text === typed.text) {
      this.typed.delete(id);
    } else {
      this.conflicts.set(id, { yours: { text: typed.text, speaker: null }, theirs: line });
    }
  }

  text(id) {
    return this.typed.get(id)?.text ?? this.lines.get(id)?.text ?? "";
  }

  type(id, text) {
    const saved = this.lines.get(id).text;
    const known = this.typed.get(id);
    if (known) known.text = text;
    else if (text !== saved) this.typed.set(id, { text, was: saved });
  }

  tell(ids) {
    this.dispatchEvent(new CustomEvent("lines", { detail: ids }));
  }

  isAside(line) {
    return line.flags.includes("phantom") || line.flags.includes("repeated");
  }

  nextSpoken(id) {
    const rest = this.order.slice(this.order.indexOf(id) + 1);
    return rest.find((other) => !this.isAside(this.lines.get(other)));
  }

  // Speakers in the order in which they are first heard: name → { name, lines, seconds, number }.
  speakers() {
    const found = new Map();
    for (const id of this.order) {
      const line = this.lines.get(id);
      if (this.isAside(line)) continue;
      const one = found.get(line.speaker) ?? { name: line.speaker, lines: [], seconds: 0, number: found.size };
      one.lines.push(line);
      one.seconds += line.end - line.start;
      found.set(line.speaker, one);
    }
    return found;
  }
}

// Whether a person has yet to say who this is.
export function isUnnamed(name) {
  return !name || /^Người nói(\s+\d|$)/u.test(name);
}

// A word the recogniser was not sure of, where no person has gone over the line.
export function hasDoubt(line, below) {
  if (line.flags.includes("corrected")) return false;
  return line.flags.includes("doubtful") || line.words.some((word) => word.probability < below);
}

export function timecode(seconds) {
  const whole = Math.floor(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

// "Đã lưu bản %(number)d" with the values put in.
export function fill(sentence, values) {
  return sentence.replace(/%\((\w+)\)[sd]/g, (_all, name) => values[name]);
}
