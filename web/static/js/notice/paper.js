// The page itself: a ProseMirror view over our schema. In: a content. Out: contents, events "typed" and "moved".

import { bindCommands } from "./commands.js";
import { clean, contentOf, docOf } from "./convert.js";
import { ownIdentities } from "./identities.js";
import { numbering } from "./numbering.js";
import { pasteAsLines } from "./paste.js";
import { patch } from "./patch.js";
import { LONGEST, LONGEST_LINE, makeSchema } from "./schema.js";

export class Paper extends EventTarget {
  constructor(pm, place, content, { words }) {
    super();
    Object.assign(this, { pm, words });
    this.schema = makeSchema(pm, words.printed);
    this.marks = { clashes: new Set(), faults: new Map(), current: null };
    const plugins = [
      caretFirst(pm), bindCommands(this), pm.keymap(pm.baseKeymap), pm.history({ newGroupDelay: 700 }), pm.tableEditing(),
      numbering(this), pasteAsLines(this), ownIdentities(pm),
    ];
    this.view = new pm.EditorView(place, {
      state: pm.EditorState.create({ doc: docOf(content, this.schema), plugins }),
      attributes: { class: "sheet paper", lang: "vi", role: "textbox", "aria-multiline": "true", "aria-label": words.paper, spellcheck: "false" },
      dispatchTransaction: (transaction) => this.dispatched(transaction),
    });
  }

  dispatched(transaction) {
    const before = this.view.state;
    this.view.updateState(before.apply(transaction));
    if (!this.view.state.doc.eq(before.doc)) {
      this.dispatchEvent(new CustomEvent(transaction.getMeta("remote") ? "changed" : "typed"));
    }
    if (transaction.selectionSet || transaction.docChanged) this.dispatchEvent(new Event("moved"));
  }

  get state() {
    return this.view.state;
  }

  content() {
    return contentOf(this.state.doc);
  }

  // A content from the server in the very shape that `content` gives.
  normal(content) {
    return contentOf(docOf(content, this.schema));
  }

  // The page says this content; what stays the same is not touched, so that the cursor stays where it is.
  apply(content, { isRemote = true } = {}) {
    const transaction = patch(this.pm, this.state, docOf(content, this.schema));
    if (!transaction.docChanged) return;
    if (isRemote) transaction.setMeta("remote", true).setMeta("addToHistory", false);
    this.view.dispatch(transaction);
  }

  // When no letter is being put together.
  async calm() {
    if (!this.view.composing) return;
    await new Promise((resolve) => { this.view.dom.addEventListener("compositionend", () => setTimeout(resolve, 50), { once: true }); });
  }

  tooLong() {
    let sentence = null;
    this.state.doc.descendants((node) => {
      const most = LONGEST[node.type.name] ?? LONGEST_LINE;
      if (!node.isTextblock || node.textContent.length <= most || sentence) return;
      const length = clean(node.textContent).length;
      if (length > most) sentence = this.words.too_long.replace("%(start)s", node.textContent.slice(0, 60)).replace("%(most)s", most.toLocaleString("vi-VN"));
    });
    return sentence;
  }

  // --- items ----------------------------------------------------------------------------------------------------------

  // [{ node, pos }] in the order of print.
  items() {
    const found = [];
    this.state.doc.descendants((node, pos) => {
      if (node.type.name === "item") found.push({ node, pos });
      return !node.isTextblock;
    });
    return found;
  }

  item(id) {
    return this.items().find(({ node }) => node.attrs.id === id) ?? null;
  }

  // The innermost item the cursor is in.
  currentItem() {
    const { $from } = this.state.selection;
    for (let depth = $from.depth; depth > 0; depth -= 1) {
      const node = $from.node(depth);
      if (node.type.name === "item") return { node, pos: $from.before(depth), depth };
    }
    return null;
  }

  setFacts(id, facts) {
    const found = this.item(id);
    if (!found) return;
    this.view.dispatch(this.pm.closeHistory(this.state.tr.setNodeMarkup(found.pos, null, { ...found.node.attrs, ...facts })));
  }

  removeItem(id) {
    const found = this.item(id);
    if (!found) return;
    const children = found.node.content.content.filter((child) => child.type.name === "item");
    this.view.dispatch(this.state.tr.replaceWith(found.pos, found.pos + found.node.nodeSize, children));
  }

  setChecks(lines) {
    this.view.dispatch(this.pm.closeHistory(this.state.tr.setDocAttribute("to_check", lines)));
  }

  textOf(id) {
    const found = this.item(id);
    const block = found?.node.content.content.find((child) => child.type.name === "item_text");
    return block ? clean(block.textContent) : "";
  }

  go(id, { end = true } = {}) {
    const found = this.item(id);
    if (!found) return;
    let at = found.pos + 1;
    found.node.forEach((child, offset) => {
      if (child.isTextblock) at = found.pos + 1 + offset + 1 + (end ? child.content.size : 0);
    });
    this.goTo(at);
  }

  goTo(pos) {
    const { TextSelection } = this.pm;
    this.view.dispatch(this.state.tr.setSelection(TextSelection.near(this.state.doc.resolve(pos))).scrollIntoView());
    this.view.focus();
  }

  // The element a thing in the margin belongs to: of an item, or of the first block of a part.
  elementOf(key) {
    if (key.startsWith("item:")) {
      const found = this.item(key.slice(5));
      return found && this.view.nodeDOM(found.pos);
    }
    return this.view.dom.querySelector(`[data-part="${key.slice(5)}"]`);
  }

  // What the margin knows of the page: which parts differ from somebody else's, which break a rule of form.
  mark(changes) {
    Object.assign(this.marks, changes);
    this.view.dispatch(this.state.tr.setMeta("marks", true));
  }
}

// A browser tells late where a click or a key has put the cursor: what the next key does is done there.
function caretFirst({ Plugin }) {
  const look = (view, event) => {
    if (!view.composing && event.keyCode !== 229) view.domObserver.flush();
    return false;
  };
  return new Plugin({ props: { handleDOMEvents: { keydown: look } } });
}
