"""The head of every kind of paper: number and symbol, place and date, agencies and subject in even lines.

Pure: plain values in, strings and millimetres out (Decree 30/2020, annex I, II.2–5).
"""

from datetime import date

from papers import form
from papers.measure import balanced_lines, text_width

#: No-break spaces that leave about 10 mm at 13 pt for a number, and 7 mm for a day or month, that the registrar adds
#: (practice: a leader signs the page before it has a number; annex I II.3c, art. 15).
NUMBER_BLANK = "\u00a0" * 9
DAY_BLANK = "\u00a0" * 6
#: The same for a year, about 10 mm: the leader may sign on the last day of December.
YEAR_BLANK = "\u00a0" * 9


def format_number(number: int) -> str:
    """At least two digits (II.3c: numbers below 10 get a 0). Raises ValueError below 1."""
    if number < 1:
        raise ValueError("document numbers start at 1")
    return f"{number:02d}"


def symbol(number: int, suffix: str) -> str:
    """Number and symbol without any space: `05/TB-BCĐ`."""
    return f"{format_number(number)}/{suffix}"


def number_line(number: int | None, suffix: str) -> str:
    """`Số: 05/TB-BCĐ`; without a number, room for it: `Số:          /TB-BCĐ`."""
    return f"Số: {symbol(number, suffix)}" if number is not None else f"Số:{NUMBER_BLANK}/{suffix}"


def date_line(place: str, issued_on: date | None, *, year: int | None = None) -> str:
    """`Hà Nội, ngày 05 tháng 01 năm 2020`: days below 10 and months 1 and 2 get a 0, months 3–9 do not (II.4b).

    Without a date, day and month stay blank for the registrar; `year` is filled in where the context gives it.
    """
    before = f"{place}, " if place else ""
    if issued_on is None:
        return f"{before}ngày{DAY_BLANK}tháng{DAY_BLANK}năm{f' {year}' if year is not None else YEAR_BLANK}".rstrip(" ")
    return f"{before}{spoken_date(issued_on)}"


def spoken_date(day: date) -> str:
    """`ngày 05 tháng 01 năm 2020` by the same rule."""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def agency_lines(parent: str, body: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Parent agency and issuing body in capitals, each broken into even lines of the left column."""
    column = form.LEFT_COLUMN_MM - 1
    return (
        balanced_lines(parent.upper(), form.SIZES.parent, "regular", column),
        balanced_lines(body.upper(), form.SIZES.body_name, "bold", column),
    )


def subject_lines(subject: str) -> tuple[str, ...]:
    """The subject line (trích yếu) under the title, broken into even lines."""
    return balanced_lines(subject, form.SIZES.subject, "bold", form.SUBJECT_ROOM_MM)


def reference_lines(subject: str) -> tuple[str, ...]:
    """`V/v …` below the number of a công văn, in even lines of the left column (II.5b)."""
    text = subject if subject.startswith("V/v ") else f"V/v {subject}"
    return balanced_lines(text, form.SIZES.reference, "regular", form.LEFT_COLUMN_MM - 4) if subject else ()


def place_left_mm(place_and_date: str, number: str) -> float:
    """Centre under the motto where that leaves room, else as far left as the number on the same line allows.

    The line's box runs from the end of the number to the right margin; the returned indent makes its middle that of the
    right column. "Thành phố Hồ Chí Minh" may not be shortened (V.4), so its line is wider than the motto of the state.
    """
    wide = text_width(place_and_date, form.SIZES.place, "italic") + 1
    if wide <= form.RIGHT_COLUMN_MM:
        return form.LEFT_COLUMN_MM
    number_end = form.LEFT_COLUMN_MM / 2 + text_width(number, form.SIZES.number) / 2 + 2
    return max(form.TEXT_WIDTH_MM - wide, min(number_end, form.LEFT_COLUMN_MM))
