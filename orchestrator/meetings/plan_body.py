"""The part of a plan that does not depend on its day, as series and templates keep it.

Endpoints, people, agenda, papers. In and out: plain values and the JSON they are stored as. What the directory no
longer knows is refused when a meeting is planned from it, not here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from orchestrator.meetings.models import ParticipantRole
from orchestrator.meetings.plan import (
    MeetingPlan,
    PlannedDocument,
    PlannedEndpoint,
    PlannedItem,
    PlannedParticipant,
)


@dataclass(frozen=True)
class PlanBody:
    """What every meeting of a series, or from a template, starts with."""

    endpoints: Sequence[PlannedEndpoint] = ()
    participants: Sequence[PlannedParticipant] = ()
    agenda: Sequence[PlannedItem] = ()
    documents: Sequence[PlannedDocument] = ()

    def to_json(self) -> dict[str, Any]:
        """As stored: identities and days as text."""
        return {
            "endpoints": [_plain(asdict(item)) for item in self.endpoints],
            "participants": [_plain(asdict(item)) for item in self.participants],
            "agenda": [_plain(asdict(item)) for item in self.agenda],
            "documents": [_plain(asdict(item)) for item in self.documents],
        }


def body_of(plan: MeetingPlan) -> PlanBody:
    """The body of a plan."""
    return PlanBody(tuple(plan.endpoints), tuple(plan.participants), tuple(plan.agenda), tuple(plan.documents))


def body_from_json(data: Mapping[str, Any]) -> PlanBody:
    """Read what `to_json` wrote. Raises KeyError, ValueError for anything else: nobody else writes it."""
    return PlanBody(
        endpoints=tuple(
            PlannedEndpoint(UUID(item["endpoint_id"]), item["head_count"], item["is_central"])
            for item in data["endpoints"]
        ),
        participants=tuple(
            PlannedParticipant(UUID(item["person_id"]), _identity(item["endpoint_id"]), ParticipantRole(item["role"]))
            for item in data["participants"]
        ),
        agenda=tuple(PlannedItem(item["title"], _identity(item["unit_id"])) for item in data["agenda"]),
        documents=tuple(
            PlannedDocument(
                item["symbol"], date.fromisoformat(item["issued_on"]) if item["issued_on"] else None, item["subject"]
            )
            for item in data["documents"]
        ),
    )


def _identity(text: str | None) -> UUID | None:
    return UUID(text) if text else None


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: value if value is None or isinstance(value, str | int | bool) else str(value)
        for key, value in values.items()
    }
