"""A DOCX as a `Reading`. Positions on the page are unknown here; order, looks, margins and rules are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from docx import Document
from docx.document import Document as DocxDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from core.zipped import UNREADABLE
from papers.checking.docx_style import StyleReader
from papers.checking.reading import (
    RECIPIENTS,
    Column,
    DrawnRule,
    Margins,
    Reading,
    TextLine,
    is_signer_of_record,
    plain,
)
from papers.measure import Face, text_width
from papers.refusals import UnreadableDocument

MAXIMUM_UNPACKED_BYTES = 300 * 1024 * 1024
#: Pictures may be large; words are not: 40 MB of markup are some ten thousand pages.
MAXIMUM_MARKUP_BYTES, MAXIMUM_PARAGRAPHS, MAXIMUM_ENTRIES = 40 * 1024 * 1024, 20_000, 2_000
_EMU_PER_MM = 36000
_OF_THE_FORM = re.compile(r"nơi nhận\s*:|độc lập", re.IGNORECASE)
_NO_DOCUMENT: tuple[type[Exception], ...] = (*UNREADABLE, PackageNotFoundError)


@dataclass(frozen=True)
class _Place:
    """A paragraph with where it stands: the cell it is in and the width it has."""

    paragraph: Paragraph
    column: Column
    room: float
    cell: int
    in_table: bool = False


def read_docx(path: Path) -> Reading:
    """Read a DOCX. Raises UnreadableDocument for anything that is none, or that unpacks to an unreasonable size."""
    try:
        with ZipFile(path) as package:
            _refuse_bombs(package, path.name)
        document = Document(str(path))
        if sum(1 for _ in document.element.body.iter(qn("w:p"))) > MAXIMUM_PARAGRAPHS:
            raise UnreadableDocument(name=path.name, reason=f"dài quá {MAXIMUM_PARAGRAPHS} đoạn")
        return _read(document)
    except _NO_DOCUMENT as error:
        raise UnreadableDocument(name=path.name, reason="không phải DOCX hoặc đã hỏng") from error


def _refuse_bombs(package: ZipFile, name: str) -> None:
    entries = package.infolist()
    markup = sum(entry.file_size for entry in entries if entry.filename.lower().endswith((".xml", ".rels")))
    if len(entries) > MAXIMUM_ENTRIES or sum(entry.file_size for entry in entries) > MAXIMUM_UNPACKED_BYTES:
        raise UnreadableDocument(name=name, reason="tệp nén quá lớn khi giải ra")
    if markup > MAXIMUM_MARKUP_BYTES:
        raise UnreadableDocument(name=name, reason="văn bản quá dài")


def _read(document: DocxDocument) -> Reading:
    styles = StyleReader(document)
    section = document.sections[0]
    room = _millimetres(section.page_width) - _millimetres(section.left_margin) - _millimetres(section.right_margin)
    places = list(_walk(document, "full", room))
    lines = tuple(line for place in places for line in _lines(place, styles))
    row = _signature_row(document)
    return Reading(
        format="docx",
        page_sizes=tuple((_millimetres(part.page_width), _millimetres(part.page_height)) for part in document.sections),
        margins=tuple(
            Margins(
                *(
                    _millimetres(side)
                    for side in (part.top_margin, part.bottom_margin, part.left_margin, part.right_margin)
                )
            )
            for part in document.sections
        ),
        lines=lines,
        rules=tuple(_rules(places, styles)),
        furniture=tuple(_furniture(document, styles)),
        signature_is_whole=_is_whole(row) if row is not None else None,
        signer_name=_last_words(row.cells[-1]) if row is not None else None,
        co_signer_name=_last_words(row.cells[0]) if row is not None and _signed_by_two(row) else None,
    )


def _walk(container: Any, column: Column, room: float, cell: int = 0, *, in_table: bool = False) -> Iterator[_Place]:
    for part in container.iter_inner_content():
        if isinstance(part, Paragraph):
            yield _Place(part, column, room, cell, in_table)
        elif isinstance(part, Table):
            figures = in_table or _has_figures(part)
            for row in part.rows:
                for index, inner in enumerate(row.cells):
                    side: Column = "left" if index == 0 and len(row.cells) > 1 else "right" if index else column
                    width = _millimetres(inner.width) or room / len(row.cells)
                    yield from _walk(inner, side, width, id(inner._tc), in_table=figures)


def _has_figures(table: Table) -> bool:
    """A table to be read as one: with a row of headings, or of several rows and columns without a part of the form."""
    if next(table._tbl.iter(qn("w:tblHeader")), None) is not None:
        return True
    if len(table.columns) < 3 or len(table._tbl.tr_lst) < 2:
        return False
    return _OF_THE_FORM.search(" ".join(element.text or "" for element in table._tbl.iter(qn("w:t")))) is None


def _lines(place: _Place, styles: StyleReader) -> Iterator[TextLine]:
    """A paragraph split at its line breaks; looks are those of most of its letters."""
    looks = _looks(place.paragraph, styles)
    for number, part in enumerate(place.paragraph.text.split("\n")):
        if part.strip():
            yield TextLine(
                text=part.replace("\u00a0", " "),
                size=looks.size,
                bold=looks.bold,
                italic=looks.italic,
                fonts=looks.fonts,
                column=place.column,
                begins=number == 0,
                underlined=looks.underlined,
                in_table=place.in_table,
            )


def _looks(paragraph: Paragraph, styles: StyleReader) -> TextLine:
    counts: dict[tuple[float, bool, bool, bool], int] = {}
    fonts: set[str] = set()
    for run in paragraph.runs:
        if not run.text.strip():
            continue
        bold, italic, underlined = (styles.is_on(run, paragraph, tag) for tag in ("b", "i", "u"))
        looks = (styles.size(run, paragraph), bold, italic, underlined)
        counts[looks] = counts.get(looks, 0) + len(run.text)
        fonts |= styles.fonts(run, paragraph)
    if not counts:
        return TextLine("")
    size, bold, italic, underlined = max(counts, key=lambda key: counts[key])
    return TextLine("", size, bold, italic, frozenset(fonts), underlined=underlined)


def _furniture(document: DocxDocument, styles: StyleReader) -> Iterator[TextLine]:
    for section in document.sections:
        for part in (section.header, section.first_page_header, section.footer, section.first_page_footer):
            if not part.is_linked_to_previous:
                for place in _walk(part, "full", 0.0):
                    yield from _lines(place, styles)


def _rules(places: list[_Place], styles: StyleReader) -> Iterator[DrawnRule]:
    for index, place in enumerate(places):
        length = None if place.in_table else _rule_length(place, styles)
        if length is None:
            continue
        above = _above(places, index, styles)
        if above:
            yield DrawnRule(length, above, tuple(_width(line) for line in above))


def _rule_length(place: _Place, styles: StyleReader) -> float | None:
    """Length of the rule this paragraph carries: a border as wide as its indents leave, or a drawn line."""
    properties = place.paragraph._p.pPr
    borders = properties.find(qn("w:pBdr")) if properties is not None else None
    if borders is None:
        borders = styles.borders(place.paragraph)
    if borders is not None and any(borders.find(qn(f"w:{side}")) is not None for side in ("top", "bottom")):
        layout = place.paragraph.paragraph_format
        return place.room - _millimetres(layout.left_indent) - _millimetres(layout.right_indent)
    for extent in place.paragraph._p.iter(
        "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
    ):
        if int(extent.get("cy", "0")) <= _EMU_PER_MM and int(extent.get("cx", "0")) > 3 * _EMU_PER_MM:
            return int(extent.get("cx")) / _EMU_PER_MM
    return None


def _above(places: list[_Place], index: int, styles: StyleReader) -> tuple[TextLine, ...]:
    """Lines of the paragraph above the rule (or of the one that anchors it) that belong to the same block."""
    own = tuple(_lines(places[index], styles))
    if own:
        return own
    for place in reversed(places[:index]):
        if place.cell != places[index].cell:
            return ()
        if lines := tuple(_lines(place, styles)):
            return lines
    return ()


def _width(line: TextLine) -> float:
    face: Face = "bold" if line.bold else "italic" if line.italic else "regular"
    return text_width(line.text.strip(), line.size or 14, face)


def _signature_row(document: DocxDocument) -> _Row | None:
    for table in document.tables:
        if _has_figures(table):
            continue
        for row in table.rows:
            if _signed_by_two(row) or any(RECIPIENTS.match(text) for cell in row.cells for text in _texts(cell)):
                return row
    return None


def _signed_by_two(row: _Row) -> bool:
    """Secretary on the left, chair on the right (form 1.9)."""
    return len(row.cells) > 1 and all(any(map(is_signer_of_record, _texts(cell))) for cell in row.cells)


def _texts(cell: _Cell) -> list[str]:
    return [paragraph.text for paragraph in cell.paragraphs]


def _is_whole(row: _Row) -> bool:
    """A row that may not be split, or whose every paragraph keeps with the next."""
    properties = row._tr.trPr
    if properties is not None and properties.find(qn("w:cantSplit")) is not None:
        return True
    return all(paragraph.paragraph_format.keep_with_next for paragraph in row.cells[-1].paragraphs[:-1])


def _last_words(cell: _Cell) -> str | None:
    words = [plain(paragraph.text) for paragraph in cell.paragraphs if paragraph.text.strip()]
    return words[-1] if words else None


def _millimetres(length: Any) -> float:
    return float(length or 0) / _EMU_PER_MM
