"""What was seen of a real Prosody beyond the table (CONTRACTS §3-§7): the fake does the same."""

import http.client
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest

from tests.fakes.prosody import FakeProsody
from tests.fakes.prosody_site import Outcome, Site
from tests.fakes.reservation_stub import ReservationStub
from tests.orchestrator.jitsi.test_conformance import SECRET, token_of

ROOM = "phong-thu"


@contextmanager
def standing(plan: dict[str, Any], **changes: Any) -> Iterator[tuple[FakeProsody, ReservationStub]]:
    stub = ReservationStub(plan)
    site = {"app_secret": SECRET, "api_prefix": stub.server.address, "scale": 0.001} | changes
    try:
        with FakeProsody(Site(**site)) as prosody:
            yield prosody, stub
    finally:
        stub.server.close()


def come(prosody: FakeProsody, **options: Any) -> Outcome:
    return prosody.join(ROOM, token_of([], ROOM), **options)


@pytest.mark.parametrize(
    ("changes", "seats"),
    [
        ({}, 3),
        ({"global_max_occupants": None}, 8),  # the hook does not exist: ignored without a word
        ({"honour_max_occupants": False}, 8),
        ({"whitelist_focus": False}, 2),  # focus takes a seat
    ],
    ids=["all agree", "no global number", "flag off", "focus counted"],
)
def test_the_cap_needs_three_settings_to_agree(changes: dict[str, Any], seats: int) -> None:
    with standing({"max_occupants": 3}, **changes) as (prosody, _):
        assert sum(come(prosody).joined for _ in range(8)) == seats


def test_twelve_at_once_into_three_seats_and_the_service_is_asked_once() -> None:
    with standing({"max_occupants": 3}) as (prosody, stub):
        with ThreadPoolExecutor(12) as pool:
            outcomes = list(pool.map(lambda _: come(prosody), range(12)))
        assert sum(outcome.joined for outcome in outcomes) == 3
        assert stub.calls == ["POST /conference"]


def test_joins_are_let_through_three_a_second() -> None:
    with standing({}, scale=0.02) as (prosody, _):
        started = time.monotonic()
        assert all(come(prosody).joined for _ in range(12))
        assert time.monotonic() - started >= 0.06


def test_a_service_that_hangs_is_not_asked_again() -> None:
    with standing({}, api_timeout=0.1) as (prosody, stub):
        stub.server.hold_seconds = 0.3
        refused = come(prosody)
        assert "Reservation lookup timed out" in refused.error
        assert prosody.reservations.calls == ["POST /conference"]


def test_a_service_that_is_not_there_is_asked_four_times() -> None:
    with standing({}, api_prefix="http://127.0.0.1:9") as (prosody, _):
        assert "'error-code': '0'" in come(prosody).error
        assert prosody.reservations.calls == ["POST /conference"] * 4


def test_a_conflict_that_resolves_to_a_plan() -> None:
    with standing({"status": 409, "body": {"conflict_id": "abc"}}) as (prosody, stub):
        assert "'error-code': '404'" in come(prosody).error
        assert stub.calls == ["POST /conference", "GET /conference/abc"]


@pytest.mark.parametrize(("seconds", "asked"), [(29, 1), (91, 2)])
def test_refusals_are_remembered_for_half_a_minute_to_a_minute_and_a_half(seconds: int, asked: int) -> None:
    with standing({"status": 403, "message": "Chưa mở"}) as (prosody, stub):
        come(prosody)
        prosody.pass_time(seconds)
        come(prosody)
        assert len(stub.calls) == asked


def test_the_end_comes_up_to_a_minute_late_and_gives_back() -> None:
    with standing({"duration": 20, "id": "m"}) as (prosody, stub):
        assert come(prosody).joined
        prosody.pass_time(59)
        assert prosody.room(ROOM) is not None
        prosody.pass_time(2)
        prosody.settle()
        assert prosody.room(ROOM) is None
        assert stub.calls == ["POST /conference", "DELETE /conference/m"]


def test_a_room_nobody_comes_to_is_left_by_jicofo() -> None:
    with standing({"password": "bi-mat", "id": "m"}) as (prosody, stub):
        assert "not-authorized" in come(prosody).error
        prosody.pass_time(16)
        prosody.settle()
        assert stub.calls == ["POST /conference", "DELETE /conference/m"]


def test_a_room_with_the_recorder_alone_goes_after_a_while() -> None:
    with standing({"id": "m"}) as (prosody, _):
        person = come(prosody).occupant
        prosody.join(ROOM, recorder=True)
        assert person is not None
        prosody.leave(person)
        assert prosody.room(ROOM) is not None
        prosody.pass_time(21)
        assert prosody.room(ROOM) is None


def test_asked_to_stop_it_gives_everything_back_and_killed_nothing() -> None:
    for kill, calls in ((False, 2), (True, 1)):
        with standing({"id": "m"}) as (prosody, stub):
            come(prosody)
            (prosody.crash if kill else prosody.shut_down)()
            prosody.settle()
            assert len(stub.calls) == calls
            assert come(prosody).joined


def test_a_name_in_the_room_that_is_none_is_refused() -> None:
    with standing({}) as (prosody, _):
        come(prosody)
        assert not come(prosody, resource="tên lạ").joined


def ask(prosody: FakeProsody, path: str, host: str = "meet.rig") -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", prosody.http.server.port, timeout=5)
    try:
        connection.request("GET", path, headers={"Host": host})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def test_its_http_counts_as_was_seen() -> None:
    with standing({"password": "x"}) as (prosody, _):
        size = f"/room-size?room={ROOM}&domain=meet.rig"
        assert ask(prosody, size)[0] == 404
        assert ask(prosody, "/room-size")[0] == 400
        come(prosody)
        assert ask(prosody, size) == (200, '{"participants": 1}'), "only focus is in"
        assert '"participants": 0' in ask(prosody, "/room-census")[1]
        come(prosody, password="x")
        prosody.join(ROOM, recorder=True)
        assert ask(prosody, size) == (200, '{"participants": 2}')
        assert ask(prosody, "/sessions") == (200, "2")
        assert ask(prosody, "/sessions", host="127.0.0.1")[0] == 404
