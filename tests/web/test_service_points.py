"""Alive, ready, counted."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from core import tally
from core.queue import QUEUES
from core.runtime import Runtime
from core.storage import FolderStorage
from orchestrator.caps.service import ensure_default_policy
from orchestrator.live.models import PresenceInterval, RoomLife
from orchestrator.live.service import raise_alarm
from orchestrator.meetings.models import Meeting
from tests.conftest import MOMENT, FixedClock
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


def test_caps_doors_and_upkeep(app: Flask, runtime: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    office = build_office(runtime)
    meeting_id = build_meeting(runtime, office)
    with runtime.database.transaction() as session:
        ensure_default_policy(session)
        session.add(RoomLife(meeting_id=meeting_id, opened_at=MOMENT, gone_at=None))
        for jid, is_recorder in (("an@x/1", False), ("rec@x/1", True)):
            session.add(
                PresenceInterval(
                    meeting_id=meeting_id, occupant_jid=jid, joined_at=MOMENT, left_at=None, is_recorder=is_recorder
                )
            )
        raise_alarm(session, "over_cap", "phong", "x", {}, meeting_id)
        raise_alarm(session, "over_cap", "phong", "x", {}, meeting_id)
        seats = len(session.get_one(Meeting, meeting_id).endpoints)
    monkeypatch.setattr(tally, "counts", lambda _what: {"full": 3})
    monkeypatch.setattr(tally, "last_seen", lambda what: {"core.deliver_outbox": MOMENT} if what == "task" else {})
    text = app.test_client().get("/metrics").text
    assert "diemcau_live_rooms 1\n" in text
    assert "diemcau_live_connections 1\n" in text
    assert f"diemcau_live_seats {seats}\n" in text
    assert f"diemcau_live_fullest_ratio {1 / seats:g}\n" in text
    assert 'diemcau_cap_maximum{scope="room"} 20' in text
    assert 'diemcau_alarms_open{kind="over_cap"} 1' in text
    assert 'diemcau_alarms_raised_total{kind="over_cap"} 2' in text
    assert "# TYPE diemcau_joins_total counter" in text
    assert 'diemcau_joins_total{answer="full"} 3' in text
    assert 'diemcau_joins_total{answer="too_many"} 0' in text
    assert "diemcau_workers_seen 0\n" in text
    assert 'diemcau_task_age_seconds{task="core.deliver_outbox"} 0' in text
    assert "diemcau_disk_free_bytes " in text
    assert "\ndiemcau_backup_age_seconds " not in text
    assert "diemcau_stages_set_apart 0" in text


def test_a_click_is_counted_by_its_answer(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[tuple[str, str]] = []
    monkeypatch.setattr(tally, "count", lambda *told: counted.append(told))
    assert app.test_client().get("/join/khong-co").status_code == 404
    assert counted == [("join", "unknown")]


def test_without_a_broker_the_rest_is_still_told(app: Flask, runtime: Runtime, tmp_path: Path) -> None:
    runtime.celery.conf.broker_url = f"redis+socket://{tmp_path}/nobody.sock"
    text = app.test_client().get("/metrics").text
    assert "# TYPE diemcau_queue_messages gauge" in text
    assert "diemcau_queue_messages{" not in text
    assert "diemcau_outbox_waiting 0" in text
