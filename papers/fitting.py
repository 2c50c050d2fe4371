"""Lengths that depend on the text, set after a template was filled: rules, frames, room to sign, what keeps together.

Works by the style ids and table captions of our templates; a part that a ministry's own template does not use is left
as it is drawn there.
"""

from typing import Any

from docx.document import Document as DocxDocument
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from papers import form
from papers.docx_sections import begin_appendices
from papers.sheet import Sheet
from papers.templates.drawing import set_widths

_BODY_STYLES = frozenset({"NoiDung", "Muc", "KhoanTieuDe"})
_JUSTIFIED_STYLES = frozenset({"NoiDung", "NoiDungPhuLuc"})


def fit(document: DocxDocument, sheet: Sheet) -> None:
    """Set every length in place."""
    paragraphs = [Paragraph(element, document) for element in document.element.body.iter(qn("w:p"))]
    by_style: dict[str, list[Paragraph]] = {}
    for paragraph in paragraphs:
        by_style.setdefault(_style_id(paragraph), []).append(paragraph)
    for style, room, length in (
        ("KeCoQuan", form.LEFT_COLUMN_MM, sheet.body_rule_mm),
        ("KeTieuNgu", form.RIGHT_COLUMN_MM, sheet.motto_rule_mm),
        ("KeTrichYeu", form.TEXT_WIDTH_MM, sheet.subject_rule_mm),
    ):
        for paragraph in by_style.get(style, []):
            _indent_both(paragraph, (room - length) / 2)
    for paragraph in by_style.get("ChoKy", []):
        paragraph.paragraph_format.line_spacing = Pt(sheet.signature_room_mm / 25.4 * 72)
    for style, room in (("ChoKinhGui", sheet.addressees_gap_mm), ("ChoDoKhan", sheet.urgency_gap_mm)):
        for paragraph in by_style.get(style, []):
            paragraph.paragraph_format.line_spacing = Pt(max(form.LEAST_POINTS, room / 25.4 * 72))
    for style, indent in (("KinhGui", 0.0), ("NoiKinhGui", form.ADDRESSEES_INDENT_MM)):
        for paragraph in by_style.get(style, []):
            paragraph.paragraph_format.left_indent = Mm(sheet.addressees_left_mm + indent)
            if not sheet.title:
                paragraph.paragraph_format.space_before = Pt(0)
    _let_addresses_stand([paragraph for paragraph in paragraphs if _style_id(paragraph) in _JUSTIFIED_STYLES])
    _keep_last_with_signature([paragraph for paragraph in paragraphs if _style_id(paragraph) in _BODY_STYLES])
    for paragraph in by_style.get("CanKiemTra", [])[:1]:
        paragraph.paragraph_format.page_break_before = True
    begin_appendices(document, by_style.get("NgatPhuLuc", []), sheet)
    tables = {_caption(table): table for table in document.tables}
    if "so-va-ngay" in tables:
        _fit_number_row(tables["so-va-ngay"], sheet)
    if sheet.left_signer_lines and "chu-ky" in tables:
        set_widths(tables["chu-ky"], (form.HALF_MM, form.HALF_MM))
    if "do-khan" in tables:
        _fit_frame(tables["do-khan"], sheet.urgency_frame_mm)


def _fit_number_row(table: Table, sheet: Sheet) -> None:
    """A place too long for its column takes from the number's; the number stays under the middle of the agency."""
    taken = form.LEFT_COLUMN_MM - sheet.place_left_mm
    if taken <= 0:
        return
    set_widths(table, (sheet.place_left_mm, form.TEXT_WIDTH_MM - sheet.place_left_mm))
    table.rows[0].cells[0].paragraphs[0].paragraph_format.left_indent = Mm(taken)


def _fit_frame(table: Table, frame_mm: tuple[float, float]) -> None:
    width, height = frame_mm
    set_widths(table, (width,))
    table.rows[0].height_rule, table.rows[0].height = WD_ROW_HEIGHT_RULE.EXACTLY, Mm(height)


def _indent_both(paragraph: Paragraph, length_mm: float) -> None:
    paragraph.paragraph_format.left_indent = Mm(length_mm)
    paragraph.paragraph_format.right_indent = Mm(length_mm)


def _let_addresses_stand(body: list[Paragraph]) -> None:
    """A line in front of a long address would be stretched over its whole width."""
    for paragraph in body:
        if "://" in paragraph.text:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT


def _keep_last_with_signature(body: list[Paragraph]) -> None:
    if body:
        body[-1].paragraph_format.keep_with_next = True


def _style_id(paragraph: Paragraph) -> str:
    return str(paragraph._p.style or "")


def _caption(table: Table) -> str:
    caption: Any = table._tbl.tblPr.find(qn("w:tblCaption"))
    return str(caption.get(qn("w:val"))) if caption is not None else ""
