"""The reconciler: what events lost is put right by asking, and what was not answered changes nothing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.permissions import Actor
from core.runtime import Runtime
from orchestrator.jitsi import http
from orchestrator.jitsi.admin import Occupant as RealOccupant
from orchestrator.jitsi.client import ProsodyClient
from orchestrator.jitsi.errors import JitsiAnswerUnreadable, JitsiUnavailable, PartNotConfigured
from orchestrator.jitsi.models import RoomReservation
from orchestrator.jitsi.polling import poll
from orchestrator.jitsi.tasks import poll_rooms
from orchestrator.live.models import LiveAlarm, PresenceInterval, RoomLife
from orchestrator.meetings.service import close_meeting
from tests.fakes.http import Answer, LoopbackServer
from tests.fakes.prosody import FakeProsody
from tests.fakes.prosody_site import Occupant
from tests.fakes.service import site_of
from tests.orchestrator.conftest import Ministry
from tests.orchestrator.jitsi.live import Live, build_live, enter, open_stays, present, token_of, truth


@dataclass
class Stage:
    """A live meeting whose events nobody receives; reservations are noted by hand."""

    runtime: Runtime
    prosody: FakeProsody
    live: Live

    def poll(self, **options: object) -> None:
        settings = self.runtime.settings.model_copy(update={"jitsi_prosody_url": self.prosody.address})
        poll(self.runtime.database, ProsodyClient(settings), self.runtime.clock, **options)  # type: ignore[arg-type]

    def come(self, *places: int) -> list[Occupant]:
        """Endpoints enter, some minutes ago."""
        found = [enter(self.runtime, self.prosody, self.live, place).occupant for place in places]
        assert all(found)
        return [one for one in found if one is not None]

    def reserve(self) -> None:
        with self.runtime.database.transaction() as session:
            moment = self.runtime.clock() - timedelta(seconds=302)
            session.add(
                RoomReservation(meeting_id=self.live.meeting_id, name=self.live.room, reserved_at=moment, gone_at=None)
            )

    def present(self) -> list[int]:
        return present(self.runtime, self.live)

    def alarms(self) -> list[str]:
        with self.runtime.database.transaction() as session:
            return sorted(row.kind for row in session.scalars(select(LiveAlarm)))


@pytest.fixture
def make(
    runtime: Runtime, session: Session, operator: Actor, administrator: Actor, ministry: Ministry
) -> Iterator[Callable[..., Stage]]:
    from core.clock import utc_now

    runtime.clock = utc_now
    live = build_live(session, operator, administrator, ministry)
    started: list[FakeProsody] = []

    def start(**changes: object) -> Stage:
        nowhere = {"reservations": False, "events_prefix": ""}
        prosody = FakeProsody(site_of(runtime.settings, "http://127.0.0.1:9", **(nowhere | changes)), offset=-300)
        started.append(prosody)
        return Stage(runtime, prosody, live)

    yield start
    for prosody in started:
        prosody.__exit__()


@pytest.fixture
def stage(make: Callable[..., Stage]) -> Stage:
    stage = make()
    stage.reserve()
    return stage


def test_lost_comings_and_goings_are_found(stage: Stage) -> None:
    first = stage.come(0, 1, 2)
    stage.poll()
    assert stage.present() == [0, 1, 2]
    assert all(row.joined_is_assumed for row in open_stays(stage.runtime, stage.live))
    stage.prosody.leave(first[1])
    stage.come(3)
    with stage.runtime.database.transaction() as session:
        session.execute(update(PresenceInterval).values(joined_at=PresenceInterval.joined_at - timedelta(minutes=1)))
    stage.poll()
    assert stage.present() == truth(stage.prosody, stage.live) == [0, 2, 3]
    stage.poll()
    assert stage.present() == [0, 2, 3], "asking again changes nothing"
    assert stage.alarms() == []


def test_a_room_that_is_gone_ends_everything(stage: Stage) -> None:
    stage.come(0, 1)
    stage.poll()
    with stage.runtime.database.transaction() as session:
        session.execute(update(PresenceInterval).values(joined_at=PresenceInterval.joined_at - timedelta(minutes=1)))
    stage.prosody.crash()
    stage.poll()
    assert stage.present() == []
    with stage.runtime.database.transaction() as session:
        assert session.scalars(select(RoomLife.gone_at)).one() is not None
        assert session.scalars(select(RoomReservation.gone_at)).one() is not None
        assert all(row.left_is_assumed for row in session.scalars(select(PresenceInterval)))


def test_a_reservation_answered_a_moment_ago_is_not_given_back(make: Callable[..., Stage]) -> None:
    stage = make()
    with stage.runtime.database.transaction() as session:
        session.add(
            RoomReservation(
                meeting_id=stage.live.meeting_id, name=stage.live.room, reserved_at=stage.runtime.clock(), gone_at=None
            )
        )
    stage.poll()
    with stage.runtime.database.transaction() as session:
        assert session.scalars(select(RoomReservation.gone_at)).one() is None


def test_with_a_reservation_given_back_by_mistake_the_room_still_counts(stage: Stage) -> None:
    stage.come(0)
    with stage.runtime.database.transaction() as session:
        session.execute(update(RoomReservation).values(gone_at=stage.runtime.clock()))
    stage.poll()
    assert stage.alarms() == []
    with stage.runtime.database.transaction() as session:
        assert session.scalars(select(RoomReservation.gone_at)).one() is None


def test_an_end_that_was_only_assumed_is_taken_back(stage: Stage) -> None:
    stage.come(0, 1)
    stage.poll()
    moment = stage.runtime.clock() - timedelta(minutes=1)
    with stage.runtime.database.transaction() as session:
        session.execute(
            update(PresenceInterval).values(
                joined_at=moment - timedelta(minutes=1), left_at=moment, left_is_assumed=True
            )
        )
    stage.poll()
    assert stage.present() == [0, 1]
    with stage.runtime.database.transaction() as session:
        assert len(session.scalars(select(PresenceInterval)).all()) == 2


def test_one_when_only_focus_is_in(make: Callable[..., Stage]) -> None:
    """`/room-size` says 1 of a room with nobody; the listing knows better (CONTRACTS §5, seen)."""
    stage = make(http_modules=frozenset({"muc_size"}))
    stage.reserve()
    (only,) = stage.come(0)
    stage.poll()
    with stage.runtime.database.transaction() as session:
        session.execute(update(PresenceInterval).values(joined_at=PresenceInterval.joined_at - timedelta(minutes=1)))
    assert stage.present() == [0]
    room = stage.prosody.rooms()[0]
    del room.occupants[only.nick]
    settings = stage.runtime.settings.model_copy(update={"jitsi_prosody_url": stage.prosody.address})
    assert ProsodyClient(settings).room_size(stage.live.room) == 1
    stage.poll()
    assert stage.present() == []


def test_without_modules_nothing_is_known_and_nothing_changed(make: Callable[..., Stage]) -> None:
    stage = make()
    stage.reserve()
    stage.come(0)
    stage.poll()
    blind = make(http_modules=frozenset())
    with pytest.raises(JitsiUnavailable):
        blind.poll()
    assert stage.present() == [0], "a 404 of everything is not an empty house"


def test_only_numbers_are_compared_and_shown(make: Callable[..., Stage]) -> None:
    stage = make()
    stage.reserve()
    stage.come(0, 1)
    stage.poll()
    stage.prosody.site.__dict__["http_modules"] = frozenset({"muc_census"})
    stage.poll()
    assert stage.alarms() == []
    stage.come(2)
    stage.poll()
    assert stage.present() == [0, 1]
    assert stage.alarms() == ["presence_unsure"]


def test_time_outs_and_dead_lines_change_nothing(monkeypatch: pytest.MonkeyPatch, stage: Stage) -> None:
    stage.come(0)
    stage.poll()
    monkeypatch.setattr(http, "READ_SECONDS", 0.1)
    settings = stage.runtime.settings.model_copy(update={"jitsi_prosody_url": stage.prosody.address})
    stage.runtime.settings = settings
    part = ProsodyClient(settings)._http
    monkeypatch.setattr(part, "_read_seconds", 0.1)
    stage.prosody.http.server.hold_seconds = 0.5
    with pytest.raises(JitsiUnavailable, match="quá thời gian chờ"):
        part.get("/room-census")
    stage.prosody.http.server.hold_seconds = 0
    stage.runtime.settings = settings.model_copy(update={"jitsi_prosody_url": "http://127.0.0.1:9"})
    poll_rooms()
    assert stage.present() == [0]


def test_rooms_past_the_plan_are_told_once(make: Callable[..., Stage], operator: Actor) -> None:
    stage = make()
    stage.prosody.join("phong-la", recorder=True)
    stage.prosody.join("__jicofo-health-check-1", recorder=True)
    stage.prosody.join(stage.live.room, recorder=True)
    stage.come(0)
    for _ in range(2):
        stage.poll()
    assert stage.alarms() == ["room_without_reservation", "unknown_occupant", "unknown_room"]
    with stage.runtime.database.transaction() as session:
        assert {row.times for row in session.scalars(select(LiveAlarm))} == {1}


def test_people_in_a_room_whose_meeting_is_over(stage: Stage, operator: Actor) -> None:
    stage.come(0)
    with stage.runtime.database.transaction() as session:
        close_meeting(session, operator, stage.live.meeting_id)
    stage.poll()
    assert stage.alarms() == ["room_not_allowed"]


def test_more_people_than_seats(stage: Stage) -> None:
    tokens = [token_of(stage.runtime, stage.live, 0) for _ in range(6)]
    for token in tokens:
        assert stage.prosody.join(stage.live.room, token, display_name="Trụ sở Bộ").joined
    stage.poll()
    assert stage.present() == [0] * 6, "one endpoint, six connections"
    assert stage.alarms() == ["over_cap"]


def test_a_stranger_by_name_is_a_stranger(stage: Stage) -> None:
    token = token_of(stage.runtime, stage.live, 0)
    stage.prosody.join(stage.live.room, token, display_name="Ai đó")
    stage.poll()
    stage.poll()
    assert (stage.present(), stage.alarms()) == ([-1], ["unknown_occupant"])


def test_the_operators_console_is_known_by_its_name_once(stage: Stage) -> None:
    tokens = [token_of(stage.runtime, stage.live, 0) for _ in range(2)]
    for token in tokens:
        stage.prosody.join(stage.live.room, token, display_name="Điều hành kỹ thuật: Lý Thị Kỹ")
    stage.poll()
    assert sorted(row.is_console for row in open_stays(stage.runtime, stage.live)) == [False, True]
    assert stage.alarms() == ["unknown_occupant"]


class Administrator:
    """Lists real addresses, as an administrator's account does (CONTRACTS §5)."""

    def __init__(self, prosody: FakeProsody) -> None:
        self._prosody = prosody

    def occupants(self, room: str) -> tuple[RealOccupant, ...]:
        found = self._prosody.room(room)
        people = found.occupants.values() if found else ()
        focus = RealOccupant(f"{self._prosody.site.focus}/focus", "focus", "owner", "moderator")
        return (focus, *(RealOccupant(one.jid, one.nick, one.affiliation, one.role) for one in people))


def test_an_administrator_knows_the_recorder_and_the_addresses(stage: Stage) -> None:
    (first,) = stage.come(0)
    stage.prosody.join(stage.live.room, recorder=True)
    stage.poll(listing=Administrator(stage.prosody))
    rows = {row.occupant_jid: row for row in open_stays(stage.runtime, stage.live)}
    assert rows[first.jid].meeting_endpoint_id == stage.live.place_ids[0]
    assert [row.is_recorder for row in rows.values() if row.meeting_endpoint_id is None] == [True]
    assert stage.alarms() == []


def test_the_task_asks_nobody_where_nobody_is_named(runtime: Runtime) -> None:
    poll_rooms()
    with pytest.raises(PartNotConfigured, match="DIEMCAU_JITSI_PROSODY_URL"):
        ProsodyClient(runtime.settings)


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b'{"room_census": 7}', b'{"room_census": [7]}', b'{"room_census": [{"room_name": ""}]}',
     b'{"room_census": [{"room_name": "a@b", "participants": -1}]}', b"[" * 100_000, b"\xff",
     b'{"room_census": [{"room_name": "a@b", "participants": "NaN"}]}', b" " * (5 * 1024 * 1024)],
)  # fmt: skip
def test_an_answer_that_is_none_is_said_so(runtime: Runtime, body: bytes) -> None:
    server = LoopbackServer(lambda _handler, _method, _body: Answer(200, body, "application/json"))
    try:
        settings = runtime.settings.model_copy(update={"jitsi_prosody_url": server.address})
        with pytest.raises(JitsiAnswerUnreadable):
            ProsodyClient(settings).census()
    finally:
        server.close()


def test_lua_writes_an_empty_list_as_an_object(runtime: Runtime) -> None:
    server = LoopbackServer(lambda _handler, _method, _body: Answer(200, b'{"room_census": {}}'))
    try:
        settings = runtime.settings.model_copy(update={"jitsi_prosody_url": server.address})
        assert ProsodyClient(settings).census() == ()
    finally:
        server.close()


def test_prosody_is_asked_by_the_name_of_its_host_and_again_after_a_502(runtime: Runtime) -> None:
    hosts: list[str | None] = []

    def answer(handler: object, _method: str, _body: bytes) -> Answer:
        hosts.append(handler.headers.get("Host"))  # type: ignore[attr-defined]
        return Answer(200 if len(hosts) == 3 else 502, b"17")

    server = LoopbackServer(answer)
    try:
        settings = runtime.settings.model_copy(update={"jitsi_prosody_url": server.address})
        assert ProsodyClient(settings).sessions() == 17
        assert hosts == ["meet.example.vn"] * 3
    finally:
        server.close()
