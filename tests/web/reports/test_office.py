"""The office's screens: the board, reminders by hand, the compiled report with its files, forms with preview."""

import io
from collections.abc import Callable
from uuid import uuid4

import pytest
from openpyxl import load_workbook
from sqlalchemy import event

from core.permissions import Role
from core.runtime import Runtime
from orchestrator.reports.models import Compilation, ReportForm
from tests.conftest import FixedClock
from tests.orchestrator.reports.conftest import at
from tests.web.conftest import Browser
from tests.web.reports.conftest import Desk

FORM = {
    "name": "Báo cáo tiêm chủng", "code": "tiem-chung", "cadence": "daily", "cut_off": "11:30", "reminders": "10:00",
    "days": "working", "weekday": "4", "covers": "this", "shape": "figures", "nil": "zero", "note_limit": "200",
    "i_code": ["tong", "da_tiem", "ty_le", ""], "i_label": ["Tổng số", "Đã tiêm", "Tỷ lệ", ""],
    "i_kind": ["integer", "integer", "decimal", "integer"], "i_minimum": ["0", "0", "0", "0"],
    "i_required": ["yes", "yes", "no", "yes"], "i_totalled": ["yes", "yes", "no", "yes"],
    "c_text": ["da_tiem <= tong", ""], "c_scope": ["unit", "unit"], "c_binding": ["yes", "yes"],
}  # fmt: skip


def test_the_board_says_who_has_not(office: Browser, desk: Desk, fixed_clock: FixedClock) -> None:
    desk.report(0, 134, 88)
    fixed_clock.now = at(15, 18)
    page = office.get(f"/bao-cao-nhanh/ky/{desk.period()}").text
    assert "còn 42 phút" in page
    assert "1/4" in page
    assert page.count("Chưa nộp</span>") == 3
    fixed_clock.now = at(16, 0, 1)
    desk.report(1, 6, 2)
    fragment = office.get(f"/bao-cao-nhanh/ky/{desk.period()}/bang").text
    assert fragment.count("Chưa nộp, quá hạn") == 2
    assert "Nộp quá hạn" in fragment
    assert "<html" not in fragment


def test_the_boundary_is_the_cut_off_itself(office: Browser, desk: Desk, fixed_clock: FixedClock) -> None:
    path = f"/bao-cao-nhanh/ky/{desk.period()}/bang"
    fixed_clock.now = at(16)
    office.sign_in_again()
    assert "Chưa nộp, quá hạn" not in office.get(path).text
    fixed_clock.now = at(16, 0, 1)
    assert office.get(path).text.count("Chưa nộp, quá hạn") == 4


def test_units_see_the_board_without_figures_or_acts(unit_browser: Browser, desk: Desk) -> None:
    desk.report(1, 134, 88)
    page = unit_browser.get(f"/bao-cao-nhanh/ky/{desk.period()}").text
    assert "Trung tâm Thông tin" in page
    assert "134" not in page
    assert "Xem bản tổng hợp" not in page
    assert desk.fill(1) not in page


def test_reminding_by_hand(office: Browser, desk: Desk, browser_of: Callable[..., Browser]) -> None:
    answer = office.post(f"/bao-cao-nhanh/ky/{desk.period()}/don-doc", follow_redirects=True)
    assert "Không có đơn vị nào cần đôn đốc" in answer.text
    assert "không có địa chỉ thư để nhắc" in answer.text
    assert browser_of(Role.OPERATOR).post(f"/bao-cao-nhanh/ky/{desk.period()}/don-doc").status_code == 403


def test_compiling_shows_totals_changes_and_files(
    office: Browser, desk: Desk, runtime: Runtime, fixed_clock: FixedClock
) -> None:
    desk.report(0, 134, 88)
    fixed_clock.now = at(9, day=9)
    office.sign_in_again()
    desk.report(0, 137, 90, day=9, note="Tăng do về từ vùng dịch")
    path = f"/bao-cao-nhanh/ky/{desk.period(9)}/tong-hop"
    before = office.get(path).text
    assert "Chưa chốt" in before
    page = office.post(path, follow_redirects=True).text
    assert "Đã tổng hợp và chốt số liệu" in page
    assert "+3" in page
    assert "Kỳ trước (ngày 08/04/2026)" in page
    assert "Chưa báo cáo:" in page
    desk.report(0, 138, 90, day=9, reason="Đếm sót")
    page = office.get(path).text
    assert "Bản tổng hợp số 2" in page
    assert "đã điều chỉnh" in page
    assert "Đây là bản cũ" in office.get(f"{path}?ban=1").text
    assert office.get(f"{path}?ban=9").status_code == 404
    with runtime.database.transaction() as session:
        newest = session.query(Compilation).order_by(Compilation.number.desc()).first()
        assert newest is not None
    file = office.get(f"/bao-cao-nhanh/tong-hop/{newest.id}.xlsx")
    rows = {row[0].value: row for row in load_workbook(io.BytesIO(file.data))["Tổng hợp"].iter_rows()}
    assert rows["Văn phòng Bộ"][1].value == 138
    assert office.get(f"/bao-cao-nhanh/tong-hop/{newest.id}.docx").data.startswith(b"PK")
    assert office.get(f"/bao-cao-nhanh/tong-hop/{newest.id}.pdf").data.startswith(b"%PDF")
    assert office.get(f"/bao-cao-nhanh/tong-hop/{newest.id}.exe").status_code == 404
    assert office.get(f"/bao-cao-nhanh/tong-hop/{uuid4()}.pdf").status_code == 404


def test_nothing_to_compile_is_said(office: Browser, desk: Desk) -> None:
    answer = office.post(f"/bao-cao-nhanh/ky/{desk.period()}/tong-hop")
    assert answer.status_code == 409
    assert "Chưa đơn vị nào nộp" in answer.text


@pytest.mark.parametrize("key", ["cach-ly", "f0-f4", "hinh-thuc-lam-viec", "lich-truc", "khong-co"])
def test_presets_open_as_forms(office: Browser, desk: Desk, key: str) -> None:
    page = office.get(f"/bao-cao-nhanh/bieu-mau/moi?mau={key}")
    assert page.status_code == 200
    assert page.text.count("checked") == 4


def test_a_form_of_ones_own_is_previewed_saved_and_versioned(office: Browser, desk: Desk, runtime: Runtime) -> None:
    form = {**FORM, "unit_ids": [str(desk.units[0])]}
    preview = office.post("/bao-cao-nhanh/bieu-mau/moi", {**form, "action": "preview"}).text
    assert "Xem trước" in preview
    assert "Đã tiêm ≤ Tổng số" in preview
    answer = office.post("/bao-cao-nhanh/bieu-mau/moi", {**form, "action": "save"}, follow_redirects=True)
    assert "Đã lưu biểu mẫu" in answer.text
    with runtime.database.transaction() as session:
        row = session.query(ReportForm).filter_by(code="tiem-chung").one()
        assert row.plan().reminder_minutes == (90,)
    changed = {**form, "i_label": ["Tổng số người", "Đã tiêm", "Tỷ lệ", ""], "unit_ids": [str(desk.units[1])]}
    page = office.post(f"/bao-cao-nhanh/bieu-mau/{row.id}", changed, follow_redirects=True).text
    assert "Phiên bản đang dùng: 2" in page
    assert "Tổng số</label>" in office.get(f"/bao-cao-nhanh/bieu-mau/{row.id}/phien-ban/1").text.replace(
        ' <span class="muted" aria-hidden="true">*</span>', ""
    )
    assert office.get(f"/bao-cao-nhanh/bieu-mau/{row.id}/phien-ban/9").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"c_text": ["la = tong"]}, "không có chỉ tiêu nào mang mã “la”"),
        ({"c_text": ["__import__('os').system('x') = 1"]}, "không hiểu"),
        ({"i_code": ["Tổng", "da_tiem", "ty_le", ""]}, "chữ thường không dấu"),
        ({"cut_off": "25:00"}, "ví dụ 16:00"),
        ({"reminders": "12:00"}, "phải trước giờ chốt"),
        ({"i_minimum": ["một", "0", "0", "0"]}, "phải là một số"),
        ({"unit_ids": []}, "ít nhất một đơn vị"),
        ({"unit_ids": ["x"]}, "không có trong danh mục"),
        ({"code": "cach-ly"}, "đã được dùng"),
        ({"name": ""}, "còn để trống"),
        ({"cadence": "hourly"}, "chưa chọn"),
        ({"note_limit": "-1"}, "từ 0 đến"),
        ({"i_kind": ["x", "integer", "decimal", "integer"]}, "chưa chọn"),
    ],
)
def test_a_bad_form_comes_back_as_typed(office: Browser, desk: Desk, wrong: dict[str, object], said: str) -> None:
    form = {**FORM, "unit_ids": [str(desk.units[0])], "guidance": "Giữ lại chữ này", **wrong}
    answer = office.post("/bao-cao-nhanh/bieu-mau/moi", form)
    assert answer.status_code in (409, 422)
    assert said in answer.text
    assert "Giữ lại chữ này" in answer.text
    assert 'value="da_tiem"' in answer.text


def test_forms_are_kept_by_secretary_and_administrator_only(browser_of: Callable[..., Browser], desk: Desk) -> None:
    for role, status in ((Role.ADMINISTRATOR, 200), (Role.OPERATOR, 403), (Role.UNIT, 403), (Role.APPROVER, 403)):
        assert browser_of(role).get("/bao-cao-nhanh/bieu-mau").status_code == status


def test_pages_ask_no_more_questions_with_more_rows(office: Browser, desk: Desk, runtime: Runtime) -> None:
    def questions(path: str) -> int:
        asked: list[str] = []

        def note(*arguments: object) -> None:
            asked.append(str(arguments[2]))

        event.listen(runtime.database.engine, "before_cursor_execute", note)
        assert office.get(path).status_code == 200
        event.remove(runtime.database.engine, "before_cursor_execute", note)
        return len(asked)

    paths = [
        "/bao-cao-nhanh/",
        "/bao-cao-nhanh/lich-su",
        f"/bao-cao-nhanh/ky/{desk.period()}",
        f"/bao-cao-nhanh/ky/{desk.period()}/tong-hop",
        "/bao-cao-nhanh/bieu-mau",
    ]
    desk.report(0, 134, 88)
    before = [questions(path) for path in paths]
    for unit in range(1, 4):
        desk.report(unit, 10 + unit, 3)
    assert [questions(path) for path in paths] == before
    assert max(before) <= 12
