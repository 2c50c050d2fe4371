"""The DOCX: every run in Times New Roman, margins, sizes, hostile text as text, equal bytes for equal input."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn

from minutes.notices.sheet import lay_out
from papers.docx import render_template
from papers.environment import environment, plain
from papers.refusals import TemplateRefused
from papers.templates.van_ban import TEMPLATE_PATH, build
from tests.minutes.samples import board_notice, long_notice, notice
from tests.papers.printing import notice_docx

HOSTILE = (
    "{{ 7*7 }}", "{% for x in ().__class__.__bases__ %}", "{_{ x }_}", "<w:p>", "&lt;w:p&gt;", "]]>", "#panic()",
    "${jndi}", '" onload="', "\\u0041", "{{ ''.__class__ }}",
)  # fmt: skip


def words(data: bytes) -> str:
    root = Document(BytesIO(data)).element.body
    return "\n".join(element.text or "" for element in root.iter(qn("w:t")))


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_comes_out_as_it_went_in(hostile: str) -> None:
    content = notice(subject=f"Kết luận {hostile}", closing=f"Hết {hostile} nhé", to_check=(hostile,))
    text = words(notice_docx(content, draft=True))
    assert f"Hết {hostile} nhé" in text
    assert f"- {hostile}" in text.replace("- \n", "- ")
    assert "49" not in text


def test_control_and_direction_letters_never_reach_the_page() -> None:
    content = notice(closing="Thực\x00 hiện\x07\x0b \u202enghiêm\u2066\u200f\ufeff túc")
    assert "Thực hiện nghiêm túc./." in words(notice_docx(content))


def test_equal_input_gives_equal_bytes() -> None:
    assert notice_docx(notice(), 5, date(2026, 4, 9)) == notice_docx(notice(), 5, date(2026, 4, 9))


def test_every_run_names_times_new_roman_in_every_slot() -> None:
    with ZipFile(BytesIO(notice_docx(board_notice(address="Số 8", circulation="Lưu hành nội bộ"), 5))) as package:
        parts = [name for name in package.namelist() if name.startswith("word/") and name.endswith(".xml")]
        assert any("header" in name for name in parts)
        everything = "".join(package.read(name).decode() for name in parts if "theme" not in name)
    assert "Calibri" not in everything
    assert "asciiTheme" not in everything
    for element in Document(BytesIO(notice_docx(notice()))).element.body.iter(qn("w:r")):
        fonts = element.find(qn("w:rPr")).find(qn("w:rFonts"))
        assert {fonts.get(qn(f"w:{slot}")) for slot in ("ascii", "hAnsi", "eastAsia", "cs")} == {"Times New Roman"}


def test_page_and_margins_are_inside_the_limits() -> None:
    section = Document(BytesIO(notice_docx(notice()))).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert 20 <= section.top_margin.mm <= 25
    assert 20 <= section.bottom_margin.mm <= 25
    assert 30 <= section.left_margin.mm <= 35
    assert 15 <= section.right_margin.mm <= 20
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml


def test_the_signature_stays_together_and_with_the_last_words() -> None:
    document = Document(BytesIO(notice_docx(long_notice(40))))
    table = document.tables[-1]
    assert table.rows[0]._tr.trPr.find(qn("w:cantSplit")) is not None
    last = next(paragraph for paragraph in document.paragraphs if paragraph.text.endswith("./."))
    assert last.paragraph_format.keep_with_next


@pytest.mark.parametrize(("urgency", "width"), [("KHẨN", 20), ("THƯỢNG KHẨN", 40), ("HỎA TỐC", 30)])
def test_urgency_frames_have_their_lawful_size(urgency: str, width: float) -> None:
    document = Document(BytesIO(notice_docx(notice(urgency=urgency))))
    frame = next(table for table in document.tables if table.rows[0].cells[0].text == urgency)
    assert frame.rows[0].cells[0].width.mm == pytest.approx(width, abs=0.1)
    assert frame._tbl.tblPr.find(qn("w:tblW")).get(qn("w:w")) == str(round(width / 25.4 * 1440))
    assert frame.rows[0].height.mm == pytest.approx(8, abs=0.1)


def test_an_empty_notice_still_makes_a_document() -> None:
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in words(notice_docx(notice(sections=(), opening=(), closing="")))


def test_the_kept_template_is_the_described_one() -> None:
    def parts(package: bytes) -> dict[str, bytes]:
        with ZipFile(BytesIO(package)) as archive:
            return {name: archive.read(name) for name in archive.namelist() if name != "docProps/core.xml"}

    assert parts(TEMPLATE_PATH.read_bytes()) == parts(build()), "run: python -m papers.templates.van_ban"


@pytest.mark.parametrize(
    "field",
    [
        "{{ unknown_field }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ blocks.append(1) }}",
        "{{ title.format(title) }}",
        "{{ 'a' * 1000000000 }}",
        "{{ range(9) }}",
        "{{ lipsum }}",
        "{% include '/etc/passwd' %}",
        "{{ title",
        "{{ title|attr('__class__') }}",
    ],
)
def test_a_template_that_reaches_out_of_its_fields_is_refused(field: str) -> None:
    document = Document(BytesIO(TEMPLATE_PATH.read_bytes()))
    document.paragraphs[0].add_run(field)
    stream = BytesIO()
    document.save(stream)
    with pytest.raises(TemplateRefused) as refused:
        render_template(stream.getvalue(), lay_out(notice()))
    assert "Mẫu văn bản không dùng được" in refused.value.sentence()


def test_only_plain_values_enter_a_template() -> None:
    with pytest.raises(TypeError):
        plain({"door": open})
    assert environment().from_string("{{ a.b }}").render(plain({"a": {"b": "<i>"}})) == "&lt;i&gt;"


def test_a_template_that_prints_everything_for_everything_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    document = Document(BytesIO(TEMPLATE_PATH.read_bytes()))
    inner = "{% for b in blocks %}{{ a.text }}{{ b.text }}{% endfor %}"
    document.paragraphs[0].add_run(f"{{% for a in blocks %}}{inner}{{% endfor %}}")
    stream = BytesIO()
    document.save(stream)
    assert render_template(stream.getvalue(), lay_out(notice())), "a few items do no harm"
    monkeypatch.setattr("papers.environment.MAXIMUM_CHARACTERS", 1_000_000)
    with pytest.raises(TemplateRefused, match="unreasonably long"):
        render_template(stream.getvalue(), lay_out(long_notice(300)))
