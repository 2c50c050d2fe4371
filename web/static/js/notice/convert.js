// Between our revision and ProseMirror's tree, both ways and without loss: contentOf(docOf(content)) is the content.
// In and out: NoticeContent as JSON, texts as the server keeps them.

const SHOWN = [
  "issuing_parent", "issuing_body", "symbol_suffix", "title_type", "place", "subject", "addressees", "opening", "sections",
  "closing", "recipients", "signer", "appendices", "to_check",
];
const FACTS = ["id", "kind", "lead", "coordinating", "action", "deadline", "references", "evidence", "lead_unit_ids", "coordinating_unit_ids"];
const DROPPED = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/gu;

// As papers/values.py writes texts: one line, NFC, no control letters; no-break spaces stay.
export function clean(text) {
  return text.normalize("NFC").replace(/[ \t\r\n\f\v\u0085\u2028\u2029]+/g, " ").replace(DROPPED, "").replace(/ +/g, " ").replace(/^ +| +$/g, "");
}

export function docOf(content, schema) {
  const block = (name, text = "", attrs = null) => schema.node(name, attrs, text ? [schema.text(text)] : []);
  const blocks = (name, lines) => (lines.length ? lines : [""]).map((line) => block(name, line));
  const item = (one) => schema.node("item", Object.fromEntries(FACTS.map((name) => [name, one[name]])), [
    ...(one.heading ? [block("item_heading", one.heading)] : []), block("item_text", one.text), ...one.children.map(item)]);
  const { signer } = content;
  return schema.node("doc", {
    to_check: content.to_check,
    rest: Object.fromEntries(Object.entries(content).filter(([name]) => !SHOWN.includes(name))),
  }, [
    schema.node("letterhead", null, [
      schema.node("issuer", null, [block("parent", content.issuing_parent), block("body_name", content.issuing_body), block("symbol", content.symbol_suffix)]),
      schema.node("state", null, [block("place", content.place)])]),
    schema.node("heading", null, [block("title_type", content.title_type), block("subject", content.subject)]),
    ...(content.addressees.length ? [schema.node("addressees", null, blocks("addressee", content.addressees))] : []),
    ...content.opening.map((paragraph) => block("opening", paragraph.text, { evidence: paragraph.evidence })),
    ...content.sections.map((section) => schema.node("section", { numbered: section.numbered }, [
      block("section_heading", section.heading ?? ""), ...section.items.map(item)])),
    block("closing", content.closing),
    schema.node("foot", null, [
      schema.node("recipients", null, blocks("recipient", content.recipients)),
      schema.node("signer", null, [
        ...blocks("authority", signer.authority_lines), block("signer_title", signer.title),
        ...blocks("capacity", signer.capacity), block("signer_name", signer.name)])]),
    ...content.appendices.map((appendix) => schema.node("appendix", null, [
      block("appendix_title", appendix.title), ...appendix.paragraphs.map((text) => block("appendix_text", text)),
      ...appendix.tables.map((table) => figures(table, schema, block, blocks))])),
  ]);
}

function figures(table, schema, block, blocks) {
  const kinds = table.columns.map(({ kind }) => kind);
  const row = (cells, total = false) => schema.node("table_row", { total }, cells.map((value, at) =>
    block("table_cell", printed(value), { value, kind: kinds[at] })));
  const head = schema.node("table_row", null, table.columns.map(({ heading, kind }) => block("table_header", heading, { kind })));
  return schema.node("figures", null, [
    block("table_caption", table.caption), block("table_unit", table.unit),
    schema.node("table", null, [head, ...table.rows.map((cells) => row(cells)), ...(table.total ? [row(table.total, true)] : [])]),
    ...blocks("table_note", table.notes)]);
}

export function contentOf(doc) {
  const found = { opening: [], sections: [], appendices: [], addressees: [] };
  const text = (node) => clean(node.textContent);
  const all = (node, name) => children(node).filter((child) => child.type.name === name);
  const one = (node, name) => text(all(node, name)[0]);
  const lines = (node, name) => all(node, name).map(text).filter(Boolean);
  for (const node of children(doc)) {
    const name = node.type.name;
    if (name === "letterhead") {
      const [issuer, state] = children(node);
      Object.assign(found, { issuing_parent: one(issuer, "parent"), issuing_body: one(issuer, "body_name"), symbol_suffix: one(issuer, "symbol"), place: one(state, "place") });
    } else if (name === "heading") Object.assign(found, { title_type: one(node, "title_type"), subject: one(node, "subject") });
    else if (name === "addressees") found.addressees = lines(node, "addressee");
    else if (name === "opening" && text(node)) found.opening.push({ text: text(node), evidence: node.attrs.evidence });
    else if (name === "section") found.sections.push(sectionOf(node, text, one, all));
    else if (name === "closing") found.closing = text(node);
    else if (name === "foot") {
      const [recipients, signer] = children(node);
      found.recipients = lines(recipients, "recipient");
      found.signer = { authority_lines: lines(signer, "authority"), title: one(signer, "signer_title"), name: one(signer, "signer_name"), capacity: lines(signer, "capacity") };
    } else if (name === "appendix") {
      found.appendices.push({ title: one(node, "appendix_title"), paragraphs: lines(node, "appendix_text"), tables: all(node, "figures").map((table) => tableOf(table, text, one, all, lines)) });
    }
  }
  return { ...doc.attrs.rest, ...found, to_check: doc.attrs.to_check };
}

function sectionOf(node, text, one, all) {
  const item = (part) => ({
    ...Object.fromEntries(FACTS.map((name) => [name, part.attrs[name]])),
    heading: all(part, "item_heading").map(text)[0] ?? "",
    text: one(part, "item_text"),
    children: all(part, "item").map(item).filter(isThere),
  });
  return { heading: one(node, "section_heading") || null, items: all(node, "item").map(item).filter(isThere), numbered: node.attrs.numbered };
}

// A line that was begun and left empty is nobody's word; an empty one the machine made stays.
function isThere(item) {
  return Boolean(item.text || item.heading || item.children.length || item.evidence.length || item.lead.length || item.action);
}

function tableOf(node, text, one, all, lines) {
  const [head, ...rows] = all(all(node, "table")[0], "table_row");
  const value = (cell) => (clean(printed(cell.attrs.value)) === text(cell) ? cell.attrs.value : text(cell));
  const cells = (row) => children(row).map(value);
  const total = rows.filter((row) => row.attrs.total).map(cells)[0] ?? null;
  return {
    columns: children(head).map((cell) => ({ heading: text(cell), kind: cell.attrs.kind })),
    rows: rows.filter((row) => !row.attrs.total).map(cells), total,
    caption: one(node, "table_caption"), unit: one(node, "table_unit"), notes: lines(node, "table_note"),
  };
}

// As papers/numbers.py prints a cell.
export function printed(value) {
  if (value === null || value === undefined) return "";
  return typeof value === "number" ? String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ".") : value;
}

export function children(node) {
  const found = [];
  node.forEach((child) => found.push(child));
  return found;
}
