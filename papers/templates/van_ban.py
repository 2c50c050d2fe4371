"""Builds `van_ban.docx`, the house's own template of papers with a title, from the numbers in `papers/form.py`.

`python -m papers.templates.van_ban` writes the file anew; a test holds it against this description. The template is
an ordinary document with named styles and Jinja fields, so a ministry can take it as the start of its own.
"""

from io import BytesIO
from pathlib import Path

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.shared import Mm
from docx.table import Table, _Cell

from papers import form
from papers.templates.drawing import add_page_number, add_paragraph, clear_container, indent_table, new_table, prepare
from papers.templates.styles import add_styles

TEMPLATE_PATH = Path(__file__).with_name("van_ban.docx")


def build() -> bytes:
    """The template as the bytes of a DOCX."""
    document = Document()
    prepare(document)
    add_styles(document)
    _header_table(document)
    _number_table(document)
    _title(document)
    _addressees(document)
    _urgency(document)
    _body(document)
    _signature_table(document)
    _appendices(document)
    _to_check(document)
    _margins_of_the_page(document)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _header_table(document: DocxDocument) -> None:
    table = new_table(document, (form.LEFT_COLUMN_MM, form.RIGHT_COLUMN_MM), caption="tieu-de")
    left, right = table.rows[0].cells
    _fill(
        left,
        ("{%p if parent %}", "ChuQuan"),
        ("{{ parent }}", "ChuQuan"),
        ("{%p endif %}", "ChuQuan"),
        ("{{ body_name }}", "CoQuan"),
        ("", "KeCoQuan"),
    )
    _fill(right, (form.STATE_NAME, "QuocHieu"), (form.MOTTO, "TieuNgu"), ("", "KeTieuNgu"))
    _height(table, form.NUMBER_ROW_TOP_MM - form.millimetres(1))
    # Two tables that touch become one in a word processor: a line of one point keeps them apart.
    add_paragraph(document, "", "DongChen")


def _number_table(document: DocxDocument) -> None:
    table = new_table(document, (form.LEFT_COLUMN_MM, form.RIGHT_COLUMN_MM), caption="so-va-ngay")
    left, right = table.rows[0].cells
    _fill(
        left,
        ("{{ number }}", "SoKyHieu"),
        ("{%p if reference %}", "TrichYeuCongVan"),
        ("{{ reference }}", "TrichYeuCongVan"),
        ("{%p endif %}", "TrichYeuCongVan"),
    )
    _fill(right, ("{{ place_and_date }}", "DiaDanhNgay"))


def _title(document: DocxDocument) -> None:
    add_paragraph(document, "{%p if title %}", "TenLoai")
    add_paragraph(document, "{{ title }}", "TenLoai")
    add_paragraph(document, "{%p endif %}", "TenLoai")
    add_paragraph(document, "{%p if subject %}", "TrichYeu")
    add_paragraph(document, "{{ subject }}", "TrichYeu")
    add_paragraph(document, "", "KeTrichYeu")
    add_paragraph(document, "{%p endif %}", "TrichYeu")


def _addressees(document: DocxDocument) -> None:
    for line, style in (
        ("{%p if not title %}", "KinhGui"),
        ("", "ChoKinhGui"),
        ("{%p endif %}", "KinhGui"),
        ("{%p for line in addressees %}", "KinhGui"),
        ("{%p if loop.first %}", "KinhGui"),
        ("{{ line }}", "KinhGui"),
        ("{%p else %}", "KinhGui"),
        ("{{ line }}", "NoiKinhGui"),
        ("{%p endif %}", "KinhGui"),
        ("{%p endfor %}", "KinhGui"),
    ):
        add_paragraph(document, line, style)


#: A table with its caption, or the note to one.
_FIGURES = (
    ("{%p if block.text %}", "NoiDung"),
    ("{{ block.text }}", "TenBang"),
    ("{%p endif %}", "NoiDung"),
    ("{%p if block.table.unit %}", "NoiDung"),
    ("{{ block.table.unit }}", "DonViTinh"),
    ("{%p endif %}", "NoiDung"),
    ("{{ loop.index0 }}", "ChoBang"),
    ("", "DongChen"),
    ("{%p elif block.role == 'note' %}", "NoiDung"),
    ("{{ block.text }}", "GhiChuBang"),
)


def _urgency(document: DocxDocument) -> None:
    add_paragraph(document, "{%p if urgency %}", "NoiDung")
    add_paragraph(document, "", "ChoDoKhan")
    frame = new_table(document, (form.URGENCY_FRAMES_MM["HỎA TỐC"][0],), caption="do-khan", framed="FF0000")
    frame.alignment = WD_TABLE_ALIGNMENT.LEFT
    _fill(frame.rows[0].cells[0], ("{{ urgency }}", "DoKhan"))
    add_paragraph(document, "{%p endif %}", "NoiDung")


def _body(document: DocxDocument) -> None:
    for line, style in (
        ("{%p for block in blocks %}", "NoiDung"),
        ("{%p if block.role == 'section' %}", "NoiDung"),
        ("{{ block.text }}", "Muc"),
        ("{%p elif block.role == 'heading' %}", "NoiDung"),
        ("{{ block.text }}", "KhoanTieuDe"),
        ("{%p elif block.role == 'table' %}", "NoiDung"),
        *_FIGURES,
        ("{%p else %}", "NoiDung"),
        ("{{ block.text }}", "NoiDung"),
        ("{%p endif %}", "NoiDung"),
        ("{%p endfor %}", "NoiDung"),
        ("", "DongTruocKy"),
    ):
        add_paragraph(document, line, style)


_RECEIVERS = (
    (form.RECIPIENTS_LABEL, "NoiNhan"),
    ("{%p for line in recipients %}", "DanhSachNhan"),
    ("{{ line }}", "DanhSachNhan"),
    ("{%p endfor %}", "DanhSachNhan"),
)


def _signature_table(document: DocxDocument) -> None:
    table = new_table(document, (form.RECIPIENTS_COLUMN_MM, form.SIGNER_COLUMN_MM), caption="chu-ky")
    left, right = table.rows[0].cells
    _fill(
        left,
        ("{%p if left_signer_lines %}", "ChucVu"),
        *_signer("left_signer_lines", "left_signer_name"),
        ("{%p else %}", "ChucVu"),
        *_RECEIVERS,
        ("{%p endif %}", "ChucVu"),
    )
    _fill(right, *_signer("signer_lines", "signer_name", "capacity"))
    add_paragraph(document, "{%p if left_signer_lines %}", "ChucVu")
    add_paragraph(document, "", "DongTruocKy")
    for text, style in _RECEIVERS:
        add_paragraph(document, text, style)
    add_paragraph(document, "{%p endif %}", "ChucVu")


def _signer(offices: str, name: str, capacity: str = "") -> list[tuple[str, str]]:
    lines = [(f"{{%p for line in {offices} %}}", "ChucVu"), ("{{ line }}", "ChucVu"), ("{%p endfor %}", "ChucVu")]
    lines.append(("", "ChoKy"))
    if capacity:
        lines += [(f"{{%p for line in {capacity} %}}", "HoTen"), ("{{ line }}", "HoTen"), ("{%p endfor %}", "HoTen")]
    return [*lines, (f"{{{{ {name} }}}}", "HoTen")]


def _appendices(document: DocxDocument) -> None:
    for line, style in (
        ("{%p for appendix in appendices %}", "NgatPhuLuc"),
        ("", "NgatPhuLuc"),
        ("{{ appendix.label }}", "PhuLuc"),
        ("{{ appendix.title }}", "PhuLuc"),
        ("{{ appendix.attached_to }}", "KemTheo"),
        ("{%p for block in appendix.blocks %}", "NoiDungPhuLuc"),
        ("{%p if block.role == 'table' %}", "NoiDungPhuLuc"),
        *_FIGURES,
        ("{%p else %}", "NoiDungPhuLuc"),
        ("{{ block.text }}", "NoiDungPhuLuc"),
        ("{%p endif %}", "NoiDungPhuLuc"),
        ("{%p endfor %}", "NoiDungPhuLuc"),
        ("{%p endfor %}", "NgatPhuLuc"),
    ):
        add_paragraph(document, line, style)


def _to_check(document: DocxDocument) -> None:
    add_paragraph(document, "{%p if to_check %}", "CanKiemTra")
    add_paragraph(document, form.TO_CHECK_LABEL, "CanKiemTra")
    add_paragraph(document, "{%p for line in to_check %}", "NoiDungKiemTra")
    add_paragraph(document, "- {{ line }}", "NoiDungKiemTra")
    add_paragraph(document, "{%p endfor %}", "NoiDungKiemTra")
    add_paragraph(document, "{%p endif %}", "CanKiemTra")
    # A document may not end with a table.
    add_paragraph(document, "", "DongChen")


def _margins_of_the_page(document: DocxDocument) -> None:
    section = document.sections[0]
    section.different_first_page_header_footer = True
    first = clear_container(section.first_page_header)
    add_paragraph(first, "{%p if circulation %}", "LuuHanh")
    frame = new_table(first, form.CIRCULATION_FRAME_MM[:1], caption="luu-hanh", framed="000000")
    indent_table(frame, form.CIRCULATION_LEFT_MM)
    _fill(frame.rows[0].cells[0], ("{{ circulation }}", "LuuHanh"))
    _height(frame, form.CIRCULATION_FRAME_MM[1])
    for line, style in (
        ("{%p endif %}", "LuuHanh"),
        ("{%p if mark %}", "DauDuThao"),
        ("{{ mark }}", "DauDuThao"),
        ("{%p endif %}", "DauDuThao"),
        ("", "DongChen"),
    ):
        add_paragraph(first, line, style)
    foot = clear_container(section.first_page_footer)
    for line, style in (
        ("{%p if address %}", "DiaChi"),
        ("{{ address }}", "DiaChi"),
        ("{%p endif %}", "DiaChi"),
        ("", "DongChen"),
    ):
        add_paragraph(foot, line, style)
    add_page_number(clear_container(section.header), "SoTrang")
    add_paragraph(clear_container(section.footer), "", "DongChen")


def _fill(cell: _Cell, *lines: tuple[str, str]) -> None:
    cell._element.remove(cell.paragraphs[0]._element)  # a new cell comes with one empty paragraph
    for text, style in lines:
        add_paragraph(cell, text, style)


def _height(table: Table, height_mm: float) -> None:
    table.rows[0].height_rule, table.rows[0].height = WD_ROW_HEIGHT_RULE.AT_LEAST, Mm(height_mm)


def main() -> None:
    """Write the template beside this file."""
    TEMPLATE_PATH.write_bytes(build())


if __name__ == "__main__":
    main()
