"""Tables of a body in a DOCX: put in the place that the template keeps for them, with widths and sizes of the sheet.

In: a filled document and its `Sheet`. Out: the same document, each paragraph of style `ChoBang` emptied and followed by
the table of the block whose number it held. The markup is written as text and parsed once, which takes a moment for a
thousand rows.
"""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from docx.document import Document as DocxDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from papers import form
from papers.measure import BREAK
from papers.refusals import TemplateRefused
from papers.sheet import Sheet, Table
from papers.templates.drawing import twips

PLACE_STYLE, CELL_STYLE = "ChoBang", "OBang"
#: The paragraph that every appendix begins behind.
APPENDIX_STYLE = "NgatPhuLuc"
CAPTION = "bang-so-lieu"
_JUSTIFIED: dict[str, str] = {"left": "left", "centre": "center", "right": "right"}
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_SIDE, _AIR = twips(form.TABLE_PADDING_MM), round(form.TABLE_AIR_POINTS * 20)
_PADDING = "".join(
    f'<w:{side} w:w="{width}" w:type="dxa"/>'
    for side, width in (("top", _AIR), ("left", _SIDE), ("bottom", _AIR), ("right", _SIDE))
)
_FONT = "".join(f' w:{slot}="{form.FONT}"' for slot in ("ascii", "hAnsi", "eastAsia", "cs"))


def place_tables(document: DocxDocument, sheet: Sheet) -> None:
    """Put every table where its place is kept. Raises TemplateRefused where a template keeps a place for none."""
    parts = iter(sheet.appendices)
    blocks = sheet.blocks
    for element in list(document.element.body.iter(qn("w:p"))):
        if element.style == APPENDIX_STYLE and (begun := next(parts, None)) is not None:
            blocks = begun.blocks
        if element.style != PLACE_STYLE:
            continue
        place = Paragraph(element, document)
        number = place.text.strip()
        block = blocks[int(number)] if number.isdigit() and int(number) < len(blocks) else None
        if block is None or block.table is None:
            raise TemplateRefused(reason=f"chỗ đặt bảng “{number}” không ứng với bảng nào")
        place.clear()
        if not (block.table.unit or block.text):
            place.paragraph_format.space_before = Pt(form.PARAGRAPH_SPACE_POINTS)
        element.addnext(parse_xml(_table(block.table)))


def _table(table: Table) -> str:
    widths = [twips(column.width_mm) for column in table.columns]
    headings, centred = [column.heading for column in table.columns], ["centre" for _ in widths]
    aligns = [column.align for column in table.columns]
    rows = [_row(headings, widths, centred, table.size, strong=True, head=True)]
    rows += [
        _row(row.cells, widths, aligns, table.size, strong=row.strong, may_break=row.may_break) for row in table.rows
    ]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f"<w:tbl {nsdecls('w')}><w:tblPr>"
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblInd w:w="{twips(form.TABLE_PADDING_MM)}" w:type="dxa"/>'
        f'<w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{_PADDING}</w:tblCellMar>'
        f'<w:tblCaption w:val="{CAPTION}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def _row(
    cells: Sequence[str],
    widths: Sequence[int],
    aligns: Sequence[str],
    size: float,
    *,
    strong: bool,
    head: bool = False,
    may_break: bool = False,
) -> str:
    marks = ("" if may_break else "<w:cantSplit/>") + ("<w:tblHeader/>" if head else "")
    # Headings never stand alone at the foot of a page; an empty cell is no higher than a written one.
    kept = "<w:keepNext/>" if head else ""
    inside = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{CELL_STYLE}"/>{kept}<w:jc w:val="{_JUSTIFIED[align]}"/>'
        f"<w:rPr>{_size(size)}</w:rPr></w:pPr>{_run(text, size, strong=strong)}</w:p></w:tc>"
        for text, width, align in zip(cells, widths, aligns, strict=True)
    )
    return f"<w:tr><w:trPr>{marks}</w:trPr>{inside}</w:tr>"


def _size(points: float) -> str:
    return f'<w:sz w:val="{round(points * 2)}"/>'


def _run(text: str, size: float, *, strong: bool) -> str:
    if not text:
        return ""
    bold = "<w:b/>" if strong else ""
    # A word processor breaks words that are too long by itself.
    words = escape(text.replace(BREAK, ""))
    return f'<w:r><w:rPr><w:rFonts{_FONT}/>{bold}{_size(size)}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'
