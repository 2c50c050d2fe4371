"""A sheet as PDF/A-2b, printed by Typst, with the font embedded, without any network or package.

In: a `Sheet`. Out: bytes, the same for the same input. The text travels as JSON beside the template and is never part
of its markup, so nothing that was said can be read as a command.
"""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from papers import form
from papers.fonts import FontFamily, find_font
from papers.refusals import UnprintableText
from papers.sheet import Sheet

TEMPLATE_PATH = Path(__file__).parent / "templates" / "van_ban.typ"
_RUNS_REMEMBERED, _LINES_WORTH_FORGETTING = 10, 100
#: Time written into the file, so that equal input gives equal bytes; the day of issue is in the text.
FIXED_TIME = datetime(2020, 3, 5, tzinfo=UTC)


def render_pdf(sheet: Sheet, font_directory: Path | None = None) -> bytes:
    """Print a sheet as PDF.

    Raises:
        FontMissing: no font with Vietnamese letters; names the package. UnprintableText: letters the font lacks.
    """
    font = find_font(font_directory)
    values = asdict(sheet)
    if letters := font.unprintable("".join(_strings(values))):
        raise UnprintableText(letters=" ".join(letters[:20]))
    printed = typst.compile(
        TEMPLATE_PATH,
        root=TEMPLATE_PATH.parent,
        font_paths=fonts_of(font),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs=inputs(sheet, font),
        pdf_standards=["a-2b"],
        timestamp=FIXED_TIME,
    )
    if not isinstance(printed, bytes):
        raise TypeError("one PDF gives one file")
    if sum(len(block.table.rows) if block.table else 1 for block in sheet.blocks) > _LINES_WORTH_FORGETTING:
        _forget(font)
    return printed


def check_printable(sheet: Sheet, font_directory: Path | None = None) -> None:
    """Raise UnprintableText or FontMissing where the PDF of this sheet could not be made."""
    if letters := find_font(font_directory).unprintable("".join(_strings(asdict(sheet)))):
        raise UnprintableText(letters=" ".join(letters[:20]))


def _forget(font: FontFamily) -> None:
    """Let the compiler drop what it has remembered of a large sheet, about a quarter of a megabyte a row.

    It keeps the work of its last ten runs for each process, to be quick when little has changed, and tells nobody how
    to empty that store; empty runs, a millisecond each, push the large one out.
    """
    for _ in range(_RUNS_REMEMBERED + 1):
        typst.compile(b"", font_paths=fonts_of(font), ignore_system_fonts=True, format="pdf")


@lru_cache(maxsize=4)
def fonts_of(font: FontFamily) -> typst.Fonts:
    """The family as the compiler takes it; no font of the system joins in."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[font.directory])


def inputs(sheet: Sheet, font: FontFamily) -> dict[str, str]:
    """What the template reads: the sheet and the form, both as JSON."""
    return {"sheet": json.dumps(asdict(sheet), ensure_ascii=False), "form": _form(font)}


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
