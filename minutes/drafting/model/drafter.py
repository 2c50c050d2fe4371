"""The grammar's extraction, and behind it what a model found besides, as far as the text bears it out.

In: an extraction, the transcript and meeting it was made from, the answer of a model. Out: the same extraction with
accepted proposals behind its items. A proposal is accepted if its speaker may conclude, its quote stands in the line it
names, every word of its act and every figure stands in that quote, and the grammar has no item there already. Its
deadline is what the grammar reads in the quote. Each accepted one carries a question: a person decides.
"""

import logging
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import get_args

from minutes.drafting.extract import extract_transcript
from minutes.drafting.extraction import ExtractedItem, Extraction
from minutes.drafting.measure import likeness
from minutes.drafting.model.client import ModelService, ModelUnavailable, ask
from minutes.drafting.model.inside import OutsideTheHouse
from minutes.drafting.model.proposals import Proposal, read_proposals
from minutes.drafting.speakers import known_person, who_directs
from minutes.drafting.spoken import directory_of, full_style
from minutes.drafting.timeline import Timeline, Turn, timeline_of
from minutes.language.deadline_values import Today
from minutes.language.deadlines import binding, find_deadlines
from minutes.language.directory import Directory
from minutes.language.kinds import ItemKind
from minutes.language.numbers import to_figures
from minutes.language.text import Text, capitalised, key, squeeze
from orchestrator.calendar.public_holidays import public_calendar_from
from orchestrator.calendar.working_days import WorkingCalendar
from orchestrator.meetings.context import MeetingContext
from transcription.document import TranscriptDocument

log = logging.getLogger(__name__)

PROPOSED = "Mô hình ngôn ngữ đề xuất mục này từ lời “{quote}”; cần kiểm tra."
NOT_HEARD = "Mô hình ngôn ngữ không trả lời nên dự thảo chỉ gồm phần đọc theo quy tắc."
LONGEST_QUOTE_SHOWN = 80
_SAME_ACT = 0.6
_FIGURE = re.compile(r"\d+")
_KINDS = frozenset(get_args(ItemKind))
Ask = Callable[[ModelService, str], str]


@dataclass(frozen=True)
class ModelDrafter:
    """A drafter that also asks a model. Its `draft` has the shape of `extract_transcript`."""

    service: ModelService
    ask: Ask = ask

    def draft(
        self, document: TranscriptDocument, context: MeetingContext, calendar: WorkingCalendar | None = None
    ) -> Extraction:
        """The grammar's extraction and the proposals that hold; the grammar's alone if the model does not answer."""
        extraction = extract_transcript(document, context, calendar)
        timeline = timeline_of(document)
        if not timeline.turns:
            return extraction
        try:
            answer = self.ask(self.service, _lines(timeline))
        except (ModelUnavailable, OutsideTheHouse) as error:
            log.warning("the drafting model did not answer: %s", error)
            return replace(extraction, questions=(*extraction.questions, NOT_HEARD))
        today = Today(context.date, calendar or public_calendar_from(context.date))
        return with_proposals(extraction, read_proposals(answer), timeline, context, today)


def with_proposals(
    extraction: Extraction,
    proposals: Iterable[Proposal],
    timeline: Timeline,
    context: MeetingContext,
    today: Today,
) -> Extraction:
    """`extraction` and the proposals that the text bears out, in the order of the recording."""
    speakers = who_directs(timeline.turns, context)
    directing = speakers.chairs | speakers.superiors
    directory = directory_of(context)
    items = list(extraction.items)
    for proposal in proposals:
        turn = timeline.turns[proposal.line - 1] if 1 <= proposal.line <= len(timeline.turns) else None
        if turn is None or turn.speaker not in directing:
            continue
        item = _item(proposal, turn, timeline, directory, today)
        if item is not None and not any(_is_there(item, old) for old in items):
            person = known_person(turn.speaker, context)
            items.append(replace(item, said_by=full_style(person) if person else turn.speaker))
    items.sort(key=lambda item: item.evidence[0].start)
    return replace(extraction, items=tuple(items), reason=None if items else extraction.reason)


def _lines(timeline: Timeline) -> str:
    return "\n".join(f"{number}. {turn.speaker}: {turn.text.value}" for number, turn in enumerate(timeline.turns, 1))


def _item(
    proposal: Proposal, turn: Turn, timeline: Timeline, directory: Directory, today: Today
) -> ExtractedItem | None:
    place = _place(turn.text, proposal.quote)
    if place is None or proposal.kind not in _KINDS or not _is_said(proposal.action, proposal.quote):
        return None
    quote = to_figures(turn.text.value[place[0] : place[1]])
    hit = binding(find_deadlines(quote, today))
    shown = squeeze(proposal.quote)[:LONGEST_QUOTE_SHOWN]
    return ExtractedItem(
        kind=proposal.kind,  # type: ignore[arg-type]  # one of _KINDS
        lead=_said_units(proposal.lead, proposal.quote, directory),
        coordinating=_said_units(proposal.coordinating, proposal.quote, directory),
        action=capitalised(squeeze(proposal.action)),
        deadline=hit.deadline if hit else None,
        references=(),
        evidence=(timeline.seconds(turn.text.origin(*place)),),
        sentence=squeeze(proposal.quote),
        questions=(PROPOSED.format(quote=shown), *((hit.question,) if hit and hit.question else ())),
    )


def _place(text: Text, quote: str) -> tuple[int, int] | None:
    """Where the words of the quote stand one after another in the line, whatever its case and marks."""
    words = [re.escape(word) for word in re.findall(r"\w+", Text.of(quote).value)]
    found = re.search(r"\W+".join(words), text.value, re.IGNORECASE) if words else None
    return found.span() if found else None


def _is_said(action: str, quote: str) -> bool:
    """Every word and every figure of the act is among those of the quote."""
    words = set(key(f"{quote} {to_figures(quote)}").split())
    return set(key(action).split()) <= words and set(_FIGURE.findall(action)) <= set(_FIGURE.findall(to_figures(quote)))


def _said_units(names: Iterable[str], quote: str, directory: Directory) -> tuple[str, ...]:
    """Units named in the quote, by the name of the directory where it knows them; others are left out."""
    said = f" {key(quote)} "
    kept = [name for name in names if f" {key(name)} " in said]
    hits = [(directory.unit_at(name, 0), name) for name in kept]
    return tuple(dict.fromkeys(hit.unit.name if hit else capitalised(name) for hit, name in hits))


def _is_there(item: ExtractedItem, old: ExtractedItem) -> bool:
    """Has the grammar read an item out of these words already?"""
    mine, theirs = key(to_figures(item.sentence)), key(to_figures(old.sentence))
    return mine in theirs or theirs in mine or likeness(item.action, old.action) > _SAME_ACT
