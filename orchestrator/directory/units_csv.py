"""Units from a CSV file, as an office keeps them in a spreadsheet.

In: a file with a heading row; columns in Vietnamese or English in any order, lists within a cell separated by `;` or
`|`. Out: checked rows, or a refusal that names the line.
"""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from orchestrator.refusals import UnitsFileInvalid

#: heading → field; compared in lower case
HEADINGS = {
    "code": "code",
    "mã": "code",
    "mã đơn vị": "code",
    "name": "name",
    "tên": "name",
    "tên đơn vị": "name",
    "abbreviations": "abbreviations",
    "abbreviation": "abbreviations",
    "viết tắt": "abbreviations",
    "aliases": "aliases",
    "alias": "aliases",
    "tên khác": "aliases",
    "tên gọi khác": "aliases",
    "parent_code": "parent_code",
    "parent": "parent_code",
    "đơn vị cha": "parent_code",
    "đơn vị cấp trên": "parent_code",
    "kind": "kind",
    "loại": "kind",
}
LARGEST_FILE_BYTES = 5 * 1024 * 1024
_FORMULA_STARTS = ("=", "+", "@", "\t", "\r")


@dataclass(frozen=True)
class UnitRow:
    """One unit of the file; `line` counts from 1 with the heading."""

    line: int
    name: str
    code: str = ""
    abbreviations: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    parent_code: str = ""
    kind: str = ""


def read_units(path: Path) -> list[UnitRow]:
    """All units of the file in its order.

    Raises:
        UnitsFileInvalid: unreadable, not UTF-8, no column `name`, a row without a name, a code twice, a formula.
    """
    lines = _text(path).splitlines()
    if not lines:
        raise UnitsFileInvalid(file=path.name, reason="tệp rỗng")
    separator = max(",;\t", key=lines[0].count)
    reader = csv.reader(io.StringIO("\n".join(lines)), delimiter=separator)
    try:
        fields = [HEADINGS.get(heading.strip().lower(), "") for heading in next(reader)]
        cells_by_line = [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error as error:
        raise UnitsFileInvalid(file=path.name, reason=f"dòng {reader.line_num}: không đúng dạng CSV") from error
    if "name" not in fields:
        raise UnitsFileInvalid(
            file=path.name, reason="dòng đầu phải có cột “name” (hoặc “tên”), nên có thêm “code” (hoặc “mã”)"
        )
    rows = [_row(path, line, dict(zip(fields, cells, strict=False))) for line, cells in cells_by_line]
    codes: dict[str, int] = {}
    for row in rows:
        if row.code and (first := codes.setdefault(row.code, row.line)) != row.line:
            raise UnitsFileInvalid(file=path.name, reason=f"dòng {row.line}: mã “{row.code}” đã có ở dòng {first}")
    return rows


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_FILE_BYTES:
            raise UnitsFileInvalid(
                file=path.name, reason=f"tệp lớn hơn {LARGEST_FILE_BYTES // 1024**2} MB, không phải danh sách đơn vị"
            )
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnitsFileInvalid(file=path.name, reason="không phải UTF-8, hãy lưu lại dạng “CSV UTF-8”") from error
    except OSError as error:
        raise UnitsFileInvalid(file=path.name, reason=f"không đọc được ({error.strerror})") from error


def _row(path: Path, line: int, cells: dict[str, str]) -> UnitRow:
    values = {name: " ".join(value.split()) for name, value in cells.items() if name}
    for value in values.values():
        if value.startswith(_FORMULA_STARTS):
            raise UnitsFileInvalid(file=path.name, reason=f"dòng {line}: “{value[:40]}” là công thức, không phải chữ")
    if not values.get("name"):
        raise UnitsFileInvalid(file=path.name, reason=f"dòng {line}: thiếu tên đơn vị")
    return UnitRow(
        line,
        values["name"],
        values.get("code", ""),
        _words(values.get("abbreviations", "")),
        _words(values.get("aliases", "")),
        values.get("parent_code", ""),
        values.get("kind", ""),
    )


def _words(cell: str) -> tuple[str, ...]:
    parts = (part.strip() for part in cell.replace("|", ";").split(";"))
    return tuple(part for part in parts if part)
