"""What a signature looks like on the page: a picture, or a few words, as a small PDF of exactly the size of its place.

In: words or a PNG. Out: bytes of a PDF of one page with its font embedded, so that the signed paper stays PDF/A. Pure
but for reading the font. The pictures are those of Decree 30/2020, annex I: a blue signature (II.7d), a red seal in its
true size (II.8a), both PNG with a transparent background.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import typst

from papers import form
from papers.fonts import find_font
from papers.measure import Face, text_width
from papers.pdf import FIXED_TIME, fonts_of
from papers.refusals import UnprintableText

_BLUE, _RED, _BLACK = "#1f3fbf", "#d00000", "#000000"
_TEMPLATE = b"""
#let stamp = json(bytes(sys.inputs.stamp))
#set page(width: stamp.width * 1mm, height: stamp.height * 1mm, margin: 0pt, fill: none)
#set text(font: stamp.font, lang: "vi", hyphenate: false, fallback: false, ligatures: false, kerning: false,
  top-edge: 0.891em, bottom-edge: -0.216em, size: stamp.size * 1pt, fill: rgb(stamp.colour),
  style: if stamp.italic { "italic" } else { "normal" })
#set par(leading: 0.05em, spacing: 0.05em)
#let sides = (left: left, centre: center, right: right)
#if stamp.picture {
  align(center + horizon, image("anh.png", width: 100%, height: 100%, fit: "contain"))
} else {
  align(sides.at(stamp.align) + if stamp.low { bottom } else { horizon },
    box(inset: (x: stamp.padding * 1mm), stamp.lines.join(linebreak())))
}
"""


@dataclass(frozen=True)
class Words:
    """Lines to print. A line too long for the width is set smaller."""

    lines: tuple[str, ...]
    size: float
    align: Literal["left", "centre", "right"] = "centre"
    italic: bool = False
    colour: str = _BLACK
    padding_mm: float = 0.0
    #: On the ground of the place, where the line it completes has its letters; else in the middle.
    low: bool = False


def number_words(text: str) -> Words:
    """The number: against the stroke behind it, without a space (II.3c)."""
    return Words((text,), form.SIZES.number, "right", low=True)


def date_words(text: str) -> Words:
    """Day or month of the date line, in italics (II.4c)."""
    return Words((text,), form.SIZES.place, italic=True, low=True)


def year_words(text: str) -> Words:
    """The year, which ends the line."""
    return Words((text,), form.SIZES.place, "right", italic=True, low=True)


def person_words(lines: tuple[str, ...]) -> Words:
    """Stands for the picture of a signature where its owner has given none."""
    return Words(lines, 8, "left", colour=_BLUE, padding_mm=1)


def seal_words(lines: tuple[str, ...]) -> Words:
    """Stands for the picture of a seal where none was given."""
    return Words(lines, 7, colour=_RED, padding_mm=1)


def draw_words(words: Words, width_mm: float, height_mm: float, font_directory: Path | None = None) -> bytes:
    """Words as a PDF of this size. Raises FontMissing, UnprintableText."""
    font = find_font(font_directory)
    if letters := font.unprintable("".join(words.lines)):
        raise UnprintableText(letters=" ".join(letters[:20]))
    face: Face = "italic" if words.italic else "regular"
    room = width_mm - 2 * words.padding_mm
    longest = max((text_width(line, words.size, face) for line in words.lines), default=0.0)
    size = words.size if longest <= room else words.size * room / longest
    values = {
        "lines": words.lines, "size": size, "align": words.align, "italic": words.italic, "colour": words.colour,
        "padding": words.padding_mm, "picture": False, "low": words.low,
    }  # fmt: skip
    return _draw(b"", values, width_mm, height_mm, font_directory)


def draw_picture(png: bytes, width_mm: float, height_mm: float, font_directory: Path | None = None) -> bytes:
    """A PNG, whole and undistorted, as a PDF of this size."""
    values = {"lines": [], "size": 10, "align": "centre", "italic": False, "colour": _BLACK}
    return _draw(png, values | {"padding": 0, "picture": True, "low": False}, width_mm, height_mm, font_directory)


def _draw(
    png: bytes, values: dict[str, object], width_mm: float, height_mm: float, font_directory: Path | None
) -> bytes:
    font = find_font(font_directory)
    stamp = values | {"width": width_mm, "height": height_mm, "font": font.name}
    with TemporaryDirectory() as folder:
        main = Path(folder) / "main.typ"
        main.write_bytes(_TEMPLATE)
        if png:
            main.with_name("anh.png").write_bytes(png)
        printed = typst.compile(
            main,
            root=main.parent,
            font_paths=fonts_of(font),
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"stamp": json.dumps(stamp, ensure_ascii=False)},
            pdf_standards=["a-2b"],
            timestamp=FIXED_TIME,
        )
    if not isinstance(printed, bytes):
        raise TypeError("one stamp gives one file")
    return printed
