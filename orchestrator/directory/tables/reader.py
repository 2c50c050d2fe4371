"""Any table of the directory from a file: CSV or XLSX, told by content and not by name.

In: bytes as uploaded and the columns of the kind. Out: a `Table` with every fault of its cells, or TableUnreadable
where there is no table to speak of. Titles may stand above the heading; columns stand in any order.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from orchestrator.directory.refusals import TableUnreadable
from orchestrator.directory.tables.cells import fault_of, tidy
from orchestrator.directory.tables.table import Column, Fault, Table, TableRow
from orchestrator.directory.tables.workbook import lines_of_workbook
from papers.checking.legacy_letters import damaged_words

#: What one form may carry (web/security/gate.py); far more than any office's directory.
LARGEST_FILE_BYTES = 4 * 1024 * 1024
MOST_ROWS = 2000
#: Lines that are looked at, empty ones too: a cell far below would otherwise be a long way.
MOST_LINES = 10 * MOST_ROWS
#: Lines in which a heading is looked for, below the titles of an office's list.
TITLE_LINES = 10
MOST_COLUMNS = 60
LONGEST_WORD = 40
#: Faults of one file that are kept; nobody reads more at once.
MOST_FAULTS = 1000
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
Line = tuple[int, list[str]]


def read_table(data: bytes, name: str, columns: Sequence[Column]) -> Table:
    """The file's rows by field.

    Raises:
        TableUnreadable: empty, too large, neither CSV nor XLSX, not UTF-8, a required column missing or one twice.
    """
    lines = _lines(data, name)
    heading_line, heading, read = _heading(lines, name, columns)
    places, ignored = _places(name, heading, columns)
    rows: list[TableRow] = []
    faults: list[Fault] = []
    for line, cells in chain(read, lines):
        if line > MOST_LINES:
            raise TableUnreadable(file=name, reason=f"có dữ liệu sau dòng {MOST_LINES}, hãy xóa các dòng trống")
        if not any(cell.strip() for cell in cells):
            continue
        if len(rows) >= MOST_ROWS:
            raise TableUnreadable(file=name, reason=f"nhiều hơn {MOST_ROWS} dòng, hãy tách thành nhiều tệp")
        row, found = _row(line, cells, places, len(heading))
        rows.append(row)
        faults.extend(found)
    if not rows:
        raise TableUnreadable(file=name, reason=f"chỉ có dòng tiêu đề (dòng {heading_line}), chưa có dữ liệu")
    return Table(name, tuple(places.values()), tuple(rows), tuple(faults[:MOST_FAULTS]), ignored)


def _heading(lines: Iterator[Line], name: str, columns: Sequence[Column]) -> tuple[int, list[str], list[Line]]:
    """The heading with its line, and the lines after it that were read on the way.

    It is the first line with all required columns among the first few; where there is none, the first that has words.
    """
    seen = [(line, cells) for line, cells in islice(lines, TITLE_LINES) if any(cell.strip() for cell in cells)]
    if not seen:
        raise TableUnreadable(file=name, reason="tệp rỗng")
    required = [column for column in columns if column.required]
    for place, (line, cells) in enumerate(seen):
        if all(any(column.is_called(cell) for cell in cells) for column in required):
            return line, cells, seen[place + 1 :]
    return *seen[0], seen[1:]


def _lines(data: bytes, name: str) -> Iterator[Line]:
    if len(data) > LARGEST_FILE_BYTES:
        raise TableUnreadable(file=name, reason=f"lớn hơn {LARGEST_FILE_BYTES // 1024**2} MB, không phải một danh mục")
    if data.startswith(_OLD_EXCEL):
        raise TableUnreadable(
            file=name, reason="là Excel 97–2003 (.xls), hãy mở và lưu lại dạng “Excel Workbook (.xlsx)”"
        )
    if data.startswith(_ZIP):
        return enumerate(lines_of_workbook(data, name, MOST_COLUMNS), start=1)
    return _lines_of_csv(_text(data, name), name)


def _lines_of_csv(text: str, name: str) -> Iterator[Line]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        reason = f"dòng {line} không đúng dạng CSV (dấu nháy kép mở mà không đóng, hoặc ô quá dài)"
        raise TableUnreadable(file=name, reason=reason) from error


def _text(data: bytes, name: str) -> str:
    if data.startswith(_UTF16):
        raise TableUnreadable(file=name, reason="lưu theo bảng mã UTF-16, hãy lưu lại dạng “CSV UTF-8”")
    if b"\0" in data:
        raise TableUnreadable(file=name, reason="không phải tệp CSV hay XLSX")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        reason = (
            f"dòng {line} không phải UTF-8 (có thể là TCVN3, VNI hoặc Windows-1258), hãy chuyển sang Unicode rồi lưu "
            "lại dạng “CSV UTF-8”"
        )
        raise TableUnreadable(file=name, reason=reason) from error


def _places(name: str, heading: Sequence[str], columns: Sequence[Column]) -> tuple[dict[int, Column], tuple[str, ...]]:
    """Which column of the file is which, and the headings nobody knows."""
    if len(heading) > MOST_COLUMNS:
        raise TableUnreadable(file=name, reason=f"nhiều hơn {MOST_COLUMNS} cột")
    places: dict[int, Column] = {}
    ignored = []
    for place, said in enumerate(heading):
        column = next((column for column in columns if column.is_called(said)), None)
        if column is None:
            ignored.extend([tidy(said)] if said.strip() else [])
        elif column in places.values():
            raise TableUnreadable(file=name, reason=f"cột “{column.heading}” có hai lần")
        else:
            places[place] = column
    if missing := [column.heading for column in columns if column.required and column not in places.values()]:
        named = ", ".join(f"“{heading}”" for heading in missing)
        raise TableUnreadable(file=name, reason=f"dòng tiêu đề thiếu cột {named}")
    return places, tuple(ignored)


def _row(line: int, cells: Sequence[str], places: dict[int, Column], width: int) -> tuple[TableRow, list[Fault]]:
    faults = []
    # No Vietnamese word is as long; on a line without spaces the search for damage would take for ever.
    damaged = damaged_words(" ".join(word for cell in cells for word in cell.split() if len(word) <= LONGEST_WORD))
    values = {}
    for place, column in places.items():
        raw = cells[place] if place < len(cells) else ""
        values[column.field] = tidy(raw)
        sentence = fault_of(raw)
        if not sentence and (broken := [word for word in damaged if word in raw]):
            sentence = f"“{broken[0]}” là chữ TCVN3 hoặc VNI, không phải Unicode. Hãy chuyển mã rồi nhập lại."
        if sentence:
            faults.append(Fault(line, column.heading, sentence))
    if any(cell.strip() for cell in cells[width:]):
        faults.append(Fault(line, "", "có nhiều ô hơn dòng tiêu đề. Hãy kiểm tra dấu phân cách trong dòng này."))
    return TableRow(line, values), faults
