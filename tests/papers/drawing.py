"""The drawing of annex I, mục IV.2, held against a printed page: which box stands where, in millimetres.

Coordinates are those of FORM §2, in units of the drawing; one unit is 1.284 mm of a text 160 mm wide. Ours is 165 mm
wide, so distances from the left edge are taken in parts of the width, distances from the top in units.
"""

from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from papers import form
from papers.checking.pdf_reading import read_pdf
from papers.checking.reading import Box, Reading
from papers.sheet import Sheet

UNIT, DRAWN_WIDTH, DRAWN_LEFT, DRAWN_TOP = 1.284, 124.6, 23.2, 15.2
TOLERANCE = 2.0
_MM = 25.4 / 72


def across(x: float) -> float:
    """A place of the drawing as millimetres from the left edge of the page."""
    return form.MARGIN_LEFT_MM + (x - DRAWN_LEFT) / DRAWN_WIDTH * form.TEXT_WIDTH_MM


def down(y: float) -> float:
    """A place of the drawing as millimetres from the top edge of the page."""
    return form.MARGIN_TOP_MM + (y - DRAWN_TOP) * UNIT


def faults(path: Path, sheet: Sheet) -> list[str]:
    """What stands elsewhere than in the drawing, a line each; empty where all is in its place."""
    found = _Page(path)
    wanted = [*_head(found, sheet), *_middle(found, sheet), *_foot(found, sheet), *_frames(found, sheet)]
    return [f"{what}: {is_:.1f}, drawn {should:.1f}" for what, is_, should in wanted if abs(is_ - should) > TOLERANCE]


class _Page:
    """The first page, and the page with the signature, as boxes of words."""

    def __init__(self, path: Path) -> None:
        self.reading: Reading = read_pdf(path)
        with pdfium.PdfDocument(path) as document:
            page = document[0]
            height = page.get_height()
            bounds = [item.get_bounds() for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=4)]
        self.drawn = [
            Box(left * _MM, (height - top) * _MM, right * _MM, (height - bottom) * _MM)
            for left, bottom, right, top in bounds
        ]

    def box(self, text: str) -> Box:
        """Of the line that begins with these words."""
        lines = (*self.reading.lines, *self.reading.furniture)
        found = next((line.box for line in lines if _plain(line.text).startswith(_plain(text))), None)
        assert found is not None, f"“{text}” is not on the page"
        return found

    def frame(self, around: Box) -> Box:
        """The drawn rectangle around a word, whether drawn as one or as four strokes."""
        near = [
            box
            for box in self.drawn
            if box.left < around.right + 25
            and box.right > around.left - 25
            and box.top < around.bottom + 6
            and box.bottom > around.top - 6
            and box.width < 70
        ]
        return Box(*(pick(values) for pick, values in zip((min, min, max, max), _sides(near), strict=True)))


Row = tuple[str, float, float]


def _head(found: _Page, sheet: Sheet) -> Iterator[Row]:
    state, motto = found.box(form.STATE_NAME), found.box(form.MOTTO)
    first = (sheet.parent or sheet.body_name).split("\n")[0]
    name, number = found.box(first), found.box("Số:")
    yield "1 top", state.top, down(15.1)
    yield "1 motto below the state's name", motto.centre, state.centre
    yield "1 right edge inside the margin", max(state.right, 210 - form.MARGIN_RIGHT_MM), 210 - form.MARGIN_RIGHT_MM
    yield "2 top", name.top, down(15.1)
    yield "2 centre", name.centre, across(23.9 + 54.1 / 2)
    yield "3 centre", number.centre, across(23.9 + 53.3 / 2)
    if len(sheet.parent.split("\n")) + len(sheet.body_name.split("\n")) <= 2:
        yield "3 top", number.top, down(26.9)
    if sheet.place_and_date:
        place = found.box(sheet.place_and_date[:10])
        yield "4 on the line of 3", place.bottom, number.bottom
        # A blank for the year leaves no ink behind the line.
        if sheet.place_left_mm == form.LEFT_COLUMN_MM and "\u00a0" not in sheet.place_and_date:
            yield "4 below 1", place.centre, state.centre


def _middle(found: _Page, sheet: Sheet) -> Iterator[Row]:
    number = found.box("Số:")
    if sheet.title:
        title = found.box(sheet.title)
        yield "5a centre of the page", title.centre, form.MARGIN_LEFT_MM + form.TEXT_WIDTH_MM / 2
        yield "5a below 3", title.top - number.top, (38.0 - 26.9) * UNIT
    if sheet.reference:
        below = found.box(sheet.reference.split("\n")[0])
        yield "5b centre", below.centre, number.centre
        # Here the words of the decree (6 pt below the number, II.5b) are narrower than its drawing.
        yield "5b 6 pt below 3", below.top - number.bottom, 6 * _MM
    if sheet.addressees:
        addressed = found.box(sheet.addressees[0])
        yield "9a left", addressed.left, across(74.0)
        if not sheet.title:
            yield "9a top", addressed.top, down(48.7)


def _foot(found: _Page, sheet: Sheet) -> Iterator[Row]:
    office, name = found.box(sheet.signer_lines[0]), found.box(sheet.signer_name)
    recipients = found.box(form.RECIPIENTS_LABEL)
    yield "9b left", recipients.left, across(24.0)
    if sheet.left_signer_lines:
        other = found.box(sheet.left_signer_lines[0])
        yield "two signers on one line", other.top, office.top
        yield "left signer", other.centre, form.MARGIN_LEFT_MM + form.TEXT_WIDTH_MM / 4
        yield "right signer", office.centre, form.MARGIN_LEFT_MM + form.TEXT_WIDTH_MM * 3 / 4
        return
    yield "7a centre", office.centre, across(85.3 + 60.0 / 2)
    yield "7b centre", name.centre, across(88.7 + 54.0 / 2)
    yield "9b on the line of 7a", recipients.top, office.top
    if not sheet.capacity:
        yield "7b below 7a", name.top - office.top, (170.9 - 140.4) * UNIT


def _frames(found: _Page, sheet: Sheet) -> Iterator[Row]:
    if sheet.urgency:
        frame = found.frame(found.box(sheet.urgency))
        yield "10b left", frame.left, across(23.9)
        yield "10b width", frame.width, sheet.urgency_frame_mm[0]
        yield "10b height", frame.bottom - frame.top, sheet.urgency_frame_mm[1]
        # The drawing has one line of addressees; more of them push down what follows.
        if len(sheet.subject.split("\n")) <= 2 and not sheet.parent and len(sheet.addressees) <= 1:
            yield "10b top", frame.top, down(60.0)
    if sheet.circulation:
        frame = found.frame(found.box(sheet.circulation))
        yield "11 centre", frame.centre, across(95.1 + 34.1 / 2)
        yield "11 top", frame.top, down(5.0)


def _sides(boxes: list[Box]) -> tuple[list[float], ...]:
    return tuple([getattr(box, side) for box in boxes] for side in ("left", "top", "right", "bottom"))


def _plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())
