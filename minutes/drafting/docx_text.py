"""The text of a Word document, its automatic numbers and dashes written out.

In: the bytes of a .docx of any origin. Out: plain text, a line per paragraph, table cells in reading order. A package
that would unpack
to something huge is refused before it is opened.
"""

from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element
from zipfile import ZipFile

import docx
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from core.zipped import UNREADABLE
from minutes.drafting.refusals import UnreadableInput

LARGEST_BYTES = 30 * 1024 * 1024
LARGEST_UNPACKED_BYTES = 120 * 1024 * 1024
MOST_PARTS = 3000
_NO_DOCUMENT: tuple[type[Exception], ...] = (*UNREADABLE, PackageNotFoundError)
_NUMBERING = f"{qn('w:pPr')}/{qn('w:numPr')}"


def text_of_docx(data: bytes, name: str) -> str:
    """Raises UnreadableInput: not a Word document, damaged, or too big when unpacked."""
    _check_package(data, name)
    try:
        document = docx.Document(BytesIO(data))
        return "\n".join(_lines(document))
    except _NO_DOCUMENT as error:
        raise UnreadableInput(name=name, reason="không phải tệp Word (.docx) hoặc tệp bị hỏng") from error


def _check_package(data: bytes, name: str) -> None:
    if len(data) > LARGEST_BYTES:
        raise UnreadableInput(name=name, reason="tệp lớn hơn 30 MB")
    try:
        with ZipFile(BytesIO(data)) as package:
            parts = package.infolist()
    except UNREADABLE as error:
        raise UnreadableInput(name=name, reason="không phải tệp Word (.docx) hoặc tệp bị hỏng") from error
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED_BYTES:
        raise UnreadableInput(name=name, reason="tệp giải nén ra quá lớn")


def _lines(document: Document) -> Iterator[str]:
    numbering = _Numbering(document)
    for block in document.iter_inner_content():
        yield from _block_lines(block, numbering)


def _block_lines(block: Paragraph | Table, numbering: "_Numbering") -> Iterator[str]:
    if isinstance(block, Paragraph):
        text = block.text.strip()
        if text:
            yield f"{numbering.mark(block)}{text}"
        return
    seen: set[Element] = set()
    for row in block.rows:
        for cell in row.cells:
            if cell._tc in seen:  # merged cells come once per column
                continue
            seen.add(cell._tc)
            for inner in cell.iter_inner_content():
                yield from _block_lines(inner, numbering)


class _Numbering:
    """Counts automatic lists, whose numbers are not in the text of a paragraph."""

    def __init__(self, document: Document) -> None:
        self._counts: dict[tuple[str, int], int] = {}
        self._formats = _formats(document)

    def mark(self, paragraph: Paragraph) -> str:
        """ "2. ", "- " or nothing."""
        own = paragraph._p.find(_NUMBERING)
        numbered = own if own is not None or paragraph.style is None else paragraph.style.element.find(_NUMBERING)
        list_id = numbered.find(qn("w:numId")) if numbered is not None else None
        identity = list_id.get(qn("w:val")) if list_id is not None else None
        if numbered is None or identity in {None, "0"}:
            return ""
        depth = numbered.find(qn("w:ilvl"))
        level = int(depth.get(qn("w:val"))) if depth is not None else 0
        if self._formats.get((identity, level), "decimal") == "bullet":
            return "- "
        count = self._counts.get((identity, level), 0) + 1
        self._counts[(identity, level)] = count
        for deeper in [key for key in self._counts if key[0] == identity and key[1] > level]:
            del self._counts[deeper]
        return f"{count}. " if level == 0 else f"{chr(96 + (count - 1) % 26 + 1)}) "


def _formats(document: Document) -> dict[tuple[str, int], str]:
    """Per list and level its format; empty where the package has no numbering part."""
    try:
        root = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return {}
    abstract: dict[str, dict[int, str]] = {}
    for node in root.findall(qn("w:abstractNum")):
        levels = {
            int(level.get(qn("w:ilvl"))): level.find(qn("w:numFmt")).get(qn("w:val"))
            for level in node.findall(qn("w:lvl"))
            if level.find(qn("w:numFmt")) is not None
        }
        abstract[node.get(qn("w:abstractNumId"))] = levels
    found: dict[tuple[str, int], str] = {}
    for node in root.findall(qn("w:num")):
        reference = node.find(qn("w:abstractNumId"))
        for level, name in abstract.get(reference.get(qn("w:val")) if reference is not None else "", {}).items():
            found[(node.get(qn("w:numId")), level)] = name
    return found
