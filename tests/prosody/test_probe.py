"""The probe against a real Prosody that keeps its promises, and against others that break one each."""

import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

import orchestrator.jitsi.probe.messages  # noqa: F401 (its sentences)
from orchestrator.jitsi.probe.findings import Check, Finding, Verdict, is_proved
from orchestrator.jitsi.probe.probing import probe
from orchestrator.jitsi.probe.site import Errand, Site
from orchestrator.jitsi.probe.stanzas import Credentials
from tests.prosody.house import eventually, fresh_room, play, token_for
from tests.prosody.server import RECORDER_PASSWORD, Prosody
from tests.prosody.web_server import WebServer, running_web_server

pytestmark = pytest.mark.prosody

FORGER = "một khóa khác hẳn, cũng đủ dài để ký bằng HS256"


@pytest.fixture
def web() -> Iterator[WebServer]:
    with running_web_server() as server:
        yield server


def _site(prosody: Prosody, web: WebServer, domain: str = "meet.test", **more: object) -> Site:
    values = {
        "domain": domain,
        "muc_domain": f"conference.{domain}",
        "websocket": prosody.websocket,
        "public_url": web.url,
        "recorder": Credentials(user="recorder", password=RECORDER_PASSWORD),
        "recorder_domain": "recorder.meet.test",
        "patience_seconds": 4.0,
    }
    return Site(**{**values, **more})


def _errand(seats: int, domain: str = "meet.test", booked: int | None = None) -> Errand:
    """`booked`: what the site believes the room holds, where it is not what we ask for."""
    return Errand(
        room=fresh_room(seats if booked is None else booked),
        seats=seats,
        mint=lambda room, endpoint: token_for(room, endpoint, domain),
        forge=lambda room, endpoint: token_for(room, endpoint, domain, secret=FORGER),
    )


def _broken(findings: list[Finding]) -> set[Check]:
    return {finding.check for finding in findings if finding.verdict is Verdict.BROKEN}


def _finding(findings: list[Finding], check: Check) -> Finding:
    return next(finding for finding in findings if finding.check is check)


def test_a_site_in_order_holds_every_promise(prosody: Prosody, web: WebServer) -> None:
    findings = probe(_site(prosody, web), _errand(20))

    assert [finding.check for finding in findings] == list(Check)
    assert {finding.verdict for finding in findings} == {Verdict.HELD}, findings
    assert is_proved(findings)
    assert _finding(findings, Check.CAP).detail == "kết nối thứ 21 bị từ chối vì đủ chỗ"
    assert all("probe_" not in finding.title + finding.detail for finding in findings)


def test_policy_refuse_holds_as_well(prosody: Prosody, web: WebServer) -> None:
    findings = probe(_site(prosody, web, "strict.test"), _errand(3, "strict.test"))
    assert _broken(findings) == set()
    assert "Điểm cầu này đang có mặt" in _finding(findings, Check.ONE_SEAT).detail


def test_a_cap_that_is_not_held_is_found(prosody: Prosody, web: WebServer) -> None:
    findings = probe(_site(prosody, web, "open.test", patience_seconds=1.5), _errand(3, "open.test"))

    assert not is_proved(findings)
    assert {Check.CAP, Check.RETURN, Check.ONE_SEAT, Check.OTHER_ROOM} <= _broken(findings)
    assert "Kết nối thứ 4 vẫn vào được" in _finding(findings, Check.CAP).detail


def test_a_cap_without_one_seat_is_found(prosody: Prosody, web: WebServer) -> None:
    findings = probe(_site(prosody, web, "plain.test"), _errand(3, "plain.test"))
    assert _finding(findings, Check.CAP).verdict is Verdict.HELD
    assert {Check.RETURN, Check.ONE_SEAT} <= _broken(findings)


@pytest.mark.parametrize(("booked", "broken"), [(2, {Check.SEATS}), (4, {Check.CAP, Check.RETURN, Check.ONE_SEAT})])
def test_a_room_booked_for_another_number_is_found(
    prosody: Prosody, web: WebServer, booked: int, broken: set[Check]
) -> None:
    findings = probe(_site(prosody, web), _errand(3, booked=booked))
    assert broken <= _broken(findings)
    assert not is_proved(findings)


def test_the_lines_are_gone_afterwards(prosody: Prosody, web: WebServer) -> None:
    errand = _errand(3)
    probe(_site(prosody, web), errand)

    def everybody_left() -> bool:
        events = [event for event, _, _ in prosody.events(errand.room)]
        return events.count("joined") == events.count("left") > 0

    play(lambda: eventually(everybody_left))


@pytest.mark.parametrize(
    ("path", "answer", "check"),
    [
        ("/end-meeting", (200, ""), Check.END_MEETING),
        ("/conference-request/v1", (200, '{"ready":true}'), Check.CONFERENCE_REQUEST),
        ("/conference-request/v1", (400, '{"error":"no room"}'), Check.CONFERENCE_REQUEST),
        ("/room-size", (200, '{"participants":3}'), Check.ROOM_SIZE),
        ("/sessions", (200, "12"), Check.ROOM_SIZE),
        ("/room-census", (200, '{"room_census":[]}'), Check.ROOM_CENSUS),
    ],
)
def test_an_open_door_is_found(
    prosody: Prosody, web: WebServer, path: str, answer: tuple[int, str], check: Check
) -> None:
    web.answers[path] = answer
    findings = probe(_site(prosody, web), _errand(1))
    assert _broken(findings) == {check}
    assert not is_proved(findings)


@pytest.mark.parametrize("status", [401, 403])
def test_a_meeting_that_cannot_be_ended_with_a_participants_token(
    prosody: Prosody, web: WebServer, status: int
) -> None:
    web.answers["/end-meeting"] = (status, "")
    errand = _errand(1)
    findings = probe(_site(prosody, web), errand)
    assert _finding(findings, Check.END_MEETING).detail == f"bị từ chối (mã {status})"
    [(_, path, authorization)] = [asked for asked in web.asked if asked[1].startswith("/end-meeting")]
    assert path == f"/end-meeting?conference={errand.room}@conference.meet.test"
    assert authorization.startswith("Bearer ey")


def test_prosodys_own_http_is_asked_where_it_can_be_reached(prosody: Prosody, web: WebServer) -> None:
    with running_web_server() as inside:
        inside.answers["/end-meeting"] = (200, "")
        findings = probe(_site(prosody, web, prosody_url=inside.url), _errand(1))
    assert _broken(findings) == {Check.END_MEETING}


def test_without_an_account_the_recorder_is_not_judged(prosody: Prosody, web: WebServer) -> None:
    findings = probe(_site(prosody, web, recorder=None), _errand(1))
    assert _finding(findings, Check.RECORDER).verdict is Verdict.UNCHECKED
    assert is_proved(findings)


def test_a_web_server_that_is_away_leaves_its_checks_open(prosody: Prosody, web: WebServer) -> None:
    findings = probe(_site(prosody, web, public_url="http://127.0.0.1:1"), _errand(1))
    open_checks = {finding.check for finding in findings if finding.verdict is Verdict.UNCHECKED}
    assert open_checks == {Check.CONFERENCE_REQUEST, Check.ROOM_SIZE, Check.ROOM_CENSUS, Check.END_MEETING}


def test_a_site_that_is_away_proves_nothing(web: WebServer) -> None:
    site = Site("meet.test", "conference.meet.test", "ws://127.0.0.1:1/xmpp-websocket", web.url, patience_seconds=2.0)
    findings = probe(site, _errand(2))
    assert [finding.check for finding in findings] == [Check.SITE]
    assert not is_proved(findings)


def test_a_certificate_file_that_is_none(prosody: Prosody, web: WebServer, tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("không phải chứng thư")
    with pytest.raises(ssl.SSLError):
        probe(_site(prosody, web, ca_file=tmp_path / "ca.pem"), _errand(1))
