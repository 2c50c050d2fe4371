"""The console over plain requests: who sees which buttons, what each act does, what comes of bad input."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from core.audit import AuditRow
from core.outbox import deliver_pending
from core.permissions import Role
from core.runtime import Runtime
from orchestrator.attendance.service import heads_counted
from orchestrator.jitsi.ending import end_rooms
from orchestrator.live import rooms
from orchestrator.live.incidents import incidents_of
from orchestrator.live.models import LiveAlarm, LiveMessage
from orchestrator.live.service import raise_alarm
from orchestrator.meetings.models import Attendance, Participant
from orchestrator.meetings.service import open_meeting
from tests.conftest import MOMENT, FixedClock
from tests.web.builders import system
from tests.web.conftest import Browser
from tests.web.console.builders import Hour, build_hour, come, meeting_of

Browsers = Callable[..., Browser]
FRAGMENT = {"X-Fragment": "1"}

#: Every act with what it needs, and who may do it.
TECHNICAL = {
    "mo": {},
    "ket-thuc": {},
    "gia-han": {"minutes": "15"},
    "su-co": {"kind": "no_sound"},
    "kiem-tra": {"camera": "good", "microphone": "good", "speakers": "good"},
    "canh-bao": {},
    "ghi-hinh": {"act": "start"},
    "phong": {},
    "phong/da-lam": {"act": "mute_all"},
    "moi-ra": {},
    "giai-tan": {},
}
CONTENT = {
    "diem-danh": {"attendance": "at_endpoint"},
    "diem-danh/diem-cau": {},
    "so-nguoi": {"count": "7"},
    "thong-diep": {"text": "Xin chào"},
    "chuong-trinh": {},
}


def act(browser: Browser, hour: Hour, path: str, **form: Any) -> TestResponse:
    return browser.post(f"/dieu-hanh/{hour.meeting_id}/{path}", form, headers=FRAGMENT)


def ids(hour: Hour) -> dict[str, str]:
    return {
        "place_id": str(hour.places[1]),
        "participant_id": str(hour.participants[2]),
        "item_id": str(hour.items[1]),
        "alarm_id": str(uuid4()),
    }


def test_only_addresses_are_asked_for_again_and_again(browser_of: Browsers, hour: Hour) -> None:
    page = browser_of(Role.OPERATOR).get(f"/dieu-hanh/{hour.meeting_id}").text
    asked = re.findall(r'data-live="([^"]*)"', page)
    assert asked == [f"/dieu-hanh/{hour.meeting_id}/he-thong"]


def test_the_two_operators_see_their_own_buttons(browser_of: Browsers, hour: Hour) -> None:
    technical = browser_of(Role.OPERATOR).get(f"/dieu-hanh/{hour.meeting_id}").text
    content = browser_of(Role.SECRETARY).get(f"/dieu-hanh/{hour.meeting_id}").text
    for words in ("Cả điểm cầu có mặt", "Nội dung gửi mọi điểm cầu", "Đang họp", "Lưu số người", "Điểm danh"):
        assert words in technical
        assert words in content
    for words in ("Ghi sự cố", "Mở phòng họp", "Mời ra khỏi phòng", "Vào phòng từ bảng điều hành", "qua điện thoại"):
        assert words in technical
        assert words not in content


@pytest.mark.parametrize("path", sorted(TECHNICAL))
def test_technical_acts_are_not_the_offices(browser_of: Browsers, hour: Hour, path: str) -> None:
    assert act(browser_of(Role.SECRETARY), hour, path, **ids(hour), **TECHNICAL[path]).status_code == 403
    assert act(browser_of(Role.APPROVER), hour, path, **ids(hour), **TECHNICAL[path]).status_code == 403


@pytest.mark.parametrize("path", sorted(CONTENT))
def test_content_acts_are_both_operators_and_nobody_elses(browser_of: Browsers, hour: Hour, path: str) -> None:
    for role in (Role.SECRETARY, Role.OPERATOR):
        assert act(browser_of(role), hour, path, **ids(hour), **CONTENT[path]).status_code == 200
    for role in (Role.APPROVER, Role.REGISTRAR, Role.UNIT):
        assert act(browser_of(role), hour, path, **ids(hour), **CONTENT[path]).status_code == 403


def test_without_a_script_every_act_leads_back_with_a_sentence(browser_of: Browsers, hour: Hour) -> None:
    browser = browser_of(Role.OPERATOR)
    path = f"/dieu-hanh/{hour.meeting_id}"
    answer = browser.post(f"{path}/su-co", {"kind": "no_picture", "place_id": str(hour.places[1])})
    assert (answer.status_code, answer.location) == (303, path)
    page = browser.get(path).text
    assert "Đã ghi: Mất hình, 14:00:00." in page
    refused = browser.post(f"{path}/su-co", {"kind": "note", "note": " "})
    assert refused.status_code == 303
    assert "ghi chú" in browser.get(path).text


@pytest.mark.parametrize(
    ("path", "form", "status"),
    [
        ("su-co", {"kind": "khong-co"}, 422),
        ("su-co", {"kind": "echo", "place_id": "khong-phai-ma"}, 422),
        ("su-co", {"kind": "echo", "place_id": str(uuid4())}, 404),
        ("su-co", {"kind": "echo", "time": "25:99"}, 422),
        ("su-co", {"kind": "echo", "time": "23:59"}, 422),
        ("su-co", {"kind": "note", "note": "a" * 300}, 422),
        ("so-nguoi", {"count": "-1"}, 422),
        ("so-nguoi", {"count": "nhiều"}, 422),
        ("so-nguoi", {"count": "3", "place_id": ""}, 422),
        ("diem-danh", {"attendance": "bay", "participant_id": "?"}, 422),
        ("diem-danh", {"attendance": "absent", "participant_id": str(uuid4())}, 404),
        ("diem-danh", {"attendance": "late", "arrived": "sớm"}, 422),
        ("thong-diep", {"text": ""}, 422),
        ("thong-diep", {"text": "a" * 251}, 422),
        ("chuong-trinh", {"item_id": str(uuid4())}, 404),
        ("kiem-tra", {"camera": "good", "microphone": "?", "speakers": "good"}, 422),
        ("gia-han", {"minutes": "0"}, 422),
        ("gia-han", {"minutes": "-15"}, 422),
        ("gia-han", {"minutes": "lâu"}, 422),
        ("canh-bao", {"alarm_id": str(uuid4())}, 404),
        ("moi-ra", {"place_id": str(uuid4())}, 404),
        ("phong/da-lam", {"act": "xoa_het"}, 422),
        ("phong", {}, 409),
    ],
)
def test_bad_input_is_refused_and_changes_nothing(
    browser_of: Browsers, runtime: Runtime, path: str, form: dict[str, str], status: int
) -> None:
    hour = build_hour(runtime, MOMENT + timedelta(days=2))
    before = _audit(runtime)
    answer = act(browser_of(Role.OPERATOR), hour, path, **{**ids(hour), **form})
    assert answer.status_code == status, answer.text
    assert _audit(runtime) == before
    if status != 404:
        assert answer.get_json()["sentence"]


def test_what_belongs_to_another_meeting_is_not_found(browser_of: Browsers, runtime: Runtime, hour: Hour) -> None:
    other = build_hour(runtime, MOMENT + timedelta(days=1))
    browser = browser_of(Role.OPERATOR)
    for path, form in (
        ("diem-danh", {"participant_id": str(other.participants[0]), "attendance": "absent"}),
        ("su-co", {"kind": "echo", "place_id": str(other.places[0])}),
        ("so-nguoi", {"count": "3", "place_id": str(other.places[0])}),
        ("diem-danh/diem-cau", {"place_id": str(other.places[0])}),
        ("chuong-trinh", {"item_id": str(other.items[0])}),
        ("kiem-tra", {"camera": "good", "microphone": "good", "speakers": "good", "place_id": str(other.places[0])}),
        ("phong/da-lam", {"act": "remove", "place_id": str(other.places[0])}),
    ):
        assert act(browser, hour, path, **form).status_code == 404, path
    assert act(browser, other, "su-co", kind="echo").status_code == 200
    assert act(browser, other, "thong-diep", text="Chào").status_code == 200
    with runtime.database.transaction() as session:
        line = incidents_of(session, other.meeting_id)[0].id
        message = session.scalars(select(LiveMessage.id)).one()
    assert act(browser, hour, f"su-co/{line}", kind="note", note="x").status_code == 404
    assert act(browser, hour, f"thong-diep/{message}/nhan").status_code == 404


def test_a_line_is_corrected_and_withdrawn_on_the_logs_page(
    browser_of: Browsers, runtime: Runtime, hour: Hour, fixed_clock: FixedClock
) -> None:
    browser = browser_of(Role.OPERATOR)
    act(browser, hour, "su-co", kind="no_sound", place_id=str(hour.places[1]))
    fixed_clock.now += timedelta(minutes=2)
    with runtime.database.transaction() as session:
        first = incidents_of(session, hour.meeting_id)[0].id
    path = f"/dieu-hanh/{hour.meeting_id}/su-co/{first}"
    answer = browser.post(path, {"kind": "no_picture", "place_id": str(hour.places[2]), "note": "màn hình tối"})
    assert answer.location.endswith("/nhat-ky")
    page = browser.get(answer.location).text
    for words in ("Mất hình", "màn hình tối", "<del>14:00 Mất tiếng", hour.names[2]):
        assert words in page
    with runtime.database.transaction() as session:
        second = incidents_of(session, hour.meeting_id)[1].id
    assert act(browser, hour, f"su-co/{first}", kind="echo").status_code == 409
    assert act(browser, hour, f"su-co/{second}", withdraw="1").status_code == 200
    assert "Dòng đã rút" in browser.get(answer.location).text
    secretary = browser_of(Role.SECRETARY).get(answer.location).text
    assert "Lưu đính chính" not in secretary


def test_the_hour_is_extended_and_ended(
    browser_of: Browsers, runtime: Runtime, hour: Hour, fixed_clock: FixedClock
) -> None:
    browser = browser_of(Role.OPERATOR)
    assert act(browser, hour, "gia-han", minutes="15").status_code == 409
    assert act(browser, hour, "mo").status_code == 200
    ends_at = meeting_of(runtime, hour).ends_at
    told = act(browser, hour, "gia-han", minutes="15")
    assert "16:15" in told.get_json()["sentence"]
    assert meeting_of(runtime, hour).ends_at == ends_at + timedelta(minutes=15)
    assert act(browser, hour, "ket-thuc").status_code == 200
    assert act(browser, hour, "ket-thuc").status_code == 409


def test_after_the_end_the_console_offers_nothing_for_the_room(
    browser_of: Browsers, runtime: Runtime, hour: Hour
) -> None:
    browser = browser_of(Role.OPERATOR)
    act(browser, hour, "mo")
    come(runtime, hour, 1, MOMENT)
    path = f"/dieu-hanh/{hour.meeting_id}"
    room = ("Kết thúc cuộc họp…", "Mời điểm cầu ra khỏi phòng…", "Giải tán phòng họp…", "data-room-enter", "ghi-hinh")
    room += ("message-form",)
    before = browser.get(path).text
    assert [words for words in room if words not in before] == []
    assert 'data-text="figures.in_room">1/6</strong>' in before, "who presses sees who is still in"
    told = act(browser, hour, "ket-thuc").get_json()["sentence"]
    assert "đang được giải tán" in told
    after = browser.get(path).text
    assert [words for words in room if words in after] == []
    assert "Ghi sự cố" in after, "the log is completed after the hour"
    assert "Đang giải tán phòng họp…" in after
    deliver_pending(runtime.database)
    end_rooms(runtime.database, runtime.clock, None)
    assert "phòng tự đóng lúc 18:00" in browser.get(path).text


def test_the_roll_in_all_its_answers(browser_of: Browsers, runtime: Runtime, hour: Hour) -> None:
    browser = browser_of(Role.SECRETARY)
    answers = (("at_endpoint", ""), ("at_home", ""), ("late", "Tắc đường"), ("absent", "Đi công tác"))
    for participant, (answer, reason) in zip(hour.participants, answers, strict=False):
        form = {"participant_id": str(participant), "attendance": answer, "reason": reason}
        if answer == "late":
            form["arrived"] = "13:55"
        assert act(browser, hour, "diem-danh", **form).status_code == 200
    state = browser.get(f"/dieu-hanh/{hour.meeting_id}/trang-thai").get_json()
    assert state["roll_figures"] == {"present": 3, "late": 1, "absent": 1, "open": 1, "expected": 5}
    told = {row["id"]: (row["attendance"], row["reason"], row["arrived_clock"]) for row in state["roll"]}
    assert told[str(hour.participants[2])] == ("late", "Tắc đường", "13:55")
    assert told[str(hour.participants[3])] == ("absent", "Đi công tác", "")
    with runtime.database.transaction() as session:
        last = session.get_one(Participant, hour.participants[4])
        assert last.attendance is Attendance.EXPECTED


def test_heads_over_the_cap_are_written_and_shown(browser_of: Browsers, runtime: Runtime, hour: Hour) -> None:
    browser = browser_of(Role.SECRETARY)
    assert act(browser, hour, "so-nguoi", count="23", place_id=str(hour.places[0])).status_code == 200
    with runtime.database.transaction() as session:
        assert heads_counted(session, hour.meeting_id)[hour.places[0]].count == 23
    state = browser.get(f"/dieu-hanh/{hour.meeting_id}/trang-thai").get_json()
    assert state["places"][0]["over"] is True
    assert state["places"][0]["people"] == "23 người có mặt, đăng ký 8, trần 20"
    assert state["figures"]["people"] == "23/48"
    assert state["figures"]["people_tone"] == "bad"


def test_alarms_are_seen_and_dealt_with(browser_of: Browsers, runtime: Runtime, hour: Hour) -> None:
    with runtime.database.transaction() as session:
        raise_alarm(session, "unknown_occupant", hour.room, "la@meet.example.vn/1", {}, hour.meeting_id)
        rooms.note_stay(session, hour.meeting_id, rooms.Stay("la@meet.example.vn/1", MOMENT, None, None))
        alarm = session.scalars(select(LiveAlarm.id)).one()
    browser = browser_of(Role.OPERATOR)
    state = browser.get(f"/dieu-hanh/{hour.meeting_id}/trang-thai").get_json()
    assert state["figures"]["seats"] == "1/6"
    assert "không thuộc điểm cầu nào" in state["alarms"][0]["word"]
    assert act(browser, hour, "canh-bao", alarm_id=str(alarm)).status_code == 200
    with runtime.database.transaction() as session:
        assert session.get_one(LiveAlarm, alarm).resolved_at == MOMENT


def test_the_list_of_those_not_ready_on_screen_and_as_a_table(
    browser_of: Browsers, runtime: Runtime, hour: Hour
) -> None:
    browser = browser_of(Role.OPERATOR)
    good = {"camera": "good", "microphone": "good", "speakers": "good"}
    act(browser, hour, "kiem-tra", place_id=str(hour.places[0]), **good)
    act(browser, hour, "kiem-tra", place_id=str(hour.places[1]), **{**good, "camera": "bad"})
    come(runtime, hour, 2, MOMENT - timedelta(minutes=1))
    page = browser.get(f"/dieu-hanh/{hour.meeting_id}/chua-san-sang").text
    table = browser.get(f"/dieu-hanh/{hour.meeting_id}/chua-san-sang.csv")
    lines = table.data.decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + 4
    assert "camera không có hình" in lines[1]
    for number in (0, 2):
        assert f"<strong>{hour.names[number]}</strong>" not in page
    for number in (1, 3, 4, 5):
        assert f"<strong>{hour.names[number]}</strong>" in page
    assert table.headers["Content-Disposition"].startswith("attachment")


def test_the_operators_own_place_in_the_room(browser_of: Browsers, runtime: Runtime, hour: Hour) -> None:
    browser = browser_of(Role.OPERATOR)
    with runtime.database.transaction() as session:
        open_meeting(session, system(Role.OPERATOR), hour.meeting_id)
    told = act(browser, hour, "phong").get_json()
    assert (told["domain"], told["room"]) == ("meet.example.vn", hour.room)
    assert told["token"].count(".") == 2
    assert told["token"] not in browser.get(f"/dieu-hanh/{hour.meeting_id}").text
    assert "room.entered_by_console" in _audit(runtime)


def test_only_the_console_may_embed_the_conference(browser_of: Browsers, runtime: Runtime, hour: Hour) -> None:
    browser = browser_of(Role.OPERATOR)
    policy = browser.get(f"/dieu-hanh/{hour.meeting_id}").headers
    assert "script-src 'self' https://meet.example.vn/external_api.js;" in policy["Content-Security-Policy"]
    assert "frame-src https://meet.example.vn" in policy["Content-Security-Policy"]
    assert 'camera=(self "https://meet.example.vn")' in policy["Permissions-Policy"]
    for path in ("/dieu-hanh/", f"/dieu-hanh/{hour.meeting_id}/man-hinh", f"/dieu-hanh/{hour.meeting_id}/nhat-ky", "/"):
        other = browser.get(path).headers
        assert "https:" not in other["Content-Security-Policy"]
        assert "https:" not in other["Permissions-Policy"]
    runtime.settings = runtime.settings.model_copy(update={"jitsi_domain": "meet.example.vn; script-src *"})
    hostile = browser.get(f"/dieu-hanh/{hour.meeting_id}").headers["Content-Security-Policy"]
    assert "*" not in hostile


def test_the_list_of_meetings_to_operate(browser_of: Browsers, runtime: Runtime, hour: Hour) -> None:
    build_hour(runtime, MOMENT + timedelta(days=10))
    page = browser_of(Role.SECRETARY).get("/dieu-hanh/").text
    assert page.count('class="panel card"') == 1
    assert f"/dieu-hanh/{hour.meeting_id}" in page
    assert browser_of(Role.APPROVER).get("/dieu-hanh/").status_code == 403


def _audit(runtime: Runtime) -> list[str]:
    with runtime.database.transaction() as session:
        return list(session.scalars(select(AuditRow.action).order_by(AuditRow.id)))
