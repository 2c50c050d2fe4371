"""The room of a meeting that is over: ended through the outbox, tried again, never in the way of the close."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from core.audit import AuditRow
from core.outbox import deliver_pending
from core.permissions import Actor, Role
from core.runtime import Runtime
from orchestrator.jitsi.admin import AdminNotConfigured, AdminUnavailable
from orchestrator.jitsi.ending import GIVE_UP_AFTER, RoomEnd, RoomEndState, ask_for_end, end_rooms, end_state_of
from orchestrator.jitsi.models import RoomReservation
from orchestrator.jitsi.tasks import end_rooms_of_the_past
from orchestrator.live import rooms
from orchestrator.live.models import LiveAlarm
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.service import cancel_meeting, close_meeting, declare_classified, plan_meeting
from tests.conftest import MOMENT, FixedClock
from tests.orchestrator.conftest import build_ministry, plan_of, shifted
from tests.orchestrator.enforcement.conftest import FakeRoomAdmin, guest

Actors = Callable[..., Actor]


class Stage:
    """One planned meeting of a running site, whose room may live."""

    def __init__(self, runtime: Runtime, operator: Actor, administrator: Actor) -> None:
        self.runtime, self.operator = runtime, operator
        with runtime.database.transaction() as session:
            ministry = build_ministry(session, administrator)
            meeting = plan_meeting(session, operator, plan_of(ministry))
            starts, ends = shifted(24)
            other = plan_meeting(session, operator, plan_of(ministry, starts_at=starts, ends_at=ends))
            self.other_id = other.id
            self.meeting_id, self.room = meeting.id, meeting.room_name or ""
            self.places = [place.id for place in meeting.endpoints]

    def open_room(self, *, name: str | None = None) -> None:
        with self.runtime.database.transaction() as session:
            rooms.begin_life(session, self.meeting_id, MOMENT)
            rooms.note_stay(session, self.meeting_id, rooms.Stay("a@meet.rig/x", MOMENT, None, self.places[0]))
            if name:
                row = RoomReservation(meeting_id=self.meeting_id, name=name, reserved_at=MOMENT, gone_at=None)
                session.add(row)

    def close(self) -> None:
        with self.runtime.database.transaction() as session:
            close_meeting(session, self.operator, self.meeting_id)
        deliver_pending(self.runtime.database)

    def state(self) -> RoomEndState:
        with self.runtime.database.transaction() as session:
            return end_state_of(session, self.meeting_id)

    def alarms(self) -> list[str]:
        with self.runtime.database.transaction() as session:
            return list(session.scalars(select(LiveAlarm.kind).where(LiveAlarm.resolved_at.is_(None))))


@pytest.fixture
def stage(runtime: Runtime, actor_factory: Actors, set_site: Callable[..., None]) -> Stage:
    return Stage(runtime, actor_factory(Role.OPERATOR), actor_factory(Role.ADMINISTRATOR))


def test_closing_ends_the_room_and_says_so_in_the_trail(stage: Stage, fake_admin: FakeRoomAdmin) -> None:
    stage.open_room()
    fake_admin.there[stage.room] = [guest("a")]
    stage.close()
    assert stage.state().phase is RoomEnd.WAITING
    assert fake_admin.acts == [], "the close and its events ask nobody"
    end_rooms_of_the_past()
    assert fake_admin.acts == [("end", stage.room, "Bộ phận điều hành đã kết thúc phiên họp.")]
    assert stage.state() == RoomEndState(RoomEnd.ENDED, MOMENT)
    end_rooms_of_the_past()
    assert len(fake_admin.acts) == 1
    with stage.runtime.database.transaction() as session:
        assert list(session.scalars(select(AuditRow.detail).where(AuditRow.action == "room.ended"))) == [
            {"because": "meeting over"}
        ]


def test_the_room_goes_by_the_name_it_was_reserved_under(stage: Stage, fake_admin: FakeRoomAdmin) -> None:
    stage.open_room(name=f"[bo]{stage.room}")
    fake_admin.there[f"[bo]{stage.room}"] = [guest("a")]
    stage.close()
    end_rooms_of_the_past()
    assert fake_admin.there == {}


def test_where_nothing_lives_nobody_is_asked(stage: Stage, fake_admin: FakeRoomAdmin) -> None:
    stage.close()
    end_rooms_of_the_past()
    assert (stage.state().phase, fake_admin.acts) == (RoomEnd.NONE, [])


def test_a_room_that_went_by_itself_is_done(stage: Stage, fake_admin: FakeRoomAdmin) -> None:
    stage.open_room()
    stage.close()
    end_rooms_of_the_past()
    assert (stage.state().phase, stage.alarms()) == (RoomEnd.GONE, [])


def test_a_dead_server_holds_nothing_up_and_is_asked_again(
    stage: Stage, fake_admin: FakeRoomAdmin, fixed_clock: FixedClock
) -> None:
    stage.open_room()
    fake_admin.fault = AdminUnavailable(hindrance="timeout", reason="Prosody không trả lời kịp")
    stage.close()
    for _ in range(2):
        end_rooms_of_the_past()
    assert stage.state() == RoomEndState(RoomEnd.FAILING, MOMENT, "Prosody không trả lời kịp")
    assert stage.alarms() == ["room_not_ended"]
    fake_admin.fault = None
    fake_admin.there[stage.room] = [guest("a")]
    fixed_clock.now += timedelta(seconds=20)
    end_rooms_of_the_past()
    assert (stage.state().phase, stage.alarms()) == (RoomEnd.ENDED, [])


@pytest.mark.parametrize(("early", "phase"), [(1, RoomEnd.FAILING), (0, RoomEnd.GIVEN_UP)], ids=["before", "at last"])
def test_it_is_given_up_when_the_room_has_gone_by_its_own_end(
    stage: Stage, fake_admin: FakeRoomAdmin, fixed_clock: FixedClock, early: int, phase: RoomEnd
) -> None:
    stage.open_room()
    fake_admin.fault = AdminUnavailable(hindrance="unreachable", reason="không kết nối được tới Prosody")
    stage.close()
    fixed_clock.now += GIVE_UP_AFTER - timedelta(seconds=early)
    end_rooms_of_the_past()
    assert stage.state().phase is phase


def test_without_an_account_the_operator_is_told_once(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(settings: object) -> None:
        raise AdminNotConfigured

    monkeypatch.setattr("orchestrator.jitsi.admin.XmppRoomAdmin", refuse)
    stage.open_room()
    stage.close()
    end_rooms_of_the_past()
    assert (stage.state().phase, stage.alarms()) == (RoomEnd.NO_ACCOUNT, ["room_not_ended"])


def test_a_meeting_called_off_or_turned_secret_takes_its_room_with_it(
    stage: Stage, fake_admin: FakeRoomAdmin, actor_factory: Actors
) -> None:
    stage.open_room(name=stage.room)
    fake_admin.there[stage.room] = [guest("a")]
    with stage.runtime.database.transaction() as session:
        declare_classified(session, stage.operator, stage.meeting_id, Classification.SECRET)
    deliver_pending(stage.runtime.database)
    end_rooms_of_the_past()
    assert fake_admin.there == {}


def test_called_off_while_people_are_in(stage: Stage, fake_admin: FakeRoomAdmin) -> None:
    stage.open_room()
    fake_admin.there[stage.room] = [guest("a")]
    with stage.runtime.database.transaction() as session:
        cancel_meeting(session, stage.operator, stage.meeting_id, "Hoãn họp")
    deliver_pending(stage.runtime.database)
    end_rooms_of_the_past()
    assert fake_admin.there == {}


def test_asked_twice_it_is_noted_once(stage: Stage) -> None:
    stage.open_room()
    with stage.runtime.database.transaction() as session:
        assert ask_for_end(session, stage.meeting_id)
        assert not ask_for_end(session, stage.meeting_id)
        assert not ask_for_end(session, UUID(int=1))


def test_one_silent_server_is_not_waited_for_twice_in_a_round(
    stage: Stage, runtime: Runtime, fake_admin: FakeRoomAdmin, actor_factory: Actors, fixed_clock: FixedClock
) -> None:
    stage.open_room()
    with runtime.database.transaction() as session:
        rooms.begin_life(session, stage.other_id, MOMENT)
        assert ask_for_end(session, stage.other_id)
    stage.close()
    asked = []

    class Silent(FakeRoomAdmin):
        def end_room(self, room: str, reason: str) -> None:
            asked.append(room)
            raise AdminUnavailable(hindrance="timeout", reason="Prosody không trả lời kịp")

    assert end_rooms(runtime.database, fixed_clock, Silent()) == 0
    assert len(asked) == 1
