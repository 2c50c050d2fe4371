"""Events of the live room: out of order, twice, missing; presence comes out right whatever the order of arrival."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from pydantic import SecretStr
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.permissions import Actor
from orchestrator.jitsi import reservation
from orchestrator.jitsi.events import Received, receive
from orchestrator.jitsi.hooks import require_bearer
from orchestrator.live import rooms
from orchestrator.live.console_seat import console_user_id
from orchestrator.live.models import LiveAlarm, PresenceInterval, RoomLife
from orchestrator.live.presence import Interval
from orchestrator.live.service import count_present, open_alarms, presence_of, seats_in_use
from orchestrator.meetings.models import Meeting
from orchestrator.meetings.service import plan_meeting
from orchestrator.refusals import HookUnauthorised, HookUnreadable
from tests.orchestrator.conftest import STARTS, Ministry, plan_of

BASE = int(STARTS.timestamp())


@pytest.fixture
def meeting(session: Session, operator: Actor, ministry: Ministry) -> Meeting:
    """A meeting whose room Prosody has reserved."""
    meeting = plan_meeting(session, operator, plan_of(ministry))
    assert reservation.reserve(session, {"name": meeting.room_name or ""}, STARTS)[0] == 200
    return meeting


def at(second: int) -> datetime:
    return datetime.fromtimestamp(BASE + second, UTC)


def room(meeting: Meeting, **more: Any) -> dict[str, Any]:
    name = meeting.room_name
    return {"room_name": name, "room_jid": f"{name}@conference.meet.rig", "is_breakout": False} | more


def occupant(meeting: Meeting, place: int | None, jid: str, joined: int | None, left: int | None = None) -> Any:
    """As event_sync writes it; `place` is the number of the endpoint, None for one without an id."""
    data: dict[str, Any] = {"occupant_jid": f"{jid}@meet.rig/x", "name": "Điểm cầu"}
    if place is not None:
        data["id"] = str(meeting.endpoints[place].id)
    if joined is not None:
        data["joined_at"] = BASE + joined
    if left is not None:
        data["left_at"] = BASE + left
    return data


def created(meeting: Meeting, second: int) -> tuple[str, dict[str, Any]]:
    return "room/created", room(meeting, created_at=BASE + second)


def destroyed(meeting: Meeting, since: int, second: int, *everybody: Any) -> tuple[str, dict[str, Any]]:
    more = {"created_at": BASE + since, "destroyed_at": BASE + second, "all_occupants": list(everybody)}
    return "room/destroyed", room(meeting, **more)


def joined(meeting: Meeting, place: int | None, jid: str, second: int) -> tuple[str, dict[str, Any]]:
    return "occupant/joined", room(meeting, occupant=occupant(meeting, place, jid, second))


def left(meeting: Meeting, place: int | None, jid: str, since: int, second: int) -> tuple[str, dict[str, Any]]:
    return "occupant/left", room(meeting, occupant=occupant(meeting, place, jid, since, second))


def spans(session: Session, meeting: Meeting) -> list[list[tuple[int, int | None]]]:
    """Presence per endpoint as seconds since the start."""
    return [[_seconds(interval) for interval in item.intervals] for item in presence_of(session, meeting)]


def _seconds(interval: Interval) -> tuple[int, int | None]:
    until = None if interval.until is None else int(interval.until.timestamp()) - BASE
    return int(interval.since.timestamp()) - BASE, until


def test_presence_while_the_meeting_lives(session: Session, meeting: Meeting) -> None:
    for event in (created(meeting, 0), joined(meeting, 0, "a", 1), joined(meeting, 1, "b", 2)):
        assert receive(session, *event) is Received.NOTED
    assert spans(session, meeting) == [[(1, None)], [(2, None)], [], []]
    assert seats_in_use(session, meeting.id, at(3)) == 2
    receive(session, *left(meeting, 0, "a", 1, 60))
    assert spans(session, meeting)[0] == [(1, 60)]
    assert presence_of(session, meeting)[0].was_there_at(at(59))
    assert not presence_of(session, meeting)[0].was_there_at(at(60))


@pytest.mark.parametrize("seed", range(12))
def test_any_order_and_any_repetition_gives_the_same_presence(session: Session, meeting: Meeting, seed: int) -> None:
    story = [
        created(meeting, 0),
        joined(meeting, 0, "a", 1),
        joined(meeting, 1, "b", 2),
        left(meeting, 1, "b", 2, 30),
        joined(meeting, 1, "b2", 28),  # the endpoint came back before its old connection was known to be gone
        joined(meeting, 2, "c", 40),  # and its leaving is never told
        left(meeting, 0, "a", 1, 90),
        left(meeting, 1, "b2", 28, 95),
        destroyed(meeting, 0, 100),
    ]
    shuffled = story + random.Random(seed).sample(story, 4)
    random.Random(seed).shuffle(shuffled)
    for event in shuffled:
        receive(session, *event)
    assert spans(session, meeting) == [[(1, 90)], [(2, 95)], [(40, 100)], []]
    assert count_present(session, meeting.id) == 0
    assert session.scalar(select(func.count()).select_from(RoomLife)) == 1


def test_a_lost_joining_is_made_good_by_the_leaving(session: Session, meeting: Meeting) -> None:
    receive(session, *left(meeting, 3, "d", 5, 50))
    assert spans(session, meeting)[3] == [(5, 50)]


def test_the_last_event_of_a_room_tells_what_was_lost(session: Session, meeting: Meeting) -> None:
    everybody = [occupant(meeting, 0, "a", 1, 70), occupant(meeting, 1, "b", 3)]
    receive(session, *destroyed(meeting, 0, 80, *everybody))
    assert spans(session, meeting)[:2] == [[(1, 70)], [(3, 80)]]


def test_a_killed_prosody_leaves_nobody_in_the_room_for_ever(session: Session, meeting: Meeting) -> None:
    receive(session, *created(meeting, 0))
    receive(session, *joined(meeting, 0, "a", 1))
    receive(session, *created(meeting, 300))
    receive(session, *joined(meeting, 0, "a9", 301))
    assert spans(session, meeting)[0] == [(1, 300), (301, None)]
    assert [life.gone_at for life in session.scalars(select(RoomLife).order_by(RoomLife.opened_at))] == [at(300), None]


def test_delete_ends_presence_where_the_event_was_lost(session: Session, meeting: Meeting) -> None:
    receive(session, *created(meeting, 0))
    receive(session, *joined(meeting, 0, "a", 1))
    reservation.room_gone(session, str(meeting.id), at(200))
    assert spans(session, meeting)[0] == [(1, 200)]
    receive(session, *left(meeting, 0, "a", 1, 198))
    assert spans(session, meeting)[0] == [(1, 198)]
    reservation.room_gone(session, str(meeting.id), at(500))
    assert spans(session, meeting)[0] == [(1, 198)]


def test_the_recorder_is_noted_and_takes_no_seat(session: Session, meeting: Meeting) -> None:
    event = joined(meeting, None, "x", 5)
    event[1]["occupant"]["occupant_jid"] = "jibri@recorder.meet.rig/abc"
    assert receive(session, *event) is Received.NOTED
    assert seats_in_use(session, meeting.id, at(6)) == 0
    assert session.scalars(select(PresenceInterval)).one().is_recorder


def test_a_guest_nobody_invited_raises_an_alarm_and_takes_a_seat(
    session: Session, operator: Actor, meeting: Meeting
) -> None:
    for _ in range(2):
        assert receive(session, *joined(meeting, None, "la", 5)) is Received.ALARM
    (alarm,) = open_alarms(session, operator)
    assert (alarm.kind, alarm.times, alarm.meeting_id) == ("unknown_occupant", 2, meeting.id)
    assert seats_in_use(session, meeting.id, at(6)) == 1


def test_a_token_of_another_meeting_is_a_stranger(
    session: Session, operator: Actor, ministry: Ministry, meeting: Meeting
) -> None:
    later = plan_of(ministry, starts_at=STARTS + timedelta(days=1), ends_at=STARTS + timedelta(days=1, hours=1))
    other = plan_meeting(session, operator, later)
    event = joined(meeting, None, "b", 5)
    event[1]["occupant"]["id"] = str(other.endpoints[0].id)
    assert receive(session, *event) is Received.ALARM


def test_a_room_nobody_planned_is_kept_as_an_alarm_with_its_payload(
    session: Session, operator: Actor, meeting: Meeting
) -> None:
    name, payload = created(meeting, 0)
    payload["room_name"] = "phong-la"
    assert receive(session, name, payload) is Received.ALARM
    (alarm,) = open_alarms(session, operator)
    assert (alarm.kind, alarm.room_name, alarm.payload) == ("unknown_room", "phong-la", payload)


def test_each_event_of_an_unknown_room_is_kept_once(session: Session, operator: Actor, meeting: Meeting) -> None:
    hostile = {"room_name": "phong-la", "note": "a\x00b", "figure": float("nan"), "more": [{"x\udcff": None}]}
    for _ in range(2):
        for name, payload in (joined(meeting, 0, "a", 1), left(meeting, 0, "a", 1, 9), joined(meeting, 1, "b", 2)):
            assert receive(session, name, payload | hostile) is Received.ALARM
    assert sorted(alarm.times for alarm in open_alarms(session, operator)) == [2, 2, 2]


def test_a_room_that_nobody_reserved_raises_an_alarm(session: Session, operator: Actor, ministry: Ministry) -> None:
    meeting = plan_meeting(session, operator, plan_of(ministry))
    assert receive(session, *created(meeting, 0)) is Received.ALARM
    assert [alarm.kind for alarm in open_alarms(session, operator)] == ["room_without_reservation"]


def test_a_room_aside_frees_the_seat_of_the_main_room(session: Session, meeting: Meeting) -> None:
    name, payload = joined(meeting, 0, "a", 5)
    receive(session, name, payload | {"is_breakout": True, "breakout_room_id": "b-1"})
    assert seats_in_use(session, meeting.id, at(6)) == 0
    receive(session, "room/destroyed", destroyed(meeting, 4, 9)[1] | {"is_breakout": True})
    assert session.scalar(select(func.count()).select_from(RoomLife)) == 0


def test_tenant_and_capital_letters_name_the_same_room(session: Session, meeting: Meeting) -> None:
    name, payload = joined(meeting, 0, "a", 5)
    payload["room_name"] = f"[bo]{(meeting.room_name or '').upper()}"
    assert receive(session, name, payload) is Received.NOTED


def test_a_leaving_without_joining_time(session: Session, operator: Actor, meeting: Meeting) -> None:
    gone = "occupant/left", room(meeting, occupant=occupant(meeting, 0, "a", None, 50))
    assert receive(session, *gone) is Received.ALARM
    receive(session, *joined(meeting, 0, "a", 5))
    assert receive(session, *gone) is Received.NOTED
    assert spans(session, meeting)[0] == [(5, 50)]


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("room/exploded", {}),
        ("", {}),
        ("room/created", {"room_name": None}),
        ("room/created", {"room_name": 7}),
        ("room/created", {"room_name": "x" * 2000}),
        ("room/created", {"created_at": None}),
        ("room/created", {"created_at": "gần đây"}),
        ("room/created", {"created_at": True}),
        ("room/created", {"created_at": 1e30}),
        ("room/created", {"created_at": float("nan")}),
        ("room/destroyed", {}),
        ("room/destroyed", {"created_at": BASE, "destroyed_at": BASE - 60}),
        ("room/destroyed", {"destroyed_at": BASE, "all_occupants": "x"}),
        ("occupant/joined", {}),
        ("occupant/joined", {"occupant": []}),
        ("occupant/joined", {"occupant": {"occupant_jid": "a@b"}}),
        ("occupant/joined", {"occupant": {"joined_at": BASE}}),
        ("occupant/left", {"occupant": {"occupant_jid": "a@b", "joined_at": BASE}}),
        ("occupant/left", {"occupant": {"occupant_jid": "a@b", "joined_at": BASE, "left_at": BASE - 1}}),
    ],
)
def test_what_cannot_be_read_is_a_400_and_changes_nothing(
    session: Session, meeting: Meeting, name: str, change: dict[str, Any]
) -> None:
    with pytest.raises(HookUnreadable):
        receive(session, name, room(meeting, created_at=BASE) | change)
    for table in (RoomLife, PresenceInterval, LiveAlarm):
        assert session.scalar(select(func.count()).select_from(table)) == 0


@pytest.mark.parametrize("body", [None, [], "x", 7])
def test_a_body_that_is_no_object(session: Session, body: object) -> None:
    with pytest.raises(HookUnreadable):
        receive(session, "room/created", body)


SECRET = SecretStr("b1c2d3e4f5g6h7i8j9k0l1m2n3o4p5q6r7s8")


@pytest.mark.parametrize(
    "header",
    [None, "", "Bearer", "Bearer ", "Bearer x", f"Basic {SECRET.get_secret_value()}", SECRET.get_secret_value(),
     f"Bearer {SECRET.get_secret_value()}x", "Bearer \udcff"],
)  # fmt: skip
def test_a_hook_without_its_key_is_refused(header: str | None) -> None:
    with pytest.raises(HookUnauthorised):
        require_bearer(header, SECRET)


def test_a_hook_with_its_key_is_let_in_and_an_empty_secret_opens_nothing() -> None:
    require_bearer(f"Bearer {SECRET.get_secret_value()}", SECRET)
    require_bearer(f"bearer  {SECRET.get_secret_value()} ", SECRET)
    with pytest.raises(HookUnauthorised):
        require_bearer("Bearer ", SecretStr(""))


def test_a_coming_told_after_asking_found_it_replaces_the_assumed_one(session: Session, meeting: Meeting) -> None:
    """By whatever clock: two machines differ by seconds, and the end that was assumed may lie before the coming."""
    seen = rooms.Stay("/a@meet.r", at(10), None, meeting.endpoints[2].id)
    rooms.note_seen(session, meeting.id, seen)
    (row,) = session.scalars(select(PresenceInterval))
    rooms.note_unseen(session, (row.id,), at(11))
    receive(session, *joined(meeting, 0, "a", 12))
    session.expire_all()
    (row,) = session.scalars(select(PresenceInterval))
    assert (row.occupant_jid, row.joined_at, row.left_at) == ("a@meet.rig/x", at(12), at(12))
    assert row.left_is_assumed
    receive(session, *left(meeting, 0, "a", 12, 40))
    session.expire_all()
    assert spans(session, meeting) == [[(12, 40)], [], [], []]


def test_the_operators_console_is_no_stranger_and_holds_no_seat(
    session: Session, operator: Actor, meeting: Meeting
) -> None:
    event = joined(meeting, None, "b", 5)
    event[1]["occupant"]["id"] = str(console_user_id(meeting.id))
    assert receive(session, *event) is Received.NOTED
    assert seats_in_use(session, meeting.id, at(6)) == 0
    assert open_alarms(session, operator) == []


def test_an_alarm_keeps_its_room_apart(session: Session, meeting: Meeting) -> None:
    stranger = str(uuid4())
    for room_name in ("mot", "hai"):
        name, payload = joined(meeting, None, stranger, 5)
        receive(session, name, payload | {"room_name": room_name})
    assert session.scalar(select(func.count()).select_from(LiveAlarm)) == 2
