"""A list of units for readers without a database: names alone are enough."""

from pathlib import Path

import pytest

from orchestrator.directory.refusals import TableUnreadable
from orchestrator.directory.tables.unit_rows import read_unit_list


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "đơn vị.csv"
    path.write_text(text, encoding=encoding)
    return path


def test_names_without_codes_are_units_too(tmp_path: Path) -> None:
    rows = read_unit_list(write(tmp_path, "tên;viết tắt\nVụ Một;V1|VM\nVụ Hai;\n", "utf-8-sig"))
    assert [(row["name"], row["abbreviations"]) for row in rows] == [("Vụ Một", ["V1", "VM"]), ("Vụ Hai", [])]


@pytest.mark.parametrize(
    ("text", "encoding", "reason"),
    [
        ("", "utf-8", "rỗng"),
        ("code,title\nA,B\n", "utf-8", "cột “Tên đơn vị”"),
        ("code,name\nA,\n", "utf-8", "dòng 2, cột “Tên đơn vị”: còn để trống"),
        ("code,name\nA,Vụ Một\nA,Vụ Hai\n", "utf-8", "dòng 3, cột “Mã đơn vị”: mã trùng với dòng 2"),
        ('code,name\nA,"=HYPERLINK(""x"")"\n', "utf-8", "công thức"),
        ("code,name\nA,Vụ Tổ chức\n", "utf-16", "UTF-16"),
    ],
)
def test_a_bad_list_is_refused_with_its_line(tmp_path: Path, text: str, encoding: str, reason: str) -> None:
    with pytest.raises(TableUnreadable, match=reason):
        read_unit_list(write(tmp_path, text, encoding))


def test_a_list_that_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableUnreadable, match="thu-muc"):
        folder = tmp_path / "thu-muc"
        folder.mkdir()
        read_unit_list(folder)
