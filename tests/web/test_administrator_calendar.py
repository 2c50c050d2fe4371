"""The screen of the working calendar: propose, accept, add, change, strike out."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select

from core.permissions import Role
from core.runtime import Runtime
from orchestrator.calendar.models import Holiday
from orchestrator.calendar.service import working_calendar
from tests.web.conftest import Browser

BRIDGE = {"day": "2026-05-04", "name": "Nghỉ cầu", "kind": "off", "basis": "Thông báo số 12"}


@pytest.fixture
def admin(browser_of: Callable[..., Browser]) -> Browser:
    return browser_of(Role.ADMINISTRATOR)


def row_of(runtime: Runtime, day: date) -> Holiday:
    with runtime.database.transaction() as session:
        row = session.scalar(select(Holiday).where(Holiday.day == day))
        assert row is not None
        return row


def works(runtime: Runtime, day: date) -> bool:
    with runtime.database.transaction() as session:
        return working_calendar(session).is_working_day(day)


def test_only_the_administrator_opens_it(browser_of: Callable[..., Browser]) -> None:
    assert browser_of(Role.OPERATOR).get("/quan-tri/lich").status_code == 403
    assert browser_of(Role.OPERATOR).post("/quan-tri/lich/2026/chap-nhan").status_code == 403


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/quan-tri/lich", "17/02/2026"),
        ("/quan-tri/lich?nam=2030", "02/02/2030"),
        ("/quan-tri/lich?nam=1999", "Lịch làm việc năm 2026"),
        ("/quan-tri/lich?nam=abc", "Lịch làm việc năm 2026"),
    ],
)
def test_a_year_shows_its_proposal(admin: Browser, path: str, words: str) -> None:
    assert words in admin.get(path).text


def test_a_year_is_accepted_then_edited(admin: Browser, runtime: Runtime) -> None:
    assert "chưa được chấp nhận" in admin.get("/quan-tri/lich").text
    assert admin.post("/quan-tri/lich/2026/chap-nhan").status_code == 302
    assert "chưa được chấp nhận" not in admin.get("/quan-tri/lich").text
    row = row_of(runtime, date(2026, 11, 24))
    path = f"/quan-tri/lich/ngay/{row.id}"
    assert row.name in admin.get(path).text
    assert admin.post(path, {"act": "xoa", "version": "1"}).status_code == 302
    assert works(runtime, date(2026, 11, 24))
    assert admin.get(path).status_code == 404


def test_a_bridging_day_is_added_moved_and_counts(admin: Browser, runtime: Runtime) -> None:
    assert admin.post("/quan-tri/lich/2026", BRIDGE).status_code == 302
    assert "Nghỉ cầu" in admin.get("/quan-tri/lich?nam=2026").text
    assert not works(runtime, date(2026, 5, 4))
    path = f"/quan-tri/lich/ngay/{row_of(runtime, date(2026, 5, 4)).id}"
    assert admin.post(path, BRIDGE | {"day": "2026-05-05", "act": "luu", "version": "1"}).status_code == 302
    assert works(runtime, date(2026, 5, 4))
    late = admin.post(path, BRIDGE | {"name": "Tên gõ muộn", "act": "luu", "version": "1"})
    assert late.status_code == 409
    assert 'value="Tên gõ muộn"' in late.text


@pytest.mark.parametrize(
    "change", [{"day": ""}, {"day": "31/4"}, {"name": ""}, {"kind": "lạ"}, {"kind": "working"}, {"day": "1900-01-01"}]
)
def test_a_wrong_day_is_refused_and_kept(admin: Browser, change: dict[str, str]) -> None:
    answer = admin.post("/quan-tri/lich/2026", BRIDGE | change)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert 'value="Thông báo số 12"' in answer.text


def test_unknown_days_and_years_out_of_reach(admin: Browser) -> None:
    unknown = f"/quan-tri/lich/ngay/{UUID(int=7)}"
    assert admin.get(unknown).status_code == 404
    assert admin.post(unknown, BRIDGE | {"version": "1"}).status_code == 404
    assert admin.post("/quan-tri/lich/1999/chap-nhan").status_code == 422
