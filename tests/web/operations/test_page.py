"""The page of operations: figures without content, and going on with what stopped."""

import os
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from benchmarks.web.measure import counted
from core import tally
from core.audit import AuditRow
from core.permissions import Role
from core.runtime import Runtime
from core.services.registry import ProcessRecord, SupervisorRecord, birth_of, write_record
from tests.conftest import FixedClock
from tests.web.builders import STARTS, Office, build_meeting, build_office, build_recording
from tests.web.conftest import Browser
from transcription.faults import WorkerLost
from transcription.pipeline import states
from transcription.pipeline.claims import fail
from transcription.pipeline.models import StageRun, TranscriptionJob
from web.operations import house

PAGE = "/quan-tri/van-hanh/"


@pytest.fixture
def browser(browser_of: Callable[..., Browser]) -> Browser:
    return browser_of(Role.ADMINISTRATOR)


def stopped_job(runtime: Runtime, office: Office | None = None, days_later: int = 0) -> UUID:
    """A recording that was set apart."""
    starts_at = STARTS + timedelta(days=days_later)
    meeting_id = build_meeting(runtime, office or build_office(runtime), starts_at)
    with runtime.database.transaction() as session:
        job = build_recording(session, meeting_id)
        run = session.scalars(select(StageRun).where(StageRun.job_id == job.id)).one()
        run.state = states.RUNNING
        run.attempt = 3
        fail(session, job, run, WorkerLost(attempts=3).fault)
        return job.id


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_others_do_not_see_it(browser_of: Callable[..., Browser], role: Role) -> None:
    assert browser_of(role).get(PAGE).status_code == 403


def test_a_calm_house_says_so(browser: Browser, runtime: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    now = runtime.clock()
    monkeypatch.setattr(house, "last_backup", lambda _session: now - timedelta(hours=3))
    monkeypatch.setattr(house, "disk", lambda _home: house.Disk(60, 100))
    page = text_of(browser.get(PAGE).text)
    assert "Mọi phần đều hoạt động" in page
    assert "Không có bản ghi nào." in page
    assert "60 %" in page


def test_what_stopped_is_told_without_content_and_set_going_again(browser: Browser, runtime: Runtime) -> None:
    job_id = stopped_job(runtime)
    page = browser.get(PAGE).text
    told = text_of(page)
    assert "bị để riêng vì làm chết tiến trình" in told
    assert "nhiều lần dừng đột ngột" in told
    assert "giao ban" not in told
    assert "họp.wav" not in told
    answer = browser.post(f"{PAGE}cong-viec/{job_id}/chay-lai")
    assert answer.status_code == 302
    with runtime.database.transaction() as session:
        assert session.get_one(TranscriptionJob, job_id).state == states.RUNNING
        assert session.scalar(select(AuditRow.id).where(AuditRow.action == "transcription_job.resumed"))
    assert "Đã cho chạy lại" in browser.get(PAGE).text
    again = browser.post(f"{PAGE}cong-viec/{job_id}/chay-lai")
    assert again.status_code == 409
    assert "Vận hành" in again.text
    assert browser.post(f"{PAGE}cong-viec/{uuid4()}/chay-lai").status_code == 404


def test_queues_tell_rows_and_age(browser: Browser, runtime: Runtime, fixed_clock: FixedClock) -> None:
    meeting_id = build_meeting(runtime, build_office(runtime))
    with runtime.database.transaction() as session:
        build_recording(session, meeting_id)
    fixed_clock.now += timedelta(minutes=25)
    assert "media 1 khoảng 25 phút" in text_of(browser.get(PAGE).text)


def test_queries_do_not_grow(browser: Browser, runtime: Runtime) -> None:

    office = build_office(runtime)
    stopped_job(runtime, office)
    with counted(runtime.database.engine) as few:
        browser.get(PAGE)
    for number in range(1, 4):
        stopped_job(runtime, office, days_later=number)
    with counted(runtime.database.engine) as many:
        browser.get(PAGE)
    assert len(many) == len(few)


def test_services_of_this_machine(browser: Browser, runtime: Runtime) -> None:

    home = runtime.settings.home
    (home / "run").mkdir(exist_ok=True)
    birth = birth_of(os.getpid())
    processes = [
        ProcessRecord("web", "Máy chủ web", os.getpid(), birth, "running"),
        ProcessRecord("worker-pieces-2", "Tiến trình nhận dạng 2", 1, "", "stopped", restarts=4),
    ]
    write_record(home, SupervisorRecord(os.getpid(), birth, "http://127.0.0.1", 8000, True, processes))
    page = text_of(browser.get(PAGE).text)
    assert "Máy chủ web hoạt động" in page
    assert "Tiến trình nhận dạng 2 khởi động lại 4 lần đã dừng" in page
    assert "Tiến trình nhận dạng 2 không hoạt động trên máy này." in page


def test_workers_and_timetable_from_the_tally(
    browser: Browser, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = runtime.clock()
    seen = {
        "worker": {"speech@0123456789.may-1": now, "general@0123456789.may-2": now - timedelta(minutes=9)},
        "task": {"core.deliver_outbox": now - timedelta(minutes=9), "web.enforce_retention": now},
    }
    monkeypatch.setattr(tally, "last_seen", lambda what: seen[what])
    page = text_of(browser.get(PAGE).text)
    assert "Tiến trình gỡ băng may-1 hoạt động" in page
    assert "Tiến trình xử lý chung trên máy may-2 không báo còn sống." in page
    assert "1 việc định kỳ trễ lịch." in page
    assert "Chuyển tin nội bộ 5 giây 13:51 ngày 08/04/2026 trễ" in page


def test_the_newest_anchor_is_read_from_its_file(tmp_path: Path) -> None:
    assert house.last_anchor(tmp_path) is None
    (tmp_path / "anchors").mkdir()
    for name in ("2026-04-06", "2026-04-07", "zzz"):
        (tmp_path / "anchors" / f"anchor-{name}.txt").write_text("x")
    assert str(house.last_anchor(tmp_path)) == "2026-04-07"
