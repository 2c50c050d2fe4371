"""The named paragraph styles of our templates: one per box of the drawing (annex I, IV.2), sizes from `form.SIZES`.

Style ids are what rendering and the form checks look for; a ministry's own template that uses them gets its rules,
frames and signature room fitted to the text.
"""

from dataclasses import dataclass

from docx.document import Document as DocxDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from papers import form
from papers.form import SIZES
from papers.templates.drawing import set_fonts

_LEFT, _CENTRE, _RIGHT, _BOTH = (
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)
#: Paragraphs that only carry a rule or keep two tables apart are this high.
THIN_POINTS = 1.0


@dataclass(frozen=True)
class _Look:
    """How one box looks. `rule`: a line above the (empty) paragraph; `exact`: line height in points where fixed."""

    style_id: str
    name: str
    size: float
    bold: bool = False
    italic: bool = False
    align: WD_ALIGN_PARAGRAPH = _LEFT
    before: float = 0.0
    after: float = 0.0
    indent_mm: float = 0.0
    left_mm: float = 0.0
    keep_next: bool = False
    exact: float = 0.0
    rule: bool = False
    red: bool = False


_BODY = {"align": _BOTH, "before": form.PARAGRAPH_SPACE_POINTS, "indent_mm": form.FIRST_LINE_INDENT_MM}
_TITLE_GAP_POINTS = (form.TITLE_TOP_MM - form.NUMBER_ROW_TOP_MM - form.line_height_mm(SIZES.number)) / 25.4 * 72

_LOOKS = (
    _Look("QuocHieu", "Quốc hiệu", SIZES.state, bold=True, align=_CENTRE),
    _Look("TieuNgu", "Tiêu ngữ", SIZES.motto, bold=True, align=_CENTRE),
    _Look("ChuQuan", "Cơ quan chủ quản", SIZES.parent, align=_CENTRE),
    _Look("CoQuan", "Cơ quan ban hành", SIZES.body_name, bold=True, align=_CENTRE),
    _Look("SoKyHieu", "Số, ký hiệu", SIZES.number, align=_CENTRE),
    _Look(
        "TrichYeuCongVan",
        "Trích yếu công văn",
        SIZES.reference,
        align=_CENTRE,
        before=form.REFERENCE_SPACE_POINTS,
        left_mm=2,
    ),
    _Look("DiaDanhNgay", "Địa danh, thời gian", SIZES.place, italic=True, align=_CENTRE),
    _Look("TenLoai", "Tên loại", SIZES.title, bold=True, align=_CENTRE, before=_TITLE_GAP_POINTS, keep_next=True),
    _Look("TrichYeu", "Trích yếu", SIZES.subject, bold=True, align=_CENTRE, keep_next=True),
    _Look("ChoKinhGui", "Chỗ trước kính gửi", THIN_POINTS, exact=form.ADDRESSEES_GAP_MM / 25.4 * 72, keep_next=True),
    _Look(
        "KinhGui",
        "Kính gửi",
        SIZES.text,
        before=form.PARAGRAPH_SPACE_POINTS,
        left_mm=form.ADDRESSEES_LEFT_MM,
        keep_next=True,
    ),
    _Look(
        "NoiKinhGui",
        "Nơi kính gửi",
        SIZES.text,
        left_mm=form.ADDRESSEES_LEFT_MM + form.ADDRESSEES_INDENT_MM,
    ),
    _Look("ChoDoKhan", "Chỗ trước độ khẩn", THIN_POINTS, exact=form.URGENCY_GAP_MM / 25.4 * 72, keep_next=True),
    _Look("KeCoQuan", "Kẻ dưới cơ quan", THIN_POINTS, align=_CENTRE, before=1, after=3, exact=THIN_POINTS, rule=True),
    _Look("KeTieuNgu", "Kẻ dưới tiêu ngữ", THIN_POINTS, align=_CENTRE, before=1, exact=THIN_POINTS, rule=True),
    _Look(
        "KeTrichYeu",
        "Kẻ dưới trích yếu",
        THIN_POINTS,
        align=_CENTRE,
        before=1,
        after=12,
        exact=THIN_POINTS,
        rule=True,
        keep_next=True,
    ),
    _Look("Muc", "Mục", SIZES.text, bold=True, keep_next=True, **_BODY),  # type: ignore[arg-type]
    _Look("KhoanTieuDe", "Khoản có tiêu đề", SIZES.text, bold=True, keep_next=True, **_BODY),  # type: ignore[arg-type]
    _Look("NoiDung", "Nội dung", SIZES.text, **_BODY),  # type: ignore[arg-type]
    _Look("TenBang", "Tên bảng", SIZES.text, bold=True, align=_CENTRE, before=6, after=3, keep_next=True),
    _Look("DonViTinh", "Đơn vị tính", SIZES.table_unit, italic=True, align=_RIGHT, before=3, after=2, keep_next=True),
    _Look("OBang", "Ô của bảng", SIZES.text),
    _Look("ChoBang", "Chỗ đặt bảng", THIN_POINTS, exact=THIN_POINTS, keep_next=True),
    _Look(
        "GhiChuBang",
        "Ghi chú bảng",
        SIZES.table_note,
        italic=True,
        align=_BOTH,
        before=3,
        indent_mm=form.FIRST_LINE_INDENT_MM,
    ),
    _Look("NoiNhan", "Nơi nhận", SIZES.recipients_label, bold=True, italic=True, keep_next=True),
    _Look("DanhSachNhan", "Danh sách nhận", SIZES.recipients, keep_next=True),
    _Look("ChucVu", "Quyền hạn, chức vụ", SIZES.signer, bold=True, align=_CENTRE, keep_next=True),
    _Look(
        "ChoKy", "Chỗ ký", SIZES.signer, align=_CENTRE, keep_next=True, exact=form.SIGNATURE_ROOM_MINIMUM_MM / 25.4 * 72
    ),
    _Look("HoTen", "Họ tên người ký", SIZES.signer, bold=True, align=_CENTRE, keep_next=True),
    _Look("DoKhan", "Độ khẩn", SIZES.urgency, bold=True, align=_CENTRE, red=True),
    _Look("LuuHanh", "Phạm vi lưu hành", SIZES.urgency, bold=True, align=_CENTRE),
    _Look("DauDuThao", "Dấu dự thảo", SIZES.mark, italic=True, align=_RIGHT),
    _Look("DiaChi", "Địa chỉ cơ quan", SIZES.address, align=_CENTRE, rule=True),
    _Look("SoTrang", "Số trang", SIZES.page_number, align=_CENTRE),
    _Look("NgatPhuLuc", "Ngắt phụ lục", THIN_POINTS, exact=THIN_POINTS),
    _Look("PhuLuc", "Phụ lục", SIZES.text, bold=True, align=_CENTRE, keep_next=True),
    _Look("KemTheo", "Kèm theo văn bản", SIZES.text, italic=True, align=_CENTRE, after=6, keep_next=True),
    _Look("NoiDungPhuLuc", "Nội dung phụ lục", SIZES.text, **_BODY),  # type: ignore[arg-type]
    _Look("CanKiemTra", "Cần kiểm tra", SIZES.text, bold=True, align=_CENTRE, after=6),
    _Look("NoiDungKiemTra", "Nội dung kiểm tra", SIZES.text, **_BODY),  # type: ignore[arg-type]
    _Look("DongChen", "Dòng chen", THIN_POINTS, exact=THIN_POINTS),
    _Look("DongTruocKy", "Dòng trước chữ ký", THIN_POINTS, exact=form.SPACE_BEFORE_SIGNATURE_POINTS, keep_next=True),
)
_KEPT = {"Normal", "Default Paragraph Font", "Normal Table", "No List"}


def add_styles(document: DocxDocument) -> None:
    """Put our styles in the place of the library's."""
    for style in list(document.styles):
        if style.name not in _KEPT and style.type is not None:
            style.delete()
    normal = document.styles["Normal"]
    normal.font.size = Pt(SIZES.text)
    set_fonts(normal.element.get_or_add_rPr())
    _set_defaults(document)
    for look in _LOOKS:
        _add(document, look)


def _set_defaults(document: DocxDocument) -> None:
    defaults = document.styles.element.find(qn("w:docDefaults"))
    properties = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    set_fonts(properties)
    for language in properties.findall(qn("w:lang")):
        properties.remove(language)
    language = OxmlElement("w:lang")
    for slot in ("val", "eastAsia", "bidi"):
        language.set(qn(f"w:{slot}"), "vi-VN")
    properties.append(language)
    spacing = defaults.find(qn("w:pPrDefault")).find(qn("w:pPr"))
    for child in list(spacing):
        spacing.remove(child)


def _add(document: DocxDocument, look: _Look) -> None:
    style = document.styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH)
    style.element.set(qn("w:styleId"), look.style_id)
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    style.font.size, style.font.bold, style.font.italic = Pt(look.size), look.bold, look.italic
    style.font.color.rgb = RGBColor(0xFF, 0, 0) if look.red else RGBColor(0, 0, 0)
    set_fonts(style.element.get_or_add_rPr())
    layout = style.paragraph_format
    layout.alignment = look.align
    layout.space_before, layout.space_after = Pt(look.before), Pt(look.after)
    layout.first_line_indent = Mm(look.indent_mm)
    if look.left_mm:
        layout.left_indent = Mm(look.left_mm)
    layout.keep_with_next = look.keep_next
    layout.widow_control = True
    layout.line_spacing_rule = WD_LINE_SPACING.EXACTLY if look.exact else WD_LINE_SPACING.SINGLE
    if look.exact:
        layout.line_spacing = Pt(look.exact)
    if look.rule:
        _rule_above(style)


def _rule_above(style: ParagraphStyle) -> None:
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    properties = style.element.get_or_add_pPr()
    # The schema wants borders in front of spacing, indent and alignment.
    following = next(
        (
            child
            for child in properties
            if child.tag in {qn(f"w:{tag}") for tag in ("shd", "tabs", "spacing", "ind", "jc")}
        ),
        None,
    )
    if following is None:
        properties.append(borders)
    else:
        following.addprevious(borders)
