"""Small files as offices send them."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook


def workbook(*rows: Sequence[Any]) -> bytes:
    """An XLSX with these rows on its first sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def csv_file(*lines: str) -> bytes:
    """A CSV in UTF-8 without a mark."""
    return ("\n".join(lines) + "\n").encode()


def swollen_workbook(megabytes: int) -> bytes:
    """A workbook whose first sheet unpacks to so much white space."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(["Mã"]))) as good,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bad,
    ):
        for part in good.infolist():
            data = good.read(part)
            if part.filename.endswith("sheet1.xml"):
                data = data.replace(b"<sheetData>", b"<sheetData>" + b" " * (megabytes * 1024 * 1024))
            bad.writestr(part.filename, data)
    return out.getvalue()
