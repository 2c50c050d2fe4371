"""Server-sent events over a real socket: two consoles hear a change, a cut line resumes, nobody is blocked."""

import json
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import requests
from sqlalchemy import update
from sqlalchemy.orm import Session

from core.accounts import Account
from core.permissions import Role
from core.purging.models import PurgeReason
from core.runtime import Runtime
from core.sign_ins.models import BrowserSession
from orchestrator.live.incidents import NewLine, log_incident
from orchestrator.live.models import IncidentKind
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.models import Meeting
from tests.conftest import MOMENT
from tests.web.builders import system
from tests.web.conftest import PASSWORD
from tests.web.console.builders import Hour, come, leave
from web.console import stream
from web.purging import service as purges
from web.purging.service import PurgeOrder
from web.security import lasting

pytestmark = pytest.mark.timeout(90)

AddAccount = Callable[..., UUID]


class Listener:
    """One open stream, read event by event."""

    def __init__(self, browser: requests.Session, address: str, known: str = "") -> None:
        headers = {"Last-Event-ID": known} if known else {}
        self.answer = browser.get(address, headers=headers, stream=True, timeout=15)
        assert self.answer.status_code == 200, self.answer.status_code
        self._lines: Iterator[bytes] = self.answer.iter_lines(chunk_size=1)

    def next(self) -> dict[str, str]:
        """The next event; comments and the time to wait are passed over."""
        event: dict[str, str] = {}
        for raw in self._lines:
            line = raw.decode()
            if not line and "data" in event:
                return event
            name, _, value = line.partition(": ")
            if name:
                event[name] = value
        return {}

    def board(self) -> dict[str, object]:
        """The next snapshot."""
        while (event := self.next()).get("event") != "board":
            assert event, "the stream ended"
        told: dict[str, object] = json.loads(event["data"])
        assert event["id"] == told["version"]
        return told

    def close(self) -> None:
        self.answer.close()


@pytest.fixture
def browser(live: str, add_account: AddAccount) -> Iterator[requests.Session]:
    add_account("van.hanh", Role.OPERATOR)
    with signed_in(live, "van.hanh") as session:
        yield session


def signed_in(live: str, login: str) -> requests.Session:
    session = requests.Session()
    session.trust_env = False
    page = session.get(f"{live}/dang-nhap", timeout=10).text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    form = {"login": login, "password": PASSWORD, "csrf_token": token}
    answer = session.post(f"{live}/dang-nhap", data=form, allow_redirects=False, timeout=10)
    assert answer.status_code == 302
    return session


def in_room(board: dict[str, object]) -> list[str]:
    return [place["name"] for place in board["places"] if place["state"] == "in_room"]  # type: ignore[attr-defined]


def test_two_consoles_hear_a_change_within_two_seconds(
    live: str, browser: requests.Session, add_account: AddAccount, runtime: Runtime, hour: Hour
) -> None:
    add_account("thu.ky", Role.SECRETARY)
    address = f"{live}/dieu-hanh/{hour.meeting_id}/su-kien"
    with signed_in(live, "thu.ky") as other:
        listeners = [Listener(browser, address), Listener(other, address)]
        assert all(in_room(listener.board()) == [] for listener in listeners)
        for number in range(2):
            come(runtime, hour, number, MOMENT - timedelta(minutes=5 - number))
            happened = time.monotonic()
            heard = [listener.board() for listener in listeners]
            assert time.monotonic() - happened < 2
            assert [in_room(board) for board in heard] == [list(hour.names[: number + 1])] * 2
        for listener in listeners:
            listener.close()


def test_a_cut_line_resumes_with_what_it_missed_and_with_nothing_else(
    live: str, browser: requests.Session, runtime: Runtime, hour: Hour, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "HEARTBEAT_SECONDS", 0.5)
    address = f"{live}/dieu-hanh/{hour.meeting_id}/su-kien"
    first = Listener(browser, address)
    known = str(first.board()["version"])
    first.close()
    again = Listener(browser, address, known)
    assert again.next()["event"] == "beat"
    again.close()
    jid = come(runtime, hour, 1, MOMENT - timedelta(minutes=3))
    leave(runtime, hour, jid, MOMENT - timedelta(minutes=1))
    after = Listener(browser, address, known)
    board = after.board()
    assert board["version"] != known
    assert [place["state"] for place in board["places"]][1] == "dropped"  # type: ignore[attr-defined]
    after.close()


def test_a_stream_ends_by_itself_and_gives_its_place_back(
    live: str, browser: requests.Session, hour: Hour, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "LIFE_SECONDS", 0.5)
    monkeypatch.setattr(stream, "places", stream.Places(1))
    address = f"{live}/dieu-hanh/{hour.meeting_id}/su-kien"
    for _ in range(3):
        listener = Listener(browser, address)
        listener.board()
        assert listener.next() == {}
        listener.close()
        _until_free()


def test_one_stream_too_many_is_told_to_ask_instead(
    live: str, browser: requests.Session, runtime: Runtime, hour: Hour, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "places", stream.Places(1))
    base = f"{live}/dieu-hanh/{hour.meeting_id}"
    listener = Listener(browser, f"{base}/su-kien")
    refused = browser.get(f"{base}/su-kien", timeout=5)
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "30")
    asked = browser.get(f"{base}/trang-thai", timeout=5)
    assert asked.status_code == 200
    same = browser.get(f"{base}/trang-thai", headers={"If-None-Match": asked.headers["ETag"]}, timeout=5)
    assert (same.status_code, same.content) == (304, b"")
    with runtime.database.transaction() as session:
        log_incident(session, system(Role.OPERATOR), hour.meeting_id, NewLine(IncidentKind.ECHO))
    time.sleep(stream.LOOK_SECONDS)  # the shared look may be that old
    changed = browser.get(f"{base}/trang-thai", headers={"If-None-Match": asked.headers["ETag"]}, timeout=5)
    assert changed.status_code == 200
    assert [line["kind"] for line in changed.json()["lines"]] == ["echo"]
    listener.close()


def test_a_broken_off_listener_frees_its_place(
    live: str, browser: requests.Session, hour: Hour, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "HEARTBEAT_SECONDS", 0.2)
    monkeypatch.setattr(stream, "places", stream.Places(1))
    listener = Listener(browser, f"{live}/dieu-hanh/{hour.meeting_id}/su-kien")
    listener.board()
    listener.close()
    _until_free()


def _end_session(session: Session, _hour: Hour) -> None:
    session.execute(update(BrowserSession).values(ended_at=MOMENT))


def _take_right(session: Session, _hour: Hour) -> None:
    session.execute(update(Account).values(roles=[Role.REGISTRAR.value]))


def _ask_purge(session: Session, hour: Hour) -> None:
    code = session.get_one(Meeting, hour.meeting_id).code
    purges.ask(session, system(Role.ADMINISTRATOR), PurgeOrder(code, Classification.SECRET, PurgeReason.SAID))


@pytest.mark.parametrize("shut", [_end_session, _take_right, _ask_purge], ids=["signed out", "right taken", "purge"])
def test_who_may_no_longer_read_hears_no_more(
    live: str,
    browser: requests.Session,
    hour: Hour,
    runtime: Runtime,
    monkeypatch: pytest.MonkeyPatch,
    shut: Callable[[Session, Hour], None],
) -> None:
    monkeypatch.setattr(lasting, "ASK_SECONDS", 0)
    monkeypatch.setattr(stream, "LOOK_SECONDS", 0.1)
    monkeypatch.setattr(stream, "LIFE_SECONDS", 3600)  # it does not end by itself
    listener = Listener(browser, f"{live}/dieu-hanh/{hour.meeting_id}/su-kien")
    listener.board()
    with runtime.database.transaction() as session:
        shut(session, hour)
    while listener.next():
        pass  # what was on its way
    listener.close()


def test_the_stream_is_told_to_proxies_and_kept_by_nobody(live: str, browser: requests.Session, hour: Hour) -> None:
    listener = Listener(browser, f"{live}/dieu-hanh/{hour.meeting_id}/su-kien")
    headers = listener.answer.headers
    assert headers["Content-Type"].startswith("text/event-stream")
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Accel-Buffering"] == "no"
    listener.close()


@pytest.mark.parametrize(("role", "status"), [(Role.APPROVER, 403), (Role.UNIT, 403), (Role.REGISTRAR, 403)])
def test_others_hear_nothing(live: str, add_account: AddAccount, hour: Hour, role: Role, status: int) -> None:
    add_account("khac", role)
    with signed_in(live, "khac") as session:
        for part in ("", "/su-kien", "/trang-thai", "/man-hinh", "/chua-san-sang", "/nhat-ky"):
            assert session.get(f"{live}/dieu-hanh/{hour.meeting_id}{part}", timeout=5).status_code == status


def test_an_unknown_meeting_has_no_stream(live: str, browser: requests.Session, hour: Hour) -> None:
    assert browser.get(f"{live}/dieu-hanh/{uuid4()}/su-kien", timeout=5).status_code == 404
    assert browser.get(f"{live}/dieu-hanh/khong-phai-ma/su-kien", timeout=5).status_code == 404


def test_many_consoles_share_one_look(runtime: Runtime, hour: Hour, monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[UUID] = []
    real = stream.fresh_snapshot
    monkeypatch.setattr(stream, "fresh_snapshot", lambda meeting_id: looks.append(meeting_id) or real(meeting_id))
    monkeypatch.setattr(stream, "LOOK_SECONDS", 30)
    lookout = stream.Lookout()
    versions = {lookout.snapshot(hour.meeting_id)["version"] for _ in range(20)}
    assert len(versions) == 1
    assert looks == [hour.meeting_id]


def _until_free() -> None:
    for _ in range(100):
        give_back = stream.places.take()
        if give_back is not None:
            give_back()
            return
        time.sleep(0.05)
    pytest.fail("the place was not given back")
