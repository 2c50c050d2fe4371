"""The periodic look into running rooms: alarms first, removal only where the site wants it and only after a while."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.audit import AuditRow
from core.runtime import Runtime
from orchestrator.jitsi.admin import AdminUnavailable
from orchestrator.jitsi.enforcement.tasks import enforce_seats
from orchestrator.live import rooms
from orchestrator.live.models import LiveAlarm, PresenceInterval
from orchestrator.meetings.models import Meeting
from tests.conftest import MOMENT, FixedClock
from tests.orchestrator.enforcement.conftest import FakeRoomAdmin, guest, moderator

SetSite = Callable[..., None]


@pytest.fixture
def session(runtime: Runtime) -> Iterator[Session]:
    """A session that may commit in the middle: the task works in transactions of its own."""
    with Session(runtime.database.engine) as session:
        yield session


def _lives(session: Session, meeting: Meeting, fake: FakeRoomAdmin, *names: str) -> None:
    """The room lives, and these endpoints are in it by what the events told: `0`, `1` … are places of the plan."""
    rooms.begin_life(session, meeting.id, MOMENT)
    for minute, name in enumerate(names):
        place = meeting.endpoints[int(name[0])].id if name[0].isdigit() else None
        joined = MOMENT + timedelta(minutes=minute)
        rooms.note_stay(session, meeting.id, rooms.Stay(guest(name).real_jid, joined, None, place))
    fake.there[meeting.room_name or ""] = [guest("focus", "auth.meet.rig"), *(guest(name) for name in names)]
    session.commit()


def _alarms(session: Session) -> list[tuple[str, str]]:
    session.expire_all()
    query = select(LiveAlarm).where(LiveAlarm.resolved_at.is_(None)).order_by(LiveAlarm.subject)
    return [(alarm.kind, alarm.subject) for alarm in session.scalars(query)]


def _removed(session: Session) -> list[str]:
    rows = session.scalars(select(AuditRow).where(AuditRow.action == "occupant.removed").order_by(AuditRow.id))
    return [row.detail["occupant"] for row in rows]


def test_a_room_in_order_is_left_alone(
    session: Session, meeting: Meeting, fake_admin: FakeRoomAdmin, set_site: SetSite
) -> None:
    set_site(jitsi_enforcement="remove")
    _lives(session, meeting, fake_admin, "0", "1", "2")
    enforce_seats()
    assert _alarms(session) == [] and fake_admin.acts == []


def test_by_default_the_operator_is_told_and_nobody_is_removed(
    session: Session, meeting: Meeting, fake_admin: FakeRoomAdmin, set_site: SetSite, fixed_clock: FixedClock
) -> None:
    _lives(session, meeting, fake_admin, "0", "lạ", "0b")
    for _ in range(3):
        enforce_seats()
        fixed_clock.now += timedelta(minutes=5)
    assert _alarms(session) == [("seat_duplicate", "0@meet.rig/x"), ("seat_uninvited", "lạ@meet.rig/x")]
    assert fake_admin.acts == []


def test_removal_waits_until_late_events_have_had_their_time(
    session: Session, meeting: Meeting, fake_admin: FakeRoomAdmin, set_site: SetSite, fixed_clock: FixedClock
) -> None:
    set_site(jitsi_enforcement="remove", jitsi_enforcement_grace_seconds=30)
    _lives(session, meeting, fake_admin, "0", "lạ")
    enforce_seats()
    fixed_clock.now += timedelta(seconds=29)
    enforce_seats()
    assert fake_admin.acts == []

    fixed_clock.now += timedelta(seconds=1)
    enforce_seats()

    assert [(act, jid) for act, jid, _ in fake_admin.acts] == [("remove", "lạ@meet.rig/x")]
    assert "đường dẫn riêng" in fake_admin.acts[0][2]
    assert _removed(session) == ["lạ@meet.rig/x"]
    enforce_seats()
    assert _alarms(session) == []  # settled by its going


def test_an_event_that_came_late_settles_the_matter(
    session: Session, meeting: Meeting, fake_admin: FakeRoomAdmin, set_site: SetSite, fixed_clock: FixedClock
) -> None:
    set_site(jitsi_enforcement="remove")
    _lives(session, meeting, fake_admin, "0")
    fake_admin.there[meeting.room_name or ""].append(guest("muộn"))
    enforce_seats()
    assert _alarms(session) == [("seat_uninvited", "muộn@meet.rig/x")]

    stay = rooms.Stay("muộn@meet.rig/x", MOMENT, None, meeting.endpoints[1].id)
    rooms.note_stay(session, meeting.id, stay)
    session.commit()
    fixed_clock.now += timedelta(minutes=2)
    enforce_seats()

    assert _alarms(session) == [] and fake_admin.acts == []


def test_recorder_focus_administrator_and_console_are_never_surplus(
    session: Session, meeting: Meeting, fake_admin: FakeRoomAdmin, set_site: SetSite, fixed_clock: FixedClock
) -> None:
    set_site(jitsi_enforcement="remove")
    _lives(session, meeting, fake_admin, "0")
    fake_admin.there[meeting.room_name or ""] += [
        guest("jibri", "recorder.meet.rig"), guest("diemcau", "auth.meet.rig"), guest("focus", "focus.meet.rig"),
    ]  # fmt: skip
    for _ in range(2):
        enforce_seats()
        fixed_clock.now += timedelta(minutes=2)
    assert _alarms(session) == [] and fake_admin.acts == []


def test_who_came_last_beyond_the_cap_leaves(
    session: Session,
    meeting: Meeting,
    fake_admin: FakeRoomAdmin,
    set_site: SetSite,
    fixed_clock: FixedClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from orchestrator.caps import service as caps

    monkeypatch.setattr(caps, "connection_cap", lambda *_, **__: 2)
    set_site(jitsi_enforcement="remove")
    _lives(session, meeting, fake_admin, "0", "1", "2")
    for _ in range(2):
        enforce_seats()
        fixed_clock.now += timedelta(minutes=1)
    assert [jid for _, jid, _ in fake_admin.acts] == ["2@meet.rig/x"]


def test_the_console_holds_one_of_the_seats(
    session: Session,
    meeting: Meeting,
    fake_admin: FakeRoomAdmin,
    set_site: SetSite,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from orchestrator.caps import service as caps

    monkeypatch.setattr(caps, "connection_cap", lambda *_, **__: 2)
    _lives(session, meeting, fake_admin, "0", "1", "bàn điều hành")
    console = select(PresenceInterval).where(PresenceInterval.occupant_jid == "bàn điều hành@meet.rig/x")
    session.scalars(console).one().is_console = True
    session.commit()
    enforce_seats()
    assert _alarms(session) == [("seat_over", "1@meet.rig/x")]


def test_a_server_that_does_not_answer_changes_nothing(
    session: Session, meeting: Meeting, fake_admin: FakeRoomAdmin, set_site: SetSite
) -> None:
    _lives(session, meeting, fake_admin, "0", "lạ")
    fake_admin.fault = AdminUnavailable(hindrance="timeout", reason="?")
    enforce_seats()
    assert _alarms(session) == []


def test_a_room_gone_meanwhile_is_no_fault(
    session: Session, meeting: Meeting, fake_admin: FakeRoomAdmin, set_site: SetSite
) -> None:
    _lives(session, meeting, fake_admin, "0")
    fake_admin.there.clear()
    enforce_seats()
    assert _alarms(session) == []


def test_switched_off_or_without_an_account_nobody_looks(
    session: Session, meeting: Meeting, runtime: Runtime, set_site: SetSite, fake_admin: FakeRoomAdmin
) -> None:
    _lives(session, meeting, fake_admin, "0", "lạ")
    set_site(jitsi_enforcement="off")
    enforce_seats()
    assert _alarms(session) == []


def test_without_an_account_the_task_rests(session: Session, meeting: Meeting, runtime: Runtime) -> None:
    rooms.begin_life(session, meeting.id, MOMENT)
    session.commit()
    enforce_seats()
    assert _alarms(session) == []


def test_a_chair_is_counted_like_everybody(
    session: Session, meeting: Meeting, fake_admin: FakeRoomAdmin, set_site: SetSite
) -> None:
    _lives(session, meeting, fake_admin, "0")
    fake_admin.there[meeting.room_name or ""].append(moderator("lạ"))
    enforce_seats()
    assert _alarms(session) == [("seat_uninvited", "lạ@meet.rig/x")]
