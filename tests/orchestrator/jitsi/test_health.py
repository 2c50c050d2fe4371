"""The site's health: all parts at once, silence is an answer, dangers are seen without doing anything."""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from core.runtime import Runtime
from orchestrator.jitsi import health
from orchestrator.jitsi.client import BRIDGE, JIBRI, JICOFO, PROSODY, Busy, RecorderHealth
from orchestrator.jitsi.health import PartState, SiteHealth, site_health
from orchestrator.jitsi.recorders import note_status
from tests.conftest import FixedClock
from tests.fakes.jibri import FakeJibri
from tests.fakes.jicofo import FakeBridge, FakeJicofo
from tests.fakes.prosody import FakeProsody
from tests.fakes.prosody_site import Site


class Parts:
    """A whole site of fakes."""

    def __init__(self, stack: ExitStack, http_modules: frozenset[str] = frozenset({"muc_size", "muc_census"})) -> None:
        self.prosody = stack.enter_context(
            FakeProsody(Site(domain="meet.example.vn", reservations=False, http_modules=http_modules))
        )
        self.jicofo, self.bridge, self.jibri = FakeJicofo(), FakeBridge(), FakeJibri()
        for part in (self.jicofo, self.bridge, self.jibri):
            stack.callback(part.server.close)

    def use(self, runtime: Runtime, **changes: object) -> None:
        addresses = {
            "jitsi_prosody_url": self.prosody.address,
            "jitsi_jicofo_url": self.jicofo.address,
            "jitsi_bridge_urls": (self.bridge.address,),
            "jitsi_jibri_urls": (self.jibri.address,),
        }
        runtime.settings = runtime.settings.model_copy(update=addresses | changes)
        health.forget()


@pytest.fixture
def parts(runtime: Runtime) -> Iterator[Parts]:
    with ExitStack() as stack:
        parts = Parts(stack)
        parts.use(runtime)
        yield parts
    health.forget()


def states(found: SiteHealth) -> dict[str, PartState]:
    return {part.part: part.state for part in found.parts}


def test_a_site_that_is_well(session: Session, parts: Parts) -> None:
    parts.prosody.join("phong", recorder=True)
    found = site_health(session)
    assert states(found) == dict.fromkeys((PROSODY, JICOFO, BRIDGE, JIBRI), PartState.WELL)
    assert found.dangers == ()
    assert found.is_well
    figures = {part.part: part.figures for part in found.parts}
    assert figures[PROSODY] == {"sessions": 1, "rooms": 1, "participants": 1}
    assert figures[JICOFO]["conferences"] == 2
    assert figures[BRIDGE]["stress_level"] == 0.21
    assert figures[JIBRI]["busy"] == "IDLE"


def test_a_site_without_addresses_is_asked_nothing(session: Session, runtime: Runtime) -> None:
    health.forget()
    found = site_health(session)
    assert set(states(found).values()) == {PartState.UNKNOWN}
    assert all("Chưa khai báo" in part.sentence for part in found.parts)


def test_illness_and_silence_are_told_apart(session: Session, runtime: Runtime, parts: Parts) -> None:
    parts.jicofo.health_status = 500
    parts.bridge.colibri = False
    parts.use(runtime, jitsi_jibri_urls=("http://127.0.0.1:9",))
    found = site_health(session)
    assert states(found) == {
        PROSODY: PartState.WELL, JICOFO: PartState.UNWELL, BRIDGE: PartState.WELL, JIBRI: PartState.SILENT
    }  # fmt: skip
    assert not found.is_well
    assert any("không kết nối được" in part.sentence for part in found.parts)


def test_parts_that_hang_are_waited_for_together_and_not_long(
    monkeypatch: pytest.MonkeyPatch, session: Session, parts: Parts
) -> None:
    monkeypatch.setattr(health, "ROUND_SECONDS", 0.5)
    for part in (parts.jicofo, parts.bridge, parts.jibri):
        part.server.hold_seconds = 20
    started = time.monotonic()
    found = site_health(session)
    assert time.monotonic() - started < 4
    assert states(found)[JICOFO] is PartState.SILENT


def test_the_answer_is_kept_for_some_seconds(monkeypatch: pytest.MonkeyPatch, session: Session, parts: Parts) -> None:
    site_health(session)
    parts.jicofo.health_status = 500
    assert states(site_health(session))[JICOFO] is PartState.WELL
    monkeypatch.setattr(health, "KEPT_SECONDS", 0)
    assert states(site_health(session))[JICOFO] is PartState.UNWELL


def test_dangers_are_seen_without_opening_a_room(session: Session, runtime: Runtime) -> None:
    with ExitStack() as stack:
        parts = Parts(stack, frozenset({"muc_size", "muc_end_meeting"}))
        parts.jicofo.opens_rooms = True
        parts.use(runtime, jitsi_public_url=parts.jicofo.address)
        found = site_health(session)
        codes = {danger.code for danger in found.dangers}
        assert codes == {
            "conference_request", "conference_request_public", "census_missing", "end_meeting_by_anybody"
        }  # fmt: skip
        assert parts.jicofo.asked_for == [b"{}", b"{}"], "no room is named"
        assert parts.prosody.rooms() == []
        assert all(danger.sentence.count("Hãy") for danger in found.dangers)
    health.forget()


def test_recorders_that_speak_for_themselves(session: Session, runtime: Runtime, fixed_clock: FixedClock) -> None:
    health.forget()
    note_status(session, "jibri-1", RecorderHealth(Busy.BUSY, True))
    fixed_clock.now -= timedelta(minutes=3)
    note_status(session, "jibri-2", RecorderHealth(Busy.IDLE, True))
    fixed_clock.now += timedelta(minutes=3)
    found = {part.part: part.state for part in site_health(session).parts}
    assert found[f"{JIBRI} jibri-1"] is PartState.WELL
    assert found[f"{JIBRI} jibri-2"] is PartState.SILENT
