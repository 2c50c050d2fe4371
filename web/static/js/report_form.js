// A unit's report: sums while typing, whether the figures agree, and a draft kept on this machine while the line is bad.
// The server reads and judges everything again; without this module the form works all the same.

const form = document.querySelector("form[data-report]");
const DRAFT_DAYS = 2;
const HOLDS = {
  "=": (left, right) => left === right,
  "<=": (left, right) => left <= right,
  "<": (left, right) => left < right,
  ">=": (left, right) => left >= right,
  ">": (left, right) => left > right,
};

if (form) {
  const told = JSON.parse(form.dataset.report);
  addUp(form, told);
  keepDraft(form);
}

// "1.234,5" → 1234.5; null for nothing or for what the server will refuse.
function read(text) {
  const typed = text.trim().replace(/[\s\u00a0]/g, "");
  if (!/^-?(\d+|\d{1,3}(\.\d{3})+)(,\d+)?$/.test(typed)) return null;
  return Number(typed.replaceAll(".", "").replace(",", "."));
}

function show(number) {
  return number.toLocaleString("vi-VN", { maximumFractionDigits: 4 });
}

function addUp(target, { sums, relations }) {
  const marks = target.querySelector("[data-checks]");

  function values() {
    const known = {};
    target.querySelectorAll("[data-figure]").forEach((field) => {
      const number = read(field.value);
      if (number !== null) known[field.dataset.figure] = number;
    });
    for (let round = 0; round <= sums.length; round += 1) {
      sums.forEach(({ code, terms }) => {
        const total = value(terms, known);
        if (total !== null) known[code] = total;
      });
    }
    return known;
  }

  function refresh() {
    const known = values();
    sums.forEach(({ code }) => {
      const place = target.querySelector(`[data-sum="${code}"]`);
      if (place) place.textContent = code in known ? show(known[code]) : "—";
    });
    relations.forEach((relation, index) => judge(relation, known, marks?.querySelector(`[data-check="${index}"]`), marks));
  }

  target.addEventListener("input", refresh);
  refresh();
}

function value(terms, known) {
  let total = 0;
  for (const [factor, code] of terms) {
    if (code && !(code in known)) return null;
    total += factor * (code ? known[code] : 1);
  }
  return Math.round(total * 10000) / 10000;
}

function judge(relation, known, line, marks) {
  if (!line) return;
  const left = value(relation.left, known);
  const right = value(relation.right, known);
  const mark = line.querySelector("[data-mark]");
  mark.dataset.waiting ??= mark.textContent;
  if (left === null || right === null) {
    mark.textContent = mark.dataset.waiting;
    mark.className = "badge";
    line.querySelector("[data-numbers]").textContent = "";
    return;
  }
  const good = HOLDS[relation.sign](left, right);
  mark.textContent = good ? marks.dataset.good : marks.dataset.bad;
  mark.className = good ? "badge good" : "badge bad";
  line.querySelector("[data-numbers]").textContent = good ? "" : `(${show(left)} / ${show(right)})`;
}

function keepDraft(target) {
  const key = `${target.dataset.draft}:${target.dataset.base}`;
  const note = target.querySelector("[data-draft-note]");
  const text = target.querySelector("[data-draft-text]");
  forgetOld(target.dataset.draft, key);
  if (target.dataset.refused === "no") restore();

  target.addEventListener("input", save);
  target.addEventListener("submit", (event) => {
    save();
    if (!navigator.onLine) {
      event.preventDefault();
      say(text.dataset.offline);
    }
  });
  window.addEventListener("offline", () => say(text.dataset.offline));
  window.addEventListener("online", () => { note.hidden = true; });
  target.querySelector("[data-draft-drop]").addEventListener("click", () => {
    store((box) => box.removeItem(key));
    target.reset();
    note.hidden = true;
    target.dispatchEvent(new Event("input"));
    store((box) => box.removeItem(key));
  });

  function fields() {
    return [...target.querySelectorAll("input:not([type=hidden]), textarea, select")];
  }

  function save() {
    const typed = fields().map((field) => [field.name, field.value]);
    store((box) => box.setItem(key, JSON.stringify({ at: Date.now(), typed })));
  }

  function restore() {
    const kept = store((box) => box.getItem(key));
    if (!kept) return;
    const byName = {};
    fields().forEach((field) => (byName[field.name] ??= []).push(field));
    let changed = false;
    JSON.parse(kept).typed.forEach(([name, typed]) => {
      const field = byName[name]?.shift();
      if (!field || field.value === typed) return;
      field.value = typed;
      changed = true;
    });
    if (!changed) return;
    say(text.dataset.restored);
    target.dispatchEvent(new Event("input"));
  }

  function say(words) {
    text.textContent = words;
    note.hidden = false;
  }
}

// Drafts of an earlier revision were sent or are beside the point; all others go after two days.
function forgetOld(prefix, current) {
  store((box) => {
    Object.keys(box).filter((key) => key.startsWith("bcn:") && key !== current).forEach((key) => {
      const age = Date.now() - (JSON.parse(box.getItem(key))?.at ?? 0);
      if (key.startsWith(`${prefix}:`) || age > DRAFT_DAYS * 86400000) box.removeItem(key);
    });
  });
}

// A browser may forbid storage; then there is no draft, and nothing else changes.
function store(act) {
  try {
    return act(window.localStorage);
  } catch {
    return null;
  }
}
