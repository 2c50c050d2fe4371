"""What was understood of a meeting or a document: plain frozen values and their JSON.

In: nothing but values. Out: `Extraction.to_json()` is the row `extract` of the command line; keys beyond it
("sentence", "questions",
"chair") help people and may be ignored.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from minutes.language.deadline_values import Deadline
from minutes.language.kinds import ItemKind
from minutes.language.text import Span

JSON_DECIMALS = 3


@dataclass(frozen=True)
class ExtractedItem:
    """One conclusion. `evidence` is never empty: the words it was read from, first its own, then those that changed
    its deadline.

    `lead` holds printed names; `lead_unit_ids` the units of the directory among them. `questions` are what the
    secretary must settle.
    """

    kind: ItemKind
    lead: tuple[str, ...]
    coordinating: tuple[str, ...]
    action: str
    deadline: Deadline | None
    references: tuple[str, ...]
    evidence: tuple[Span, ...]
    sentence: str
    questions: tuple[str, ...] = ()
    said_by: str = ""
    collective: bool = False
    lead_unit_ids: tuple[UUID, ...] = ()
    coordinating_unit_ids: tuple[UUID, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The item as the command line prints it; no deadline is kind "none" with everything else null."""
        return {
            "kind": self.kind,
            "lead": list(self.lead),
            "coordinating": list(self.coordinating),
            "action": self.action,
            "deadline": deadline_json(self.deadline),
            "references": list(self.references),
            "evidence": [_span_json(span) for span in self.evidence],
            "sentence": self.sentence,
            "questions": list(self.questions),
            "said_by": self.said_by,
        }


@dataclass(frozen=True)
class Assessed:
    """A sentence of the one who concludes that weighs what was done, before the tasks; `evidence` as for items."""

    text: str
    evidence: Span


@dataclass(frozen=True)
class Opening:
    """Facts of the opening paragraph; what was not said is None or empty."""

    date: str | None = None
    meeting: str = ""
    chaired_by: str | None = None
    reported_by: tuple[str, ...] = ()
    spoke: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The object `opening` of the command line."""
        return {
            "date": self.date,
            "meeting": self.meeting,
            "chaired_by": self.chaired_by,
            "reported_by": list(self.reported_by),
            "spoke": list(self.spoke),
        }


@dataclass(frozen=True)
class Extraction:
    """Opening facts and items in the order said. `reason` says why there are none, if so; `chair_inferred` that
    nobody named the chair."""

    opening: Opening
    items: tuple[ExtractedItem, ...]
    questions: tuple[str, ...] = ()
    reason: str | None = None
    chair_inferred: bool = False
    assessment: tuple[Assessed, ...] = field(default=())

    @property
    def directives(self) -> tuple[ExtractedItem, ...]:
        """The items that become tasks."""
        return tuple(item for item in self.items if item.kind == "directive")

    def to_json(self) -> dict[str, Any]:
        """The JSON of `diemcau extract`."""
        return {
            "opening": self.opening.to_json(),
            "items": [item.to_json() for item in self.items],
            "questions": list(self.questions),
            "reason": self.reason,
            "chair_inferred": self.chair_inferred,
            "assessment": [
                {
                    "text": said.text,
                    "evidence": {"start": _plain(said.evidence.start), "end": _plain(said.evidence.end)},
                }
                for said in self.assessment
            ],
        }


def deadline_json(deadline: Deadline | None) -> dict[str, Any]:
    """A deadline as JSON; "none stated" has the same four keys."""
    if deadline is None:
        return {"raw": None, "iso": None, "kind": "none", "rrule": None}
    return {"raw": deadline.raw, "iso": deadline.iso, "kind": deadline.kind, "rrule": deadline.rrule}


def all_questions(extraction: Extraction) -> tuple[str, ...]:
    """Every question, each once: those of the whole first, then item by item."""
    rows: Sequence[Sequence[str]] = (extraction.questions, *(item.questions for item in extraction.items))
    return tuple(dict.fromkeys(question for row in rows for question in row))


def _span_json(span: Span) -> dict[str, float | int]:
    return {"start": _plain(span.start), "end": _plain(span.end)}


def _plain(value: float) -> float | int:
    """Characters as whole numbers, seconds with three decimals."""
    return int(value) if float(value).is_integer() else round(value, JSON_DECIMALS)
