// The notice as a tree: exactly the parts of our revision (minutes/notices/content.py), so that nothing else can be typed.
// In: ProseMirror, the words of the form that stand on every paper. Out: its schema. Every block of words says its part in data-part; facts of an item are attributes.

const ITEM = {
  id: "", kind: "statement", lead: [], coordinating: [], action: "", deadline: null, references: [], evidence: [],
  lead_unit_ids: [], coordinating_unit_ids: [],
};

// Longest words of a part, as the server takes them.
export const LONGEST = { symbol: 30, subject: 500, opening: 20_000, item_text: 20_000, closing: 20_000, appendix_text: 20_000, table_cell: 1000, table_header: 4000 };
export const LONGEST_LINE = 4000;

// Blocks of words that may follow each other: Enter makes the next one, Backspace at its start joins it to the one before.
export const REPEATED = new Set(["opening", "addressee", "recipient", "authority", "capacity", "appendix_text", "table_note"]);

export function makeSchema({ Schema, tableNodes }, printed) {
  const table = tableNodes({ tableGroup: "", cellContent: "text*", cellAttributes: { value: { default: null }, kind: { default: "text" } } });
  return new Schema({
    nodes: {
      doc: {
        content: "letterhead heading addressees? opening* section* closing foot appendix*",
        attrs: { to_check: { default: [] }, rest: { default: {} } },
      },
      text: {},
      letterhead: box("issuer state", "header", "letterhead"),
      issuer: box("parent body_name symbol", "div", "letterhead-issuer"),
      parent: words("p", "issuing_parent"),
      body_name: words("p", "issuing_body", "strong ruled"),
      symbol: words("p", "symbol_suffix", "", { "data-before": printed.number }),
      state: {
        content: "place", isolating: true, selectable: false,
        toDOM: () => ["div", { class: "letterhead-state" },
          ["div", { contenteditable: "false" },
            ["p", { class: "strong" }, printed.state],
            ["p", { class: "strong motto" }, printed.motto]],
          ["div", 0]],
      },
      place: words("p", "place", "place", { "data-after": printed.date }),
      heading: box("title_type subject", "div", "paper-heading"),
      title_type: words("p", "title_type", "title upper"),
      subject: words("p", "subject", "title ruled"),
      addressees: box("addressee+", "div", "addressees"),
      addressee: words("p", "addressees", "", { "data-before": `${printed.addressees} ` }),
      opening: { ...words("p", "opening", "body"), attrs: { evidence: { default: [] } } },
      section: {
        content: "section_heading item*", isolating: true, selectable: false, attrs: { numbered: { default: true } },
        toDOM: (node) => ["section", { class: node.attrs.numbered ? "part numbered" : "part" }, 0],
      },
      section_heading: words("h3", "section", "section"),
      item: {
        content: "item_heading? item_text item*", defining: true, selectable: true, draggable: false,
        attrs: Object.fromEntries(Object.entries(ITEM).map(([name, value]) => [name, { default: value }])),
        toDOM: (node) => ["div", { class: "item-block", "data-item": node.attrs.id, "data-kind": node.attrs.kind }, 0],
        parseDOM: [{ tag: "div.item-block", getAttrs: (dom) => ({ id: dom.dataset.item, kind: dom.dataset.kind }) }],
      },
      item_heading: words("p", "item_heading", "item-heading"),
      item_text: words("p", "item_text", "body"),
      closing: words("p", "closing", "body"),
      foot: box("recipients signer", "footer", "closing-grid"),
      recipients: {
        content: "recipient+", isolating: true, selectable: false,
        toDOM: () => ["div", { class: "recipients" }, ["p", { class: "recipients-label", contenteditable: "false" }, printed.recipients], ["div", 0]],
      },
      recipient: words("p", "recipients"),
      signer: box("authority+ signer_title capacity+ signer_name", "div", "signer"),
      authority: words("p", "signer", "upper"),
      signer_title: words("p", "signer", "upper office"),
      capacity: words("p", "signer", "capacity"),
      signer_name: words("p", "signer", "name"),
      appendix: {
        content: "appendix_title appendix_text* figures*", isolating: true, selectable: false,
        toDOM: () => ["section", { class: "appendix" }, 0],
      },
      appendix_title: words("p", "appendix_title", "title upper"),
      appendix_text: words("p", "appendix_text", "body"),
      figures: { content: "table_caption table_unit table table_note+", isolating: true, selectable: true, toDOM: () => ["div", { class: "figures-block" }, 0] },
      table_caption: words("p", "table_caption", "caption"),
      table_unit: words("p", "table_unit", "unit"),
      table_note: words("p", "table_note", "note-line"),
      table: { ...table.table, toDOM: () => ["table", { class: "figures" }, ["tbody", 0]] },
      table_row: { ...table.table_row, attrs: { total: { default: false } }, toDOM: (node) => ["tr", node.attrs.total ? { class: "sum" } : {}, 0] },
      table_cell: { ...table.table_cell, toDOM: ({ attrs }) => ["td", { class: attrs.kind, ...spans(attrs) }, 0] },
      table_header: table.table_header,
    },
  });
}

function spans({ colspan, rowspan }) {
  return { ...(colspan > 1 ? { colspan } : {}), ...(rowspan > 1 ? { rowspan } : {}) };
}

function box(content, tag, name) {
  return { content, isolating: true, selectable: false, toDOM: () => [tag, { class: name }, 0] };
}

function words(tag, part, name = "", more = {}) {
  return {
    content: "text*", marks: "", defining: true, isolating: false, selectable: false,
    toDOM: () => [tag, { class: name || null, "data-part": part, ...more }, 0],
  };
}
