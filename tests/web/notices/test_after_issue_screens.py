"""After the issue, over plain forms: correction, withdrawal, report with a file, extension, statistics, register."""

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from uuid import UUID

import pytest

from core.permissions import Role
from core.runtime import Runtime
from minutes.delivery.service import distribute
from minutes.followups.service import create_tasks, list_tasks
from minutes.notices import issuing, service
from minutes.notices.models import Notice
from tests.conftest import FixedClock
from tests.web.builders import build_meeting, build_notice, build_office, system
from tests.web.conftest import Browser

Browsers = Callable[..., Browser]


@pytest.fixture
def issued_id(runtime: Runtime) -> UUID:
    """An issued and distributed notice with its tasks."""
    meeting_id = build_meeting(runtime, build_office(runtime))
    with runtime.database.transaction() as session:
        notice_id = build_notice(session, meeting_id)
        service.submit(session, system(Role.SECRETARY), notice_id)
        revision = service.latest_revision(session, notice_id)
        service.approve(session, system(Role.APPROVER), notice_id, revision.id)
        issuing.issue(session, system(Role.REGISTRAR), notice_id)
        distribute(session, system(Role.REGISTRAR), notice_id)
        create_tasks(session, notice_id)
    return notice_id


def test_the_secretary_starts_what_comes_after(
    browser_of: Browsers, issued_id: UUID, runtime: Runtime, fixed_clock: FixedClock
) -> None:
    secretary, page = browser_of(Role.SECRETARY), f"/thong-bao/{issued_id}"
    assert "Sau khi ban hành" in secretary.get(page).text
    assert secretary.get(f"{page}/bien-ban.docx").data.startswith(b"PK")
    assert secretary.get(f"{page}/bien-ban.pdf").data.startswith(b"%PDF-")
    refused = secretary.post(f"{page}/dinh-chinh", {"where": [""], "wrong": ["không có câu này"], "right": ["x"]})
    assert refused.status_code == 422
    assert "không có câu này" in refused.text
    assert secretary.post(f"{page}/thu-hoi", {"reason": ""}).status_code == 422
    answer = secretary.post(f"{page}/thu-hoi", {"reason": "Ban hành nhầm"})
    assert answer.status_code == 302
    shown = secretary.get(answer.location).text
    assert "Thông báo thu hồi" in shown
    assert "Lý do: Ban hành nhầm" in shown
    assert "Thông báo thu hồi" in secretary.get(page).text
    assert secretary.post(f"{page}/don-doc").status_code == 409
    fixed_clock.now = datetime(2027, 1, 1, tzinfo=UTC)
    secretary = browser_of(Role.SECRETARY)
    letter = secretary.post(f"{page}/don-doc")
    assert letter.status_code == 302
    edit = secretary.get(f"{letter.location}/sua").text
    assert "Kính gửi" in edit
    with runtime.database.transaction() as session:
        assert session.query(Notice).count() == 3


def test_a_unit_reports_with_a_file_and_asks_for_time(browser_of: Browsers, issued_id: UUID, runtime: Runtime) -> None:
    with runtime.database.transaction() as session:
        tasks = list_tasks(session, system(Role.SECRETARY), notice_id=issued_id)
        task = next(task for task in tasks if task.due_at and task.unit_id)
        task_id, unit_id = task.id, task.unit_id
    unit, approver = browser_of(Role.UNIT, unit_ids=[unit_id]), browser_of(Role.APPROVER)
    page = f"/nhiem-vu/{task_id}"
    sent = unit.post(f"{page}/bao-cao", {"text": "Đã làm", "files": (BytesIO(b"%PDF-1.7"), "kết quả.pdf")})
    assert sent.status_code == 302
    shown = unit.get(page).text
    assert "kết quả.pdf" in shown
    link = next(part.split('"')[0] for part in shown.split('href="') if "/tep/" in part)
    assert unit.get(link).data == b"%PDF-1.7"
    assert unit.post(f"{page}/gia-han", {"until": "2020-01-01", "reason": "x"}).status_code == 422
    assert unit.post(f"{page}/gia-han", {"until": "2026-12-31", "reason": "Chờ thiết bị"}).status_code == 302
    assert "Chờ thiết bị" in approver.get("/nhiem-vu/thong-ke?tu=2026-01-01&den=2026-12-31").text
    decision = next(
        part.split('"')[0] for part in approver.get(page).text.split('action="') if f"{page}/gia-han/" in part
    )
    assert unit.post(decision, {"decision": "grant"}).status_code == 403
    assert approver.post(decision, {"decision": "grant"}).status_code == 302
    assert "đã gia hạn đến 31/12/2026" in unit.get(page).text
    assert unit.get("/nhiem-vu/so.xlsx").data.startswith(b"PK")
    assert "Chủ trì" in unit.get("/nhiem-vu/so.csv").data.decode("utf-8-sig")
    assert unit.get("/nhiem-vu/thong-ke?tu=sai").status_code == 200
