"""An XLSX file as lines of text, without trusting it.

In: bytes that begin like a ZIP. Out: the lines of the first sheet, a formula kept as text that begins with `=`. What
would unpack to more than it may, or carries its own entities, is refused before any XML is read.
"""

import warnings
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from core.zipped import UNREADABLE
from orchestrator.directory.refusals import TableUnreadable
from orchestrator.directory.tables.cells import as_text

LARGEST_UNPACKED_BYTES = 50 * 1024 * 1024
#: Office files pack well, some fifty to one; a bomb packs a thousand to one. Small files may do as they like.
LARGEST_RATIO = 200
HARMLESS_UNPACKED_BYTES = 5 * 1024 * 1024
MOST_PARTS = 500
_HEAD_BYTES = 4096
_NO_WORKBOOK: tuple[type[Exception], ...] = (*UNREADABLE, InvalidFileException, SyntaxError)
_NOT_A_WORKBOOK = "không phải bảng tính Excel (.xlsx), hoặc tệp đã hỏng"


def lines_of_workbook(data: bytes, name: str, most_columns: int) -> Iterator[list[str]]:
    """The lines of the first sheet, one after the other, so that a caller may stop. Raises TableUnreadable."""
    _check_package(data, name)
    with warnings.catch_warnings():
        # What Excel keeps beside the cells (validation, themes) is of no interest here.
        warnings.simplefilter("ignore")
        try:
            book = load_workbook(BytesIO(data), read_only=True, data_only=False, keep_links=False)
            try:
                sheet = book.worksheets[0]
                # Some programs write a wrong size of the sheet; the rows themselves are the truth.
                sheet.reset_dimensions()
                for cells in sheet.iter_rows(max_col=most_columns + 1):
                    yield _without_empty_end([_text(cell) for cell in cells])
            finally:
                book.close()
        except _NO_WORKBOOK as error:
            raise TableUnreadable(file=name, reason=_NOT_A_WORKBOOK) from error


def _text(cell: Any) -> str:
    if getattr(cell, "data_type", "") == "f":
        return f"={str(cell.value).lstrip('=')}"
    return as_text(cell.value)


def _without_empty_end(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _check_package(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            parts = package.infolist()
            unpacked = sum(part.file_size for part in parts)
            swollen = unpacked > HARMLESS_UNPACKED_BYTES and unpacked > LARGEST_RATIO * len(data)
            if len(parts) > MOST_PARTS or unpacked > LARGEST_UNPACKED_BYTES or swollen:
                raise TableUnreadable(file=name, reason="tệp nén bung ra lớn bất thường, có thể là tệp phá hoại")
            if "[Content_Types].xml" not in package.namelist():
                raise TableUnreadable(file=name, reason=_NOT_A_WORKBOOK)
            for part in parts:
                with package.open(part) as stream:
                    if b"<!DOCTYPE" in stream.read(_HEAD_BYTES).upper():
                        raise TableUnreadable(file=name, reason="tệp có khai báo XML lạ, có thể là tệp phá hoại")
    except UNREADABLE as error:
        raise TableUnreadable(file=name, reason=_NOT_A_WORKBOOK) from error
