"""Who of the voices directs: the chair, and a superior of the chair who is present.

In: turns, the facts of the meeting. Out: the labels that may conclude. Where voices bear no names ("Người nói 2") the
chair is inferred
from what only a chair says, and the result says so.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from minutes.drafting.timeline import Turn
from minutes.language.procedure import STRONG_CONCLUSION
from minutes.language.text import key
from minutes.language.titles import UNKNOWN_RANK, heads_a_commune, rank, short_title
from orchestrator.meetings.context import MeetingContext, PersonFacts

INFERRED = "Người chủ trì được suy ra từ lời nói ({label}); cần xác nhận."
TWO_CHAIRS = "Có {count} người cùng nói lời kết luận ({labels}); cần xác nhận người chủ trì."
_SIGNS: tuple[tuple[re.Pattern[str], int], ...] = (
    (STRONG_CONCLUSION, 5),
    (
        re.compile(
            r"(?<!\w)(?:cuộc họp kết thúc|kết thúc (?:họp|cuộc họp)|ta dừng tại đây|tuyên bố)(?!\w)", re.IGNORECASE
        ),
        2,
    ),
    (re.compile(r"(?<!\w)(?:như vậy|vậy),?\s+tôi thống nhất|(?<!\w)tôi giao(?!\w)", re.IGNORECASE), 3),
    (re.compile(r"(?<!\w)(?:xin )?mời (?:đồng chí|điểm cầu|trung tâm|các|đại diện)(?!\w)", re.IGNORECASE), 1),
    (re.compile(r"(?<!\w)(?:một|hai|ba|bốn|năm) là,?\s+(?:giao|các|yêu cầu)(?!\w)", re.IGNORECASE), 1),
)
_ENOUGH = 3
_CERTAIN = 5


@dataclass(frozen=True)
class Speakers:
    """Labels of those who direct; `inferred` if no name said so; `office` is how "tôi" of the chair is written."""

    chairs: frozenset[str]
    superiors: frozenset[str]
    office: str
    inferred: bool = False
    questions: tuple[str, ...] = ()


def who_directs(turns: Sequence[Turn], context: MeetingContext) -> Speakers:
    """Match labels to the chair and to people above the chair; without a match look at what was said."""
    labels = tuple(dict.fromkeys(turn.speaker for turn in turns))
    chair = context.chair
    named = frozenset(label for label in labels if chair is not None and is_person(label, chair))
    office = short_title(chair.title) if chair and chair.title else ""
    superiors = frozenset(
        label
        for label in labels
        if any(_is_above(person, chair) and is_person(label, person) for person in context.present)
    )
    if named:
        return Speakers(named, superiors - named, office)
    scores = {
        label: _score(label, turns) for label in labels if label not in superiors and not _is_other(label, context)
    }
    certain = [label for label, score in scores.items() if score >= _CERTAIN]
    best = max(scores, key=lambda label: scores[label], default=None)
    if best is None or scores[best] < _ENOUGH:
        return Speakers(frozenset(), superiors, office)
    chairs = frozenset(certain or [best])
    questions = [INFERRED.format(label=", ".join(sorted(chairs)))]
    if len(chairs) > 1:
        questions = [TWO_CHAIRS.format(count=len(chairs), labels=", ".join(sorted(chairs)))]
    return Speakers(chairs, superiors, office, inferred=True, questions=tuple(questions))


def is_person(label: str, person: PersonFacts) -> bool:
    """Does the label of a voice name this person, with or without a title?"""
    name = key(person.name)
    return bool(name) and f" {name} " in f" {key(label)} "


def known_person(label: str, context: MeetingContext) -> PersonFacts | None:
    """The participant a label names."""
    return next((person for person in context.present if is_person(label, person)), None)


def _is_above(person: PersonFacts, chair: PersonFacts | None) -> bool:
    if chair is None or person.name == chair.name or not chair.title:
        return False
    if heads_a_commune(person.title) and not heads_a_commune(chair.title):
        return False
    mine, theirs = rank(chair.title), rank(person.title)
    return theirs < mine and theirs != UNKNOWN_RANK


def _is_other(label: str, context: MeetingContext) -> bool:
    """A participant known by name who is not the chair."""
    person = known_person(label, context)
    return person is not None and context.chair is not None and person.name != context.chair.name


def _score(label: str, turns: Sequence[Turn]) -> int:
    return sum(
        weight * min(len(pattern.findall(turn.text.value)), 3)
        for turn in turns
        if turn.speaker == label
        for pattern, weight in _SIGNS
    )
