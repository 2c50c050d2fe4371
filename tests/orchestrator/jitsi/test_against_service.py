"""FakeProsody against our real service over real sockets: the caps, the doors, the keys, the presence."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import jwt
import pytest
import requests
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from sqlalchemy import text
from sqlalchemy.orm import Session

from core.permissions import Actor
from core.runtime import Runtime
from orchestrator.caps.caps import Scope
from orchestrator.caps.service import NewPolicy, create_policy
from orchestrator.jitsi.keys import KeyUse, signing_key
from orchestrator.jitsi.tokens import Grant, Issuer, mint_system_token, mint_token
from orchestrator.live.console_seat import CONSOLE_SEATS, console_user_id
from orchestrator.live.service import open_alarms, seats_in_use
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.models import Meeting
from orchestrator.meetings.service import cancel_meeting, close_meeting, declare_classified
from tests.fakes.prosody import FakeProsody
from tests.fakes.service import serving, site_of
from tests.orchestrator.conftest import Ministry
from tests.orchestrator.jitsi.live import Live, build_live, carry, enter, open_stays, present, token_of, truth
from web.app import create_app


@pytest.fixture
def address(runtime: Runtime) -> Iterator[str]:
    """Our service on loopback, with the machine's clock as Prosody has it."""
    from core.clock import utc_now

    runtime.clock = utc_now
    with serving(create_app(runtime, testing=True)) as address:
        yield address


@pytest.fixture
def live(session: Session, address: str, operator: Actor, administrator: Actor, ministry: Ministry) -> Live:
    return build_live(session, operator, administrator, ministry)


@pytest.fixture
def prosody(runtime: Runtime, address: str) -> Iterator[FakeProsody]:
    with FakeProsody(site_of(runtime.settings, address)) as prosody:
        yield prosody


Act = Callable[[Session, Meeting], object]


def change(runtime: Runtime, live: Live, act: Act) -> None:
    with runtime.database.transaction() as session:
        act(session, session.get_one(Meeting, live.meeting_id))


def test_everybody_gets_in_and_the_one_too_many_does_not(
    runtime: Runtime, prosody: FakeProsody, live: Live, administrator: Actor
) -> None:
    # Clicked before the cap was lowered: the link has let them pass, Prosody's door does not.
    tokens = [token_of(runtime, live, place) for place in range(4)]
    policy = NewPolicy("Trần kết nối", Scope.CONNECTIONS, 3, "Quy chế họp trực tuyến", date(2026, 1, 1))
    change(runtime, live, lambda session, _: create_policy(session, administrator, policy))
    assert all(carry(prosody, live.room, tokens[place]).joined for place in range(3))
    late = carry(prosody, live.room, tokens[3])
    assert (late.stage, "service-unavailable" in late.error, "text" in late.error) == ("muc-join", True, False)
    recorder = prosody.join(live.room, recorder=True)
    assert recorder.joined, "the recorder enters a full room"
    prosody.settle()
    assert present(runtime, live) == truth(prosody, live) == [-1, 0, 1, 2]
    assert prosody.reservations.calls == ["POST /conference"], "once per life of a room"
    form = prosody.reservations.forms[0]
    assert f"name={live.room}" in form
    assert "%40" in form
    assert "%3a" in form


@pytest.mark.slow
def test_thirty_at_once_into_twenty_seats_are_exactly_twenty(
    runtime: Runtime,
    session: Session,
    prosody: FakeProsody,
    operator: Actor,
    administrator: Actor,
    ministry: Ministry,
) -> None:
    live = build_live(session, operator, administrator, ministry, endpoints=30)
    tokens = [token_of(runtime, live, place) for place in range(30)]
    policy = NewPolicy("Trần kết nối", Scope.CONNECTIONS, 20, "Thông báo số 2047/TB-BCĐ", date(2026, 1, 1))
    change(runtime, live, lambda opened, _: create_policy(opened, administrator, policy))
    with ThreadPoolExecutor(30) as pool:
        for _ in range(5):
            outcomes = list(pool.map(lambda token: carry(prosody, live.room, token), tokens))
            assert sum(outcome.joined for outcome in outcomes) == 20
            assert all("service-unavailable" in outcome.error for outcome in outcomes if not outcome.joined)
            prosody.settle()
            assert prosody.events.dropped == []
            assert present(runtime, live) == truth(prosody, live)
            assert len(open_stays(runtime, live)) == 20
            for outcome in outcomes:
                if outcome.occupant is not None:
                    prosody.leave(outcome.occupant)
            prosody.settle()
            assert present(runtime, live) == []
            prosody.offset += 2
    assert prosody.reservations.calls == ["POST /conference", f"DELETE /conference/{live.meeting_id}"] * 5


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda s, m, op: cancel_meeting(s, op, m.id, "Bộ trưởng đi công tác đột xuất."), "đi công tác đột xuất"),
        (lambda s, m, op: close_meeting(s, op, m.id), "đã kết thúc"),
        (lambda s, m, op: declare_classified(s, op, m.id, Classification.SECRET), "không có trong kế hoạch"),
        (lambda s, m, op: s.execute(text("UPDATE meeting SET starts_at = starts_at + interval '3 hours', "
                                         "ends_at = ends_at + interval '3 hours'")), "chưa mở"),
    ],
    ids=["cancelled", "ended", "classified", "early"],
)  # fmt: skip
def test_a_door_that_is_shut_says_why_to_the_client(
    runtime: Runtime, prosody: FakeProsody, live: Live, operator: Actor, act: Callable[..., object], words: str
) -> None:
    token = token_of(runtime, live, 0)
    change(runtime, live, lambda session, meeting: act(session, meeting, operator))
    refused = carry(prosody, live.room, token)
    assert (refused.stage, "'error-code': '403'" in refused.error) == ("conference-request", True)
    assert words in refused.error
    assert carry(prosody, live.room, token).error == refused.error
    assert prosody.reservations.calls == ["POST /conference"], "the refusal is remembered"


def test_a_corrected_plan_is_asked_for_once_the_refusal_is_forgotten(
    runtime: Runtime, prosody: FakeProsody, live: Live, session: Session, operator: Actor
) -> None:
    token = token_of(runtime, live, 0)
    move = "UPDATE meeting SET starts_at = starts_at {0} interval '3 hours', ends_at = ends_at {0} interval '3 hours'"
    change(runtime, live, lambda opened, _: opened.execute(text(move.format("+"))))
    assert not carry(prosody, live.room, token).joined
    change(runtime, live, lambda opened, _: opened.execute(text(move.format("-"))))
    assert not carry(prosody, live.room, token).joined
    with runtime.database.transaction() as opened:
        (alarm,) = open_alarms(opened, operator)
        assert (alarm.kind, alarm.meeting_id) == ("reservation_refused", live.meeting_id)
    prosody.pass_time(91)
    assert carry(prosody, live.room, token).joined
    with runtime.database.transaction() as opened:
        assert open_alarms(opened, operator) == []


def test_the_room_goes_and_comes_and_ends_in_time(runtime: Runtime, prosody: FakeProsody, live: Live) -> None:
    token = token_of(runtime, live, 0)
    for _ in range(2):
        outcome = carry(prosody, live.room, token)
        assert outcome.joined
        prosody.settle()
        assert present(runtime, live) == [0]
        assert outcome.occupant is not None
        prosody.leave(outcome.occupant)
        prosody.settle()
        assert present(runtime, live) == []
        prosody.offset += 2
    assert prosody.reservations.calls == ["POST /conference", f"DELETE /conference/{live.meeting_id}"] * 2
    assert carry(prosody, live.room, token).joined
    # Prosody is told an end two hours past the plan: it cannot be told another one later.
    prosody.pass_time(60 + 91 * 60)
    assert prosody.room(live.room) is not None
    prosody.pass_time(2 * 3600 + 60)
    assert prosody.room(live.room) is None
    prosody.settle()
    assert present(runtime, live) == []


def test_a_cut_line_keeps_its_seat_and_counts_once(runtime: Runtime, prosody: FakeProsody, live: Live) -> None:
    first = enter(runtime, prosody, live, 1)
    token = token_of(runtime, live, 1)
    assert first.occupant is not None
    prosody.cut(first.occupant)
    assert carry(prosody, live.room, token).joined
    prosody.settle()
    with runtime.database.transaction() as session:
        assert seats_in_use(session, live.meeting_id, runtime.clock() + timedelta(seconds=1)) == 1
    assert present(runtime, live) == [1, 1]
    prosody.pass_time(61)
    prosody.settle()
    assert present(runtime, live) == truth(prosody, live) == [1]


def test_the_operators_console_takes_no_seat_of_an_endpoint(
    runtime: Runtime, prosody: FakeProsody, live: Live, operator: Actor
) -> None:
    settings = runtime.settings
    ends_at = runtime.clock() + timedelta(hours=1)
    grant = Grant(live.room, str(console_user_id(live.meeting_id)), "Bàn điều hành", ends_at, is_moderator=True)
    issuer = Issuer(settings.jitsi_app_id, settings.jitsi_domain)
    console = mint_token(grant, issuer, signing_key(settings), runtime.clock())
    assert carry(prosody, live.room, console).joined
    assert all(enter(runtime, prosody, live, place).joined for place in range(4))
    twice = carry(prosody, live.room, token_of(runtime, live, 0))
    assert (twice.joined, CONSOLE_SEATS) == (False, 1)
    prosody.settle()
    with runtime.database.transaction() as session:
        assert seats_in_use(session, live.meeting_id, runtime.clock() + timedelta(seconds=1)) == 4
        assert open_alarms(session, operator) == []


def test_a_hook_without_the_key_opens_nothing(runtime: Runtime, address: str, live: Live) -> None:
    wrong = {"Authorization": "Bearer " + "x" * 48}
    site = site_of(runtime.settings, address, api_headers=wrong, events_headers=wrong)
    with FakeProsody(site) as prosody:
        refused = carry(prosody, live.room, token_of(runtime, live, 0))
        assert "'error-code': '401'" in refused.error
        recorder = prosody.join(live.room, recorder=True)
        assert recorder.joined
        prosody.settle()
        # Each event goes out on its own connection: which one is given up first is chance.
        assert sorted(name for name, _ in prosody.events.dropped) == ["occupant/joined", "room/created"]
    assert open_stays(runtime, live) == []


def test_a_recorder_that_comes_first_is_told_to_the_operator(
    runtime: Runtime, prosody: FakeProsody, live: Live, operator: Actor
) -> None:
    assert prosody.join(live.room, recorder=True).joined
    assert all(enter(runtime, prosody, live, place).joined for place in (0, 1))
    prosody.settle()
    assert prosody.reservations.calls == []
    with runtime.database.transaction() as session:
        assert {alarm.kind for alarm in open_alarms(session, operator)} == {"room_without_reservation"}


def test_a_database_that_is_away_is_a_503_and_asked_again(
    monkeypatch: pytest.MonkeyPatch, runtime: Runtime, prosody: FakeProsody, live: Live
) -> None:
    token = token_of(runtime, live, 0)
    with monkeypatch.context() as patch:
        away = runtime.database.url.rpartition("/")[0] + "/khong_co"
        patch.setattr(runtime, "database", type(runtime.database)(away))
        refused = carry(prosody, live.room, token)
        runtime.database.dispose()
    assert prosody.reservations.calls == ["POST /conference"] * 4
    assert "'error-code': '503'" in refused.error
    assert "Hãy thử lại" in refused.error


@pytest.fixture
def keys(tmp_path: Path) -> dict[str, Path]:
    """Three RSA keys as files."""
    paths = {}
    for name in ("old", "new", "system"):
        paths[name] = tmp_path / f"{name}.pem"
        key = generate_private_key(65537, 2048)
        paths[name].write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return paths


def test_rs256_two_bases_and_a_change_of_keys(
    runtime: Runtime, address: str, live: Live, keys: dict[str, Path]
) -> None:
    """Login tokens do not verify where system tokens do, and the other way round; old and new keys hold together."""

    def use(**changes: Path) -> None:
        named = {f"jitsi_{name}": path for name, path in changes.items()}
        runtime.settings = runtime.settings.model_copy(update=named)

    use(login_key=keys["old"], system_key=keys["system"])
    bases = {"key_server": f"{address}/jitsi/keys/login", "system_key_server": f"{address}/jitsi/keys/system"}
    modules = frozenset({"muc_size", "muc_census", "muc_end_meeting"})
    with FakeProsody(site_of(runtime.settings, address, http_modules=modules, **bases)) as prosody:
        old_token = token_of(runtime, live, 0)
        use(login_key=keys["new"], login_previous_key=keys["old"])
        new_token = token_of(runtime, live, 1)
        assert jwt.get_unverified_header(old_token)["kid"] != jwt.get_unverified_header(new_token)["kid"]
        assert carry(prosody, live.room, old_token).joined
        assert carry(prosody, live.room, new_token).joined
        assert len(prosody.keys.fetched) == 2

        issuer = Issuer(runtime.settings.jitsi_app_id, runtime.settings.jitsi_domain)
        system = mint_system_token(issuer, signing_key(runtime.settings, KeyUse.SYSTEM), runtime.clock())
        assert "could not obtain public key" in carry_any(prosody, live.room, system)
        url = f"{prosody.address}/end-meeting?conference={live.room}@conference.meet.example.vn"
        assert [end(url, token) for token in (new_token, old_token, "x", "")] == [401] * 4
        assert prosody.room(live.room) is not None
        assert end(url, system) == 200
        assert prosody.room(live.room) is None


def test_with_one_base_for_both_anybody_ends_a_meeting(
    runtime: Runtime, address: str, live: Live, keys: dict[str, Path]
) -> None:
    """What was seen at a real Prosody, so that nobody takes the two bases for an ornament."""
    runtime.settings = runtime.settings.model_copy(update={"jitsi_login_key": keys["new"]})
    base = f"{address}/jitsi/keys/login"
    modules = frozenset({"muc_end_meeting"})
    site = site_of(runtime.settings, address, http_modules=modules, key_server=base, system_key_server=base)
    with FakeProsody(site) as prosody:
        assert enter(runtime, prosody, live, 0).joined
        url = f"{prosody.address}/end-meeting?conference={live.room}@conference.meet.example.vn"
        assert end(url, token_of(runtime, live, 3)) == 200


def carry_any(prosody: FakeProsody, room: str, token: str) -> str:
    return prosody.join(room, token).error


def end(url: str, token: str) -> int:
    headers = {"Host": "meet.example.vn"} | ({"Authorization": f"Bearer {token}"} if token else {})
    with requests.post(url, headers=headers, timeout=10) as answer:
        return answer.status_code


def test_a_token_ends_with_its_time(runtime: Runtime, prosody: FakeProsody, live: Live) -> None:
    token = token_of(runtime, live, 0)
    claims = jwt.decode(token, options={"verify_signature": False})
    prosody.offset = claims["exp"] - time.time() + 5
    assert "Not acceptable by exp" in carry(prosody, live.room, token).error
