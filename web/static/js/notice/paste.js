// What comes from elsewhere comes as plain lines: each becomes a paragraph of the kind it falls among. Nothing but words
// is taken, and no word is left out. What was copied on this page keeps its structure.

import { REPEATED } from "./schema.js";

const LEADING = /^\s*(?:[-–•+]|\d+[.)]|\p{Ll}\))\s+/u;

export function pasteAsLines(paper) {
  const { Plugin } = paper.pm;
  return new Plugin({
    props: {
      handlePaste(view, event) {
        const data = event.clipboardData;
        if (!data || data.getData("text/html").includes("data-pm-slice")) return false;
        const lines = data.getData("text/plain").split(/\r\n?|\n/).map((line) => line.trim()).filter(Boolean);
        if (lines.length) insertLines(paper, lines);
        return true;
      },
      handleDrop: (_view, event, _slice, moved) => !moved && (event.preventDefault(), true),
    },
  });
}

export function insertLines(paper, lines) {
  const { state, schema, view } = paper;
  const { $from } = state.selection;
  const block = $from.parent;
  const name = block.type.name;
  if (lines.length === 1 || !(name === "item_text" || REPEATED.has(name))) {
    view.dispatch(state.tr.insertText(lines.join(" ").replaceAll("\t", " ")).scrollIntoView());
    return;
  }
  const change = state.tr.deleteSelection();
  const [first, ...rest] = lines;
  change.insertText(first);
  const $at = change.doc.resolve(change.selection.from);
  const isItem = name === "item_text";
  const nodes = rest.map((line) => {
    const text = isItem ? line.replace(LEADING, "") : line;
    const words = schema.node(name, null, text ? [schema.text(text)] : []);
    return isItem ? schema.node("item", null, [words]) : words;
  });
  const depth = isItem ? $at.depth - 1 : $at.depth;
  const after = $at.after(depth);
  change.insert(after, nodes);
  view.dispatch(change.scrollIntoView());
}
