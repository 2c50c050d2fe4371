"""The bulletin on the screens: chosen by the approver, read by anybody, taken back."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from core.permissions import Role
from core.runtime import Runtime
from minutes.notices import issuing, service
from tests.web.builders import build_meeting, build_notice, build_office, system
from tests.web.conftest import Browser

Browsers = Callable[..., Browser]


@pytest.fixture
def issued_id(runtime: Runtime) -> UUID:
    meeting_id = build_meeting(runtime, build_office(runtime))
    with runtime.database.transaction() as session:
        notice_id = build_notice(session, meeting_id)
        service.submit(session, system(Role.SECRETARY), notice_id)
        service.approve(session, system(Role.APPROVER), notice_id, service.latest_revision(session, notice_id).id)
        issuing.issue(session, system(Role.REGISTRAR), notice_id)
    return notice_id


def test_anybody_reads_what_was_chosen_and_nothing_else(
    browser_of: Browsers, anonymous: Browser, issued_id: UUID
) -> None:
    page, approver = f"/thong-bao/{issued_id}/ban-tin", browser_of(Role.APPROVER)
    assert "Chưa có bản tin nào" in anonymous.get("/ban-tin").text
    assert browser_of(Role.SECRETARY).get(page).status_code == 403
    assert "Chưa công khai" in approver.get(page).text
    refused = approver.post(page)
    assert refused.status_code == 409
    assert "chưa chọn đoạn nào" in refused.text
    assert approver.post(page, {"passage": ["mo-dau-0"]}).status_code == 302
    shown = approver.get(page).text
    assert "Đang công khai" in shown
    public = shown.partition('href="/ban-tin/')[2].partition('"')[0]
    read = anonymous.get(f"/ban-tin/{public}")
    assert read.status_code == 200
    assert "Thứ trưởng đã chủ trì họp giao ban" in read.text
    assert "đường truyền" not in read.text
    assert "Nguyễn Thị" not in read.text, "who published it is nobody's business"
    assert f"/ban-tin/{public}" in anonymous.get("/ban-tin").text
    assert approver.post(f"{page}/go").status_code == 302
    assert anonymous.get(f"/ban-tin/{public}").status_code == 404
    assert anonymous.get(f"/ban-tin/{uuid4()}").status_code == 404
