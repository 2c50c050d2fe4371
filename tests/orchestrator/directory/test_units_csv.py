"""The directory as offices keep it in spreadsheets, well and badly saved."""

from pathlib import Path

import pytest

from orchestrator.directory.units_csv import read_units
from orchestrator.refusals import UnitsFileInvalid


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "đơn vị.csv"
    path.write_text(text, encoding=encoding)
    return path


def test_vietnamese_headings_semicolons_and_a_byte_order_mark(tmp_path: Path) -> None:
    text = "Mã;Tên đơn vị;Viết tắt;Tên khác\nTTTT;Trung tâm  Thông tin;TTTT|TT Thông tin;\n;;;\nVP;Văn phòng Bộ;VPB;"
    rows = read_units(write(tmp_path, text, "utf-8-sig"))
    assert [(row.code, row.name, row.line) for row in rows] == [
        ("TTTT", "Trung tâm Thông tin", 2),
        ("VP", "Văn phòng Bộ", 4),
    ]
    assert rows[0].abbreviations == ("TTTT", "TT Thông tin")


def test_english_headings_in_another_order_with_unknown_columns(tmp_path: Path) -> None:
    rows = read_units(
        write(tmp_path, 'phone,name,aliases,parent_code,code\n123,"Vụ Kế hoạch, Tài chính",KHTC;Vụ KH,BM,V1\n')
    )
    assert (rows[0].name, rows[0].aliases, rows[0].parent_code, rows[0].code) == (
        "Vụ Kế hoạch, Tài chính",
        ("KHTC", "Vụ KH"),
        "BM",
        "V1",
    )


@pytest.mark.parametrize(
    ("text", "encoding", "reason"),
    [
        ("", "utf-8", "rỗng"),
        ("code,title\nA,B\n", "utf-8", "cột “name”"),
        ("code,name\nA,\n", "utf-8", "dòng 2: thiếu tên"),
        ("code,name\nA,Vụ Một\nA,Vụ Hai\n", "utf-8", "dòng 3: mã “A” đã có ở dòng 2"),
        ('code,name\nA,"=HYPERLINK(""x"")"\n', "utf-8", "công thức"),
        ("code,name\nA,Vụ Tổ chức\n", "utf-16", "UTF-8"),
    ],
)
def test_a_bad_file_is_refused_with_its_line(tmp_path: Path, text: str, encoding: str, reason: str) -> None:
    with pytest.raises(UnitsFileInvalid, match=reason):
        read_units(write(tmp_path, text, encoding))
