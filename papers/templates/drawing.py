"""Pieces of WordprocessingML that templates are built from: pages, fixed tables, paragraphs, the page-number field.

Every run names its font in all four script slots, so that no theme or reader's default can slip in another (I.4).
"""

import re
from collections.abc import Sequence
from typing import Any

from docx.document import Document as DocxDocument
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import _Footer, _Header
from docx.shared import Mm
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from papers import form

_THEME_FONT = rb'(<a:latin typeface=)"[^"]*"'
_FONT_TABLE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    f'<w:font w:name="{form.FONT}"><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>'
)
Container = DocxDocument | _Cell | _Header | _Footer


def prepare(document: DocxDocument) -> None:
    """A4, the margins of the form, no styles but the ones that are needed, empty properties."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(form.PAGE_WIDTH_MM), Mm(form.PAGE_HEIGHT_MM)
    section.top_margin, section.bottom_margin = Mm(form.MARGIN_TOP_MM), Mm(form.MARGIN_BOTTOM_MM)
    section.left_margin, section.right_margin = Mm(form.MARGIN_LEFT_MM), Mm(form.MARGIN_RIGHT_MM)
    section.header_distance = section.footer_distance = Mm(form.PAGE_NUMBER_TOP_MM)
    body = document.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)
    _forget_other_fonts(document)
    properties = document.core_properties
    properties.author = properties.comments = properties.title = ""


def _forget_other_fonts(document: DocxDocument) -> None:
    """The library's blank document brings a font table and a theme of its own; no part may name another font (F03)."""
    for identity, relation in list(document.part.rels.items()):
        if relation.reltype.endswith("/stylesWithEffects"):
            del document.part.rels[identity]
        elif relation.reltype.endswith("/fontTable"):
            relation.target_part._blob = _FONT_TABLE.encode()
        elif relation.reltype.endswith("/theme"):
            named = rb'\1"' + form.FONT.encode() + b'"'
            relation.target_part._blob = re.sub(_THEME_FONT, named, relation.target_part.blob)


def clear_container(container: Any) -> Any:
    """Take every paragraph out of a header, footer or cell; it must get at least one again."""
    container.is_linked_to_previous = False
    for paragraph in list(container.paragraphs):
        paragraph._element.getparent().remove(paragraph._element)
    return container


def add_paragraph(container: Container, text: str, style: str) -> Paragraph:
    """A paragraph of one run in the style with this id; an empty text makes an empty paragraph."""
    paragraph = container.add_paragraph()
    paragraph._p.style = style
    if text:
        name_font(paragraph.add_run(text))
    return paragraph


def name_font(run: Run) -> None:
    """Times New Roman in every script slot of one run."""
    set_fonts(run._element.get_or_add_rPr())


def set_fonts(properties: Any) -> None:
    """Write `w:rFonts` with all four slots and no theme font into a `w:rPr`."""
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    fonts = OxmlElement("w:rFonts")
    for slot in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{slot}"), form.FONT)
    properties.insert(0, fonts)


def new_table(container: Any, widths_mm: Sequence[float], *, caption: str, framed: str = "") -> Table:
    """One row of fixed width without padding, never broken across pages. `framed`: colour of a single frame."""
    size = (1, len(widths_mm))
    table: Table = (
        container.add_table(*size, Mm(sum(widths_mm))) if isinstance(container, _Header) else container.add_table(*size)
    )
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    properties = table._tbl.tblPr
    for tag in ("w:tblStyle", "w:tblLook"):
        for old in properties.findall(qn(tag)):
            properties.remove(old)
    if framed:
        table.rows[0].cells[0].vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        _append(
            properties,
            "w:tblBorders",
            {},
            children=[
                (f"w:{side}", {"w:val": "single", "w:sz": "12", "w:space": "0", "w:color": framed})
                for side in ("top", "left", "bottom", "right")
            ],
        )
    _append(
        properties,
        "w:tblCellMar",
        {},
        children=[(f"w:{side}", {"w:w": "0", "w:type": "dxa"}) for side in ("top", "left", "bottom", "right")],
    )
    _append(properties, "w:tblCaption", {"w:val": caption})
    set_widths(table, widths_mm)
    _append(table.rows[0]._tr.get_or_add_trPr(), "w:cantSplit", {})
    return table


def set_widths(table: Table, widths_mm: Sequence[float]) -> None:
    """Give a one-row table and its columns these widths: as a whole, in the grid and in the cells."""
    width = table._tbl.tblPr.find(qn("w:tblW"))
    width.set(qn("w:w"), str(twips(sum(widths_mm))))
    width.set(qn("w:type"), "dxa")
    for column, cell, width in zip(table.columns, table.rows[0].cells, widths_mm, strict=True):
        column.width = cell.width = Mm(width)


def add_page_number(container: Container, style: str) -> None:
    """A paragraph with the field PAGE."""
    paragraph = add_paragraph(container, "", style)
    for kind, text in (("begin", ""), ("", " PAGE "), ("separate", ""), ("result", "2"), ("end", "")):
        run = paragraph.add_run(text if kind == "result" else "")
        name_font(run)
        if kind == "":
            _append(run._element, "w:instrText", {qn("xml:space"): "preserve"}, text=text)
        elif kind != "result":
            _append(run._element, "w:fldChar", {"w:fldCharType": kind})


def twips(length_mm: float) -> int:
    """Millimetres in twentieths of a point."""
    return round(length_mm / 25.4 * 1440)


def _append(
    parent: Any,
    tag: str,
    attributes: dict[str, str],
    *,
    children: Sequence[tuple[str, dict[str, str]]] = (),
    text: str = "",
) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(name if name.startswith("{") else qn(name), value)
    for child_tag, child_attributes in children:
        _append(element, child_tag, child_attributes)
    element.text = text or None
    parent.append(element)
    return element


def indent_table(table: Table, length_mm: float) -> None:
    """Move a table right of the margin; the schema wants the indent right behind the table's alignment."""
    indent = OxmlElement("w:tblInd")
    indent.set(qn("w:w"), str(twips(length_mm)))
    indent.set(qn("w:type"), "dxa")
    table._tbl.tblPr.find(qn("w:jc")).addnext(indent)
