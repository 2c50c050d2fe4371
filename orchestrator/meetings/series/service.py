"""Series: plan one, go on with it, edit "this and following", end it. All meetings are made, or none."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import audit
from core.clock import VIETNAM, in_vietnam
from core.errors import NotFound, VersionConflict
from core.permissions import Action, Actor, require
from core.runtime import current
from orchestrator.meetings import states
from orchestrator.meetings.classification import refuse_classified
from orchestrator.meetings.editing import edit_meeting
from orchestrator.meetings.models import Meeting
from orchestrator.meetings.plan import MeetingPlan, checked_plan
from orchestrator.meetings.plan_body import body_of
from orchestrator.meetings.refusals import SeriesOccurrenceRefused, SeriesOver
from orchestrator.meetings.series.models import MeetingSeries
from orchestrator.meetings.series.plans import NewSeries, as_new, check_series
from orchestrator.meetings.series.recurrence import days_of, last_day, read_rule
from orchestrator.meetings.service import cancel_meeting, plan_meeting
from orchestrator.meetings.writing import Slot
from orchestrator.refusals import CapExceeded, MeetingOver, Overlap
from orchestrator.words import checked_name

SERIES_LISTED = 50


@dataclass(frozen=True)
class SeriesEdit:
    """What an edit of "this and following" did: meetings changed, and those left because they were edited alone."""

    changed: tuple[Meeting, ...]
    left_alone: tuple[Meeting, ...]


def plan_series(session: Session, actor: Actor | None, new: NewSeries) -> tuple[MeetingSeries, tuple[Meeting, ...]]:
    """Write a series with all its meetings up to the horizon, or refuse it whole.

    Raises:
        ClassifiedRefused, Invalid, UnknownReference: as `plan_meeting`.
        SeriesRuleInvalid, SeriesEndless, SeriesTooLong, SeriesEmpty: the rule cannot be used so.
        SeriesOccurrenceRefused: one day is over a cap or overlaps; names the day.
    """
    require(actor, Action.PLAN_MEETING)
    refuse_classified(new.classification)
    check_series(new)
    rule = read_rule(new.rrule)
    horizon = last_day(rule, new.first_on, new.through)
    days = days_of(rule, new.first_on, horizon)
    first = checked_plan(new.plan_on(days[0]), current().clock())
    series = MeetingSeries(
        id=uuid4(),
        title=first.title,
        rrule=rule.text,
        first_on=new.first_on,
        starts_time=new.starts_time,
        duration_minutes=new.duration_minutes,
        horizon_on=horizon,
        excluded_on=sorted(new.excluded & set(days)),
        kind=new.kind,
        urgency=new.urgency,
        body_name=first.body_name,
        chair_id=None,
        secretary_id=None,
        body=body_of(first).to_json(),
        ended_at=None,
        version=1,
    )
    session.add(series)
    session.flush()
    meetings = _make(session, actor, series, new, days)
    # Chair and secretary are known to exist once a meeting has been planned with them.
    series.chair_id, series.secretary_id = new.chair_id, new.secretary_id
    audit.record(session, actor, "series.planned", "series", series.id, meetings=len(meetings), rule=rule.text)
    return series, meetings


def continue_series(
    session: Session, actor: Actor | None, series_id: UUID, through: date, *, excluded: frozenset[date] = frozenset()
) -> tuple[Meeting, ...]:
    """Make the meetings after the horizon up to a later day. Raises as `plan_series`, NotFound, SeriesOver."""
    series = _locked(session, actor, series_id)
    if series.ended_at is not None:
        raise SeriesOver
    rule = read_rule(series.rrule)
    new = replace(as_new(series), excluded=excluded)
    # The horizon moves on from where it stands: a series that has run for years may go on.
    horizon = last_day(rule, series.horizon_on, through)
    days = days_of(rule, series.first_on, horizon, after=series.horizon_on)
    meetings = _make(session, actor, series, new, days)
    series.horizon_on = horizon
    series.excluded_on = sorted({*series.excluded_on, *(excluded & set(days))})
    series.version += 1
    audit.record(session, actor, "series.continued", "series", series.id, meetings=len(meetings), through=horizon)
    return meetings


def edit_following(
    session: Session, actor: Actor | None, meeting_id: UUID, plan: MeetingPlan, *, expected_version: int | None = None
) -> SeriesEdit:
    """Write a plan over this meeting and over every later one of its series that is still planned.

    The later ones keep their days and take the hour, the length and everything else. Meetings edited by themselves are
    left as they are and named in the answer. The series remembers the plan for the meetings still to be made.

    Raises:
        NotFound: the meeting is in no series. VersionConflict. SeriesOccurrenceRefused: one of them is not possible so.
    """
    first = session.get(Meeting, meeting_id)
    if first is None or first.series_id is None:
        raise NotFound
    series = _locked(session, actor, first.series_id)
    if expected_version is not None and first.version != expected_version:
        raise VersionConflict
    if first.state != states.PLANNED:
        raise MeetingOver
    later = [item for item in _planned_from(session, series.id, first) if item.id != first.id]
    left_alone = tuple(item for item in later if item.is_edited_alone)
    following = [item for item in later if not item.is_edited_alone]
    starts = in_vietnam(plan.starts_at).time().replace(tzinfo=None)
    changed = [edit_meeting(session, actor, first.id, plan, alone=False)]
    for item in following:
        begin = datetime.combine(in_vietnam(item.starts_at).date(), starts, tzinfo=VIETNAM)
        moved = replace(plan, starts_at=begin, ends_at=begin + (plan.ends_at - plan.starts_at), exceptions=())
        with _named(begin.date()):
            changed.append(edit_meeting(session, actor, item.id, moved, alone=False))
    _remember(series, checked_plan(plan, current().clock()))
    audit.record(session, actor, "series.edited", "series", series.id, meetings=len(changed), since=first.id)
    return SeriesEdit(tuple(changed), left_alone)


def end_series(
    session: Session, actor: Actor | None, series_id: UUID, from_day: date, reason: str
) -> tuple[Meeting, ...]:
    """Call off every planned meeting of the series from this day on; nothing more is made from it.

    Raises:
        NotFound, SeriesOver, Invalid (no reason).
    """
    series = _locked(session, actor, series_id)
    if series.ended_at is not None:
        raise SeriesOver
    because = checked_name(reason, "lý do kết thúc chuỗi")
    begin = datetime.combine(from_day, datetime.min.time(), tzinfo=VIETNAM)
    query = select(Meeting).where(
        Meeting.series_id == series.id, Meeting.state == states.PLANNED, Meeting.starts_at >= begin
    )
    off = session.scalars(query.order_by(Meeting.starts_at)).all()
    for meeting in off:
        cancel_meeting(session, actor, meeting.id, because)
    series.ended_at = current().clock()
    series.version += 1
    audit.record(session, actor, "series.ended", "series", series.id, cancelled=len(off), since=from_day)
    return tuple(off)


def get_series(session: Session, actor: Actor | None, series_id: UUID) -> MeetingSeries:
    """One series. Raises NotFound."""
    require(actor, Action.VIEW_DIRECTORY)
    series = session.get(MeetingSeries, series_id)
    if series is None:
        raise NotFound
    return series


def list_series(session: Session, actor: Actor | None, *, page: int = 1) -> tuple[Sequence[MeetingSeries], int]:
    """Series, those still running first, and how many there are in all."""
    require(actor, Action.VIEW_DIRECTORY)
    total = session.scalar(select(func.count()).select_from(MeetingSeries)) or 0
    query = select(MeetingSeries).order_by(
        MeetingSeries.ended_at.is_not(None), MeetingSeries.first_on.desc(), MeetingSeries.title
    )
    return session.scalars(query.limit(SERIES_LISTED).offset((max(page, 1) - 1) * SERIES_LISTED)).all(), total


def _make(
    session: Session, actor: Actor | None, series: MeetingSeries, new: NewSeries, days: Iterable[date]
) -> tuple[Meeting, ...]:
    made = []
    for day in days:
        if day in new.excluded:
            continue
        with _named(new.moved.get(day, day)):
            meeting = plan_meeting(session, actor, new.plan_on(day), slot=Slot(series.id, day))
        meeting.is_edited_alone = day in new.moved
        made.append(meeting)
    return tuple(made)


@contextmanager
def _named(day: date) -> Iterator[None]:
    """Give what is refused inside the day it is about."""
    try:
        yield
    except (CapExceeded, Overlap) as refused:
        raise SeriesOccurrenceRefused(
            day=f"{day:%d/%m/%Y}", sentence=refused.sentence(), because=refused.code
        ) from refused


def _remember(series: MeetingSeries, plan: MeetingPlan) -> None:
    series.title, series.kind, series.urgency, series.body_name = plan.title, plan.kind, plan.urgency, plan.body_name
    series.chair_id, series.secretary_id = plan.chair_id, plan.secretary_id
    series.starts_time = in_vietnam(plan.starts_at).time().replace(tzinfo=None)
    series.duration_minutes = int((plan.ends_at - plan.starts_at) / timedelta(minutes=1))
    series.body = body_of(plan).to_json()
    series.version += 1


def _planned_from(session: Session, series_id: UUID, first: Meeting) -> Sequence[Meeting]:
    query = select(Meeting).where(
        Meeting.series_id == series_id, Meeting.state == states.PLANNED, Meeting.starts_at >= first.starts_at
    )
    return session.scalars(query.order_by(Meeting.starts_at)).all()


def _locked(session: Session, actor: Actor | None, series_id: UUID) -> MeetingSeries:
    require(actor, Action.PLAN_MEETING)
    series = session.get(MeetingSeries, series_id, with_for_update={"of": MeetingSeries}, populate_existing=True)
    if series is None:
        raise NotFound
    return series
