"""Series: planned whole or not at all, each meeting its own, edited alone or with those that follow, ended."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.clock import VIETNAM, in_vietnam
from core.errors import ClassifiedRefused, Forbidden, Invalid, NotFound, VersionConflict
from core.permissions import Actor, Role
from core.runtime import Runtime
from orchestrator.meetings import service as meetings
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.editing import edit_meeting
from orchestrator.meetings.editing import plan_of as stored_plan
from orchestrator.meetings.models import Meeting
from orchestrator.meetings.plan import PlannedEndpoint, PlannedItem
from orchestrator.meetings.plan_body import PlanBody
from orchestrator.meetings.refusals import (
    SeriesEndless,
    SeriesOccurrenceRefused,
    SeriesOver,
    SeriesRuleInvalid,
    SeriesTooLong,
)
from orchestrator.meetings.series.models import MeetingSeries
from orchestrator.meetings.series.plans import NewSeries
from orchestrator.meetings.series.preview import preview_series
from orchestrator.meetings.series.service import (
    continue_series,
    edit_following,
    end_series,
    get_series,
    list_series,
    plan_series,
)
from orchestrator.refusals import MeetingOver
from tests.orchestrator.conftest import Ministry, plan_of

#: Thursday 9 April 2026, 08:00 in Hà Nội; the third Thursday after it is 30 April, a public holiday.
FIRST = datetime(2026, 4, 9, 8, 0, tzinfo=VIETNAM)


def series_of(ministry: Ministry, **changes: Any) -> NewSeries:
    new = NewSeries(
        classification=Classification.UNCLASSIFIED,
        title="Giao ban tuần của Bộ",
        rrule="FREQ=WEEKLY;BYDAY=TH;COUNT=5",
        starts_at=FIRST,
        duration_minutes=90,
        body=PlanBody(
            endpoints=(
                PlannedEndpoint(ministry.endpoints[0].id, 5, True),
                PlannedEndpoint(ministry.endpoints[1].id, 4),
            ),
            agenda=(PlannedItem("Kết quả tuần", ministry.units[1].id),),
        ),
        chair_id=ministry.chair.id,
    )
    return replace(new, **changes)


def days(found: tuple[Meeting, ...]) -> list[date]:
    return [in_vietnam(meeting.starts_at).date() for meeting in found]


def test_every_occurrence_is_a_meeting_with_its_own_agenda(
    session: Session, operator: Actor, ministry: Ministry
) -> None:
    series, made = plan_series(session, operator, series_of(ministry))
    assert days(made) == [FIRST.date() + timedelta(days=7 * n) for n in range(5)]
    assert len({meeting.room_name for meeting in made}) == 5
    plan = replace(stored_plan(made[1]), agenda=[PlannedItem("Chuyên đề riêng")])
    edit_meeting(session, operator, made[1].id, plan)
    session.expire_all()
    assert [item.title for item in made[0].agenda] == ["Kết quả tuần"]
    assert [item.title for item in made[1].agenda] == ["Chuyên đề riêng"]
    assert (series.horizon_on, made[0].occurrence_on, made[0].ends_at - made[0].starts_at) == (
        FIRST.date() + timedelta(days=732),
        FIRST.date(),
        timedelta(minutes=90),
    )


def test_the_hour_is_that_of_viet_nam_whatever_zone_it_was_told_in(
    session: Session, operator: Actor, ministry: Ministry
) -> None:
    told = FIRST.astimezone(UTC)
    _series, made = plan_series(session, operator, series_of(ministry, starts_at=told, rrule="FREQ=WEEKLY;COUNT=1"))
    assert made[0].starts_at == FIRST
    with pytest.raises(Invalid, match="múi giờ"):
        plan_series(session, operator, series_of(ministry, starts_at=FIRST.replace(tzinfo=None)))


def test_days_may_be_left_out_and_moved(session: Session, operator: Actor, ministry: Ministry) -> None:
    new = series_of(ministry, excluded=frozenset({date(2026, 4, 16)}), moved={date(2026, 4, 30): date(2026, 5, 4)})
    series, made = plan_series(session, operator, new)
    assert days(made) == [date(2026, 4, 9), date(2026, 4, 23), date(2026, 5, 4), date(2026, 5, 7)]
    assert (made[2].occurrence_on, made[2].is_edited_alone) == (date(2026, 4, 30), True)
    assert series.excluded_on == [date(2026, 4, 16)]


def test_the_preview_names_days_off_with_a_proposal_and_clashes(
    session: Session, operator: Actor, ministry: Ministry
) -> None:
    other = plan_of(
        ministry,
        title="Họp đã có",
        starts_at=FIRST + timedelta(days=7),
        ends_at=FIRST + timedelta(days=7, hours=1),
        chair_id=None,
        secretary_id=None,
    )
    meetings.plan_meeting(session, operator, other)
    found = preview_series(session, operator, series_of(ministry))
    assert [item.on for item in found if item.is_day_off] == [date(2026, 4, 30)]
    # 1 May is a holiday as well, 2 and 3 May a weekend.
    assert found[3].proposed_on == date(2026, 5, 4)
    assert [bool(item.conflict) for item in found] == [False, True, False, False, False]
    assert "Họp đã có" in found[1].conflict
    crowded = PlanBody(endpoints=(PlannedEndpoint(ministry.endpoints[0].id, 21),))
    over = preview_series(session, operator, series_of(ministry, body=crowded))
    assert all("2047/TB-BCĐ" in item.conflict for item in over if item.on.day != 16)
    assert session.scalar(select(func.count()).select_from(MeetingSeries)) == 0


def test_a_longer_preview_costs_no_more_queries(
    session: Session, operator: Actor, ministry: Ministry, runtime: Runtime
) -> None:
    def queries(count: int) -> int:
        seen: list[str] = []

        def note(*call: Any) -> None:
            seen.append(str(call[2]))

        event.listen(runtime.database.engine, "before_cursor_execute", note)
        preview_series(session, operator, series_of(ministry, rrule=f"FREQ=WEEKLY;COUNT={count}"))
        event.remove(runtime.database.engine, "before_cursor_execute", note)
        return len(seen)

    session.flush()
    queries(2)  # what a session keeps is read once
    assert queries(60) == queries(2)


def test_one_impossible_day_refuses_the_whole_series_and_is_named(
    session: Session, operator: Actor, ministry: Ministry
) -> None:
    taken = plan_of(ministry, starts_at=FIRST + timedelta(days=14), ends_at=FIRST + timedelta(days=14, hours=1))
    meetings.plan_meeting(session, operator, taken)
    savepoint = session.begin_nested()
    with pytest.raises(SeriesOccurrenceRefused) as caught:
        plan_series(session, operator, series_of(ministry))
    savepoint.rollback()
    for part in ("23/04/2026", taken.title, "Hãy bỏ hoặc dời"):
        assert part in caught.value.sentence()
    assert session.scalar(select(func.count()).select_from(Meeting)) == 1
    without = series_of(ministry, excluded=frozenset({date(2026, 4, 23)}))
    assert len(plan_series(session, operator, without)[1]) == 4


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"rrule": "FREQ=DAILY;COUNT=10000"}, SeriesTooLong),
        ({"rrule": "FREQ=DAILY", "through": date(2027, 4, 9)}, SeriesTooLong),
        ({"rrule": "FREQ=WEEKLY"}, SeriesEndless),
        ({"rrule": "FREQ=WEEKLY", "through": date(2036, 4, 9)}, SeriesEndless),
        ({"rrule": "FREQ=HOURLY;COUNT=3"}, SeriesRuleInvalid),
        ({"rrule": "hằng tuần"}, SeriesRuleInvalid),
        ({"duration_minutes": 0}, Invalid),
        ({"duration_minutes": -30}, Invalid),
        ({"duration_minutes": 24 * 60}, Invalid),
        ({"title": "x" * 300}, Invalid),
        ({"title": " "}, Invalid),
        ({"body": PlanBody()}, Invalid),
        ({"classification": Classification.CONFIDENTIAL}, ClassifiedRefused),
    ],
)
def test_wrong_series_are_refused_and_leave_nothing(
    session: Session, operator: Actor, ministry: Ministry, changes: dict[str, Any], refusal: type[Exception]
) -> None:
    for ask in (preview_series, plan_series):
        with pytest.raises(refusal):
            ask(session, operator, series_of(ministry, **changes))
    assert session.scalar(select(func.count()).select_from(MeetingSeries)) == 0


def test_an_endless_series_goes_on_after_its_horizon_without_making_days_twice(
    session: Session, operator: Actor, ministry: Ministry
) -> None:
    new = series_of(ministry, rrule="FREQ=WEEKLY;BYDAY=TH", through=date(2026, 4, 20))
    series, made = plan_series(session, operator, new)
    assert days(made) == [date(2026, 4, 9), date(2026, 4, 16)]
    more = continue_series(session, operator, series.id, date(2026, 5, 8), excluded=frozenset({date(2026, 4, 30)}))
    assert days(more) == [date(2026, 4, 23), date(2026, 5, 7)]
    assert series.horizon_on == date(2026, 5, 8)
    with pytest.raises(SeriesEndless):
        continue_series(session, operator, series.id, date(2026, 5, 1))
    twice = Meeting(
        code="X", title="x", kind=made[0].kind, classification=made[0].classification, state="planned",
        starts_at=FIRST, ends_at=FIRST + timedelta(hours=1), series_id=series.id, occurrence_on=date(2026, 4, 9),
    )  # fmt: skip
    with pytest.raises(IntegrityError), session.begin_nested():
        session.add(twice)


def test_this_one_alone_is_left_by_an_edit_of_those_that_follow(
    session: Session, operator: Actor, ministry: Ministry
) -> None:
    series, made = plan_series(session, operator, series_of(ministry))
    own = stored_plan(made[3])
    edit_meeting(session, operator, made[3].id, replace(own, title="Phiên riêng"))
    meetings.cancel_meeting(session, operator, made[2].id, "Nghỉ")
    plan = stored_plan(made[1])
    later = replace(
        plan,
        title="Giao ban đổi giờ",
        starts_at=plan.starts_at + timedelta(hours=2),
        ends_at=plan.ends_at + timedelta(hours=3),
    )
    done = edit_following(session, operator, made[1].id, later, expected_version=made[1].version)
    assert [item.id for item in done.changed] == [made[1].id, made[4].id]
    assert [item.id for item in done.left_alone] == [made[3].id]
    assert (made[4].title, in_vietnam(made[4].starts_at).hour) == ("Giao ban đổi giờ", 10)
    assert made[4].ends_at - made[4].starts_at == timedelta(minutes=150)
    assert (made[0].title, made[3].title) == ("Giao ban tuần của Bộ", "Phiên riêng")
    assert (series.title, series.starts_time.hour, series.duration_minutes) == ("Giao ban đổi giờ", 10, 150)
    with pytest.raises(VersionConflict):
        edit_following(session, operator, made[4].id, stored_plan(made[4]), expected_version=1)
    with pytest.raises(MeetingOver):
        edit_following(session, operator, made[2].id, later)


def test_an_edit_of_those_that_follow_names_the_day_that_is_not_possible(
    session: Session, operator: Actor, ministry: Ministry
) -> None:
    _series, made = plan_series(session, operator, series_of(ministry))
    blocked = plan_of(
        ministry, starts_at=FIRST + timedelta(days=21, hours=4), ends_at=FIRST + timedelta(days=21, hours=6)
    )
    meetings.plan_meeting(session, operator, blocked)
    plan = stored_plan(made[0])
    later = replace(plan, starts_at=plan.starts_at + timedelta(hours=4), ends_at=plan.ends_at + timedelta(hours=4))
    with pytest.raises(SeriesOccurrenceRefused, match="30/04/2026"):
        edit_following(session, operator, made[0].id, later)


def test_a_meeting_of_no_series_has_none_that_follow(session: Session, operator: Actor, ministry: Ministry) -> None:
    meeting = meetings.plan_meeting(session, operator, plan_of(ministry))
    with pytest.raises(NotFound):
        edit_following(session, operator, meeting.id, stored_plan(meeting))


def test_ending_calls_off_what_is_still_planned_from_a_day_on(
    session: Session, operator: Actor, ministry: Ministry
) -> None:
    series, made = plan_series(session, operator, series_of(ministry))
    with pytest.raises(Invalid, match="lý do"):
        end_series(session, operator, series.id, date(2026, 4, 20), " ")
    off = end_series(session, operator, series.id, date(2026, 4, 20), "Chuyển sang họp tháng")
    assert [meeting.id for meeting in off] == [meeting.id for meeting in made[2:]]
    assert {meeting.cancelled_because for meeting in off} == {"Chuyển sang họp tháng"}
    assert made[1].state == "planned"
    for again in (
        lambda: end_series(session, operator, series.id, date(2026, 4, 20), "x"),
        lambda: continue_series(session, operator, series.id, date(2026, 12, 1)),
    ):
        with pytest.raises(SeriesOver):
            again()


def test_who_may_and_what_does_not_exist(
    session: Session, operator: Actor, ministry: Ministry, actor_factory: Callable[..., Actor]
) -> None:
    series, _made = plan_series(session, operator, series_of(ministry))
    secretary = actor_factory(Role.SECRETARY)
    assert get_series(session, secretary, series.id) is series
    assert list_series(session, secretary) == ([series], 1)
    with pytest.raises(Forbidden):
        plan_series(session, secretary, series_of(ministry))
    with pytest.raises(Forbidden):
        end_series(session, secretary, series.id, FIRST.date(), "x")
    with pytest.raises(Forbidden):
        list_series(session, actor_factory(Role.UNIT))
    with pytest.raises(NotFound):
        get_series(session, operator, uuid4())
