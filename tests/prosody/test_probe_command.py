"""`diemcau jitsi-probe` as an administrator calls it: a table in Vietnamese and an exit code."""

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from core.permissions import Actor, Role
from core.runtime import Runtime
from orchestrator.live.console_seat import console_user_id
from orchestrator.meetings.service import plan_meeting
from tests.orchestrator.conftest import build_ministry, plan_of
from tests.prosody.house import fresh_room
from tests.prosody.server import APP_SECRET, RECORDER_PASSWORD, Prosody
from tests.prosody.web_server import WebServer, running_web_server
from web.commands.border import DONE, SAYS_NO, WRONG_CALL, run
from web.commands.group import cli

pytestmark = pytest.mark.prosody

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def web() -> Iterator[WebServer]:
    with running_web_server() as server:
        yield server


@pytest.fixture
def call(
    prosody: Prosody,
    web: WebServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Call:
    for name, value in {
        "HOME": tmp_path,
        "JITSI_DOMAIN": "meet.test",
        "JITSI_APP_SECRET": APP_SECRET,
        "JITSI_RECORDER_PASSWORD": RECORDER_PASSWORD,
    }.items():
        monkeypatch.setenv(f"DIEMCAU_{name}", str(value))

    def caller(*words: str) -> tuple[int, str, str]:
        addresses = ["--websocket-url", prosody.websocket, "--public-url", web.url, "--patience", "3"]
        code = run(cli, ["jitsi-probe", *addresses, *words])
        out, err = capsys.readouterr()
        return code, out, err

    return caller


def test_a_site_in_order(call: Call) -> None:
    code, out, err = call("--room", fresh_room(3), "--seats", "3", "--recorder-user", "recorder")
    assert (code, err) == (DONE, "")
    assert out.splitlines()[-1] == "Máy chủ họp đạt yêu cầu."
    assert out.count("  ĐẠT  ") == 13
    assert "KHÔNG ĐẠT" not in out


def test_a_site_that_breaks_its_cap(call: Call) -> None:
    code, out, err = call("--room", fresh_room(3), "--seats", "2", "--domain", "open.test")
    assert (code, err) == (SAYS_NO, "Máy chủ họp CHƯA đạt yêu cầu.\n")
    assert "KHÔNG ĐẠT  Kết nối vượt số chỗ bị từ chối" in out
    assert "reservations_enable_max_occupants = true" in out


def test_a_site_with_another_secret(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIEMCAU_JITSI_APP_SECRET", APP_SECRET[::-1])
    code, out, _ = call("--room", fresh_room(1), "--seats", "1")
    assert code == SAYS_NO
    assert "Invalid signature" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--seats", "3"], "--room"),
        (["--room", "a", "--seats", "0"], "--seats"),
        (["--room", "a", "--seats", "-1"], "--seats"),
        (["--room", "a", "--seats", "9999"], "--seats"),
        (["--room", "a*", "--seats", "1"], "không phải tên phòng họp"),
        (["--room", " ", "--seats", "1"], "không phải tên phòng họp"),
        (["--room", "a", "--seats", "1", "--websocket-url", "http://x"], "--websocket-url"),
        (["--room", "a", "--seats", "1", "--public-url", "meet.test"], "--public-url"),
        (["--room", "a", "--seats", "1", "--ca-file", "/khong/co"], "--ca-file"),
        (["--room", "a"], "DIEMCAU_HOME"),
    ],
)
def test_wrong_calls_are_one_line(call: Call, words: list[str], said: str) -> None:
    code, out, err = call(*words)
    assert code == WRONG_CALL
    assert said in err and len(err.splitlines()) == 1


def test_a_recorder_without_a_password(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DIEMCAU_JITSI_RECORDER_PASSWORD")
    code, _, err = call("--room", "a", "--seats", "1", "--recorder-user", "recorder")
    assert code == WRONG_CALL
    assert "DIEMCAU_JITSI_RECORDER_PASSWORD" in err


def test_without_a_number_it_comes_as_the_endpoints_of_the_meeting(
    call: Call, runtime: Runtime, monkeypatch: pytest.MonkeyPatch, prosody: Prosody, actor_factory: Callable[..., Actor]
) -> None:
    """Four endpoints and the console's place; what is reported of the room names them."""
    room = fresh_room(5)
    with runtime.database.transaction() as session:
        ministry = build_ministry(session, actor_factory(Role.ADMINISTRATOR))
        meeting = plan_meeting(session, actor_factory(Role.OPERATOR), plan_of(ministry))
        meeting.room_name = room
        planned = {str(place.id) for place in meeting.endpoints} | {str(console_user_id(meeting.id))}
    monkeypatch.setattr("web.commands.stores.runtime_for", lambda *_, **__: nullcontext(runtime))

    code, out, _ = call("--room", room)

    assert code == DONE, out
    assert f"Thử phòng {room} (5 chỗ)" in out
    assert {endpoint for event, _, endpoint in prosody.events(room) if event == "joined"} == planned
    code, _, err = call("--room", "khong-co-cuoc-hop-nao")
    assert code == WRONG_CALL
    assert "không có cuộc họp nào dùng phòng" in err
