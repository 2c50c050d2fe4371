"""A PDF as a `Reading`: letters with font and place put together to lines, drawn rules with the lines above them."""

import ctypes
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from papers.checking.pdf_signatures import signers_of
from papers.checking.pdf_stamps import Letter, with_stamps
from papers.checking.pdf_tables import marked, stands_in, table_areas
from papers.checking.reading import RECIPIENTS, Box, Column, DrawnRule, Margins, Reading, TextLine, plain
from papers.refusals import UnreadableDocument
from papers.stamped import flatten

MAXIMUM_PAGES = 500
_MM = 25.4 / 72
#: A gap wider than this inside a line separates two columns.
_COLUMN_GAP_MM = 8.0
_ASCENT, _DESCENT = 0.891, 0.216
_RULE_HEIGHT_MM, _RULE_MINIMUM_MM = 1.2, 4.0
_TOP_MARGIN_MM = 18.0


def read_pdf(path: Path) -> Reading:
    """Read a PDF. Raises UnreadableDocument for anything that is none, is locked, or has too many pages."""
    try:
        with pdfium.PdfDocument(path) as document:
            if len(document) > MAXIMUM_PAGES:
                raise UnreadableDocument(name=path.name, reason=f"quá {MAXIMUM_PAGES} trang")
            pages = [_read_page(document[number], number + 1) for number in range(len(document))]
        missing = _not_embedded(path)
    except (pdfium.PdfiumError, PyPdfError, OSError) as error:
        raise UnreadableDocument(name=path.name, reason="không phải PDF, đã hỏng hoặc có mật khẩu") from error
    sizes = tuple(size for size, _, _ in pages)
    every = _with_blanks_joined([line for _, lines, _ in pages for line in lines])
    furniture = tuple(line for line in every if _is_furniture(line))
    lines = _with_beginnings([line for line in every if not _is_furniture(line)])
    signers = signers_of(lines)
    return Reading(
        format="pdf",
        page_sizes=sizes,
        margins=_margins(lines, sizes),
        lines=lines,
        rules=tuple(rule for _, _, rules in pages for rule in rules),
        furniture=furniture,
        signature_is_whole=signers.is_whole,
        signer_name=signers.name,
        co_signer_name=signers.other_name,
        fonts_not_embedded=missing,
    )


def _read_page(page: Any, number: int) -> tuple[tuple[float, float], list[TextLine], list[DrawnRule]]:
    width, height = (side * _MM for side in page.get_size())
    letters = list(_letters(page, height))
    letters = with_stamps(letters, _stamped(page, number, height))
    lines = [_line(run, number, width) for run in _runs(iter(letters))]
    drawn = [_box(item, height) for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=4)]
    tables = table_areas(drawn)
    lines = marked((line for line in lines if line.text.strip()), tables)
    rules = []
    for box in drawn:
        thickness = box.bottom - box.top
        if thickness > _RULE_HEIGHT_MM or box.width < _RULE_MINIMUM_MM or stands_in(box, tables):
            continue
        if above := _above(lines, box):
            # The outline of a stroke is wider than the line by its own weight.
            rules.append(DrawnRule(box.width - thickness, above, tuple(_width(line) for line in above)))
    return (width, height), lines, rules


def _stamped(page: Any, number: int, height: float) -> list[Letter]:
    """Letters that the page's signature fields show; the page is drawn into by this, and read no more."""
    if not raw.FPDFPage_GetAnnotCount(page):
        return []
    generated = flatten(page)
    return list(_letters(page.pdf[number - 1], height, generated))


def _box(item: Any, height: float) -> Box:
    left, bottom, right, top = (value * _MM for value in item.get_bounds())
    return Box(left, height - top, right, height - bottom)


def _letters(page: Any, height: float, start: int = 0) -> Iterator[Letter]:
    textpage = page.get_textpage()
    name, flags = ctypes.create_string_buffer(256), ctypes.c_int()
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(start, textpage.count_chars()):
        if raw.FPDFText_IsGenerated(textpage, index) == 1:
            continue
        letter = chr(raw.FPDFText_GetUnicode(textpage, index))
        raw.FPDFText_GetCharOrigin(textpage, index, ctypes.byref(x), ctypes.byref(y))
        raw.FPDFText_GetFontInfo(textpage, index, name, 256, ctypes.byref(flags))
        _, _, right, _ = textpage.get_charbox(index, loose=True)
        size = float(raw.FPDFText_GetFontSize(textpage, index))
        font = name.value.decode("utf-8", "replace").rpartition("+")[2]
        yield Letter(letter, x.value * _MM, right * _MM, height - y.value * _MM, size, font)


def _runs(letters: Iterator[Letter]) -> Iterator[list[Letter]]:
    """Letters that follow each other on one baseline without a column's gap."""
    run: list[Letter] = []
    for letter in letters:
        if run and (
            abs(letter.baseline - run[-1].baseline) > 0.2 or not -1.0 <= letter.left - run[-1].right <= _COLUMN_GAP_MM
        ):
            yield run
            run = []
        run.append(letter)
    if run:
        yield run


def _line(letters: list[Letter], page: int, page_width: float) -> TextLine:
    seen = [letter for letter in letters if letter.text.strip()] or letters
    size = max(letter.size for letter in seen)
    fonts = [letter.font for letter in seen]
    common = max(set(fonts), key=fonts.count)
    baseline = seen[0].baseline
    box = Box(seen[0].left, baseline - _ASCENT * size * _MM, seen[-1].right, baseline + _DESCENT * size * _MM)
    return TextLine(
        text="".join(letter.text for letter in letters).replace("\u00a0", " "),
        size=round(size, 2),
        bold=re.search(r"bold|black|heavy", common, re.IGNORECASE) is not None,
        italic=re.search(r"italic|oblique", common, re.IGNORECASE) is not None,
        fonts=frozenset(fonts),
        column=_column(box, page_width),
        page=page,
        box=box,
    )


def _column(box: Box, page_width: float) -> Column:
    if box.right < page_width * 0.53 and box.centre < page_width * 0.45:
        return "left"
    return "right" if box.left > page_width * 0.42 and box.centre > page_width * 0.55 else "full"


def _is_furniture(line: TextLine) -> bool:
    """Page numbers, and the boxes 11 and 14 that the form puts into the top margin; the address in the bottom one."""
    assert line.box is not None  # noqa: S101  (a PDF's line always has its place)
    return line.box.top < _TOP_MARGIN_MM or line.box.bottom > 297 - 15


def _with_blanks_joined(lines: list[TextLine]) -> list[TextLine]:
    """Put the line of the number, or of the date, together again where a blank for the registrar has torn it apart."""
    joined: list[TextLine] = []
    for line in lines:
        before = joined[-1] if joined else None
        if before and before.box and line.box and _goes_on_after_blank(before, line):
            box = Box(before.box.left, before.box.top, line.box.right, before.box.bottom)
            joined[-1] = replace(before, text=f"{before.text.rstrip()} {line.text.lstrip()}", box=box)
        else:
            joined.append(line)
    return joined


def _goes_on_after_blank(before: TextLine, line: TextLine) -> bool:
    if before.page != line.page or not before.box or not line.box or abs(before.box.bottom - line.box.bottom) > 0.3:
        return False
    words = plain(before.text).casefold(), plain(line.text).casefold()
    return bool(
        (re.fullmatch(r"số\s*:?", words[0]) and words[1].startswith("/"))
        or (words[0].endswith(("ngày", "tháng")) and words[1].startswith(("tháng", "năm")))
    )


def _with_beginnings(lines: list[TextLine]) -> tuple[TextLine, ...]:
    """Mark lines that only continue a paragraph: those that begin at the left edge of the text."""
    edge = min((line.box.left for line in lines if line.box), default=0.0)
    return tuple(
        line
        if line.box is None or line.in_table or line.column == "right" or line.box.left > edge + 3 or not _is_text(line)
        else replace(line, begins=False)
        for line in lines
    )


def _is_text(line: TextLine) -> bool:
    return not RECIPIENTS.match(line.text) and not line.text.lstrip().startswith("-")


def _above(lines: list[TextLine], rule: Box) -> tuple[TextLine, ...]:
    """The block of lines whose last one stands right above the rule and around its middle."""
    block: list[TextLine] = []
    bottom = rule.top
    for line in sorted((line for line in lines if line.box), key=lambda line: -line.box.bottom if line.box else 0.0):
        box = line.box
        if box is None or not box.left <= rule.centre <= box.right or box.top >= rule.top:
            continue
        if bottom - box.bottom > (4.5 if not block else 2.0):
            break
        if block and line.bold != block[0].bold:
            break
        block.insert(0, line)
        bottom = box.top
    return tuple(block)


def _width(line: TextLine) -> float:
    return line.box.width if line.box else 0.0


def _margins(lines: tuple[TextLine, ...], sizes: tuple[tuple[float, float], ...]) -> tuple[Margins, ...]:
    margins = []
    for number, (width, height) in enumerate(sizes, start=1):
        here = [line for line in lines if line.page == number and line.box]
        boxes = [line.box for line in here if line.box]
        if not boxes:
            continue
        nearest = min(width - box.right for box in boxes)
        # Only a line that the next one continues is full, and shows where the right margin lies.
        full = any(not following.begins for following in here[1:])
        margins.append(
            Margins(
                top=min(box.top for box in boxes) if number == 1 else None,
                bottom=height - max(box.bottom for box in boxes) if number < len(sizes) else None,
                # Further pages may hold nothing but indented beginnings of paragraphs.
                left=min(box.left for box in boxes) if number == 1 or min(box.left for box in boxes) < 30 else None,
                right=nearest if full or nearest < 15 else None,
            )
        )
    return tuple(margins)


def _not_embedded(path: Path) -> tuple[str, ...]:
    missing: set[str] = set()
    for page in PdfReader(path).pages:
        for font in _fonts_of(page):
            descriptor = font.get("/FontDescriptor")
            inner = font.get("/DescendantFonts")
            if inner is not None:
                descriptor = inner.get_object()[0].get_object().get("/FontDescriptor")
            described = descriptor.get_object() if descriptor is not None else {}
            if not any(key in described for key in ("/FontFile", "/FontFile2", "/FontFile3")):
                missing.add(str(font.get("/BaseFont", "?")).lstrip("/"))
    return tuple(sorted(missing))


def _fonts_of(page: Any) -> Iterator[Any]:
    resources = page.get("/Resources")
    fonts = resources.get_object().get("/Font") if resources is not None else None
    for font in (fonts.get_object() if fonts is not None else {}).values():
        yield font.get_object()
