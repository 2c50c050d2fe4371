"""Alive, ready, counted."""

from datetime import timedelta
from pathlib import Path

from flask import Flask

from core.queue import QUEUES
from core.runtime import Runtime
from core.storage import FolderStorage
from tests.conftest import FixedClock
from tests.web.builders import build_meeting, build_office, build_recording


def test_alive(app: Flask) -> None:
    assert app.test_client().get("/healthz").get_json() == {"status": "ok"}


def test_ready_names_every_part(app: Flask) -> None:
    answer = app.test_client().get("/readyz")
    assert answer.status_code == 200
    assert set(answer.get_json()["parts"]) == {"database", "broker", "storage"}


def test_not_ready_says_which_part(app: Flask, runtime: Runtime, storage: FolderStorage) -> None:
    storage.root.mkdir(parents=True, exist_ok=True)
    (storage.root / "probe").write_text("nothing can be stored below a file")
    answer = app.test_client().get("/readyz")
    assert answer.status_code == 503
    assert answer.get_json()["parts"]["storage"] == "unreachable"
    assert answer.get_json()["parts"]["database"] == "ok"


def test_the_probe_leaves_nothing(app: Flask, storage: FolderStorage) -> None:
    app.test_client().get("/readyz")
    assert not [path for path in storage.root.rglob("*") if path.is_file()]


def test_counters_without_names(app: Flask, runtime: Runtime) -> None:
    build_meeting(runtime, build_office(runtime))
    text = app.test_client().get("/metrics").text
    assert 'diemcau_meetings{state="planned"} 1' in text
    assert "# TYPE diemcau_outbox_waiting gauge" in text
    assert "giao ban" not in text


def test_what_waits_is_counted_and_aged(app: Flask, runtime: Runtime, fixed_clock: FixedClock) -> None:
    meeting_id = build_meeting(runtime, build_office(runtime))
    with runtime.database.transaction() as session:
        build_recording(session, meeting_id)
    fixed_clock.now += timedelta(minutes=10)
    text = app.test_client().get("/metrics").text
    assert 'diemcau_stages{stage="ingest",state="waiting"} 1' in text
    assert 'diemcau_jobs{state="running"} 1' in text
    assert "diemcau_stage_oldest_seconds 600" in text
    assert "diemcau_mail_oldest_seconds 0" in text
    assert "diemcau_outbox_given_up 0" in text
    for queue in QUEUES:
        assert f'diemcau_queue_messages{{queue="{queue}"}} ' in text


def test_without_a_broker_the_rest_is_still_told(app: Flask, runtime: Runtime, tmp_path: Path) -> None:
    runtime.celery.conf.broker_url = f"redis+socket://{tmp_path}/nobody.sock"
    text = app.test_client().get("/metrics").text
    assert "# TYPE diemcau_queue_messages gauge" in text
    assert "diemcau_queue_messages{" not in text
    assert "diemcau_outbox_waiting 0" in text
