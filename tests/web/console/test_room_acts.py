"""Putting an endpoint out, ending the room through the administrator's account; what is said where there is none."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from core.audit import AuditRow
from core.permissions import Role
from core.runtime import Runtime
from orchestrator.jitsi import acts
from orchestrator.jitsi.admin import Occupant, RoomNotRunning
from orchestrator.meetings.service import open_meeting
from tests.conftest import MOMENT
from tests.web.builders import system
from tests.web.conftest import Browser
from tests.web.console.builders import Hour, come
from tests.web.console.test_console_screens import act

Browsers = Callable[..., Browser]


class Administrator:
    """Notes what it was asked; the room holds whom the test says."""

    def __init__(self) -> None:
        self.inside: list[str] = []
        self.removed: list[str] = []
        self.ended: list[str] = []

    def occupants(self, room: str) -> tuple[Occupant, ...]:
        return tuple(Occupant(jid, "khach", "member", "participant") for jid in self.inside)

    def remove(self, room: str, real_jid: str, reason: str) -> None:
        self.removed.append(real_jid)

    def end_room(self, room: str, reason: str) -> None:
        if not self.inside:
            raise RoomNotRunning(room=room)
        self.ended.append(room)


@pytest.fixture
def administrator(monkeypatch: pytest.MonkeyPatch, runtime: Runtime, hour: Hour) -> Administrator:
    made = Administrator()
    monkeypatch.setattr(acts, "_admin", lambda: made)
    with runtime.database.transaction() as session:
        open_meeting(session, system(Role.OPERATOR), hour.meeting_id)
    return made


def test_an_endpoint_is_put_out_with_all_its_connections(
    browser_of: Browsers, runtime: Runtime, hour: Hour, administrator: Administrator
) -> None:
    jids = [come(runtime, hour, 1, MOMENT - timedelta(minutes=minutes)) for minutes in (9, 3)]
    other = come(runtime, hour, 2, MOMENT - timedelta(minutes=4))
    administrator.inside = [*jids, other]
    browser = browser_of(Role.OPERATOR)
    told = act(browser, hour, "moi-ra", place_id=str(hour.places[1]))
    assert told.get_json()["sentence"] == f"Đã mời {hour.names[1]} ra khỏi phòng họp."
    assert administrator.removed == jids
    with runtime.database.transaction() as session:
        assert list(session.scalars(select(AuditRow.action))).count("occupant.removed") == 2
    absent = act(browser, hour, "moi-ra", place_id=str(hour.places[3]))
    assert absent.status_code == 409
    assert "không có trong phòng họp" in absent.get_json()["sentence"]


def test_the_room_is_ended_for_everybody(
    browser_of: Browsers, runtime: Runtime, hour: Hour, administrator: Administrator
) -> None:
    browser = browser_of(Role.OPERATOR)
    assert act(browser, hour, "giai-tan").status_code == 409
    administrator.inside = [come(runtime, hour, 1, MOMENT)]
    assert act(browser, hour, "giai-tan").status_code == 200
    assert administrator.ended == [hour.room]
    assert act(browser_of(Role.SECRETARY), hour, "giai-tan").status_code == 403


def test_where_a_site_has_no_account_the_code_leads_the_window_to_do_it(
    browser_of: Browsers, runtime: Runtime, hour: Hour
) -> None:
    come(runtime, hour, 1, MOMENT)
    told = act(browser_of(Role.OPERATOR), hour, "moi-ra", place_id=str(hour.places[1]))
    assert (told.status_code, told.get_json()["code"]) == (409, "room_admin_not_configured")
    told = act(browser_of(Role.OPERATOR), hour, "phong/da-lam", act="remove", place_id=str(hour.places[1]))
    assert told.status_code == 200
    with runtime.database.transaction() as session:
        assert "room.remove" in list(session.scalars(select(AuditRow.action)))


def test_the_servers_health_is_shown_to_the_technical_operator_alone(browser_of: Browsers, hour: Hour) -> None:
    page = browser_of(Role.OPERATOR).get(f"/dieu-hanh/{hour.meeting_id}/he-thong")
    assert page.status_code == 200
    assert page.text.count("Chưa khai báo") >= 3
    assert browser_of(Role.SECRETARY).get(f"/dieu-hanh/{hour.meeting_id}/he-thong").status_code == 403
