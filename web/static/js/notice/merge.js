// Two people at one notice: what each changed since the text both began on, put together part by part.
// In: three contents. Out: { content, clashes }: where both changed the same part, `content` has mine and the clash has
// theirs, so that nobody's words are lost. Pure.

const PARTS = [
  "issuing_parent", "issuing_body", "symbol_suffix", "title_type", "place", "subject", "closing", "recipients", "addressees",
  "signer", "urgency", "circulation", "address",
];
const FIELDS = { text: ["text"], heading: ["heading"], kind: ["kind"], lead: ["lead", "lead_unit_ids"], coordinating: ["coordinating", "coordinating_unit_ids"], action: ["action"], deadline: ["deadline"] };

export const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

export function merge(base, mine, theirs) {
  const clashes = new Map();
  const pick = (key, was, yours, other) => {
    if (same(yours, other) || same(was, other)) return yours;
    if (same(was, yours)) return other;
    clashes.set(key, { key, mine: yours, theirs: other });
    return yours;
  };
  const content = { ...theirs };
  for (const name of PARTS) content[name] = pick(name, base[name], mine[name], theirs[name]);
  content.opening = list("opening", base.opening, mine.opening, theirs.opening, pick);
  content.appendices = list("appendix", base.appendices, mine.appendices, theirs.appendices, pick);
  content.to_check = checks(base.to_check, mine.to_check, theirs.to_check);
  content.sections = sections(base.sections, mine.sections, theirs.sections, pick, clashes);
  return { content, clashes };
}

// What goes to the server while a clash waits for its person: the other one's words stand there.
export function withoutClashes(content, clashes) {
  const sent = structuredClone(content);
  for (const { key, theirs } of clashes.values()) {
    const [part, id, field] = key.split(":");
    if (part === "item" && field === "gone") sent.sections.forEach((section) => takeOut(section.items, id));
    else if (part === "item") {
      const item = field === "back" ? null : findItem(sent, id);
      if (item) Object.assign(item, theirs);
    } else if (part === "section") sent.sections[Number(id)].heading = theirs;
    else if (id !== undefined && id !== "all") sent[part === "appendix" ? "appendices" : part][Number(id)] = theirs;
    else sent[part === "appendix" ? "appendices" : part] = theirs;
  }
  return sent;
}

export function findItem(content, id) {
  for (const item of walk(content.sections.flatMap(({ items }) => items))) if (item.id === id) return item;
  return null;
}

export function* walk(items) {
  for (const item of items) {
    yield item;
    yield* walk(item.children);
  }
}

function list(name, base, mine, theirs, pick) {
  if (base.length !== mine.length || base.length !== theirs.length) return pick(`${name}:all`, base, mine, theirs);
  return base.map((was, at) => pick(`${name}:${at}`, was, mine[at], theirs[at]));
}

function checks(base, mine, theirs) {
  const done = base.filter((line) => !mine.includes(line));
  const added = mine.filter((line) => !base.includes(line) && !theirs.includes(line));
  return [...theirs.filter((line) => !done.includes(line)), ...added];
}

// --- sections: where the items stand, then what each says -------------------------------------------------------------

function sections(base, mine, theirs, pick, clashes) {
  const [was, my, their] = [base, mine, theirs].map(indexOf);
  const isMine = !same(shape(base), shape(mine)); // where only the others moved something, their order stands
  const tree = structuredClone(shape(isMine ? mine : theirs));
  const main = isMine ? my : their;
  const other = isMine ? their : my;
  for (const [id, place] of other) {
    if (main.has(id)) continue;
    if (!was.has(id)) graft(tree, other, id, place); // new over there
    else if (!same(facts(was.get(id).item), facts(place.item))) {
      // Taken out on one side, changed on the other: it stays until somebody decides.
      graft(tree, other, id, place);
      const key = `item:${id}:${isMine ? "back" : "gone"}`;
      clashes.set(key, { key, mine: isMine ? null : place.item.text, theirs: isMine ? place.item.text : null });
    }
  }
  for (const [id, place] of [...main]) {
    // Gone over there and not touched here.
    if (was.has(id) && !other.has(id) && same(facts(was.get(id).item), facts(place.item))) tree.forEach((part) => takeOut(part.items, id));
    else if (was.has(id) && !other.has(id) && isMine) clashes.set(`item:${id}:gone`, { key: `item:${id}:gone`, mine: place.item.text, theirs: null });
  }
  const written = (node) => ({ ...itemOf(node.id, was, my, their, pick), children: node.children.map(written) });
  const headings = headingsOf(base, mine, theirs, isMine, pick);
  return tree.map((part, at) => ({ ...headings(at), items: part.items.map(written) }));
}

function headingsOf(base, mine, theirs, isMine, pick) {
  const even = base.length === mine.length && base.length === theirs.length;
  return (at) => {
    if (!even) {
      const { heading, numbered } = (isMine ? mine : theirs)[at] ?? { heading: null, numbered: true };
      return { heading, numbered };
    }
    const numbered = base[at].numbered === mine[at].numbered ? theirs[at].numbered : mine[at].numbered;
    return { heading: pick(`section:${at}`, base[at].heading, mine[at].heading, theirs[at].heading), numbered };
  };
}

function itemOf(id, was, my, their, pick) {
  const [old, yours, others] = [was.get(id)?.item, my.get(id)?.item, their.get(id)?.item];
  const only = yours ?? others;
  if (!yours || !others) return only;
  const from = old ?? others;
  const made = { ...only };
  for (const [field, names] of Object.entries(FIELDS)) {
    const [a, b, c] = [from, yours, others].map((item) => Object.fromEntries(names.map((name) => [name, item[name]])));
    Object.assign(made, pick(`item:${id}:${field}`, a, b, c));
  }
  return made;
}

function facts(item) {
  return Object.values(FIELDS).flat().map((name) => item[name]);
}

function shape(parts) {
  const bare = ({ id, children }) => ({ id, children: children.map(bare) });
  return parts.map(({ items }) => ({ items: items.map(bare) }));
}

// id → { item, section, parent, before }: `before` are the siblings above, the nearest first.
function indexOf(parts) {
  const found = new Map();
  const add = (items, section, parent) => items.forEach((item, at) => {
    found.set(item.id, { item, section, parent, before: items.slice(0, at).map(({ id }) => id).reverse() });
    add(item.children, section, item.id);
  });
  parts.forEach(({ items }, section) => add(items, section, null));
  return found;
}

function graft(tree, source, id, { section, parent, before }) {
  const node = { id, children: [] };
  for (const sibling of before) {
    const row = rowOf(tree, sibling);
    if (row) {
      row.items.splice(row.at + 1, 0, node);
      return;
    }
  }
  const holder = parent && rowOf(tree, parent);
  if (holder) holder.items[holder.at].children.unshift(node);
  else if (tree.length) tree[Math.min(section, tree.length - 1)].items.splice(before.length ? Infinity : 0, 0, node);
  else tree.push({ items: [node] });
}

function rowOf(tree, id) {
  const look = (items) => {
    const at = items.findIndex((node) => node.id === id);
    if (at >= 0) return { items, at };
    for (const node of items) {
      const found = look(node.children);
      if (found) return found;
    }
    return null;
  };
  for (const { items } of tree) {
    const found = look(items);
    if (found) return found;
  }
  return null;
}

// The item goes, what stands below it moves up.
function takeOut(items, id) {
  const at = items.findIndex((item) => item.id === id);
  if (at >= 0) items.splice(at, 1, ...items[at].children);
  else items.forEach((item) => takeOut(item.children, id));
}

// What my side says where two differ; compare with the clash's `theirs`.
export function mineAt(content, key) {
  const [part, id, field] = key.split(":");
  if (part === "item") {
    const item = findItem(content, id);
    if (field === "gone" || field === "back") return item ? item.text : null;
    return item && Object.fromEntries((FIELDS[field] ?? []).map((name) => [name, item[name]]));
  }
  if (part === "section") return content.sections[Number(id)]?.heading ?? null;
  const value = content[part === "appendix" ? "appendices" : part];
  return id === undefined || id === "all" ? value : value[Number(id)];
}

// The same content with the other side's words in one place.
export function withTheirs(content, clash) {
  const [part, id, field] = clash.key.split(":");
  if (part === "item" && field === "back") return content;
  return withoutClashes(content, new Map([[clash.key, clash]]));
}

// The same content without one item.
export function withoutItem(content, id) {
  const made = structuredClone(content);
  made.sections.forEach((section) => takeOut(section.items, id));
  return made;
}

// Texts that are in one content and not in the other, to show what was left behind.
export function changedTexts(before, after) {
  const was = new Set(texts(before));
  return texts(after).filter((text) => text && !was.has(text));
}

function texts(content) {
  const items = [...walk(content.sections.flatMap(({ items: list }) => list))];
  return [
    ...PARTS.flatMap((name) => (typeof content[name] === "string" ? [content[name]] : Object.values(content[name]).flat())),
    ...content.opening.map(({ text }) => text), ...content.sections.map(({ heading }) => heading ?? ""),
    ...items.flatMap((item) => [item.heading, item.text, item.lead.join("; "), item.coordinating.join("; "), item.action, item.deadline?.raw ?? "", item.deadline?.iso ?? ""]),
    ...content.appendices.flatMap((appendix) => [appendix.title, ...appendix.paragraphs, ...appendix.tables.flatMap((table) => table.rows.flat().map(String))]),
  ];
}
