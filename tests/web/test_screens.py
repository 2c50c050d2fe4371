"""Every screen for every role, with data on it; and what a person does there, over plain forms."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from core.permissions import Role
from core.runtime import Runtime
from minutes.delivery.service import distribute, list_deliveries
from minutes.followups.service import create_tasks, list_tasks
from minutes.notices import issuing
from minutes.notices import service as notices
from tests.web.builders import (
    Office,
    build_meeting,
    build_notice,
    build_office,
    build_recording,
    build_transcript,
    system,
)
from tests.web.conftest import Browser

Browsers = Callable[..., Browser]


@pytest.fixture
def office(runtime: Runtime) -> Office:
    return build_office(runtime)


@pytest.fixture
def meeting_id(runtime: Runtime, office: Office) -> UUID:
    return build_meeting(runtime, office)


def test_home_shows_what_each_role_needs(browser_of: Browsers, runtime: Runtime, meeting_id: UUID) -> None:
    with runtime.database.transaction() as session:
        build_notice(session, meeting_id)
    expected = {
        Role.OPERATOR: "Cuộc họp trong 7 ngày tới",
        Role.SECRETARY: "Thông báo cần hoàn thiện",
        Role.APPROVER: "Thông báo chờ duyệt",
        Role.REGISTRAR: "Thông báo chờ cấp số",
        Role.UNIT: "Thông báo chờ xác nhận",
        Role.ADMINISTRATOR: "Mở phần quản trị",
    }
    for role, words in expected.items():
        assert words in browser_of(role).get("/").text
    assert "chưa được giao vai trò" in browser_of().get("/").text


def test_planning_keeps_what_was_typed_when_refused(browser_of: Browsers, office: Office) -> None:
    browser = browser_of(Role.OPERATOR)
    typed = {
        "classification": "unclassified",
        "title": "Họp chuyên đề chuyển đổi số",
        "kind": "thematic",
        "urgency": "normal",
        "day": "2026-04-09",
        "starts": "14:00",
        "ends": "13:00",
        "endpoint": [str(office.hall)],
        f"heads-{office.hall}": "7",
        "agenda_title": ["Báo cáo mở đầu", "", ""],
        "agenda_unit": [str(office.archive), "", ""],
    }
    refused = browser.post("/cuoc-hop/moi", typed)
    assert refused.status_code == 422
    assert "giờ kết thúc" in refused.text
    for value in ("Họp chuyên đề chuyển đổi số", 'value="7"', "Báo cáo mở đầu", 'value="thematic" selected'):
        assert value in refused.text
    planned = browser.post("/cuoc-hop/moi", typed | {"ends": "15:30"})
    assert planned.status_code == 302
    page = browser.get(planned.location).text
    assert "Báo cáo mở đầu" in page
    assert "Cục Văn thư và Lưu trữ" in page


@pytest.mark.parametrize("missing", ["classification", "title", "day", "endpoint"])
def test_planning_names_what_is_missing(browser_of: Browsers, office: Office, missing: str) -> None:
    typed = {
        "classification": "unclassified",
        "title": "Họp",
        "kind": "review",
        "urgency": "normal",
        "day": "2026-04-09",
        "starts": "08:00",
        "ends": "09:00",
        "endpoint": [str(office.hall)],
    }
    del typed[missing]
    answer = browser_of(Role.OPERATOR).post("/cuoc-hop/moi", typed)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_a_classified_plan_gets_the_explanation_page(browser_of: Browsers, office: Office) -> None:
    answer = browser_of(Role.OPERATOR).post("/cuoc-hop/moi", {"classification": "secret", "title": "Không được hiện"})
    assert answer.status_code == 403
    assert "cơ yếu" in answer.text
    assert "Không được hiện" not in answer.text


def test_the_meeting_page_of_the_operator(browser_of: Browsers, runtime: Runtime, meeting_id: UUID) -> None:
    browser = browser_of(Role.OPERATOR)
    with runtime.database.transaction() as session:
        build_recording(session, meeting_id)
    page = browser.get(f"/cuoc-hop/{meeting_id}").text
    for words in ("Trụ sở Bộ", "hop-giao-ban", "Tiếp nhận tệp", "Tải lên và gỡ băng", "Phan Quốc Bảo"):
        assert words in page
    fragment = browser.get(f"/cuoc-hop/{meeting_id}/ban-ghi").text
    assert 'data-active="yes"' in fragment
    assert "<html" not in fragment
    links = browser.post(f"/cuoc-hop/{meeting_id}/duong-dan").text
    assert links.count("/join/") == 2
    assert "/join/" not in browser.get(f"/cuoc-hop/{meeting_id}").text


def test_units_see_their_meeting_without_room_and_recordings(
    browser_of: Browsers, office: Office, meeting_id: UUID
) -> None:
    page = browser_of(Role.UNIT, unit_ids=[office.archive]).get(f"/cuoc-hop/{meeting_id}").text
    assert "Phòng họp Cục Lưu trữ" in page
    assert "hop-giao-ban-" not in page
    assert "Bản ghi và gỡ băng" not in page
    assert browser_of(Role.UNIT).get(f"/cuoc-hop/{meeting_id}").status_code == 404


def test_head_counts_and_roll_call(browser_of: Browsers, office: Office, meeting_id: UUID) -> None:
    browser = browser_of(Role.OPERATOR)
    path = f"/cuoc-hop/{meeting_id}"
    assert browser.post(f"{path}/so-nguoi", {"endpoint_id": str(office.hall), "count": "9"}).status_code == 302
    refused = browser.post(f"{path}/so-nguoi", {"endpoint_id": str(office.hall), "count": "61"})
    assert refused.status_code == 409
    assert "Sức chứa" in refused.text
    page = browser.get(path).text
    assert 'value="9"' in page
    field = page.partition('name="attendance-')[2].partition('"')[0]
    assert browser.post(f"{path}/diem-danh", {f"attendance-{field}": "at_endpoint"}).status_code == 302
    assert 'value="at_endpoint" selected' in browser.get(path).text
    assert browser.post(f"{path}/diem-danh", {f"attendance-{field}": "lạ"}).status_code == 422


def test_open_then_cancel_says_why(browser_of: Browsers, meeting_id: UUID) -> None:
    browser = browser_of(Role.OPERATOR)
    browser.post(f"/cuoc-hop/{meeting_id}/mo")
    assert "Đang họp" in browser.get(f"/cuoc-hop/{meeting_id}").text
    assert browser.post(f"/cuoc-hop/{meeting_id}/huy", {"reason": ""}).status_code == 422
    browser.post(f"/cuoc-hop/{meeting_id}/huy", {"reason": "Trùng lịch"})
    assert "Trùng lịch" in browser.get(f"/cuoc-hop/{meeting_id}").text


def test_the_upload_form_without_script(browser_of: Browsers, meeting_id: UUID) -> None:
    browser = browser_of(Role.SECRETARY)
    answer = browser.post(f"/cuoc-hop/{meeting_id}/ban-ghi", {}, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "chưa chọn tệp nào" in answer.text


def test_transcript_page_marks_doubt_and_plays_each_line(
    browser_of: Browsers, runtime: Runtime, meeting_id: UUID
) -> None:
    with runtime.database.transaction() as session:
        transcript_id = build_transcript(session, meeting_id)
    page = browser_of(Role.SECRETARY).get(f"/go-bang/{transcript_id}").text
    assert '<span class="doubtful">nghị</span>' in page
    assert 'data-play="12.5-18.0"' in page
    assert "chưa có người xác nhận" in page
    assert "Nghe không chắc" in page
    reading = browser_of(Role.APPROVER).get(f"/go-bang/{transcript_id}").text
    assert "Lưu dòng này" not in reading


def test_correcting_a_line_and_the_conflict_page(browser_of: Browsers, runtime: Runtime, meeting_id: UUID) -> None:
    with runtime.database.transaction() as session:
        transcript_id = build_transcript(session, meeting_id)
    one, other = browser_of(Role.SECRETARY), browser_of(Role.SECRETARY)
    path = f"/go-bang/{transcript_id}/dong/s0002"
    saved = one.post(path, {"base_number": "0", "text": "bản thứ nhất", "speaker": "Hồ Văn Tiến"})
    assert saved.status_code == 302
    assert saved.location.endswith("#dong-s0002")
    conflict = other.post(path, {"base_number": "0", "text": "bản thứ hai", "speaker": "Hồ Văn Tiến"})
    assert conflict.status_code == 409
    assert "bản thứ nhất" in conflict.text
    assert "bản thứ hai" in conflict.text
    assert other.post(path, {"base_number": "1", "text": "bản thứ hai", "speaker": ""}).status_code == 302
    page = one.get(f"/go-bang/{transcript_id}").text
    assert "bản thứ hai" in page
    assert page.count('class="doubtful"') == 1


def test_drafting_from_the_transcript_page(browser_of: Browsers, runtime: Runtime, meeting_id: UUID) -> None:
    with runtime.database.transaction() as session:
        transcript_id = build_transcript(session, meeting_id)
    browser = browser_of(Role.SECRETARY)
    drafted = browser.post(f"/go-bang/{transcript_id}/soan-thong-bao")
    assert drafted.status_code == 302
    page = browser.get(drafted.location).text
    assert "Do máy soạn, chưa có người xác nhận" in page
    assert "/am-thanh/" in page


def test_notice_editing_and_its_conflict(browser_of: Browsers, runtime: Runtime, meeting_id: UUID) -> None:
    with runtime.database.transaction() as session:
        notice_id = build_notice(session, meeting_id)
    one, other = browser_of(Role.SECRETARY), browser_of(Role.SECRETARY)
    path = f"/thong-bao/{notice_id}/sua"
    assert "Cần kiểm tra, bổ sung" in one.get(path).text
    typed = {"base_number": "1", "layout_number": "1"}
    assert one.post(path, typed | {"text-muc-1": "Bản của người thứ nhất."}).status_code == 302
    conflict = other.post(path, typed | {"text-muc-1": "Bản của người thứ hai."})
    assert conflict.status_code == 409
    assert "Bản của người thứ nhất." in conflict.text
    assert "Bản của người thứ hai." in conflict.text
    assert 'name="base_number" value="2"' in conflict.text
    again = {"base_number": "2", "layout_number": "1", "text-muc-1": "Bản đã ghép."}
    assert other.post(path, again).status_code == 302
    assert "Bản đã ghép." in one.get(f"/thong-bao/{notice_id}").text
    long = other.post(path, {"base_number": "3", "layout_number": "3", "subject": "x" * 501, "place": "Huế"})
    assert long.status_code == 422
    assert 'value="Huế"' in long.text


def test_review_to_issue_over_forms(browser_of: Browsers, runtime: Runtime, meeting_id: UUID) -> None:
    with runtime.database.transaction() as session:
        notice_id = build_notice(session, meeting_id)
    path = f"/thong-bao/{notice_id}"
    secretary, approver, registrar = (browser_of(role) for role in (Role.SECRETARY, Role.APPROVER, Role.REGISTRAR))
    assert "Trình duyệt" in secretary.get(path).text
    assert "Duyệt bản này" not in approver.get(path).text
    secretary.post(f"{path}/trinh")
    page = approver.get(path).text
    assert "Duyệt bản này" in page
    assert approver.post(f"{path}/yeu-cau-sua", {"reason": "Ghi rõ thời hạn"}).status_code == 302
    assert "Ghi rõ thời hạn" in secretary.get(path).text
    secretary.post(f"{path}/trinh")
    revision_id = approver.get(path).text.partition('name="revision_id" value="')[2].partition('"')[0]
    assert approver.post(f"{path}/duyet", {"revision_id": str(uuid4())}).status_code == 409
    assert approver.post(f"{path}/duyet", {"revision_id": revision_id}).status_code == 302
    assert registrar.post(f"{path}/ban-hanh").status_code == 302
    assert "01/TB-VP" in registrar.get(path).text
    assert registrar.post(f"{path}/gui").status_code == 302
    assert "Tình hình nhận" in registrar.get(path).text
    assert registrar.get(f"{path}/van-ban.pdf").data.startswith(b"%PDF-")


def test_the_units_side(browser_of: Browsers, runtime: Runtime, office: Office, meeting_id: UUID) -> None:
    staff = system(Role.SECRETARY, Role.APPROVER, Role.REGISTRAR)
    with runtime.database.transaction() as session:
        unit_account = browser_of(Role.UNIT, unit_ids=[office.centre])
        notice_id = build_notice(session, meeting_id)
        notices.submit(session, staff, notice_id)
        notices.approve(session, staff, notice_id, notices.latest_revision(session, notice_id).id)
        issuing.issue(session, staff, notice_id)
        create_tasks(session, notice_id)
        distribute(session, staff, notice_id)
        rows = list_deliveries(session, staff)
        mine = next(row.id for row in rows if row.unit_id == office.centre)
        theirs = next(row.id for row in rows if row.unit_id != office.centre)
        task_id = list_tasks(session, staff)[0].id
    assert "01/TB-VP" in unit_account.get("/thong-bao-den").text
    assert "Xác nhận đã nhận" in unit_account.get(f"/thong-bao-den/{mine}").text
    assert unit_account.get(f"/thong-bao-den/{theirs}").status_code == 404
    assert unit_account.post(f"/thong-bao-den/{mine}/xac-nhan").status_code == 302
    assert "đã xác nhận lúc" in unit_account.get(f"/thong-bao-den/{mine}").text
    assert unit_account.get(f"/thong-bao/{notice_id}/van-ban.docx").status_code == 200
    assert "Kiểm tra đường truyền" in unit_account.get("/nhiem-vu").text
    assert unit_account.post(f"/nhiem-vu/{task_id}/bao-cao", {"text": " "}).status_code == 422
    done = unit_account.post(f"/nhiem-vu/{task_id}/bao-cao", {"text": "Đã thay dây", "done": "yes"})
    assert done.status_code == 302
    assert "Đã thay dây" in unit_account.get(f"/nhiem-vu/{task_id}").text
    assert browser_of(Role.UNIT).get(f"/nhiem-vu/{task_id}").status_code == 404
