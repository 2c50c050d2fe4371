"""A notice as PDF/A-2b: the laid-out sheet printed by Typst, with the font embedded, without any network or package.

In: NoticeContent, number and date or neither. Out: bytes, the same for the same input. The text travels as JSON beside
the template and is never part of its markup, so nothing that was said can be read as a command.
"""

import json
from dataclasses import asdict
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from minutes.notices.content import NoticeContent
from minutes.notices.refusals import UnprintableText
from minutes.rendering import form
from minutes.rendering.fonts import FontFamily, find_font
from minutes.rendering.sheet import Sheet, lay_out

TEMPLATE_PATH = Path(__file__).parents[1] / "templates" / "thong_bao.typ"
#: Time written into the file, so that equal input gives equal bytes; the day of issue is in the text.
_FIXED_TIME = datetime(2020, 3, 5, tzinfo=UTC)


def render_pdf(
    content: NoticeContent,
    number: int | None = None,
    issued_on: date | None = None,
    *,
    year: int | None = None,
    draft: bool = False,
    font_directory: Path | None = None,
) -> bytes:
    """Print a notice as PDF; arguments as for `render_docx`.

    Raises:
        FontMissing: no font with Vietnamese letters; names the package. UnprintableText: letters the font lacks.
    """
    return print_sheet(lay_out(content, number, issued_on, year=year, draft=draft), font_directory)


def print_sheet(sheet: Sheet, font_directory: Path | None = None) -> bytes:
    """The sheet as PDF bytes."""
    font = find_font(font_directory)
    values = asdict(sheet)
    if letters := font.unprintable("".join(_strings(values))):
        raise UnprintableText(letters=" ".join(letters[:20]))
    printed = typst.compile(
        TEMPLATE_PATH,
        root=TEMPLATE_PATH.parent,
        font_paths=_fonts(font),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"sheet": json.dumps(values, ensure_ascii=False), "form": _form(font)},
        pdf_standards=["a-2b"],
        timestamp=_FIXED_TIME,
    )
    if not isinstance(printed, bytes):
        raise TypeError("one PDF gives one file")
    return printed


def check_printable(content: NoticeContent, font_directory: Path | None = None) -> None:
    """Raise UnprintableText or FontMissing where the PDF of this content could not be made."""
    letters = find_font(font_directory).unprintable("".join(_strings(asdict(lay_out(content)))))
    if letters:
        raise UnprintableText(letters=" ".join(letters[:20]))


@lru_cache(maxsize=4)
def _fonts(font: FontFamily) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[font.directory])


def _form(font: FontFamily) -> str:
    values = {name.lower(): value for name, value in vars(form).items() if isinstance(value, int | float | str)}
    return json.dumps({**values, "font": font.name, "sizes": asdict(form.SIZES)}, ensure_ascii=False)


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for part in value.values() for text in _strings(part)]
    if isinstance(value, list | tuple):
        return [text for part in value for text in _strings(part)]
    return []
