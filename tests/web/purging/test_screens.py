"""The screens of a purge: asked by one person, confirmed by another, the protocol read by both."""

import re
from collections.abc import Callable

from core.permissions import Role
from core.runtime import Runtime
from orchestrator.meetings.models import Meeting
from tests.web.builders import build_meeting, build_office
from tests.web.conftest import Browser
from web.purging.finishing import finish_open


def test_one_asks_another_confirms_and_both_read_the_protocol(
    runtime: Runtime, browser_of: Callable[..., Browser]
) -> None:
    meeting_id = build_meeting(runtime, build_office(runtime))
    with runtime.database.transaction() as session:
        code = session.get_one(Meeting, meeting_id).code
    asking, confirming = browser_of(Role.ADMINISTRATOR), browser_of(Role.APPROVER)
    wrong = asking.post("/tieu-huy/", {"meeting_code": "KHONG-CO", "classification": "secret", "reason": "said"})
    assert wrong.status_code == 422
    assert "không có cuộc họp nào mang mã này" in wrong.text
    typed = {"meeting_code": code, "classification": "secret", "reason": "said", "order_number": "12/QĐ-VP"}
    answer = asking.post("/tieu-huy/", typed)
    assert answer.status_code == 302
    path = str(answer.headers["Location"])
    assert re.fullmatch(r"/tieu-huy/[0-9a-f-]{36}", path)
    assert "Sẽ bị tiêu hủy" in asking.get(path).text
    assert "Tiêu hủy vĩnh viễn" not in asking.get(path).text
    assert code in confirming.get("/tieu-huy/").text
    assert asking.post(f"{path}/xac-nhan", {"code": code}).status_code == 403
    assert "gõ lại không đúng" in confirming.post(f"{path}/xac-nhan", {"code": "x"}).text
    assert confirming.post(f"{path}/xac-nhan", {"code": code}).status_code == 302
    assert finish_open(runtime) == 1
    for browser in (asking, confirming):
        page = browser.get(path).text
        assert "Biên bản tiêu hủy" in page
        assert "12/QĐ-VP" in page
        assert "Họp giao ban trực tuyến tuần 15" not in page
    assert browser_of(Role.SECRETARY).get(path).status_code == 403
