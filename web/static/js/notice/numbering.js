// What the printed page puts before and behind the words: I., 1., -, +, and ./. at the end (minutes/notices/sheet.py).
// In: the document. Out: decorations, so that none of it is text that could be edited.

const MARKS = ["", "- ", "+ "];
const ROMAN = [[10, "X"], [9, "IX"], [5, "V"], [4, "IV"], [1, "I"]];

export function numbering(paper) {
  const { Plugin, PluginKey, Decoration, DecorationSet } = paper.pm;
  const key = new PluginKey("numbering");
  const build = (state) => DecorationSet.create(state.doc, [...marked(paper, state, Decoration)]);
  return new Plugin({
    key,
    state: {
      init: (_config, state) => build(state),
      apply: (transaction, old, before, state) => (transaction.docChanged || transaction.selectionSet || transaction.getMeta("marks") ? build(state) : old.map(transaction.mapping, transaction.doc)),
    },
    props: { decorations: (state) => key.getState(state) },
  });
}

function* marked(paper, state, Decoration) {
  const { clashes, faults } = paper.marks;
  const current = currentOf(state);
  const around = (node, pos, attributes) => Decoration.node(pos, pos + node.nodeSize, attributes);
  const found = [];
  let [part, count] = [0, 0];
  state.doc.forEach((node, offset) => {
    if (node.type.name !== "section") return;
    const heading = node.firstChild.textContent.trim();
    if (heading) {
      part += 1;
      count = 0;
      found.push(around(node.firstChild, offset + 1, { "data-mark": `${roman(part)}. ` }));
    }
    node.forEach((item, at) => {
      if (item.type.name !== "item") return;
      const pos = offset + 1 + at;
      const isNumbered = node.attrs.numbered && hasWords(item);
      if (isNumbered) count += 1;
      found.push(...ofItem(item, pos, 0, isNumbered ? `${count}. ` : "", around));
    });
  });
  yield* found;
  const outer = [];
  state.doc.descendants((node, pos) => {
    const isItem = node.type.name === "item";
    const names = [];
    if (isItem && node.attrs.id === current) names.push("current");
    if (isItem && clashes.has(`item:${node.attrs.id}`)) names.push("clashing");
    if (node.isTextblock) {
      if (!node.content.size) names.push("blank");
      if (node.type.name === "recipient" && /[.;,]\s*$/u.test(node.textContent)) names.push("dotted");
      const name = partOf(node);
      if (clashes.has(`part:${name}`)) names.push("clashing");
      if (faults.has(name)) names.push("faulty");
      const hint = !node.content.size && paper.words.hints[node.type.name];
      if (hint) outer.push(around(node, pos, { "data-hint": hint }));
    }
    if (names.length) outer.push(around(node, pos, { class: names.join(" ") }));
    return !node.isTextblock;
  });
  yield* outer;
  const closing = lastWords(state.doc);
  // The page has `./.` for the full stop that is typed there.
  if (closing) yield around(closing.node, closing.pos, { "data-end": /\.\s*$/u.test(closing.node.textContent) ? "/." : "./." });
  yield* appendices(state.doc, paper.words.printed.appendix, around);
}

function* appendices(doc, label, around) {
  const found = [];
  doc.forEach((node, offset) => {
    if (node.type.name === "appendix") found.push([node, offset]);
  });
  for (const [at, [node, pos]] of found.entries()) yield around(node, pos, { "data-label": found.length > 1 ? `${label} ${roman(at + 1)}` : label });
}

function* ofItem(item, pos, level, mark, around) {
  let at = pos + 1;
  const heading = item.firstChild.type.name === "item_heading" ? item.firstChild : null;
  const name = level ? "child" : "top";
  yield around(item, pos, { class: `${name} level-${Math.min(level, 2)}` });
  for (let index = 0; index < item.childCount; index += 1) {
    const child = item.child(index);
    if (child.type.name === "item_heading") yield around(child, at, { "data-mark": mark });
    else if (child.type.name === "item_text") {
      if (!heading) yield around(child, at, { "data-mark": mark });
      else if (!child.content.size) yield around(child, at, { class: "below-heading" });
    } else yield* ofItem(child, at, level + 1, hasOwnWords(child) ? MARKS[Math.min(level + 1, 2)] : "", around);
    at += child.nodeSize;
  }
}

function hasOwnWords(item) {
  return item.content.content.some((child) => child.isTextblock && child.textContent.trim());
}

// As the sheet counts: an item with words or a heading of its own.
function hasWords(item) {
  return hasOwnWords(item);
}

// The block behind which the body ends.
function lastWords(doc) {
  let found = null;
  doc.forEach((node, offset) => {
    if (!["opening", "section", "closing"].includes(node.type.name)) return;
    if (node.isTextblock) {
      if (node.textContent.trim()) found = { node, pos: offset };
      return;
    }
    node.descendants((child, at) => {
      if (child.isTextblock && child.textContent.trim()) found = { node: child, pos: offset + 1 + at };
      return !child.isTextblock;
    });
  });
  return found;
}

function currentOf(state) {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) if ($from.node(depth).type.name === "item") return $from.node(depth).attrs.id;
  return null;
}

// The name a block has in data-part.
export function partOf(node) {
  return node.type.spec.toDOM ? (node.type.spec.toDOM(node)[1]?.["data-part"] ?? "") : "";
}

function roman(number) {
  let [letters, rest] = ["", number];
  for (const [value, letter] of ROMAN) {
    letters += letter.repeat(Math.floor(rest / value));
    rest %= value;
  }
  return letters;
}
