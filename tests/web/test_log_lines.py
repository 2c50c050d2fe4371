"""What the log tells of a request, of its news and of a stage: ids that lead from line to line, and no content."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from core import outbox
from core.logs import context
from core.logs.known import KEYS
from core.outbox import OutboxEvent, deliver_pending
from core.permissions import Role
from core.queue import REQUEST_HEADER
from core.runtime import Runtime
from tests.core.logs.lines import Lines, logged
from tests.web.builders import build_meeting, build_office, build_recording
from tests.web.conftest import Browser, Script
from tests.web.test_api_meetings import body
from transcription.pipeline.models import StageRun
from transcription.tasks import run_stage

NAMED = "0123456789abcdef0123456789abcdef"
SAID = ("Họp giao ban", "giao ban", "Báo cáo tuần", "Nguyễn", "họp.wav", "Phan Quốc", "dang-nhap", "cuoc-hop", "Bearer")


@pytest.fixture
def lines() -> Iterator[Lines]:
    with logged() as written:
        yield written


def test_a_request_is_one_line_with_its_ids(lines: Lines, runtime: Runtime, browser_of: Callable[..., Browser]) -> None:
    meeting_id = build_meeting(runtime, build_office(runtime))
    answer = browser_of(Role.OPERATOR).get(f"/cuoc-hop/{meeting_id}", headers={"X-Request-ID": NAMED})
    assert answer.headers["X-Request-Id"] == NAMED
    (line,) = lines.having(request_id=NAMED)
    assert (line["event"], line["status"], line["method"]) == ("request answered", 200, "GET")
    assert line["meeting_id"] == str(meeting_id)
    assert line["endpoint"] == "operator.meeting"
    assert line["account_id"]
    assert line["duration_ms"] > 0
    assert context.ids_now() == {}


def test_an_unfit_name_is_replaced(app: Flask) -> None:
    given = app.test_client().get("/healthz", headers={"X-Request-ID": "họp giao ban"}).headers["X-Request-Id"]
    assert context.is_request_id(given)


def test_points_for_machines_are_told_only_in_trouble(lines: Lines, app: Flask) -> None:
    app.test_client().get("/healthz")
    assert lines.having(endpoint="service.healthz") == []


def test_news_goes_back_to_its_request(
    lines: Lines, runtime: Runtime, script_of: Callable[..., Script], monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[dict[str, str]] = []

    def handler(_session: object, payload: dict[str, str]) -> None:
        assert context.request_id_now() == NAMED
        heard.append(payload)
        raise LookupError("Họp giao ban")

    monkeypatch.setitem(outbox._subscribers, "meeting.planned", {"test.trouble": handler})
    sent: list[dict[str, Any]] = []
    monkeypatch.setattr(runtime.celery, "send_task", lambda *_, **told: sent.append(told))
    answer = script_of(Role.OPERATOR).call(
        "POST", "/meetings", json=body(build_office(runtime)), headers={"X-Request-ID": NAMED}
    )
    assert answer.status_code == 201
    deliver_pending(runtime.database)
    assert "request_id" not in heard[0]
    assert {told["headers"].get(REQUEST_HEADER) for told in sent} == {NAMED}
    (refused,) = [line for line in lines.having(request_id=NAMED) if "refused by" in line["event"]]
    assert refused["topic"] == "meeting.planned"
    assert refused["fault"] == "LookupError"
    assert not [word for word in SAID if word in lines.text]


def test_a_stage_names_its_meeting_and_recording(lines: Lines, runtime: Runtime) -> None:
    meeting_id = build_meeting(runtime, build_office(runtime))
    with runtime.database.transaction() as session:
        recording_id = build_recording(session, meeting_id).recording_id
        run_id = session.scalars(select(StageRun.id)).one()
    run_stage.apply(args=[str(run_id)], task_id=str(uuid4()), headers={REQUEST_HEADER: NAMED})
    told = lines.having(stage_run_id=str(run_id))
    assert [line["event"].partition(" (")[2] for line in told] == ["ingest) begins, token 1", "ingest) is done"]
    for line in told:
        assert line["request_id"] == NAMED
        assert line["task"] == "transcription.run_stage"
        assert line["meeting_id"] == str(meeting_id)
        assert line["recording_id"] == str(recording_id)
    assert context.ids_now() == {}
    for line in lines.all():
        assert set(line) <= set(KEYS)
    assert not [word for word in SAID if word in lines.text]


def test_a_breakdown_leads_from_the_page_to_the_line(
    lines: Lines, app: Flask, browser_of: Callable[..., Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = browser_of(Role.OPERATOR)

    def breaks() -> str:
        raise RuntimeError("Họp giao ban")

    monkeypatch.setitem(app.view_functions, "account.mine", breaks)
    monkeypatch.setattr("web.security.gate.declared_rights", lambda _view: frozenset())
    answer = browser.get("/tai-khoan", follow_redirects=True)
    assert answer.status_code == 500
    (line,) = lines.having(level="error")
    assert line["request_id"] in answer.text
    assert line["fault"] == "RuntimeError"
    assert "giao ban" not in lines.text


def test_the_outbox_keeps_the_request_only_where_there_is_one(runtime: Runtime) -> None:
    with runtime.database.transaction() as session:
        outbox.emit(session, "test.nobody", id="1")
        with context.bound(request_id=NAMED):
            outbox.emit(session, "test.nobody", id="2")
    with runtime.database.transaction() as session:
        kept = session.scalars(select(OutboxEvent.payload).order_by(OutboxEvent.id)).all()
    assert kept == [{"id": "1"}, {"id": "2", "request_id": NAMED}]
