"""The part of a plan that does not depend on its day, as series and templates are filled in and keep it.

Titles, chair, length; endpoints, people, agenda, papers. In and out: plain values and the JSON they are stored as. What
the directory no longer knows is refused when a meeting is planned from it, not here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from core.errors import Invalid
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.models import MeetingKind, ParticipantRole, Urgency
from orchestrator.meetings.plan import (
    LONGEST,
    SHORTEST,
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


@dataclass(frozen=True, kw_only=True)
class PlanOutline:
    """Everything of a plan but its day and its classification: what a series or a template is filled in with."""

    title: str
    duration_minutes: int
    body: PlanBody
    kind: MeetingKind = MeetingKind.WEEKLY_BRIEFING
    urgency: Urgency = Urgency.NORMAL
    body_name: str = ""
    chair_id: UUID | None = None
    secretary_id: UUID | None = None

    def check_length(self) -> None:
        """Raise Invalid for a length no meeting may have."""
        minutes = self.duration_minutes
        minute = timedelta(minutes=1)
        # Compared as numbers: some are too large to be a length of time.
        if isinstance(minutes, bool) or not SHORTEST / minute <= minutes <= LONGEST / minute:
            raise Invalid(field="thời lượng", reason="phải từ 5 phút đến 12 giờ")

    def plan_at(self, classification: Classification, starts_at: datetime) -> MeetingPlan:
        """The plan of a meeting that begins then."""
        return MeetingPlan(
            classification=classification,
            title=self.title,
            kind=self.kind,
            urgency=self.urgency,
            body_name=self.body_name,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=self.duration_minutes),
            chair_id=self.chair_id,
            secretary_id=self.secretary_id,
            endpoints=self.body.endpoints,
            participants=self.body.participants,
            agenda=self.body.agenda,
            documents=self.body.documents,
        )


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
