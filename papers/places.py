"""Where on the printed pages somebody signs or stamps later: asked of the compiler that prints them.

In: a sheet whose number and day are blank. Out: rectangles in millimetres from the top left corner of a page, for the
number, the day, the month, the year, the signature and the seal (Decree 30/2020, annex I, II.3, II.4, II.7d, II.8a).
"""

import json
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Any

import typst

from papers import form
from papers.fonts import find_font
from papers.pdf import TEMPLATE_PATH, fonts_of, inputs
from papers.sheet import Sheet

#: Above and below the baseline, in ems: what a stamp of one line needs.
ASCENT, DESCENT = 0.891, 0.216
#: II.7d: the picture of a signature, between the office and the name.
SIGNATURE_MM = (60.0, 24.0)
#: II.8a: the seal in its true size, over a third of the signature on its left.
SEAL_MM = 37.0
_OVERLAP = 1 / 3
_HAIR = 0.001
_NUMBERS = {"number": form.SIZES.number, "day": form.SIZES.place, "month": form.SIZES.place, "year": form.SIZES.place}


@dataclass(frozen=True)
class Place:
    """A rectangle on a page (counted from 1), in millimetres from its top left corner."""

    page: int
    left: float
    top: float
    width: float
    height: float

    def box_in_points(self) -> tuple[float, float, float, float]:
        """Lower left and upper right corner in points, as PDF counts them; a hair wider, never a hair too narrow."""
        scale = 72 / 25.4
        left, bottom = self.left * scale, (form.PAGE_HEIGHT_MM - self.top - self.height) * scale
        return left, bottom, left + self.width * scale + _HAIR, bottom + self.height * scale + _HAIR

    def in_whole_points(self) -> "Place":
        """The least rectangle of whole points around this one, with the same lower right corner: drawings that fill it
        are then never scaled."""
        width, height = (ceil(length * 72 / 25.4) * 25.4 / 72 for length in (self.width, self.height))
        return Place(self.page, self.left + self.width - width, self.top + self.height - height, width, height)


def find_places(sheet: Sheet, font_directory: Path | None = None) -> dict[str, Place]:
    """Places by name: `signature`, `seal`, and those of `number`, `day`, `month`, `year` that are blank on the sheet.

    Raises:
        FontMissing: as for printing.
    """
    font = find_font(font_directory)
    found = typst.query(
        TEMPLATE_PATH,
        "<cho>",
        field="value",
        root=TEMPLATE_PATH.parent,
        font_paths=fonts_of(font),
        ignore_system_fonts=True,
        sys_inputs=inputs(sheet, font),
    )
    spots = {(spot["name"], spot["edge"]): spot for spot in json.loads(found)}
    places = {name: _blank(spots, name) for name, edge in spots if edge == "end"}
    if ("signature", "start") in spots:
        places |= _signing(spots["signature", "start"], sheet)
    return {name: place.in_whole_points() for name, place in places.items()}


def _blank(spots: dict[tuple[str, str], Any], name: str) -> Place:
    start, end = spots[name, "start"], spots[name, "end"]
    left, right, baseline = (form.millimetres(value) for value in (start["x"], end["x"], start["y"]))
    size = form.millimetres(_NUMBERS[name])
    return Place(start["page"], left, baseline - ASCENT * size, right - left, (ASCENT + DESCENT) * size)


def _signing(spot: Any, sheet: Sheet) -> dict[str, Place]:
    room = form.HALF_MM if sheet.left_signer_lines else form.SIGNER_COLUMN_MM
    top, right = form.millimetres(spot["y"]), form.MARGIN_LEFT_MM + form.TEXT_WIDTH_MM
    width, height = SIGNATURE_MM[0], min(SIGNATURE_MM[1], sheet.signature_room_mm - 1)
    left = right - (room + width) / 2
    middle = top + sheet.signature_room_mm / 2
    signature = Place(spot["page"], left, middle - height / 2, width, height)
    seal = Place(spot["page"], left + width * _OVERLAP - SEAL_MM, middle - SEAL_MM / 2, SEAL_MM, SEAL_MM)
    return {"signature": signature, "seal": seal}
