"""Planning screens over plain forms: list, calendar, edit, urgent, series, templates, rooms, caps and exceptions."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from core.audit import AuditRow
from core.permissions import Role
from core.runtime import Runtime
from orchestrator.caps.service import ensure_default_policy
from orchestrator.directory.models import Endpoint, Person
from orchestrator.meetings.editing import edit_meeting, plan_of
from orchestrator.meetings.models import Meeting, MeetingKind, ParticipantRole, Urgency
from orchestrator.meetings.plan import PlannedEndpoint, PlannedParticipant
from orchestrator.meetings.plan_body import PlanBody
from orchestrator.meetings.templates.service import NewTemplate, create_template
from tests.web.builders import Office, build_meeting, build_office, system
from tests.web.conftest import Browser
from web.operator.plan_form import plan_fields

Browsers = Callable[..., Browser]


@pytest.fixture
def office(runtime: Runtime) -> Office:
    with runtime.database.transaction() as session:
        ensure_default_policy(session)
    return build_office(runtime)


@pytest.fixture
def template_id(runtime: Runtime, office: Office) -> UUID:
    new = NewTemplate(
        name="Họp khẩn",
        title="Họp khẩn Ban Chỉ đạo",
        duration_minutes=60,
        body=PlanBody(endpoints=(PlannedEndpoint(office.hall, 4, True), PlannedEndpoint(office.archive_room, 2))),
        kind=MeetingKind.EXTRAORDINARY,
        urgency=Urgency.EXPRESS,
        chair_id=office.chair,
    )
    with runtime.database.transaction() as session:
        return create_template(session, system(Role.OPERATOR), new).id


def fields(office: Office, **changes: Any) -> dict[str, Any]:
    return {
        "classification": "unclassified",
        "title": "Giao ban tuần của Bộ",
        "kind": "weekly_briefing",
        "urgency": "normal",
        "day": "2026-04-16",
        "starts": "14:00",
        "ends": "15:30",
        "endpoint": [str(office.hall), str(office.archive_room)],
        f"heads-{office.hall}": "7",
        f"heads-{office.archive_room}": "3",
        "central": str(office.hall),
        "chair_id": str(office.chair),
        "agenda_title": ["Kết quả tuần"],
        "agenda_unit": [str(office.archive)],
        "document_symbol": ["12/KH-BM"],
        "document_day": ["2026-04-01"],
        "document_subject": ["Kế hoạch công tác"],
    } | changes


def meeting_of(runtime: Runtime, **conditions: Any) -> Meeting:
    with runtime.database.transaction() as session:
        return session.scalars(select(Meeting).filter_by(**conditions)).one()


# --- list and calendar ----------------------------------------------------------------------------------------------


def test_the_list_finds_without_marks_and_filters(browser_of: Browsers, runtime: Runtime, office: Office) -> None:
    build_meeting(runtime, office)
    browser = browser_of(Role.OPERATOR)
    assert "Họp giao ban trực tuyến tuần 15" in browser.get("/cuoc-hop?tim=giao+ban+TUAN&luc=tat-ca").text
    assert "Hãy bỏ bớt điều kiện lọc" in browser.get("/cuoc-hop?tim=tong+ket").text
    assert "Họp giao ban" in browser.get(f"/cuoc-hop?diem-cau={office.hall}&loai=weekly_briefing&tu=2026-04-01").text
    assert "Họp giao ban" not in browser.get("/cuoc-hop?trang-thai=closed&luc=tat-ca").text


BENT = ("trang=-1", "trang=9999999999999", "trang=x", "loai=la", "trang-thai=la", "tu=hom-qua", "den=9999-99-99")


@pytest.mark.parametrize("asked", [*BENT, "luc=la", "tim=" + "x" * 3000, "tim=%25_%00"])
def test_a_bent_address_shows_a_list_and_no_breakdown(browser_of: Browsers, office: Office, asked: str) -> None:
    assert browser_of(Role.OPERATOR).get(f"/cuoc-hop?{asked}").status_code in (200, 400)


@pytest.mark.parametrize(
    "asked", ["", "kieu=tuan", "ngay=2026-04-08", "kieu=tuan&ngay=2026-04-08", "ngay=xx", "ngay=0001-01-01"]
)
def test_the_calendar_by_month_and_week(browser_of: Browsers, runtime: Runtime, office: Office, asked: str) -> None:
    build_meeting(runtime, office)
    page = browser_of(Role.SECRETARY).get(f"/cuoc-hop/lich?{asked}")
    assert page.status_code == 200
    assert "Họp giao ban trực tuyến tuần 15" in page.text


def test_days_off_are_marked(browser_of: Browsers, office: Office) -> None:
    assert "ngày nghỉ" in browser_of(Role.SECRETARY).get("/cuoc-hop/lich?ngay=2026-04-30").text


# --- plan and edit --------------------------------------------------------------------------------------------------


def test_a_plan_shows_its_warnings_with_the_clause(browser_of: Browsers, runtime: Runtime, office: Office) -> None:
    browser = browser_of(Role.OPERATOR)
    planned = browser.post("/cuoc-hop/moi", fields(office, day="2026-04-09"))
    page = browser.get(planned.location).text
    assert "45/2018/QĐ-TTg" in page
    urgent = browser.get("/cuoc-hop/canh-bao?day=2026-04-09&starts=08:00&urgency=express&kind=thematic")
    assert urgent.text.strip() == ""
    for asked in ("day=2026-04-09&starts=08:00", "day=2026-04-30&starts=08:00"):
        assert "ngày làm việc" in browser.get(f"/cuoc-hop/canh-bao?{asked}").text
    for bent in ("", "day=x&starts=y", "day=9999-12-31&starts=23:59", "day=2026-04-09&starts=08:00&urgency=la"):
        assert browser.get(f"/cuoc-hop/canh-bao?{bent}").status_code == 200


def test_a_classified_plan_leaves_its_trace(browser_of: Browsers, runtime: Runtime, office: Office) -> None:
    answer = browser_of(Role.OPERATOR).post("/cuoc-hop/moi", fields(office, classification="secret"))
    assert answer.status_code == 403
    with runtime.database.transaction() as session:
        traces = select(func.count()).select_from(AuditRow).where(AuditRow.action == "meeting.classified_refused")
        assert session.scalar(traces) == 1
        assert session.scalar(select(func.count()).select_from(Meeting)) == 0


def test_editing_shows_the_plan_and_writes_it(browser_of: Browsers, runtime: Runtime, office: Office) -> None:
    browser = browser_of(Role.OPERATOR)
    where = browser.post("/cuoc-hop/moi", fields(office)).location
    page = browser.get(f"{where}/sua").text
    for value in (
        'value="Giao ban tuần của Bộ"',
        'value="7"',
        'value="2026-04-16"',
        'value="12/KH-BM"',
        "Kết quả tuần",
    ):
        assert value in page
    changed = fields(
        office, title="Giao ban mới", endpoint=[str(office.hall)], starts="09:00", ends="10:00", version="1"
    )
    assert browser.post(f"{where}/sua", changed).location == where
    page = browser.get(where).text
    assert "Giao ban mới" in page
    assert "09:00–10:00" in page
    stale = browser.post(f"{where}/sua", fields(office, title="Bản cũ", version="1"))
    assert stale.status_code == 409
    assert "người khác thay đổi" in stale.text
    assert 'value="Bản cũ"' in stale.text


def test_a_refusal_stands_at_its_field(browser_of: Browsers, office: Office) -> None:
    browser = browser_of(Role.OPERATOR)
    late = browser.post("/cuoc-hop/moi", fields(office, ends="13:00"))
    assert re.search(r'id="ends"[^>]*aria-invalid="true"', late.text)
    long = browser.post("/cuoc-hop/moi", fields(office, title="x" * 300))
    assert re.search(r'id="title"[^>]*aria-invalid="true"', long.text)
    crowded = browser.post("/cuoc-hop/moi", fields(office, **{f"heads-{office.hall}": "35"}))
    assert re.search(r'<tr[^>]*class="faulty"[^>]*>\s*<td[^>]*>.*Trụ sở Bộ', crowded.text)
    assert "2047/TB-BCĐ" in crowded.text
    for change in ({"endpoint": [str(uuid4())], "central": ""}, {"chair_id": str(uuid4())}, {"chair_id": "x"}):
        assert browser.post("/cuoc-hop/moi", fields(office, **change)).status_code == 422


def test_only_the_operator_plans(browser_of: Browsers, runtime: Runtime, office: Office) -> None:
    meeting_id = build_meeting(runtime, office)
    for role in (Role.SECRETARY, Role.APPROVER, Role.UNIT):
        browser = browser_of(role)
        for path in ("moi", "khan", "chuoi", "chuoi/moi", "mau", "mau/moi", "phong", f"{meeting_id}/sua"):
            assert browser.get(f"/cuoc-hop/{path}").status_code == 403, (role, path)
    operator = browser_of(Role.OPERATOR)
    assert operator.get(f"/cuoc-hop/{uuid4()}/sua").status_code == 404
    operator.post(f"/cuoc-hop/{meeting_id}/mo")
    assert operator.get(f"/cuoc-hop/{meeting_id}/sua").status_code == 409


# --- urgent ---------------------------------------------------------------------------------------------------------


def test_an_urgent_meeting_takes_one_form_and_two_answers(
    browser_of: Browsers, runtime: Runtime, office: Office, template_id: UUID
) -> None:
    browser = browser_of(Role.OPERATOR)
    page = browser.get("/cuoc-hop/khan").text
    form = page[page.index('<form class="panel form"') :].partition("</form>")[0]
    names = {name for name in re.findall(r'<(?:input|select|textarea)[^>]* name="([^"]+)"', form)} - {"csrf_token"}
    assert names == {"classification", "template_id", "title", "in_minutes", "urgency", "chair_id"}
    # All but the degree of secrecy has its value already: one choice must be made, and a title helps.
    typed = {"classification": "unclassified", "title": "Họp khẩn về bão", "template_id": str(template_id)}
    prefilled = {"in_minutes": "30", "urgency": "express", "chair_id": ""}
    planned = browser.post("/cuoc-hop/khan", typed | prefilled)
    assert planned.status_code == 302
    meeting = meeting_of(runtime, title="Họp khẩn về bão")
    assert (meeting.urgency, meeting.chair_id) == (Urgency.EXPRESS, office.chair)
    assert "Họp khẩn về bão" in browser.get(planned.location).text


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"classification": ""}, 422),
        ({"classification": "secret"}, 403),
        ({"template_id": ""}, 422),
        ({"template_id": str(uuid4())}, 404),
        ({"in_minutes": "-5"}, 422),
        ({"in_minutes": "x"}, 422),
        ({"title": "x" * 300}, 422),
    ],
)
def test_a_wrong_urgent_meeting(
    browser_of: Browsers, office: Office, template_id: UUID, change: dict[str, str], status: int
) -> None:
    typed = {
        "classification": "unclassified",
        "template_id": str(template_id),
        "in_minutes": "30",
        "urgency": "express",
    }
    assert browser_of(Role.OPERATOR).post("/cuoc-hop/khan", typed | change).status_code == status


# --- series ---------------------------------------------------------------------------------------------------------


def series_fields(office: Office, **changes: Any) -> dict[str, Any]:
    typed = fields(office, day="2026-04-16", starts="08:00", duration="90", pattern="weekly", through="2026-05-14")
    typed.pop("ends")
    return typed | {"act": "preview"} | changes


def test_a_series_is_previewed_corrected_and_planned(browser_of: Browsers, runtime: Runtime, office: Office) -> None:
    browser = browser_of(Role.OPERATOR)
    shown = browser.post("/cuoc-hop/chuoi/moi", series_fields(office))
    assert shown.status_code == 200
    assert "đề nghị dời sang 04/05/2026" in shown.text
    assert 'name="excluded" value="2026-04-23"' in shown.text
    answer = browser.post(
        "/cuoc-hop/chuoi/moi",
        series_fields(office, act="save", excluded=["2026-04-23"], **{"moved-2026-04-30": "2026-05-04"}),
    )
    assert answer.status_code == 302
    page = browser.get(answer.location).text
    assert "Hằng tuần vào Thứ Năm" in page
    assert page.count("Giao ban tuần của Bộ</a>") == 4
    assert "04/05/2026" in page
    assert "23/04/2026" in page, "the day left out is named"


def test_a_series_with_a_day_that_is_taken_names_the_day(
    browser_of: Browsers, runtime: Runtime, office: Office
) -> None:
    browser = browser_of(Role.OPERATOR)
    browser.post("/cuoc-hop/moi", fields(office, day="2026-04-23", starts="08:30", ends="09:30", title="Đã có"))
    refused = browser.post("/cuoc-hop/chuoi/moi", series_fields(office, act="save"))
    assert refused.status_code == 409
    assert "Phiên ngày 23/04/2026" in refused.text
    assert 'name="moved-2026-04-23"' in refused.text


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        ({"through": ""}, 422, "không có ngày cuối"),
        ({"through": "2099-01-01"}, 422, "ngày cuối"),
        ({"pattern": "custom", "rrule": "FREQ=DAILY;COUNT=10000"}, 422, "hơn 120 phiên"),
        ({"pattern": "custom", "rrule": "FREQ=HOURLY"}, 422, "dưới một ngày"),
        ({"pattern": "custom", "rrule": ""}, 422, "để trống"),
        ({"pattern": "la"}, 422, "danh sách kiểu lặp"),
        ({"duration": "0"}, 422, "thời lượng"),
        ({"duration": "x"}, 422, "số nguyên"),
        ({"day": ""}, 422, "chưa chọn ngày"),
        ({"classification": "top_secret"}, 403, "cơ yếu"),
        ({"moved-2026-04-30": "2027-04-30"}, 422, "60 ngày"),
    ],
)
def test_a_wrong_series_is_refused_with_what_to_do(
    browser_of: Browsers, office: Office, change: dict[str, str], status: int, said: str
) -> None:
    answer = browser_of(Role.OPERATOR).post("/cuoc-hop/chuoi/moi", series_fields(office, act="save", **change))
    assert answer.status_code == status
    assert said in answer.text


def test_a_series_goes_on_is_edited_and_ends(browser_of: Browsers, runtime: Runtime, office: Office) -> None:
    browser = browser_of(Role.OPERATOR)
    where = browser.post("/cuoc-hop/chuoi/moi", series_fields(office, act="save", through="2026-04-23")).location
    assert browser.post(f"{where}/tiep", {"through": "2026-05-07", "excluded": "2026-04-30"}).status_code == 302
    assert browser.get(where).text.count("Giao ban tuần của Bộ</a>") == 3
    with runtime.database.transaction() as session:
        second = session.scalars(select(Meeting).order_by(Meeting.starts_at).offset(1)).first()
        assert second is not None
        path, version = f"/cuoc-hop/{second.id}/sua", second.version
    assert "Phiên này và các phiên sau" in browser.get(path).text
    typed = fields(office, day="2026-04-23", starts="10:00", ends="11:00", title="Giờ mới", version=str(version))
    assert browser.post(path, typed | {"reach": "following"}).status_code == 302
    page = browser.get(where).text
    assert page.count("10:00–11:00") == 2
    assert browser.post(f"{where}/ket-thuc", {"from_day": "2026-05-01", "reason": ""}).status_code == 422
    assert browser.post(f"{where}/ket-thuc", {"from_day": "2026-05-01", "reason": "Thôi họp"}).status_code == 302
    assert "Đã kết thúc" in browser.get("/cuoc-hop/chuoi").text
    assert browser.post(f"{where}/tiep", {"through": "2026-06-07"}).status_code == 409
    assert browser.get(f"/cuoc-hop/chuoi/{uuid4()}").status_code == 404


# --- templates and rooms --------------------------------------------------------------------------------------------


def test_templates_are_made_changed_used_and_dropped(
    browser_of: Browsers, runtime: Runtime, office: Office, template_id: UUID
) -> None:
    browser = browser_of(Role.OPERATOR)
    typed = fields(office, name="Giao ban tuần", duration="90")
    assert browser.post("/cuoc-hop/mau/moi", typed).status_code == 302
    again = browser.post("/cuoc-hop/mau/moi", typed)
    assert again.status_code == 409
    assert re.search(r'id="name"[^>]*aria-invalid="true"', again.text)
    page = browser.get(f"/cuoc-hop/mau/{template_id}").text
    assert 'value="Họp khẩn"' in page
    assert 'value="4"' in page
    assert browser.post(f"/cuoc-hop/mau/{template_id}", typed | {"name": "Họp gấp", "version": "1"}).status_code == 302
    stale = browser.post(f"/cuoc-hop/mau/{template_id}", typed | {"name": "Họp gấp 2", "version": "1"})
    assert stale.status_code == 409
    for path in (f"/cuoc-hop/moi?mau={template_id}", f"/cuoc-hop/chuoi/moi?mau={template_id}"):
        filled = browser.get(path).text
        assert "Kết quả tuần" in filled
        assert 'value="unclassified" required checked' not in filled, "secrecy is asked anew"
    assert browser.post(f"/cuoc-hop/mau/{template_id}/bo").status_code == 302
    assert "Họp gấp" not in browser.get("/cuoc-hop/mau").text
    assert browser.get(f"/cuoc-hop/mau/{uuid4()}").status_code == 404


def test_a_meeting_is_kept_as_a_template(browser_of: Browsers, runtime: Runtime, office: Office) -> None:
    meeting_id = build_meeting(runtime, office)
    browser = browser_of(Role.OPERATOR)
    assert browser.post(f"/cuoc-hop/{meeting_id}/luu-mau", {"name": " "}).status_code == 422
    assert browser.post(f"/cuoc-hop/{meeting_id}/luu-mau", {"name": "Mẫu tuần"}).status_code == 302
    assert "Mẫu tuần" in browser.get("/cuoc-hop/mau").text


def test_rooms_are_shared_by_endpoints(browser_of: Browsers, runtime: Runtime, office: Office) -> None:
    browser = browser_of(Role.OPERATOR)
    assert browser.post("/cuoc-hop/phong", {"name": "Hội trường A", "capacity": "40"}).status_code == 302
    page = browser.get("/cuoc-hop/phong").text
    room = re.search(r'<option value="([0-9a-f-]{36})">Hội trường A', page)
    assert room
    for endpoint in (office.hall, office.archive_room):
        typed = {"endpoint_id": str(endpoint), "room_id": room.group(1)}
        assert browser.post("/cuoc-hop/phong/xep", typed).status_code == 302
    crowded = fields(office, **{f"heads-{office.hall}": "15", f"heads-{office.archive_room}": "6"})
    refused = browser.post("/cuoc-hop/moi", crowded)
    assert refused.status_code == 409
    assert "“Hội trường A” đăng ký 21 người" in refused.text
    for wrong in ({"name": "Hội trường A"}, {"name": "x", "capacity": "0"}, {"name": "x" * 300}):
        assert browser.post("/cuoc-hop/phong", wrong).status_code in (409, 422)
    assert browser.post("/cuoc-hop/phong/xep", {"endpoint_id": str(uuid4()), "room_id": ""}).status_code == 422


def test_an_edit_by_form_keeps_seats_parts_and_what_was_retired_since(
    browser_of: Browsers, runtime: Runtime, office: Office
) -> None:
    meeting_id = build_meeting(runtime, office)
    with runtime.database.transaction() as session:
        meeting = session.get_one(Meeting, meeting_id)
        plan = replace(
            plan_of(meeting),
            participants=[
                PlannedParticipant(office.chair, office.hall),
                PlannedParticipant(office.secretary, None, ParticipantRole.SECRETARY),
            ],
        )
        edit_meeting(session, system(Role.OPERATOR), meeting_id, plan)
        before = plan_of(meeting)
        session.get_one(Endpoint, office.archive_room).active = False
        session.get_one(Person, office.chair).active = False
    browser = browser_of(Role.OPERATOR)
    page = browser.get(f"/cuoc-hop/{meeting_id}/sua").text
    assert "Phòng họp Cục Lưu trữ" in page
    assert f'<option value="{office.chair}" selected>' in page
    typed = plan_fields(before).to_dict(flat=False)
    assert browser.post(f"/cuoc-hop/{meeting_id}/sua", typed | {"version": "2"}).status_code == 302
    with runtime.database.transaction() as session:
        assert plan_of(session.get_one(Meeting, meeting_id)) == before
