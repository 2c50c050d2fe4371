"""A transcript to an extraction.

In: a transcript, the facts of the meeting. Out: an `Extraction` with evidence in seconds. Only the chair concludes; a
superior who is
present directs; what participants propose or promise is no task. A deadline that the chair moves afterwards is moved
here.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from minutes.drafting.actions import written
from minutes.drafting.amendments import Request, amend, is_amendment
from minutes.drafting.extraction import Assessed, ExtractedItem, Extraction, Opening
from minutes.drafting.found import FoundItem
from minutes.drafting.items import ItemReader
from minutes.drafting.openings import NOT_HEARD, NOT_SAID, SAID_WORDS, counted_conclusions, told_conclusions
from minutes.drafting.preparing import Prepared, prepared
from minutes.drafting.speakers import Speakers, known_person, who_directs
from minutes.drafting.timeline import Timeline, Turn, timeline_of
from minutes.drafting.written import evidence_of, extracted
from minutes.language.deadline_values import Today
from minutes.language.directory import Directory, KnownPerson, KnownUnit
from minutes.language.heard_points import points_heard
from minutes.language.paper_names import with_mentions
from minutes.language.parties import Certainty
from minutes.language.procedure import assesses, opens_spoken_conclusion
from minutes.language.references import KnownDocument, spelled_symbols
from minutes.language.sentences import Sentence, sentences_of_speech
from minutes.language.text import Span, Text, key
from minutes.language.titles import short_title
from orchestrator.calendar.public_holidays import public_calendar_from
from orchestrator.calendar.working_days import WorkingCalendar
from orchestrator.meetings.context import MeetingContext, PersonFacts
from transcription.document import TranscriptDocument

NO_SPEECH = "Bản ghi không có tiếng nói nên chưa có nội dung để dự thảo."
NO_CHAIR = "Không xác định được người chủ trì nên chưa rút ra kết luận nào."
NO_CONCLUSION = "Người chủ trì chưa nói lời kết luận hoặc giao nhiệm vụ nào."
OTHER_VOICE = "Câu này do “{label}” nói nhưng nối tiếp phần kết luận; cần xác nhận đúng là lời người chủ trì."
_ASKS_REPORT = re.compile(r"(?:mời|đề nghị)[^.]*báo cáo|báo cáo\W*$", re.IGNORECASE)
_REPORTS = re.compile(r"[^.,]{0,80}xin (?:phép )?báo cáo", re.IGNORECASE)
_NEXT_POINT = re.compile(
    r"^\W*(?:(?:hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\s+là|thứ\s+(?:hai|ba|tư|năm|sáu|bảy)\s*,)", re.IGNORECASE
)


@dataclass
class _Meeting:
    """What has been understood so far while the transcript runs by."""

    directory: Directory
    today: Today
    documents: tuple[KnownDocument, ...]
    speakers: Speakers
    context: MeetingContext
    timeline: Timeline
    items: list[ExtractedItem] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    assessment: list[Assessed] = field(default_factory=list)
    concluding: bool = False
    request: Request | None = None


def extract_spoken(
    document: TranscriptDocument,
    context: MeetingContext,
    *,
    day_is_known: bool = True,
    calendar: WorkingCalendar | None = None,
) -> Extraction:
    """Read a transcript to the end; an empty one gives an empty extraction with the reason.

    Without `day_is_known` the day of the context stands for nothing, and no year is made of it. Without a `calendar`
    working days are counted by the public holidays.
    """
    timeline = timeline_of(document)
    opening = replace(_opening(timeline, context), date=context.date.isoformat() if day_is_known else None)
    if not timeline.turns:
        return Extraction(opening, (), reason=NO_SPEECH)
    speakers = who_directs(timeline.turns, context)
    documents = tuple(KnownDocument(item.symbol, item.subject) for item in context.documents)
    today = Today(context.date if day_is_known else None, calendar or public_calendar_from(context.date))
    meeting = _Meeting(directory_of(context), today, documents, speakers, context, timeline)
    for turn in timeline.turns:
        _take_turn(meeting, turn)
    questions = tuple(dict.fromkeys((*speakers.questions, *meeting.questions)))
    reason = None
    if not meeting.items:
        reason = NO_CONCLUSION if speakers.chairs or speakers.superiors else NO_CHAIR
    return Extraction(opening, tuple(meeting.items), questions, reason, speakers.inferred, tuple(meeting.assessment))


def directory_of(context: MeetingContext) -> Directory:
    """Units and people of a meeting, ready to be recognised."""
    units = [KnownUnit(unit.name, unit.abbreviations, unit.aliases, unit.id) for unit in context.units]
    units += [KnownUnit(name) for name in (person.unit_name for person in context.present) if name]
    people = [KnownPerson(person.name, person.title, person.unit_name, person.role) for person in context.present]
    named = [unit for unit in units if _is_name(unit.name)]
    named += [KnownUnit(office) for office in context.own_offices if not _has_head(named, office)]
    return Directory.of(named, people, context.units_present)


def _has_head(units: Sequence[KnownUnit], office: str) -> bool:
    """Does the directory name an office of that kind itself, by whatever name?"""
    head = key(office.rpartition(" ")[0])
    return any(key(unit.name) == head or key(unit.name).startswith(f"{head} ") for unit in units)


def _is_name(name: str) -> bool:
    """ "các phòng chuyên môn (dự tại nhà)" is a remark, not a unit."""
    return bool(name) and not re.match(r"(?:các|những|một số)\s", name, re.IGNORECASE)


def _take_turn(meeting: _Meeting, turn: Turn) -> None:
    speakers = meeting.speakers
    if turn.speaker in speakers.superiors:
        _take_directing(meeting, turn, superior=True)
    elif turn.speaker in speakers.chairs or _continues_conclusion(meeting, turn):
        _take_directing(meeting, turn, superior=False)
        meeting.request = None
    else:
        meeting.request = Request(prepared(turn, meeting.directory).text.value, _unit_of(turn, meeting))


def _take_directing(meeting: _Meeting, turn: Turn, *, superior: bool) -> None:
    ready = prepared(turn, meeting.directory)
    text, breaks = ready.text, ready.breaks
    meeting.questions.extend(ready.questions)
    directory = with_mentions(text.value, meeting.directory)
    reader = ItemReader(text, directory, meeting.today, meeting.documents, mode="explicit")
    reader.tolerant = turn.doubtful
    points = points_heard(text.value, breaks, meeting.directory, meeting.today) if turn.doubtful else ()
    sentences = sentences_of_speech(text.value, breaks, lost_stops=turn.doubtful, points=points)
    numbers = {sentence.number for sentence in sentences} - {None}
    counted = 1 in numbers or len(numbers) > 1
    first_point, asked = _unopened(meeting, turn, text, sentences) if not superior else (None, "")
    for sentence in sentences:
        said = text.value[sentence.start : sentence.end]
        if not superior and is_amendment(said) and meeting.items:
            _amend(meeting, ready, sentence)
            continue
        before = len(reader.items)
        opened = not superior and (opens_spoken_conclusion(said) or sentence.start == first_point)
        if sentence.start == first_point and not meeting.concluding:
            meeting.questions.append(asked.format(said=" ".join(said.split()[:SAID_WORDS])))
        meeting.concluding = meeting.concluding or opened
        listed = meeting.concluding and not superior and (sentence.depth > 0 or not counted)
        # A superior who has given one order goes on giving them: "Tôi yêu cầu …. Sở Y tế trực 24 giờ."
        reader.mode = "list" if listed else "prose" if superior and any(map(_is_order, reader.items)) else "explicit"
        reader.read(sentence)
        for found in reader.items[before:]:
            if meeting.concluding or superior or _is_order(found) or _is_dated_order(found):
                meeting.items.append(_extracted(meeting, turn, ready, found, superior=superior))
        if meeting.concluding and not superior and not meeting.items and len(reader.items) == before and assesses(said):
            span = meeting.timeline.seconds(text.origin(sentence.start, sentence.end))
            weighed = written(said, meeting.speakers.office, meeting.directory)
            meeting.assessment.append(Assessed(f"{weighed.rstrip(' .;,')}.", span))
        _keep_bound(meeting, text, reader, before)


def _unopened(meeting: _Meeting, turn: Turn, text: Text, sentences: tuple[Sentence, ...]) -> tuple[int | None, str]:
    """Where conclusions begin that nothing announces, and what the secretary is asked about it."""
    announced = any(opens_spoken_conclusion(text.value[sentence.start : sentence.end]) for sentence in sentences)
    if meeting.concluding or announced and not turn.doubtful:
        return None, ""
    heard = text.value, sentences, meeting.directory, meeting.today
    if turn.doubtful and (counted := counted_conclusions(*heard)) is not None:
        return counted, NOT_HEARD
    if announced:
        return None, ""
    return told_conclusions(*heard), NOT_SAID


def _keep_bound(meeting: _Meeting, text: Text, reader: ItemReader, count: int) -> None:
    """A deadline said as a sentence of its own changed items that were taken over already."""
    for found in reader.items[:count]:
        own = found.sentence
        for index, item in enumerate(meeting.items):
            if (
                item.deadline is None
                and found.deadline is not None
                and len(found.places) > 1
                and item.evidence[0] == _spans(meeting, text, found)[0]
            ):
                meeting.items[index] = replace(
                    item, deadline=found.deadline, evidence=_spans(meeting, text, found), kind=found.kind, sentence=own
                )


def _is_order(found: FoundItem) -> bool:
    """Before the conclusion only a plain order counts: "Giao Văn phòng …"."""
    return (
        found.kind == "directive"
        and bool(found.lead)
        and re.match(r"\W*(?:(?:tôi|vậy|đồng thời)\s+)*(?:giao|phân công|yêu cầu)(?!\w)", found.sentence, re.IGNORECASE)
        is not None
    )


def _is_dated_order(found: FoundItem) -> bool:
    """A unit of the meeting told to do something by a day is told so whenever the chair says it."""
    dated = found.deadline is not None and (found.deadline.iso or found.deadline.rrule)
    known = all(party.certainty is Certainty.DIRECTORY for party in found.lead)
    return found.kind == "directive" and bool(dated and found.lead) and known


def _continues_conclusion(meeting: _Meeting, turn: Turn) -> bool:
    """ "Ba là, …" from a voice without a name right in the conclusions: the separation of voices slipped."""
    if not meeting.concluding or known_person(turn.speaker, meeting.context) or not _NEXT_POINT.match(turn.text.value):
        return False
    meeting.questions.append(OTHER_VOICE.format(label=turn.speaker))
    return True


def _extracted(meeting: _Meeting, turn: Turn, ready: Prepared, found: FoundItem, *, superior: bool) -> ExtractedItem:
    item = extracted(found, ready.text, meeting.directory)
    doubts = ready.doubts_at(evidence_of(found, ready.text))
    person = known_person(turn.speaker, meeting.context)
    office = _office(person) if superior or person else meeting.speakers.office
    return replace(
        item,
        action=written(spelled_symbols(item.action), office, meeting.directory),
        sentence=item.sentence,
        evidence=_spans(meeting, ready.text, found),
        questions=tuple(dict.fromkeys((*item.questions, *doubts))),
        said_by=_called(person, turn.speaker),
    )


def _spans(meeting: _Meeting, text: Text, found: FoundItem) -> tuple[Span, ...]:
    return tuple(meeting.timeline.seconds(span) for span in evidence_of(found, text))


def _amend(meeting: _Meeting, ready: Prepared, sentence: Sentence) -> None:
    said = ready.text.value[sentence.start : sentence.end]
    place = ready.text.origin(sentence.start, sentence.end)
    span = meeting.timeline.seconds(place)
    meeting.items[:], question = amend(meeting.items, said, span, meeting.request, meeting.today)
    meeting.questions.extend(ready.doubts_at((place,)))
    if question:
        meeting.questions.append(question)


def _unit_of(turn: Turn, meeting: _Meeting) -> str:
    """The unit of the one who asks, if the voice has a name."""
    person = known_person(turn.speaker, meeting.context)
    if person is None:
        return ""
    unit = meeting.directory.unit_of(KnownPerson(person.name, person.title, person.unit_name))
    return unit.name if unit else person.title


def _office(person: PersonFacts | None) -> str:
    return short_title(person.title) if person and person.title else ""


def _called(person: PersonFacts | None, label: str) -> str:
    return f"{_office(person)} {person.name}".strip() if person else label


def _opening(timeline: Timeline, context: MeetingContext) -> Opening:
    """Those heard: who was asked to report or says so, and who else took the floor, as far as voices have names."""
    chair = context.chair
    reported: list[str] = []
    spoke: list[str] = []
    asked = False
    for turn in timeline.turns:
        person = known_person(turn.speaker, context)
        if person is None or chair is None or person.name == chair.name:
            asked = _ASKS_REPORT.search(turn.text.value[-120:]) is not None
            continue
        row = reported if asked or _REPORTS.match(turn.text.value) else spoke
        row.append(full_style(person))
        asked = False
    return Opening(
        meeting=context.title,
        chaired_by=full_style(chair) if chair else None,
        reported_by=tuple(dict.fromkeys(reported)),
        spoke=tuple(name for name in dict.fromkeys(spoke) if name not in reported),
    )


def full_style(person: PersonFacts) -> str:
    """How an opening names a person: the first of the titles and the name."""
    return f"{person.title.split(',')[0].strip()} {person.name}".strip()
