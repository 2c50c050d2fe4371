// The shortest way from the page as it stands to another one: blocks that are the same are not touched.
// In: the state, the document wanted. Out: a transaction.

export function patch({ Fragment }, state, wanted) {
  const transaction = state.tr;
  if (JSON.stringify(state.doc.attrs) !== JSON.stringify(wanted.attrs)) {
    for (const [name, value] of Object.entries(wanted.attrs)) transaction.setDocAttribute(name, value);
  }
  const edits = [];
  collect(state.doc, wanted, 0, edits);
  // From the end, so that the places before stay true.
  for (const { from, to, nodes, attrs } of edits.reverse()) {
    if (attrs) transaction.setNodeMarkup(from, null, attrs);
    else transaction.replaceWith(from, to, Fragment.from(nodes));
  }
  return transaction;
}

// `start` is the place of the first child of `old`.
function collect(old, wanted, start, edits) {
  if (old.isTextblock) {
    words(old, wanted, start, edits);
    return;
  }
  const pairs = paired(old, wanted);
  if (!pairs) {
    edits.push({ from: start, to: start + old.content.size, nodes: wanted.content });
    return;
  }
  for (const { pos, before, after } of pairs) {
    const at = start + pos;
    if (!before) edits.push({ from: at, to: at, nodes: after });
    else if (!after) edits.push({ from: at, to: at + before.nodeSize, nodes: [] });
    else {
      if (JSON.stringify(before.attrs) !== JSON.stringify(after.attrs)) edits.push({ from: at, to: at, attrs: after.attrs });
      collect(before, after, at + 1, edits);
    }
  }
}

// Children that are each other's, in order; null where only a whole exchange will do.
function paired(old, wanted) {
  const [before, after] = [old, wanted].map((node) => node.content.content);
  const key = (node) => (node.type.name === "item" ? `item ${node.attrs.id}` : node.type.name);
  const pairs = [];
  let [at, pos] = [0, 0];
  for (const node of after) {
    const found = before.findIndex((other, index) => index >= at && key(other) === key(node));
    if (found < 0) {
      pairs.push({ pos, before: null, after: node });
      continue;
    }
    for (; at < found; at += 1) {
      // A block that must stand there cannot be taken out alone.
      if (before[at].type.name !== "item" && after.some((other) => key(other) === key(before[at])) && !isRepeated(old, before[at])) return null;
      pairs.push({ pos, before: before[at], after: null });
      pos += before[at].nodeSize;
    }
    pairs.push({ pos, before: before[at], after: node });
    pos += before[at].nodeSize;
    at += 1;
  }
  for (; at < before.length; at += 1) {
    pairs.push({ pos, before: before[at], after: null });
    pos += before[at].nodeSize;
  }
  return pairs;
}

function isRepeated(parent, node) {
  return parent.content.content.filter((other) => other.type === node.type).length > 1;
}

// Only the stretch of letters that differs.
function words(old, wanted, start, edits) {
  const [was, now] = [old.textContent, wanted.textContent];
  if (was === now || was.replace(/\s+/gu, " ").trim() === now) return;
  let head = 0;
  while (head < was.length && head < now.length && was[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < was.length - head && tail < now.length - head && was[was.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
  const text = now.slice(head, now.length - tail);
  edits.push({ from: start + head, to: start + was.length - tail, nodes: text ? [wanted.type.schema.text(text)] : [] });
}
