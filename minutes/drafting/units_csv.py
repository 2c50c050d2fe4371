"""Units from a spreadsheet saved as CSV, for reading a document on the command line.

In: a file with a heading row: name, and if wanted code, abbreviations, aliases (lists with ; or |). Out: units, or a
refusal that names
the line.
"""

import csv
import io
from pathlib import Path

from minutes.drafting.refusals import UnreadableInput
from orchestrator.meetings.context import UnitFacts

LARGEST_BYTES = 5 * 1024 * 1024
_HEADINGS = {
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
    "code": "code",
    "mã": "code",
}


def read_units(path: Path) -> tuple[UnitFacts, ...]:
    """All units in the order of the file; the code counts as one more abbreviation.

    Raises:
        UnreadableInput: missing, too big, not UTF-8, no column `name`, a row without a name.
    """
    lines = _text(path).splitlines()
    if not lines:
        raise UnreadableInput(name=path.name, reason="tệp rỗng")
    separator = max(",;\t", key=lines[0].count)
    reader = csv.reader(io.StringIO("\n".join(lines)), delimiter=separator)
    try:
        fields = [_HEADINGS.get(heading.strip().lower(), "") for heading in next(reader)]
        rows = [
            (reader.line_num, dict(zip(fields, cells, strict=False)))
            for cells in reader
            if any(cell.strip() for cell in cells)
        ]
    except csv.Error as error:
        raise UnreadableInput(name=path.name, reason=f"dòng {reader.line_num} không đúng dạng CSV") from error
    if "name" not in fields:
        raise UnreadableInput(name=path.name, reason="dòng đầu phải có cột “name”")
    return tuple(_unit(path, line, cells) for line, cells in rows)


def _unit(path: Path, line: int, cells: dict[str, str]) -> UnitFacts:
    name = " ".join(cells.get("name", "").split())
    if not name:
        raise UnreadableInput(name=path.name, reason=f"dòng {line} thiếu tên đơn vị")
    code = cells.get("code", "").strip()
    abbreviations = (*_list(cells.get("abbreviations", "")), *((code,) if code else ()))
    return UnitFacts(None, name, tuple(dict.fromkeys(abbreviations)), _list(cells.get("aliases", "")))


def _list(cell: str) -> tuple[str, ...]:
    parts = (" ".join(part.split()) for part in cell.replace("|", ";").split(";"))
    return tuple(part for part in parts if part)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise UnreadableInput(name=path.name, reason="tệp lớn hơn 5 MB, không phải danh sách đơn vị")
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableInput(name=path.name, reason="không phải UTF-8, hãy lưu lại dạng “CSV UTF-8”") from error
    except OSError as error:
        raise UnreadableInput(name=path.name, reason=error.strerror or "không mở được") from error
