"""Tables of a body in a DOCX: put in the place that the template keeps for them, with widths and sizes of the sheet.

In: a filled document and its `Sheet`. Out: the same document, each paragraph of style `ChoBang` replaced by the table
of the block whose number it holds. The markup is written as text and parsed once: a thousand rows take a moment.
"""

from xml.sax.saxutils import escape

from docx.document import Document as DocxDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

from papers import form
from papers.measure import BREAK
from papers.refusals import TemplateRefused
from papers.sheet import Align, Sheet, Table
from papers.templates.drawing import twips

PLACE_STYLE, CELL_STYLE = "ChoBang", "OBang"
CAPTION = "bang-so-lieu"
_JUSTIFIED: dict[Align, str] = {"left": "left", "centre": "center", "right": "right"}
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_FONT = "".join(f' w:{slot}="{form.FONT}"' for slot in ("ascii", "hAnsi", "eastAsia", "cs"))


def place_tables(document: DocxDocument, sheet: Sheet) -> None:
    """Put every table where its place is kept. Raises TemplateRefused where a template keeps a place for none."""
    for element in list(document.element.body.iter(qn("w:p"))):
        if element.style != PLACE_STYLE:
            continue
        number = Paragraph(element, document).text.strip()
        table = sheet.blocks[int(number)].table if number.isdigit() and int(number) < len(sheet.blocks) else None
        if table is None:
            raise TemplateRefused(reason=f"chỗ đặt bảng “{number}” không ứng với bảng nào")
        element.addprevious(parse_xml(_table(table)))
        element.getparent().remove(element)


def _table(table: Table) -> str:
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in _SIDES)
    padding = "".join(f'<w:{side} w:w="{twips(form.TABLE_PADDING_MM)}" w:type="dxa"/>' for side in ("left", "right"))
    widths = [twips(column.width_mm) for column in table.columns]
    heading = _row(
        [column.heading for column in table.columns],
        widths,
        ["centre"] * len(widths),
        table.size,
        strong=True,
        head=True,
    )
    aligns = [column.align for column in table.columns]
    rows = "".join(
        _row(row.cells, widths, aligns, table.size, strong=row.strong, may_break=row.may_break) for row in table.rows
    )
    return (
        f"<w:tbl {nsdecls('w')}><w:tblPr>"
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{padding}</w:tblCellMar>'
        f'<w:tblCaption w:val="{CAPTION}"/></w:tblPr>'
        f"<w:tblGrid>{''.join(f'<w:gridCol w:w={chr(34)}{width}{chr(34)}/>' for width in widths)}</w:tblGrid>"
        f"{heading}{rows}</w:tbl>"
    )


def _row(
    cells: list[str] | tuple[str, ...],
    widths: list[int],
    aligns: list[Align],
    size: float,
    *,
    strong: bool,
    head: bool = False,
    may_break: bool = False,
) -> str:
    marks = ("" if may_break else "<w:cantSplit/>") + ("<w:tblHeader/>" if head else "")
    inside = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{CELL_STYLE}"/><w:jc w:val="{_JUSTIFIED[align]}"/></w:pPr>'
        f"{_run(text, size, strong=strong)}</w:p></w:tc>"
        for text, width, align in zip(cells, widths, aligns, strict=True)
    )
    return f"<w:tr><w:trPr>{marks}</w:trPr>{inside}</w:tr>"


def _run(text: str, size: float, *, strong: bool) -> str:
    if not text:
        return ""
    bold = "<w:b/>" if strong else ""
    # A word processor breaks words that are too long by itself.
    words = escape(text.replace(BREAK, ""))
    return (
        f"<w:r><w:rPr><w:rFonts{_FONT}/>{bold}<w:sz w:val={chr(34)}{round(size * 2)}{chr(34)}/></w:rPr>"
        f'<w:t xml:space="preserve">{words}</w:t></w:r>'
    )
