"""What a series would become, day by day, before anything is written: days off with a proposal, clashes, caps.

The number of queries does not grow with the number of days.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.clock import in_vietnam
from core.permissions import Action, Actor, require
from core.runtime import current
from orchestrator.calendar.service import working_calendar
from orchestrator.calendar.working_days import WorkingCalendar
from orchestrator.caps.caps import Load, Policy, breaches
from orchestrator.caps.service import policies_now
from orchestrator.directory.models import Endpoint, Person
from orchestrator.meetings import states
from orchestrator.meetings.classification import refuse_classified
from orchestrator.meetings.loads import load_of, rooms_of
from orchestrator.meetings.models import Meeting, MeetingEndpoint
from orchestrator.meetings.plan import MeetingPlan, checked_plan
from orchestrator.meetings.series.plans import NewSeries, check_series
from orchestrator.meetings.series.recurrence import days_of, last_day, read_rule
from orchestrator.meetings.writing import check_references, heads_of


@dataclass(frozen=True)
class Occurrence:
    """One meeting of the series to be: the rule's day, when it would be held, and what stands against it.

    `proposed_on` is the next working day where the day is off; `conflict` is a phrase, empty where nothing clashes.
    """

    on: date
    starts_at: datetime
    ends_at: datetime
    is_day_off: bool
    proposed_on: date | None
    is_excluded: bool
    moved_to: date | None
    conflict: str


@dataclass(frozen=True)
class _Busy:
    title: str
    code: str
    starts_at: datetime
    ends_at: datetime
    what: str


def preview_series(session: Session, actor: Actor | None, new: NewSeries) -> tuple[Occurrence, ...]:
    """The meetings the series would have. Raises what `plan_series` raises for the rule and for wrong values."""
    require(actor, Action.PLAN_MEETING)
    refuse_classified(new.classification)
    check_series(new)
    rule = read_rule(new.rrule)
    days = days_of(rule, new.first_on, last_day(rule, new.first_on, new.through))
    plans = {day: new.plan_on(day) for day in days}
    first = checked_plan(plans[days[0]], current().clock())
    check_references(session, first)
    calendar = working_calendar(session)
    load, policies = load_of(session, heads_of(first), first.kind), policies_now(session)
    busy = _busy(session, first, min(plan.starts_at for plan in plans.values()), plans[days[-1]].ends_at)
    return tuple(
        _occurrence(new, day, plans[day], calendar, _against(plans[day], busy, load, policies)) for day in days
    )


def _occurrence(new: NewSeries, day: date, plan: MeetingPlan, calendar: WorkingCalendar, conflict: str) -> Occurrence:
    held_on = in_vietnam(plan.starts_at).date()
    off = not calendar.is_working_day(held_on)
    return Occurrence(
        on=day,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        is_day_off=off,
        proposed_on=calendar.add_working_days(held_on, 1) if off else None,
        is_excluded=day in new.excluded,
        moved_to=new.moved.get(day),
        conflict=conflict,
    )


def _against(plan: MeetingPlan, busy: Sequence[_Busy], load: Load, policies: Sequence[Policy]) -> str:
    for other in busy:
        if other.starts_at < plan.ends_at and plan.starts_at < other.ends_at:
            return (
                f"{other.what} đã có cuộc họp “{other.title}” ({other.code}) "
                f"{in_vietnam(other.starts_at):%H:%M}–{in_vietnam(other.ends_at):%H:%M}"
            )
    for breach in breaches(load, policies, in_vietnam(plan.starts_at).date()):
        place = f"{breach.place}: " if breach.place else ""
        return f"{place}{breach.counted} vượt trần {breach.policy.maximum} ({breach.policy.legal_basis})"
    return ""


def _busy(session: Session, plan: MeetingPlan, since: datetime, until: datetime) -> list[_Busy]:
    """Meetings in the time of the series that hold its chair, one of its endpoints or one of their rooms."""
    endpoint_ids = [item.endpoint_id for item in plan.endpoints]
    rooms = {room.id: room.name for room in rooms_of(session, endpoint_ids).values()}
    query = (
        select(Meeting.title, Meeting.code, Meeting.starts_at, Meeting.ends_at)
        .add_columns(Meeting.chair_id, Person.full_name, MeetingEndpoint.endpoint_id, Endpoint.name)
        .add_columns(MeetingEndpoint.physical_room_id)
        .join(MeetingEndpoint, MeetingEndpoint.meeting_id == Meeting.id)
        .join(Endpoint, Endpoint.id == MeetingEndpoint.endpoint_id)
        .outerjoin(Person, Person.id == Meeting.chair_id)
        .where(
            Meeting.state.in_((states.PLANNED, states.OPEN)),
            Meeting.starts_at < until,
            Meeting.ends_at > since,
            MeetingEndpoint.withdrawn_at.is_(None),
            or_(
                Meeting.chair_id == plan.chair_id if plan.chair_id else False,
                MeetingEndpoint.endpoint_id.in_(endpoint_ids),
                MeetingEndpoint.physical_room_id.in_(rooms),
            ),
        )
        .order_by(Meeting.starts_at)
    )
    return [
        _Busy(title, code, starts_at, ends_at, _what(plan, rooms, chair_id, chair, endpoint_id, name, room_id))
        for title, code, starts_at, ends_at, chair_id, chair, endpoint_id, name, room_id in session.execute(query)
    ]


def _what(
    plan: MeetingPlan,
    rooms: dict[UUID, str],
    chair_id: UUID | None,
    chair: str | None,
    endpoint_id: UUID,
    name: str,
    room_id: UUID | None,
) -> str:
    if endpoint_id in {item.endpoint_id for item in plan.endpoints}:
        return f"Điểm cầu “{name}”"
    if room_id in rooms:
        return f"Phòng “{rooms[room_id]}”"
    return chair or "Người chủ trì" if chair_id else ""
