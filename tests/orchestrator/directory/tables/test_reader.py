"""Files as offices keep them, well and badly saved; every fault has its line and column."""

import io
import zipfile

import pytest

from orchestrator.directory.refusals import TableUnreadable
from orchestrator.directory.tables.reader import LARGEST_FILE_BYTES, MOST_LINES, MOST_ROWS, read_table
from orchestrator.directory.tables.table import Table
from orchestrator.directory.tables.unit_rows import COLUMNS
from tests.orchestrator.directory.tables.builders import csv_file, swollen_workbook, workbook


def read(data: bytes, name: str = "đơn vị.csv") -> Table:
    return read_table(data, name, COLUMNS)


def cells(table: Table) -> list[tuple[int, str, str]]:
    return [(row.line, row.cells["code"], row.cells["name"]) for row in table.rows]


def test_vietnamese_headings_semicolons_and_a_byte_order_mark() -> None:
    text = (
        "Mã;Tên đơn vị;Viết tắt;Tên khác\r\nTTTT;Trung tâm  Thông tin;TTTT|TT Thông tin;\r\n;;;\r\nVP;Văn phòng Bộ;VPB;"
    )
    table = read(text.encode("utf-8-sig"))
    assert cells(table) == [(2, "TTTT", "Trung tâm Thông tin"), (4, "VP", "Văn phòng Bộ")]
    assert not table.faults


def test_columns_stand_in_any_order_and_strange_ones_are_named() -> None:
    table = read(csv_file("phone,NAME *,parent_code,code", '123,"Vụ Kế hoạch, Tài chính",BM,V1'))
    assert cells(table) == [(2, "V1", "Vụ Kế hoạch, Tài chính")]
    assert table.ignored == ("phone",)
    assert table.fields == {"name", "parent_code", "code"}


def test_a_workbook_with_titles_above_numbers_and_empty_lines() -> None:
    rows = (["DANH MỤC ĐƠN VỊ"], [], ["STT", "Mã đơn vị", "Tên đơn vị"], [1, 101, "Vụ Một"], [], [2, "V2", "Vụ Hai"])
    table = read(workbook(*rows), "danh mục.xlsx")
    assert cells(table) == [(4, "101", "Vụ Một"), (6, "V2", "Vụ Hai")]


def test_a_quoted_cell_over_two_lines_keeps_the_count_of_lines() -> None:
    table = read(csv_file("code,name", 'A,"Vụ', 'Một"', "B,Vụ Hai"))
    assert cells(table) == [(2, "A", "Vụ Một"), (4, "B", "Vụ Hai")]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "rỗng"),
        (b"\n\n;;\n", "rỗng"),
        (csv_file("code,name"), "chỉ có dòng tiêu đề"),
        (csv_file("code,title", "A,B"), "thiếu cột “Tên đơn vị”"),
        (csv_file("mã,mã đơn vị,tên", "A,B,C"), "“Mã đơn vị” có hai lần"),
        (csv_file("code,name", 'A,"Vụ'), "dòng 2 không đúng dạng CSV"),
        ("code,name\nA,Vụ Tổ chức\n".encode("utf-16"), "UTF-16"),
        (b"code,name\nA,V\xf4 T\xe6 ch\xf8c\n", "dòng 2 không phải UTF-8 .*TCVN3, VNI"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "không phải tệp CSV hay XLSX"),
        (b"%PDF-1.7\n\x00", "không phải tệp CSV hay XLSX"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", r"Excel 97–2003 \(.xls\)"),
        (b"PK\x03\x04 broken", "không phải bảng tính Excel"),
        (b"x" * (LARGEST_FILE_BYTES + 1), "lớn hơn 4 MB"),
        (csv_file("code,name", *[f"V{n},Vụ {n}" for n in range(MOST_ROWS + 1)]), f"nhiều hơn {MOST_ROWS} dòng"),
        (csv_file("code,name,,", *[",,,"] * (MOST_LINES + 1), "V,Vụ,,"), f"sau dòng {MOST_LINES}"),
        (csv_file("code,name" + ",x" * 70, "A,B"), "nhiều hơn 60 cột"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)
def test_what_is_no_table_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(TableUnreadable, match=reason):
        read(data)


def test_a_swollen_workbook_is_refused_before_it_is_unpacked() -> None:
    data = swollen_workbook(60)
    assert len(data) < 200_000
    with pytest.raises(TableUnreadable, match="bung ra lớn bất thường"):
        read(data, "bom.xlsx")
    with pytest.raises(TableUnreadable, match="bung ra lớn bất thường"):
        read(swollen_workbook(20), "bom.xlsx")


def test_a_workbook_with_its_own_entities_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("[Content_Types].xml", "<!DOCTYPE x [<!ENTITY a 'b'>]><Types/>")
    with pytest.raises(TableUnreadable, match="XML lạ"):
        read(out.getvalue(), "x.xlsx")


def test_a_zip_that_is_no_workbook_and_a_document_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", "<x/>")
    with pytest.raises(TableUnreadable, match="không phải bảng tính"):
        read(out.getvalue(), "x.docx")


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ('"=HYPERLINK(""http://x"")"', "công thức"),
        ("=1+1", "công thức"),
        ("+cmd|' /C calc'!A0", "công thức"),
        ("-2+3+cmd", "công thức"),
        ("@SUM(1)", "công thức"),
        ('"\t=1"', "công thức"),
        ('"\r=1"', "công thức"),
        ("V¨n phßng Bé", "TCVN3"),
        ("Ban chØ ®¹o", "TCVN3"),
        ("x" * 2001, "tối đa 2000"),
        ("Văn ph\ufffdng", "ký tự hỏng"),
    ],
)
def test_a_dangerous_or_damaged_cell_is_told_by_line_and_column(cell: str, words: str) -> None:
    table = read(csv_file("code,name", "A,Vụ Một", f"B,{cell}"))
    (fault,) = table.faults
    assert (fault.line, fault.column) == (3, "Tên đơn vị")
    assert words in fault.sentence


def test_a_formula_of_a_workbook_is_seen_as_one() -> None:
    table = read(workbook(["code", "name"], ["A", "=1+1"], ["B", "Vụ Hai"]), "x.xlsx")
    assert [(fault.line, fault.column) for fault in table.faults] == [(2, "Tên đơn vị")]


@pytest.mark.timeout(30)
@pytest.mark.parametrize("letter", ["a", "¨", "ê", "a¨", "=", "'"])
def test_endless_words_take_no_endless_time(letter: str) -> None:
    wide = csv_file("code,name", *[f"A{n},{letter * 1900}" for n in range(500)], f"B,{letter * 60_000}")
    assert read(wide).rows


def test_every_fault_is_listed_not_only_the_first() -> None:
    table = read(csv_file("code,name", "=A,=B", "C,@D", "E,Vụ Năm,thừa"))
    assert [(fault.line, fault.column) for fault in table.faults] == [
        (2, "Mã đơn vị"),
        (2, "Tên đơn vị"),
        (3, "Tên đơn vị"),
        (4, ""),
    ]


def test_signs_of_numbers_and_dashes_are_no_formulas() -> None:
    table = read(csv_file("code,name,aliases", "A,+84 912 345 678,-", "B,'=1,—"))
    assert not table.faults
    assert [row.cells["name"] for row in table.rows] == ["+84 912 345 678", "=1"]
    assert [row.cells["aliases"] for row in table.rows] == ["", ""]
