"""The administrator's lists: search, edit, conflict, retire, delete, import and export, all over plain forms."""

import io
from collections.abc import Callable
from uuid import UUID

import pytest
from openpyxl import load_workbook
from sqlalchemy import event, insert, select
from werkzeug.test import TestResponse

from core.permissions import Role
from core.runtime import Runtime
from orchestrator.directory.models import DirectoryUpload, Endpoint, Person, Unit
from tests.web.builders import Office, build_meeting, build_office
from tests.web.conftest import Browser

UNIT = {"code": "TTTT", "name": "Trung tâm Thông tin", "abbreviations": "TTTT", "aliases": "", "kind": ""}


@pytest.fixture
def admin(browser_of: Callable[..., Browser]) -> Browser:
    return browser_of(Role.ADMINISTRATOR)


@pytest.fixture
def office(runtime: Runtime) -> Office:
    return build_office(runtime)


def send(admin: Browser, slug: str, text: str, name: str = "danh mục.csv") -> TestResponse:
    return admin.post(f"/quan-tri/{slug}/nhap", {"file": (io.BytesIO(text.encode()), name)})


def unit_of(runtime: Runtime, code: str) -> Unit:
    with runtime.database.transaction() as session:
        unit = session.scalar(select(Unit).where(Unit.code == code))
        assert unit is not None
        return unit


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.SECRETARY, Role.UNIT])
def test_others_see_none_of_it(browser_of: Callable[..., Browser], office: Office, role: Role) -> None:
    browser = browser_of(role)
    for path in ("don-vi", "nguoi/them", "diem-cau/nhap", "don-vi/tai-ve.csv", f"don-vi/{office.centre}", "lich"):
        assert browser.get(f"/quan-tri/{path}").status_code == 403


@pytest.mark.parametrize(
    ("path", "found", "missing"),
    [
        ("don-vi?q=luu tru", "Cục Văn thư và Lưu trữ", "Trung tâm Thông tin"),
        ("don-vi?q=Lưu+trữ", "Cục Văn thư và Lưu trữ", "Trung tâm Thông tin"),
        ("nguoi?q=linh+thuy", "Đặng Thị Thùy Linh", "Phan Quốc Bảo"),
        ("nguoi?q=%25", "Không có mục nào khớp", "Phan Quốc Bảo"),
        ("diem-cau?kind=central", "Trụ sở Bộ", "Phòng họp Cục Lưu trữ"),
        ("diem-cau?q=tru+so&page=99", "Trụ sở Bộ", "Phòng họp Cục Lưu trữ"),
        ("don-vi?use=retired", "Không có mục nào khớp", "Trung tâm Thông tin"),
        ("don-vi?use=lạ&page=x&unit=y", "Trung tâm Thông tin", "Không có mục nào khớp"),
    ],
)
def test_lists_are_searched_with_and_without_marks(
    admin: Browser, office: Office, path: str, found: str, missing: str
) -> None:
    page = admin.get(f"/quan-tri/{path}").text
    listed = page[page.index('aria-label="Danh mục"') :]
    assert found in listed
    assert missing not in listed


def test_an_edit_is_saved_and_its_history_shows_before_and_after(
    admin: Browser, office: Office, runtime: Runtime
) -> None:
    path = f"/quan-tri/don-vi/{office.centre}"
    assert 'value="Trung tâm Thông tin"' in admin.get(path).text
    changed = {**UNIT, "name": "Trung tâm Công nghệ thông tin", "parent_id": str(office.archive), "version": "1"}
    assert admin.post(path, changed).status_code == 302
    page = admin.get(path).text
    assert "<del>Trung tâm Thông tin</del>" in page
    assert "<ins>Trung tâm Công nghệ thông tin</ins>" in page
    assert "<ins>Cục Văn thư và Lưu trữ</ins>" in page


def test_two_who_edit_at_once_lose_nothing(admin: Browser, office: Office, runtime: Runtime) -> None:
    path = f"/quan-tri/don-vi/{office.centre}"
    assert admin.post(path, {**UNIT, "name": "Tên thứ nhất", "version": "1"}).status_code == 302
    late = admin.post(path, {**UNIT, "name": "Tên thứ hai", "version": "1"})
    assert late.status_code == 409
    assert "Tên thứ nhất" in late.text
    assert 'value="Tên thứ hai"' in late.text
    assert 'name="version" value="2"' in late.text
    assert admin.post(path, {**UNIT, "name": "Tên thứ hai", "version": "2"}).status_code == 302
    assert unit_of(runtime, "TTTT").name == "Tên thứ hai"


def test_a_unit_cannot_stand_below_itself(admin: Browser, office: Office, runtime: Runtime) -> None:
    archive = {"code": "CVTLT", "name": "Cục Văn thư và Lưu trữ", "parent_id": str(office.centre), "version": "1"}
    assert admin.post(f"/quan-tri/don-vi/{office.archive}", archive).status_code == 302
    for parent in (office.archive, office.centre):
        answer = admin.post(f"/quan-tri/don-vi/{office.centre}", {**UNIT, "parent_id": str(parent), "version": "1"})
        assert answer.status_code == 409
        assert "không thể trực thuộc" in answer.text
    assert unit_of(runtime, "TTTT").parent_id is None


def test_what_is_used_is_retired_and_restored_not_deleted(admin: Browser, office: Office, runtime: Runtime) -> None:
    build_meeting(runtime, office)
    path = f"/quan-tri/diem-cau/{office.hall}"
    refused = admin.post(f"{path}/xoa", {"version": "1"})
    assert refused.status_code == 409
    assert "Ngừng sử dụng" in refused.text
    assert admin.post(f"{path}/ngung", {"version": "1"}).status_code == 302
    assert "Trụ sở Bộ" not in admin.get("/quan-tri/diem-cau").text
    assert "Trụ sở Bộ" in admin.get("/quan-tri/diem-cau?use=retired").text
    assert admin.post(f"{path}/khoi-phuc", {"version": "1"}).status_code == 409
    assert admin.post(f"{path}/khoi-phuc", {"version": "2"}).status_code == 302
    assert "Trụ sở Bộ" in admin.get("/quan-tri/diem-cau").text


def test_an_entry_nothing_refers_to_is_deleted(admin: Browser, runtime: Runtime) -> None:
    admin.post("/quan-tri/don-vi", {"code": "THU", "name": "Vụ Thử"})
    unit = unit_of(runtime, "THU")
    assert admin.post(f"/quan-tri/don-vi/{unit.id}/xoa", {"version": "1"}).status_code == 302
    assert admin.get(f"/quan-tri/don-vi/{unit.id}").status_code == 404
    assert admin.post(f"/quan-tri/don-vi/{unit.id}/xoa", {"version": "1"}).status_code == 404


def test_a_unit_with_active_units_below_is_not_retired(admin: Browser, office: Office, runtime: Runtime) -> None:
    admin.post("/quan-tri/don-vi", {"code": "P1", "name": "Phòng Một", "parent_id": str(office.centre)})
    answer = admin.post(f"/quan-tri/don-vi/{office.centre}/ngung", {"version": "1"})
    assert answer.status_code == 409
    assert "Phòng Một" in answer.text


def test_an_endpoint_keeps_all_it_is_given(admin: Browser, office: Office, runtime: Runtime) -> None:
    typed = {
        **{"code": "HT", "name": "Hội trường", "kind": "central", "unit_id": str(office.centre)},
        **{"allowed_units": [str(office.archive)], "location": "Tầng 5", "room_capacity": "60"},
        **{"equipment": "Camera\nLoa; Micro\n", "contact": "Tạ Văn Ý", "contact_phone": "0912 345 678"},
        "contact_email": "y@donvi.gov.vn",
    }
    assert admin.post("/quan-tri/diem-cau", typed).status_code == 302
    with runtime.database.transaction() as session:
        hall = session.scalar(select(Endpoint).where(Endpoint.code == "HT"))
        assert hall is not None
        assert (hall.equipment, [unit.code for unit in hall.allowed_units]) == (["Camera", "Loa", "Micro"], ["CVTLT"])
        path = f"/quan-tri/diem-cau/{hall.id}"
    assert "Camera\nLoa\nMicro" in admin.get(path).text
    wrong = admin.post(path, {**typed, "contact_phone": "gọi sau", "version": "1"})
    assert wrong.status_code == 422
    assert 'value="gọi sau"' in wrong.text


def test_a_faulty_file_lists_every_fault_and_leaves_nothing(admin: Browser, office: Office, runtime: Runtime) -> None:
    answer = send(admin, "don-vi", "mã,tên,đơn vị cấp trên\nA,=1+1,\nB,,KHONG\n")
    assert answer.status_code == 422
    text = answer.text
    assert "có 2 lỗi, chưa ghi gì" in text
    assert "là công thức" in text
    assert "Còn để trống" in text
    with runtime.database.transaction() as session:
        assert session.scalars(select(DirectoryUpload)).all() == []


def test_a_good_file_is_looked_at_then_written_once(admin: Browser, office: Office, runtime: Runtime) -> None:
    text = "họ và tên,chức vụ,đơn vị,ghi chú\nLò Thị Mai,Chuyên viên,TTTT,x\nPhan Quốc Bảo,Bộ trưởng,TTTT,y\n"
    page = send(admin, "nguoi", text).text
    assert "1 mới" in page
    assert "1 thay đổi" in page
    assert "Bỏ qua cột không biết: ghi chú" in page
    with runtime.database.transaction() as session:
        upload = session.scalars(select(DirectoryUpload)).one()
        assert session.scalar(select(Person).where(Person.full_name == "Lò Thị Mai")) is None
    path = f"/quan-tri/nguoi/nhap/{upload.id}"
    assert admin.post(f"/quan-tri/don-vi/nhap/{upload.id}").status_code == 404
    assert admin.post(path).status_code == 302
    assert "Lò Thị Mai" in admin.get("/quan-tri/nguoi").text
    again = admin.post(path)
    assert again.status_code == 404
    assert "Hãy chọn lại tệp" in again.text


def test_a_file_of_somebody_else_is_not_there(
    admin: Browser, browser_of: Callable[..., Browser], runtime: Runtime
) -> None:
    send(admin, "don-vi", "mã,tên\nA,Vụ Một\n")
    with runtime.database.transaction() as session:
        upload = session.scalars(select(DirectoryUpload)).one()
    assert browser_of(Role.ADMINISTRATOR).post(f"/quan-tri/don-vi/nhap/{upload.id}").status_code == 404


def test_a_directory_that_changed_in_between_is_checked_again(admin: Browser, office: Office, runtime: Runtime) -> None:
    send(admin, "don-vi", "mã,tên,đơn vị cấp trên\nA,Vụ Một,CVTLT\n")
    with runtime.database.transaction() as session:
        upload = session.scalars(select(DirectoryUpload)).one()
    admin.post(f"/quan-tri/don-vi/{office.archive}/ngung", {"version": "1"})
    answer = admin.post(f"/quan-tri/don-vi/nhap/{upload.id}")
    assert answer.status_code == 422
    assert "đã ngừng sử dụng" in answer.text


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "rỗng"), (b"\xd0\xcf\x11\xe0", "Excel 97"), (b"m\xe3,t\xean\n", "không phải UTF-8")],
)
def test_files_of_wrong_content_are_refused(admin: Browser, data: bytes, words: str) -> None:
    answer = admin.post("/quan-tri/diem-cau/nhap", {"file": (io.BytesIO(data), "x.xlsx")})
    assert answer.status_code == 422
    assert words in answer.text


def test_no_file_is_asked_for(admin: Browser) -> None:
    answer = admin.post("/quan-tri/diem-cau/nhap", {})
    assert answer.status_code == 422
    assert "chưa chọn tệp" in answer.text


@pytest.mark.parametrize("slug", ["don-vi", "nguoi", "diem-cau"])
def test_exports_and_templates_are_files(admin: Browser, office: Office, slug: str) -> None:
    csv = admin.get(f"/quan-tri/{slug}/tai-ve.csv")
    assert csv.data.startswith("\ufeffMã".encode())
    assert "attachment" in csv.headers["Content-Disposition"]
    book = load_workbook(io.BytesIO(admin.get(f"/quan-tri/{slug}/tai-ve.xlsx").data))
    assert book.worksheets[0].max_row == 3
    guide = load_workbook(io.BytesIO(admin.get(f"/quan-tri/{slug}/mau.xlsx").data))
    assert guide.sheetnames[1] == "Hướng dẫn"
    assert admin.get(f"/quan-tri/{slug}/tai-ve.exe").status_code == 404
    assert send(admin, slug, csv.data.decode()).status_code == 200


@pytest.mark.parametrize("slug", ["don-vi", "nguoi", "diem-cau"])
def test_queries_do_not_grow_with_rows(admin: Browser, office: Office, runtime: Runtime, slug: str) -> None:
    asked: list[str] = []
    event.listen(runtime.database.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    admin.get(f"/quan-tri/{slug}")
    few = len(asked)
    with runtime.database.transaction() as session:
        codes = [f"X{number}" for number in range(120)]
        session.execute(insert(Unit), [{"code": code, "name": f"Vụ {code}"} for code in codes])
        unit = {"unit_id": office.centre}
        session.execute(insert(Person), [{"full_name": f"Vi Thị Hoa {code}", **unit} for code in codes])
        session.execute(
            insert(Endpoint),
            [{"code": code, "name": code, "kind": "component", "room_capacity": 9, **unit} for code in codes],
        )
    asked.clear()
    page = admin.get(f"/quan-tri/{slug}")
    assert len(asked) == few
    assert "Trang 1 trên 3" in page.text
    assert "Trang 3 trên 3" in admin.get(f"/quan-tri/{slug}?page=3").text


def test_rows_written_in_bulk_are_sorted_and_found(admin: Browser, runtime: Runtime) -> None:
    names = ["Trần Văn Ỷ", "Đỗ Thị An", "Lê Ánh", "Vũ Đức Ân", "Bùi An"]
    with runtime.database.transaction() as session:
        session.execute(insert(Person), [{"full_name": name, "protocol_rank": 5} for name in names])
    page = admin.get("/quan-tri/nguoi").text
    assert sorted(names, key=page.index) == ["Bùi An", "Đỗ Thị An", "Lê Ánh", "Vũ Đức Ân", "Trần Văn Ỷ"]
    assert "Đỗ Thị An" in admin.get("/quan-tri/nguoi?q=do thi").text


def test_the_form_of_an_unknown_entry_is_not_found(admin: Browser) -> None:
    path = f"/quan-tri/nguoi/{UUID(int=7)}"
    assert admin.get(path).status_code == 404
    assert admin.post(path, {"version": "1", "full_name": "A"}).status_code == 404
