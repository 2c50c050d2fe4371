"""What the fields of a signed PDF show on the page: numbers, days and names that are in no text layer.

In: a PDF. Out: words by the name of their field. Registrars stamp number and date of a signed paper as appearances of
signature fields (FORM §5); whoever reads such a paper has to look there too.
"""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

_WIDGET, _HIDDEN = 20, 2
_MOST_FIELDS = 60
_NAME_BYTES = 512
_SIGNATURE_FIELD = 7


@dataclass(frozen=True)
class Stamp:
    """The words of one field and where it lies: left, bottom, right, top in points."""

    field: str
    page: int
    text: str
    box: tuple[float, float, float, float]


def read_stamps(data: bytes) -> list[Stamp]:
    """Every signature field that shows words, page by page. A PDF that cannot be read gives none."""
    try:
        with pdfium.PdfDocument(data) as document:
            document.init_forms()
            fields = [
                (page, index, name, box)
                for page in range(len(document))
                for index, name, box in _fields(document, document[page])
            ]
        return [stamp for field in fields[:_MOST_FIELDS] if (stamp := _stamp(data, *field))]
    except pdfium.PdfiumError:
        return []


def flatten(page: Any) -> int:
    """Draw the appearances of all fields into the page; returns how many letters the page had of its own."""
    before = page.get_textpage()
    own = int(before.count_chars())
    before.close()
    raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
    return own


def _stamp(data: bytes, number: int, index: int, name: str, box: tuple[float, float, float, float]) -> Stamp | None:
    """The words of one field: all others are hidden, since a seal lies over a signature."""
    with pdfium.PdfDocument(data) as document:
        page = document[number]
        for other in range(raw.FPDFPage_GetAnnotCount(page)):
            if other != index:
                raw.FPDFAnnot_SetFlags(raw.FPDFPage_GetAnnot(page, other), _HIDDEN)
        own = flatten(page)
        textpage = document[number].get_textpage()
        words = _words(textpage, own)
        return Stamp(name, number + 1, words, box) if words else None


def _fields(document: Any, page: Any) -> Iterator[tuple[int, str, tuple[float, float, float, float]]]:
    for index in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if raw.FPDFAnnot_GetSubtype(annotation) != _WIDGET:
            continue
        if raw.FPDFAnnot_GetFormFieldType(document.formenv, annotation) != _SIGNATURE_FIELD:
            continue
        buffer = (ctypes.c_ushort * (_NAME_BYTES // 2))()
        length = raw.FPDFAnnot_GetFormFieldName(document.formenv, annotation, buffer, _NAME_BYTES)
        name = bytes(buffer)[: max(length - 2, 0)].decode("utf-16-le", "replace")
        box = raw.FS_RECTF()
        raw.FPDFAnnot_GetRect(annotation, ctypes.byref(box))
        yield index, name, (box.left, box.bottom, box.right, box.top)


def _words(textpage: Any, own: int) -> str:
    """The letters behind the page's own; a new line counts as a space."""
    text = textpage.get_text_range(own, -1) if textpage.count_chars() > own else ""
    return " ".join(text.split())
