"""A unit's screens: what is due, the form, errors beside the field, corrections, other units' reports."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from core.permissions import Role
from orchestrator.reports import presets
from tests.conftest import FixedClock
from tests.orchestrator.reports.conftest import at
from tests.web.conftest import Browser
from tests.web.reports.conftest import FIGURES, Desk


def test_the_first_screen_says_what_is_due(unit_browser: Browser, desk: Desk) -> None:
    page = unit_browser.get("/bao-cao-nhanh/").text
    assert "Đơn vị cần nộp" in page
    assert "Báo cáo nhanh số liệu cách ly" in page
    assert "còn 7 giờ 0 phút" in page
    assert desk.fill() in page


def test_a_report_is_sent_and_no_longer_due(unit_browser: Browser, desk: Desk) -> None:
    answer = unit_browser.post(desk.fill(), {**FIGURES, "base_number": "0", "shape": "figures"}, follow_redirects=True)
    assert "Đã nộp báo cáo đúng hạn" in answer.text
    assert "Lý do điều chỉnh" in answer.text
    assert "đã nộp đủ" in unit_browser.get("/bao-cao-nhanh/").text


def test_after_four_it_is_late_and_taken(unit_browser: Browser, desk: Desk, fixed_clock: FixedClock) -> None:
    fixed_clock.now = at(16, 0, 1)
    unit_browser.sign_in_again()
    answer = unit_browser.post(desk.fill(), FIGURES, follow_redirects=True)
    assert "được ghi là nộp muộn" in answer.text
    assert "Nộp quá hạn" in answer.text


def test_a_wrong_sum_comes_back_with_everything_typed(unit_browser: Browser, desk: Desk) -> None:
    answer = unit_browser.post(desk.fill(), {**FIGURES, "v_dang_cach_ly": "45", "note": "Tăng 1"})
    assert answer.status_code == 422
    assert "134 khác 88 + 45 = 133" in answer.text
    assert 'id="v_tong_so-error" data-error="tong_so">' in answer.text
    assert 'value="45"' in answer.text
    assert "Tăng 1</textarea>" in answer.text


@pytest.mark.parametrize("typed", ["", "abc", "-5", "9" * 30, "NaN", "４５", "<script>alert(1)</script>", "=1+1"])
def test_bad_figures_are_refused_and_shown_harmless(unit_browser: Browser, desk: Desk, typed: str) -> None:
    answer = unit_browser.post(desk.fill(), {**FIGURES, "v_dang_cach_ly": typed})
    assert answer.status_code == 422
    assert "<script>alert" not in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_fields_nobody_asked_for_are_refused(unit_browser: Browser, desk: Desk) -> None:
    answer = unit_browser.post(desk.fill(), {**FIGURES, "v_ho_ten": "Nguyễn Văn Ấm"})
    assert answer.status_code == 422
    assert "không có trong biểu mẫu" in answer.text


def test_nil_is_one_button(unit_browser: Browser, desk: Desk, fixed_clock: FixedClock) -> None:
    desk.report(0, 134, 88)
    fixed_clock.now = at(9, day=9)
    unit_browser.sign_in_again()
    page = unit_browser.get(desk.fill(day=9)).text
    assert "Không phát sinh: giữ số liệu kỳ trước" in page
    assert "Kỳ trước: 134" in page
    answer = unit_browser.post(desk.fill(day=9), {"action": "nil", "base_number": "0"}, follow_redirects=True)
    assert "Đã nộp báo cáo đúng hạn" in answer.text
    assert 'value="134"' in answer.text


def test_a_correction_needs_its_reason_and_keeps_the_first(unit_browser: Browser, desk: Desk) -> None:
    desk.report(0, 134, 88)
    better = {**FIGURES, "v_tong_so": "135", "v_dang_cach_ly": "47", "base_number": "1"}
    refused = unit_browser.post(desk.fill(), better)
    assert refused.status_code == 422
    assert "ghi lý do điều chỉnh" in refused.text
    page = unit_browser.post(desk.fill(), {**better, "reason": "Đếm sót"}, follow_redirects=True).text
    assert "Đã nộp bản điều chỉnh số 2" in page
    assert "Lý do: Đếm sót" in page
    assert "Tổng số thuộc diện tự cách ly tại nhà: 134" in page


def test_a_stale_page_shows_both(unit_browser: Browser, desk: Desk) -> None:
    desk.report(0, 140, 90)
    answer = unit_browser.post(desk.fill(), {**FIGURES, "base_number": "0"})
    assert answer.status_code == 409
    assert "Bản đang có trên hệ thống" in answer.text
    assert "bạn ghi: 134" in answer.text
    assert 'name="base_number" value="1"' in answer.text


def test_other_units_and_unknown_periods_do_not_exist(unit_browser: Browser, desk: Desk) -> None:
    for path in (
        desk.fill(1),
        f"/bao-cao-nhanh/ky/{uuid4()}/don-vi/{desk.units[0]}",
        f"/bao-cao-nhanh/ky/{desk.period()}/don-vi/{uuid4()}",
        f"/bao-cao-nhanh/ky/{uuid4()}",
        f"/bao-cao-nhanh/ky/{desk.period()}/tong-hop",
    ):
        assert unit_browser.get(path).status_code == 404
    assert unit_browser.post(desk.fill(1), FIGURES).status_code == 404


def test_tomorrow_cannot_be_reported_today(unit_browser: Browser, desk: Desk) -> None:
    assert '<form class="panel form"' not in unit_browser.get(desk.fill(day=9)).text
    assert unit_browser.post(desk.fill(day=9), FIGURES).status_code == 409


def test_the_office_reads_and_does_not_write(office: Browser, desk: Desk) -> None:
    desk.report(0, 134, 88)
    page = office.get(desk.fill())
    assert page.status_code == 200
    assert "Nộp bản điều chỉnh" not in page.text
    assert office.post(desk.fill(), FIGURES).status_code == 403


def test_strangers_sign_in_first(anonymous: Browser, desk: Desk) -> None:
    assert anonymous.get(desk.fill()).status_code == 302


def test_a_unit_without_this_duty_sees_no_board(browser_of: Callable[..., Browser], desk: Desk) -> None:
    stranger = browser_of(Role.UNIT)
    assert stranger.get(f"/bao-cao-nhanh/ky/{desk.period()}").status_code == 404
    assert "Chưa có kỳ báo cáo nào" in stranger.get("/bao-cao-nhanh/").text


def test_a_roster_is_filled_in_by_day(unit_browser: Browser, desk: Desk) -> None:
    form = desk.add_form(presets.ROSTER)
    path = f"/bao-cao-nhanh/ky/{desk.period(13, form)}/don-vi/{desk.units[0]}"
    page = unit_browser.get(path).text
    assert "Thứ Hai, 13/04/2026" in page
    week = {f"roster_name_2026-04-{day}": ["Phan Quốc Bảo", ""] for day in range(13, 20)}
    leaders = {f"roster_leader_2026-04-{day}": ["yes", "no"] for day in range(13, 20)}
    one_off = {**week, **leaders, "roster_leader_2026-04-15": ["no", "no"], "shape": "roster"}
    refused = unit_browser.post(path, one_off)
    assert refused.status_code == 422
    assert "Ngày 15/04/2026 có 0 lãnh đạo trực" in refused.text
    assert "Phan Quốc Bảo" in refused.text
    answer = unit_browser.post(path, {**week, **leaders, "shape": "roster"}, follow_redirects=True)
    assert "Đã nộp báo cáo đúng hạn" in answer.text


def test_ones_own_history_is_listed_and_paged(unit_browser: Browser, desk: Desk) -> None:
    desk.report(0, 134, 88)
    page = unit_browser.get("/bao-cao-nhanh/lich-su").text
    assert "Đúng hạn" in page
    assert desk.fill() in page
    for odd in ("0", "-1", "x", "９", "99999999999"):
        assert unit_browser.get(f"/bao-cao-nhanh/lich-su?trang={odd}").status_code == 200
