"""A series in plain values: what is filled in, and the plan of each of its meetings. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from core.clock import VIETNAM, in_vietnam
from core.errors import Invalid
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.plan import MeetingPlan
from orchestrator.meetings.plan_body import PlanOutline, body_from_json
from orchestrator.meetings.series.models import MeetingSeries


@dataclass(frozen=True, kw_only=True)
class NewSeries(PlanOutline):
    """A series as filled in; classification first. `starts_at` is the first meeting, on any aware clock."""

    classification: Classification
    rrule: str
    starts_at: datetime
    #: Last day to plan for; needed where the rule has no end.
    through: date | None = None
    #: EXDATE: days of the rule without a meeting.
    excluded: frozenset[date] = frozenset()
    #: Days of the rule whose meeting is held on another day.
    moved: Mapping[date, date] = field(default_factory=dict)

    @property
    def first_on(self) -> date:
        """The first day in Việt Nam."""
        return in_vietnam(self.starts_at).date()

    @property
    def starts_time(self) -> time:
        """The hour in Việt Nam."""
        return in_vietnam(self.starts_at).time().replace(tzinfo=None)

    def plan_on(self, day: date) -> MeetingPlan:
        """The plan of the meeting that the rule gives for this day, on the day it was moved to."""
        starts_at = datetime.combine(self.moved.get(day, day), self.starts_time, tzinfo=VIETNAM)
        return self.plan_at(self.classification, starts_at)


def check_series(new: NewSeries) -> None:
    """Raise Invalid for a start without zone or a length no meeting may have."""
    if new.starts_at.tzinfo is None:
        raise Invalid(field="giờ bắt đầu", reason="thiếu múi giờ, ví dụ 2026-04-08T14:00+07:00")
    new.check_length()


def as_new(series: MeetingSeries) -> NewSeries:
    """A stored series as one would fill it in again; only unclassified meetings are ever stored."""
    return NewSeries(
        classification=Classification.UNCLASSIFIED,
        title=series.title,
        rrule=series.rrule,
        starts_at=datetime.combine(series.first_on, series.starts_time, tzinfo=VIETNAM),
        duration_minutes=series.duration_minutes,
        body=body_from_json(series.body),
        kind=series.kind,
        urgency=series.urgency,
        body_name=series.body_name,
        chair_id=series.chair_id,
        secretary_id=series.secretary_id,
        through=series.horizon_on,
        excluded=frozenset(series.excluded_on),
    )
