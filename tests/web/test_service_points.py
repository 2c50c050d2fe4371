"""Alive, ready, counted."""

from flask import Flask

from core.runtime import Runtime
from core.storage import FolderStorage
from tests.web.builders import build_meeting, build_office


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
