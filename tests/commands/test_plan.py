"""Which services a machine runs, where several machines are one installation."""

import re
from pathlib import Path

import pytest

from core.settings import Settings, SettingsError, load_settings
from web.commands.plan import KEEP_ALIVE_SECONDS, ROOT, application_tier, stores_tier

ELSEWHERE = {"database_url": "postgresql://db.noi-bo/diemcau", "broker_url": "redis://mq.noi-bo:6379/0"}


def names(settings: Settings) -> list[str]:
    return [service.name for service in application_tier(settings)]


def threads(settings: Settings) -> dict[str, str]:
    workers = [service for service in application_tier(settings) if service.name.startswith("worker-")]
    return {worker.name: worker.prepare().environment.get("DIEMCAU_SPEECH_THREADS", "") for worker in workers}


def test_alone_it_runs_everything(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path, piece_workers=2)
    assert [service.name for service in stores_tier(settings)] == ["database", "broker"]
    assert names(settings) == [
        "web", "worker-speech", "worker-pieces", "worker-pieces-2", "worker-general", "beat", "live",
    ]  # fmt: skip


def test_a_machine_for_hearing_has_its_workers_and_all_its_threads_for_them(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path, runs="pieces", piece_workers=2, speech_threads=8, **ELSEWHERE)
    assert stores_tier(settings) == []
    assert threads(settings) == {"worker-pieces": "4", "worker-pieces-2": "4"}


def test_a_machine_for_people_has_no_speech(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path, runs="web, general, beat", **ELSEWHERE)
    assert names(settings) == ["web", "worker-general", "beat"]


def test_an_unknown_service_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="RUNS"):
        load_settings(home=tmp_path, runs="web,chat")


def test_the_proxy_gives_up_an_idle_connection_before_the_service_closes_it() -> None:
    """The other way round, a person's click now and then meets a connection that is just closing."""
    found = re.search(r"keepalive_timeout (\d+)s;", (ROOT / "deploy/nginx/diemcau.conf").read_text())
    assert found is not None
    assert int(found[1]) < KEEP_ALIVE_SECONDS
