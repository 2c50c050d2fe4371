// What the keys and the buttons above the page do to its parts. In: the paper. Out: a keymap plugin, and `Commands`.

import { newId } from "./identities.js";
import { REPEATED } from "./schema.js";

export function bindCommands(paper) {
  const { keymap, undo, redo, goToNextCell, isInTable, chainCommands, deleteSelection } = paper.pm;
  paper.commands = new Commands(paper);
  const does = (name, ...rest) => () => paper.commands[name](...rest);
  return keymap({
    "Mod-z": undo, "Mod-y": redo, "Mod-Shift-z": redo,
    Enter: does("enter"), "Shift-Enter": does("enter"),
    Backspace: chainCommands(deleteSelection, does("joinBackward")),
    "Mod-Backspace": chainCommands(deleteSelection, does("joinBackward")),
    Delete: chainCommands(deleteSelection, does("joinForward")),
    "Alt-Shift-ArrowRight": does("deeper"), "Alt-Shift-ArrowLeft": does("higher"),
    "Alt-Shift-ArrowUp": does("move", -1), "Alt-Shift-ArrowDown": does("move", 1),
    Tab: (state, dispatch) => isInTable(state) && goToNextCell(1)(state, dispatch),
    "Shift-Tab": (state, dispatch) => isInTable(state) && goToNextCell(-1)(state, dispatch),
  });
}

export class Commands {
  constructor(paper) {
    this.paper = paper;
  }

  get state() {
    return this.paper.state;
  }

  dispatch(change) {
    this.paper.view.dispatch(change.scrollIntoView());
    return true;
  }

  // --- lines ------------------------------------------------------------------------------------------------------------

  enter() {
    const change = this.state.tr;
    if (!change.selection.empty) change.deleteSelection();
    const { $from } = change.selection;
    const name = $from.parent.type.name;
    if (name === "item_text") return this.splitItem(change);
    if (REPEATED.has(name)) return this.dispatch(change.split($from.pos));
    if (name === "section_heading") return this.itemBelowHeading(change, $from);
    return this.toNextWords(change, $from);
  }

  splitItem(change) {
    const { $from } = change.selection;
    const item = $from.node(-1);
    const rest = $from.parent.slice($from.parentOffset).content;
    const { schema } = this.paper;
    // Words after the cursor were said in the same breath; a line that is begun anew was not said at all.
    const attrs = rest.size ? { ...item.attrs, id: newId() } : { id: newId(), kind: "statement" };
    const below = item.content.content.filter((child) => child.type.name === "item");
    const made = schema.node("item", attrs, [schema.node("item_text", null, rest), ...(rest.size ? below : [])]);
    const end = $from.after(-1);
    // Between a point and what stands below it there is only room below it.
    if (!rest.size && below.length) return this.dispatch(this.caret(change.insert($from.after(), made), $from.after() + 2));
    if (rest.size) change.delete($from.pos, end - 1);
    const after = change.mapping.map(end);
    change.insert(after, made);
    return this.dispatch(this.caret(change, after + 2));
  }

  itemBelowHeading(change, $from) {
    const item = this.paper.schema.node("item", { id: newId() }, [this.paper.schema.node("item_text")]);
    const at = $from.after();
    return this.dispatch(this.caret(change.insert(at, item), at + 2));
  }

  toNextWords(change, $from) {
    const { Selection } = this.paper.pm;
    const next = Selection.findFrom(change.doc.resolve($from.after()), 1, true);
    return next ? this.dispatch(change.setSelection(next)) : true;
  }

  joinBackward() {
    const { $from, empty } = this.state.selection;
    if (!empty || $from.parentOffset > 0) return false;
    return this.join($from.before());
  }

  joinForward() {
    const { $from, empty } = this.state.selection;
    if (!empty || $from.parentOffset < $from.parent.content.size) return false;
    const next = this.paper.pm.Selection.findFrom(this.state.doc.resolve($from.after()), 1, true);
    return next ? this.join(next.$from.before()) : true;
  }

  // The block of words at `pos` joins the one before it where both are of one kind; elsewhere nothing happens.
  join(pos) {
    const { doc } = this.state;
    const $pos = doc.resolve(pos);
    const block = $pos.nodeAfter;
    if (REPEATED.has(block.type.name)) {
      return $pos.nodeBefore?.type === block.type ? this.dispatch(this.state.tr.join(pos)) : true;
    }
    if (block.type.name === "item_text") return this.joinItem($pos);
    if (block.type.name === "item_heading" && !block.content.size) return this.dispatch(this.state.tr.delete(pos, pos + block.nodeSize));
    if (block.type.name === "section_heading" && !block.content.size) return this.joinSection($pos);
    return true;
  }

  joinItem($pos) {
    const item = $pos.parent;
    if ($pos.nodeBefore) return true; // a heading stands above these words
    const words = item.firstChild.content;
    const below = item.content.content.filter((child) => child.type.name === "item");
    const before = this.paper.pm.Selection.findFrom(this.state.doc.resolve($pos.before()), -1, true);
    const target = before?.$from;
    const isItem = target && target.parent.type.name === "item_text";
    if (!isItem && words.size) return true;
    const change = this.state.tr;
    if (!isItem || target.sharedDepth($pos.pos) < 1) {
      change.replaceWith($pos.before(), $pos.after(), below);
      return this.dispatch(before ? this.caret(change, before.from) : change);
    }
    change.replaceWith($pos.before(), $pos.after(), below);
    const seam = target.end();
    const text = target.parent.textContent;
    if (words.size) change.insert(seam, [...(text && !/\s$/u.test(text) ? [this.paper.schema.text(" ")] : []), ...words.content]);
    this.keepFacts(change, target, item);
    return this.dispatch(this.caret(change, seam));
  }

  // What both were said in, and the task that either was.
  keepFacts(change, $target, item) {
    const pos = $target.before(-1);
    const kept = $target.node(-1);
    const spans = [...kept.attrs.evidence];
    for (const span of item.attrs.evidence) if (!spans.some((other) => other.start === span.start && other.end === span.end)) spans.push(span);
    const from = kept.attrs.kind === "statement" && !kept.attrs.lead.length ? item.attrs : kept.attrs;
    change.setNodeMarkup(pos, null, { ...from, id: kept.attrs.id, evidence: spans });
  }

  joinSection($pos) {
    const section = $pos.parent;
    const index = $pos.index(0);
    const previous = index > 0 ? this.state.doc.child(index - 1) : null;
    const items = section.content.content.slice(1);
    if (previous?.type.name !== "section") return true;
    const start = $pos.before();
    const change = this.state.tr.delete(start, start + section.nodeSize).insert(start - 1, items);
    return this.dispatch(this.caret(change, start - 1));
  }

  // --- items ------------------------------------------------------------------------------------------------------------

  // Below the item above, as its last point.
  deeper() {
    const found = this.paper.currentItem();
    const $pos = found && this.state.doc.resolve(found.pos);
    const above = $pos?.nodeBefore;
    if (above?.type.name !== "item") return true;
    const offset = this.state.selection.from - found.pos;
    const change = this.state.tr.delete(found.pos, found.pos + found.node.nodeSize).insert(found.pos - 1, found.node);
    return this.dispatch(this.caret(change, found.pos - 1 + offset));
  }

  // Behind the item it stands below; what followed it there becomes its own.
  higher() {
    const found = this.paper.currentItem();
    const $pos = found && this.state.doc.resolve(found.pos);
    if ($pos?.parent.type.name !== "item") return true;
    const holder = $pos.parent;
    const end = $pos.after();
    const offset = this.state.selection.from - found.pos;
    const followers = holder.content.content.slice($pos.index() + 1);
    const node = found.node.copy(found.node.content.append(this.paper.pm.Fragment.from(followers)));
    const change = this.state.tr.delete(found.pos, end - 1);
    const at = change.mapping.map(end);
    return this.dispatch(this.caret(change.insert(at, node), at + offset));
  }

  move(step) {
    const found = this.paper.currentItem();
    const $pos = found && this.state.doc.resolve(found.pos);
    if (!found) return true;
    const { parent } = $pos;
    const index = $pos.index();
    const other = parent.maybeChild(index + step);
    const offset = this.state.selection.from - found.pos;
    if (other?.type.name !== "item") return true;
    const target = step < 0 ? found.pos - other.nodeSize : found.pos + other.nodeSize;
    const change = this.state.tr.delete(found.pos, found.pos + found.node.nodeSize).insert(target, found.node);
    return this.dispatch(this.caret(change, target + offset));
  }

  setKind(kind) {
    const found = this.paper.currentItem();
    if (found) this.paper.setFacts(found.node.attrs.id, { kind });
  }

  addItem() {
    const found = this.paper.currentItem();
    const { schema } = this.paper;
    const made = schema.node("item", { id: newId() }, [schema.node("item_text")]);
    if (found) {
      const at = found.pos + found.node.nodeSize;
      return this.dispatch(this.caret(this.state.tr.insert(at, made), at + 2));
    }
    let at = null;
    this.state.doc.forEach((node, offset) => {
      if (node.type.name === "section") at = offset + node.nodeSize - 1;
    });
    return at === null ? this.addSection() : this.dispatch(this.caret(this.state.tr.insert(at, made), at + 2));
  }

  addSection() {
    const { schema } = this.paper;
    const { $from } = this.state.selection;
    let at = null;
    this.state.doc.forEach((node, offset, index) => {
      if (node.type.name === "closing" && at === null) at = offset;
      if (node.type.name === "section" && index === $from.index(0)) at = offset + node.nodeSize;
    });
    const made = schema.node("section", null, [schema.node("section_heading"), schema.node("item", { id: newId() }, [schema.node("item_text")])]);
    return this.dispatch(this.caret(this.state.tr.insert(at, made), at + 2));
  }

  addOpening() {
    const { schema } = this.paper;
    let at = null;
    this.state.doc.forEach((node, offset) => {
      if (["heading", "addressees", "opening"].includes(node.type.name)) at = offset + node.nodeSize;
    });
    return this.dispatch(this.caret(this.state.tr.insert(at, schema.node("opening")), at + 1));
  }

  addAppendix() {
    const { schema } = this.paper;
    const at = this.state.doc.content.size;
    const made = schema.node("appendix", null, [schema.node("appendix_title"), schema.node("appendix_text")]);
    return this.dispatch(this.caret(this.state.tr.insert(at, made), at + 2));
  }

  addTable() {
    const { schema } = this.paper;
    const $from = this.state.selection.$from;
    const appendix = $from.depth > 0 && $from.node(1).type.name === "appendix" ? { pos: $from.before(1), node: $from.node(1) } : null;
    if (!appendix) return true;
    const row = (name) => schema.node("table_row", null, [0, 1, 2].map(() => schema.node(name)));
    const table = schema.node("figures", null, [
      schema.node("table_caption"), schema.node("table_unit"),
      schema.node("table", null, [row("table_header"), row("table_cell"), row("table_cell")]), schema.node("table_note")]);
    const at = appendix.pos + appendix.node.nodeSize - 1;
    return this.dispatch(this.caret(this.state.tr.insert(at, table), at + 7));
  }

  inTable(name) {
    return this.paper.pm[name](this.state, this.paper.view.dispatch);
  }

  // The table, or the appendix, that the cursor stands in goes.
  removeAround(name) {
    const { $from } = this.state.selection;
    for (let depth = $from.depth; depth > 0; depth -= 1) {
      if ($from.node(depth).type.name === name) return this.dispatch(this.state.tr.delete($from.before(depth), $from.after(depth)));
    }
    return true;
  }

  numbered() {
    const { $from } = this.state.selection;
    const node = $from.depth > 0 ? $from.node(1) : null;
    if (node?.type.name !== "section") return true;
    return this.dispatch(this.state.tr.setNodeMarkup($from.before(1), null, { numbered: !node.attrs.numbered }));
  }

  caret(change, pos) {
    const { TextSelection } = this.paper.pm;
    return change.setSelection(TextSelection.near(change.doc.resolve(Math.min(pos, change.doc.content.size))));
  }
}
