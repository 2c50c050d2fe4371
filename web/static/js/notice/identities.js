// Every item has an identity of its own: comments, sound and acceptances hold on to it.

export function newId() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Copied items get identities of their own, and what is new gets one at all.
export function ownIdentities({ Plugin }) {
  return new Plugin({
    appendTransaction(transactions, _old, state) {
      if (!transactions.some(({ docChanged }) => docChanged)) return null;
      const seen = new Set();
      const change = state.tr;
      state.doc.descendants((node, pos) => {
        if (node.type.name !== "item") return !node.isTextblock;
        if (!node.attrs.id || seen.has(node.attrs.id)) change.setNodeMarkup(pos, null, { ...node.attrs, id: newId() });
        seen.add(node.attrs.id);
        return true;
      });
      return change.docChanged ? change : null;
    },
  });
}
