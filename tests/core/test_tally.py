"""Counts in the broker: kept for all processes, and in nobody's way where the broker is away."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from core import tally
from core.queue import make_celery, timetable
from core.runtime import Runtime
from core.services.valkey import running
from tests.conftest import FixedClock


@pytest.fixture(scope="module")
def broker_url() -> Iterator[str]:
    with running() as service:
        yield service.url


@pytest.fixture
def broker(runtime: Runtime, broker_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    celery = make_celery(broker_url)
    monkeypatch.setattr(runtime, "celery", celery)
    monkeypatch.setattr(tally._line, "away_until", 0.0)
    yield
    with tally._client() as client:
        client.flushdb()
    celery.close()


@pytest.mark.usefixtures("broker")
def test_counts_by_kind() -> None:
    assert tally.counts("join") == {}
    for kind in ("full", "ready", "full"):
        tally.count("join", kind)
    tally.count("other", "full")
    assert tally.counts("join") == {"full": 2, "ready": 1}


@pytest.mark.usefixtures("broker")
def test_last_seen_and_in_time_forgotten(fixed_clock: FixedClock) -> None:
    tally.note_seen("worker", "speech@a.host")
    first = fixed_clock.now
    fixed_clock.now += tally.FORGOTTEN_AFTER
    tally.note_seen("worker", "general@a.host")
    assert tally.last_seen("worker") == {"speech@a.host": first, "general@a.host": fixed_clock.now}
    fixed_clock.now += timedelta(seconds=1)
    assert set(tally.last_seen("worker") or ()) == {"general@a.host"}


def test_a_broker_that_is_away_costs_one_try(
    runtime: Runtime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    celery = make_celery(f"redis+socket://{tmp_path}/nobody.sock?virtual_host=0")
    monkeypatch.setattr(runtime, "celery", celery)
    monkeypatch.setattr(tally._line, "away_until", 0.0)
    tally.count("join", "full")
    tally.count("join", "full")
    assert tally.counts("join") is None
    assert caplog.text.count("nothing is counted") == 1
    celery.close()


def test_a_broker_of_another_kind_counts_nothing(runtime: Runtime) -> None:
    tally.count("join", "full")
    assert tally.counts("join") is None


def test_the_timetable_is_told() -> None:
    assert timetable()["core.deliver_outbox"] == 5.0
