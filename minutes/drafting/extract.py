"""The two doors to understanding: a transcript with the facts of its meeting, or the text of a document.

In: values. Out: an `Extraction`. No rule lives here; see spoken.py and written.py.
"""

from collections.abc import Iterable
from datetime import date

from minutes.drafting.extraction import Extraction
from minutes.drafting.spoken import extract_spoken
from minutes.drafting.written import extract_written
from minutes.language.directory import Directory, KnownUnit
from orchestrator.calendar.working_days import WorkingCalendar
from orchestrator.meetings.context import MeetingContext, UnitFacts
from transcription.document import TranscriptDocument


def extract_transcript(
    document: TranscriptDocument, context: MeetingContext, calendar: WorkingCalendar | None = None
) -> Extraction:
    """Conclusions of a meeting; evidence in seconds from the start of the recording.

    Working days are counted by the calendar given, without one by the public holidays.
    """
    return extract_spoken(document, context, calendar=calendar)


def extract_text(text: str, units: Iterable[UnitFacts] = (), meeting_date: date | None = None) -> Extraction:
    """Conclusions of a notice or letter; evidence in characters of `text`."""
    known = [KnownUnit(unit.name, tuple(unit.abbreviations), tuple(unit.aliases), unit.id) for unit in units]
    return extract_written(text, Directory.of(known), meeting_date)
