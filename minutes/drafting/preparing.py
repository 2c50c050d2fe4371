"""What a speaker said, ready for the grammar: in figures, without fillers and what was taken back.

In: a turn, the units that may be named. Out: its text, what to ask about words of doubtful text that are read by their
sound, and where such words of days and hours stand, and those that were hardly heard, so that the item which hangs on
them asks too.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from minutes.drafting.timeline import Turn
from minutes.language.dialect import in_written_words
from minutes.language.directory import Directory
from minutes.language.heard_days import days_as_meant
from minutes.language.heard_points import named_in_capitals
from minutes.language.hearing import as_meant
from minutes.language.mending import with_stops_before_points, without_doubles, without_stray_commas
from minutes.language.numbers import spoken_to_figures
from minutes.language.repairs import repair
from minutes.language.speech import without_fillers
from minutes.language.text import Span, Text

FAINT = "Nghe rất nhỏ: “{said}”; cần nghe lại."
_DAY_OR_HOUR = re.compile(r"(?:ngày )?(?:\d{1,2} )?tháng \d{1,2}(?!\d)|ngày \d{1,2}(?!\d)|\d{1,2} giờ", re.IGNORECASE)


@dataclass(frozen=True)
class Prepared:
    """The text, where in it the segments end, all questions, and those about days with their places in the turn."""

    text: Text
    breaks: tuple[int, ...]
    questions: tuple[str, ...]
    doubted_days: tuple[tuple[Span, str], ...] = ()

    def doubts_at(self, places: Sequence[Span]) -> tuple[str, ...]:
        """Questions about days read by their sound or hardly heard, within the evidence of an item (origins of the
        turn)."""
        return tuple(
            question
            for span, question in self.doubted_days
            if any(place.start < span.end and span.start < place.end for place in places)
        )


def prepared(turn: Turn, directory: Directory) -> Prepared:
    """Doubtful words by what they sound like; then figures, corrections of the speaker, fillers."""
    said = in_written_words(turn.text)
    asked: tuple[str, ...] = ()
    doubted: tuple[tuple[Span, str], ...] = ()
    edges = [turn.text.starts[place] for place in turn.breaks]
    if turn.doubtful:
        stopped = in_written_words(with_stops_before_points(turn.text, turn.breaks))
        # Days and hours first, by what was heard; again when the words around them ("tháng", "giờ") are put right.
        days = days_as_meant(without_doubles(without_stray_commas(stopped)), edges)
        heard = as_meant(days.text, directory)
        later = days_as_meant(heard.text, edges)
        of_days = (*days.questions, *later.questions)
        said, asked = named_in_capitals(later.text), (*heard.questions, *of_days)
        doubted = tuple(zip((*days.places, *later.places), of_days, strict=True))
    repaired = repair(spoken_to_figures(said))
    text = without_fillers(repaired.text)
    breaks = tuple(bisect_left(text.starts, edge) for edge in edges)
    return Prepared(text, breaks, (*asked, *repaired.questions), (*doubted, *_faint_days(text, turn.faint)))


def _faint_days(text: Text, faint: Sequence[Span]) -> Iterator[tuple[Span, str]]:
    """Days, months and hours of which a word was hardly heard, where they were said, with what to ask."""
    for found in _DAY_OR_HOUR.finditer(text.value) if faint else ():
        place = text.origin(*found.span())
        if any(place.start < word.end and word.start < place.end for word in faint):
            yield place, FAINT.format(said=found.group(0))
