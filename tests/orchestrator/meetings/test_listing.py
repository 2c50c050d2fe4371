"""Lists of meetings: found without marks, filtered, paged, and no query more for a longer list."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from core.errors import Forbidden
from core.permissions import Actor, Role
from core.runtime import Runtime
from orchestrator.meetings import service
from orchestrator.meetings.listing import (
    COMING,
    PAST,
    ROWS_PER_PAGE,
    MeetingFilter,
    coming_meetings,
    meetings_between,
    search_meetings,
)
from orchestrator.meetings.models import MeetingKind
from orchestrator.meetings.plan import PlannedEndpoint
from tests.conftest import MOMENT
from tests.orchestrator.conftest import STARTS, Ministry, plan_of, shifted


def plan_days(session: Session, operator: Actor, ministry: Ministry, *days: int, **changes: Any) -> None:
    for day in days:
        starts, ends = shifted(24 * day)
        service.plan_meeting(session, operator, plan_of(ministry, starts_at=starts, ends_at=ends, **changes))


def titles(session: Session, actor: Actor, **wanted: Any) -> list[str]:
    return [row.title for row in search_meetings(session, actor, MeetingFilter(**wanted), MOMENT).rows]


def test_words_are_found_without_marks_in_any_order(session: Session, operator: Actor, ministry: Ministry) -> None:
    plan_days(session, operator, ministry, 0, title="Họp khẩn về phòng, chống dịch", body_name="Ban Chỉ đạo")
    plan_days(session, operator, ministry, 1, title="Giao ban tuần")
    for words in ("hop khan", "DỊCH chống", "ban chi dao", "  "):
        assert "Họp khẩn về phòng, chống dịch" in titles(session, operator, words=words)
    for words in ("50%", "khong co"):
        assert titles(session, operator, words=words) == []
    assert len(titles(session, operator, words="_")) == 2, "a sign is no letter and looks for nothing"


def test_filters(session: Session, operator: Actor, ministry: Ministry) -> None:
    plan_days(session, operator, ministry, -2, title="Đã qua")
    plan_days(session, operator, ministry, 1, title="Sắp tới")
    plan_days(session, operator, ministry, 2, title="Tổng kết", kind=MeetingKind.REVIEW,
              endpoints=[PlannedEndpoint(ministry.endpoints[3].id)])  # fmt: skip
    assert titles(session, operator, when=COMING) == ["Sắp tới", "Tổng kết"]
    assert titles(session, operator, when=PAST) == ["Đã qua"]
    assert titles(session, operator, kind=MeetingKind.REVIEW) == ["Tổng kết"]
    assert titles(session, operator, state="closed") == []
    assert titles(session, operator, endpoint_id=ministry.endpoints[0].id) == ["Sắp tới", "Đã qua"]
    assert titles(session, operator, since=STARTS + timedelta(days=2)) == ["Tổng kết"]


def test_a_row_tells_what_a_list_shows(session: Session, operator: Actor, ministry: Ministry) -> None:
    plan_days(session, operator, ministry, 1)
    (row,) = search_meetings(session, operator, MeetingFilter(), MOMENT).rows
    assert (row.endpoints, row.people, row.chair_name, row.warnings) == (4, 20, "Phan Quốc Bảo", 2)


def test_pages(session: Session, operator: Actor, ministry: Ministry) -> None:
    lone = {"endpoints": [PlannedEndpoint(ministry.endpoints[0].id)], "chair_id": None, "secretary_id": None}
    plan_days(session, operator, ministry, *range(1, ROWS_PER_PAGE + 3), **lone)
    first = search_meetings(session, operator, MeetingFilter(when=COMING), MOMENT)
    assert (len(first.rows), first.total, first.pages) == (ROWS_PER_PAGE, ROWS_PER_PAGE + 2, 2)
    for page in (2, 99):
        assert len(search_meetings(session, operator, MeetingFilter(when=COMING), MOMENT, page=page).rows) == 2
    assert len(search_meetings(session, operator, MeetingFilter(), MOMENT, page=-4).rows) == ROWS_PER_PAGE


def test_the_calendar_leaves_out_what_was_called_off(session: Session, operator: Actor, ministry: Ministry) -> None:
    plan_days(session, operator, ministry, 1, 2)
    found = meetings_between(session, operator, MOMENT, MOMENT + timedelta(days=7))
    service.cancel_meeting(session, operator, found[0].id, "Nghỉ")
    assert [row.id for row in meetings_between(session, operator, MOMENT, MOMENT + timedelta(days=7))] == [found[1].id]
    coming = coming_meetings(session, operator, MOMENT, MOMENT + timedelta(days=7), limit=1)
    assert [row.id for row in coming] == [found[1].id]


def test_a_unit_finds_its_own_only(
    session: Session, operator: Actor, ministry: Ministry, actor_factory: Callable[..., Actor]
) -> None:
    lone = {"chair_id": None, "secretary_id": None}
    for number, title in ((1, "Của ta"), (2, "Của người")):
        endpoints = [PlannedEndpoint(ministry.endpoints[number].id)]
        plan_days(session, operator, ministry, number, title=title, endpoints=endpoints, **lone)
    unit = actor_factory(Role.UNIT, unit_ids=[ministry.units[1].id])
    assert titles(session, unit) == ["Của ta"]
    with pytest.raises(Forbidden):
        titles(session, actor_factory(Role.ADMINISTRATOR))


def test_a_longer_list_costs_no_more_queries(
    session: Session, operator: Actor, ministry: Ministry, runtime: Runtime
) -> None:
    def queries() -> int:
        seen: list[str] = []

        def note(*call: Any) -> None:
            seen.append(str(call[2]))

        session.flush()
        event.listen(runtime.database.engine, "before_cursor_execute", note)
        search_meetings(session, operator, MeetingFilter(), MOMENT)
        event.remove(runtime.database.engine, "before_cursor_execute", note)
        return len(seen)

    plan_days(session, operator, ministry, 1)
    alone = queries()
    plan_days(session, operator, ministry, *range(2, 8))
    assert queries() == alone <= 2
