"""Importing units, people and endpoints: look first, every fault by row and column, all or nothing, twice is once."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.audit import AuditRow
from core.errors import Forbidden, NotFound
from core.permissions import Actor, Role
from orchestrator.directory import editing, service
from orchestrator.directory.models import Endpoint, EndpointKind, Person, Unit
from orchestrator.directory.refusals import ImportRefused
from orchestrator.directory.tables.exports import FileKind, empty_table, export_table
from orchestrator.directory.tables.imports import KINDS, apply_import, plan_import
from orchestrator.directory.tables.plans import ImportPlan, RowStatus
from tests.orchestrator.conftest import Ministry
from tests.orchestrator.directory.tables.builders import csv_file, workbook

UNITS = csv_file(
    "Mã đơn vị,Tên đơn vị,Viết tắt,Đơn vị cấp trên,Loại",
    "P1,Phòng Một,P1,C1,phòng",
    "C1,Cục Một,C1; CM,,cục",
    "P2,Phòng Hai,,P1,phòng",
)


def counts(plan: ImportPlan) -> tuple[int, int, int]:
    return plan.new, plan.changed, plan.unchanged


def faults(plan: ImportPlan) -> list[tuple[int, str]]:
    return [(fault.line, fault.column) for fault in plan.faults]


def test_only_the_administrator_imports(session: Session, actor_factory: Callable[..., Actor]) -> None:
    for act in (plan_import, apply_import):
        with pytest.raises(Forbidden):
            act(session, actor_factory(Role.OPERATOR), "units", "x.csv", UNITS)


def test_a_kind_nobody_knows_does_not_exist(session: Session, administrator: Actor) -> None:
    for act in (plan_import, apply_import):
        with pytest.raises(NotFound):
            act(session, administrator, "meetings", "x.csv", UNITS)


def test_looking_writes_nothing_and_writing_finds_parents_below_children(
    session: Session, administrator: Actor
) -> None:
    assert counts(plan_import(session, administrator, "units", "x.csv", UNITS)) == (3, 0, 0)
    assert service.list_units(session, administrator) == []
    assert counts(apply_import(session, administrator, "units", "x.csv", UNITS)) == (3, 0, 0)
    units = {unit.code: unit for unit in service.list_units(session, administrator)}
    assert units["P2"].parent_id == units["P1"].id
    assert units["P1"].parent_id == units["C1"].id
    assert units["C1"].abbreviations == ["C1", "CM"]


def test_a_second_import_changes_only_what_differs(session: Session, administrator: Actor) -> None:
    apply_import(session, administrator, "units", "x.csv", UNITS)
    assert counts(apply_import(session, administrator, "units", "x.csv", UNITS)) == (0, 0, 3)
    unit = service.find_unit(session, "P2")
    assert unit is not None
    assert (unit.version, unit.kind) == (1, "phòng")
    # A file without the column leaves the field; an empty cell in it empties it.
    moved = csv_file("code,name,parent_code", "P2,Phòng Hai mới,", "C1,Cục Một,", "P3,Phòng Ba,C1")
    plan = apply_import(session, administrator, "units", "x.csv", moved)
    assert counts(plan) == (1, 1, 1)
    assert next(row for row in plan.rows if row.key == "P2").changed == ("Tên đơn vị", "Đơn vị cấp trên")
    assert (unit.name, unit.parent_id, unit.kind, unit.version) == ("Phòng Hai mới", None, "phòng", 2)
    changes = session.scalars(select(AuditRow).where(AuditRow.action == "unit.changed")).all()
    assert [row.detail["after"]["name"] for row in changes] == ["Phòng Hai mới"]
    assert changes[0].detail["before"]["name"] == "Phòng Hai"


def test_two_units_may_change_places_in_one_file(session: Session, administrator: Actor) -> None:
    apply_import(session, administrator, "units", "x.csv", UNITS)
    turned = csv_file("code,name,parent_code", "C1,Cục Một,P1", "P1,Phòng Một,")
    assert counts(apply_import(session, administrator, "units", "x.csv", turned)) == (0, 2, 0)


@pytest.mark.parametrize(
    ("lines", "expected", "words"),
    [
        (["A,,"], [(2, "Tên đơn vị")], "còn để trống"),
        ([",Vụ Một,"], [(2, "Mã đơn vị")], "còn để trống"),
        (["có cách,Vụ Một,"], [(2, "Mã đơn vị")], "chữ cái không dấu"),
        ([f"A,{'Nguyễn ' * 50},"], [(2, "Tên đơn vị")], "tối đa 250"),
        (["A,Vụ Một,", "A,Vụ Hai,"], [(3, "Mã đơn vị")], "trùng với dòng 2"),
        (["A,Vụ Một,", "a,Vụ Hai,"], [(3, "Mã đơn vị")], "trùng với dòng 2"),
        (["vpb,Vụ Một,"], [(2, "Mã đơn vị")], "chỉ khác chữ hoa"),
        (["A,Văn phòng Bộ,"], [(2, "Tên đơn vị")], "trùng tên với đơn vị mã “VPB”"),
        (["A,Vụ Một,KHONGCO"], [(2, "Đơn vị cấp trên")], "không có đơn vị mã “KHONGCO”"),
        (["A,Vụ Một,A"], [(2, "Đơn vị cấp trên")], "quay vòng: A → A"),
        (["A,Vụ Một,B", "B,Vụ Hai,A"], [(2, "Đơn vị cấp trên"), (3, "Đơn vị cấp trên")], "quay vòng: A → B → A"),
        (["VPB,Văn phòng Bộ,A", "A,Vụ Một,VPB"], [(2, "Đơn vị cấp trên"), (3, "Đơn vị cấp trên")], "quay vòng"),
        (["A,=Vụ,", "B,Vụ Hai,A", "C,,"], [(2, "Tên đơn vị"), (4, "Tên đơn vị")], "công thức"),
    ],
)
def test_faulty_units_are_told_by_row_and_column_and_nothing_is_written(
    session: Session,
    administrator: Actor,
    ministry: Ministry,
    lines: list[str],
    expected: list[tuple[int, str]],
    words: str,
) -> None:
    data = csv_file("code,name,parent_code", *lines)
    plan = plan_import(session, administrator, "units", "x.csv", data)
    assert faults(plan) == expected
    assert words in plan.faults[0].sentence
    with pytest.raises(ImportRefused, match="dòng 2|dòng 3") as caught:
        apply_import(session, administrator, "units", "x.csv", data)
    assert caught.value.params["count"] == len(expected)
    assert session.scalar(select(func.count()).select_from(Unit)) == len(ministry.units)


def test_a_retired_entry_is_restored_first(session: Session, administrator: Actor, ministry: Ministry) -> None:
    unit = ministry.units[3]
    editing.retire(session, administrator, Unit, unit.id, unit.version)
    plan = plan_import(session, administrator, "units", "x.csv", csv_file("code,name", f"{unit.code},Tên khác"))
    assert "đã ngừng sử dụng" in plan.faults[0].sentence
    rows = csv_file("họ và tên,đơn vị", f"Lò Thị Mai,{unit.code}")
    plan = plan_import(session, administrator, "people", "x.csv", rows)
    assert faults(plan) == [(2, "Đơn vị")]


def test_people_are_known_again_by_code_address_or_name(
    session: Session, administrator: Actor, ministry: Ministry
) -> None:
    rows = workbook(
        ["Mã cán bộ", "Họ và tên", "Chức vụ", "Đơn vị", "Thứ tự", "Thư điện tử", "Điện thoại"],
        ["baopq", "Phan Quốc Bảo", "Bộ trưởng", "VPB", 1, None, "+84 912 345 678"],
        [None, "Đặng Thị Thùy Linh", "Chánh Văn phòng Bộ", "VPB", 20, None, None],
        [None, "Lò Thị Mai", "Chuyên viên", "TTTT", None, "mai@mau.gov.vn", None],
        [None, "Lò Thị Mai", "Chuyên viên", "VPB", None, None, None],
    )
    assert counts(apply_import(session, administrator, "people", "x.xlsx", rows)) == (2, 1, 1)
    people = {person.code: person for person in service.list_people(session, administrator)}
    assert (people["baopq"].title, people["baopq"].protocol_rank) == ("Bộ trưởng", 1)
    assert people["baopq"].phone == "+84 912 345 678"
    assert {"mailt", "mailt2"} <= set(people)
    assert counts(apply_import(session, administrator, "people", "x.xlsx", rows)) == (0, 0, 4)
    renamed = csv_file("họ tên,thư điện tử", "Lò Thị Mai Anh,MAI@mau.gov.vn")
    plan = apply_import(session, administrator, "people", "x.csv", renamed)
    assert (plan.rows[0].status, plan.rows[0].key) == (RowStatus.CHANGED, "mailt")


@pytest.mark.parametrize(
    ("lines", "column", "words"),
    [
        (["x1,,VPB,,"], "Họ và tên", "còn để trống"),
        (["x1,Lò Thị Mai,KHONG,,"], "Đơn vị", "không có đơn vị mã “KHONG”"),
        (["x1,Lò Thị Mai,VPB,một,"], "Thứ tự", "không phải số nguyên"),
        (["x1,Lò Thị Mai,VPB,-1,"], "Thứ tự", "từ 0"),
        (["x1,Lò Thị Mai,VPB,,khong-phai"], "Thư điện tử", "không phải một địa chỉ"),
        (["x1,Lò Thị Mai,VPB,,a@b.vn", "x2,Lò Thị Mận,VPB,,A@b.vn"], "Thư điện tử", "trùng với dòng 2"),
        ([",Lò Thị Mai,VPB,,", ",Lò Thị Mai,VPB,,"], "Họ và tên", "trùng với dòng 2"),
        (["x1,Vaên Thò Loan,VPB,1,", "x2,Nguyeãn Thò Hoa,VPB,2,", "x3,Traàn Vaên Haûi,VPB,,"], "Họ và tên", "VNI"),
    ],
)
def test_faulty_people_are_told_by_row_and_column(
    session: Session, administrator: Actor, ministry: Ministry, lines: list[str], column: str, words: str
) -> None:
    data = csv_file("mã,họ và tên,đơn vị,thứ tự,thư điện tử", *lines)
    plan = plan_import(session, administrator, "people", "x.csv", data)
    assert plan.faults
    assert plan.faults[-1].column == column
    assert words in plan.faults[-1].sentence
    assert session.scalar(select(func.count()).select_from(Person)) == 3


def test_namesakes_of_one_unit_need_their_codes(session: Session, administrator: Actor, ministry: Ministry) -> None:
    both = csv_file("mã,họ và tên,đơn vị", "hoa1,Vi Thị Hoa,VPB", "hoa2,Vi Thị Hoa,VPB")
    assert counts(apply_import(session, administrator, "people", "x.csv", both)) == (2, 0, 0)
    plan = plan_import(
        session, administrator, "people", "x.csv", csv_file("họ và tên,đơn vị,chức vụ", "Vi Thị Hoa,VPB,Phó phòng")
    )
    assert "hoa1, hoa2" in plan.faults[0].sentence
    assert faults(plan) == [(2, "Mã cán bộ")]


ENDPOINT_HEADINGS = "mã,tên,loại,đơn vị,đơn vị được dùng,sức chứa,trang thiết bị,đầu mối,điện thoại,thư điện tử"


def test_endpoints_with_everything_they_have(session: Session, administrator: Actor, ministry: Ministry) -> None:
    data = csv_file(
        ENDPOINT_HEADINGS,
        "HT,Hội trường,Điểm cầu trung tâm,VPB,TTTT;CVTLT,60,Camera; Loa; Đường dự phòng,Tạ Văn Ý,0912.345.678,y@b.vn",
        "CN1,Phòng làm việc,ca nhan,TTTT,,,,,,",
    )
    assert counts(apply_import(session, administrator, "endpoints", "x.csv", data)) == (2, 0, 0)
    hall = service.find_endpoint(session, "HT")
    assert hall is not None
    assert (hall.kind, hall.room_capacity, hall.equipment) == (
        EndpointKind.CENTRAL,
        60,
        ["Camera", "Loa", "Đường dự phòng"],
    )
    assert [unit.code for unit in hall.allowed_units] == ["CVTLT", "TTTT"]
    assert hall.may_be_used_by(ministry.units[1].id)
    assert not hall.may_be_used_by(ministry.units[3].id)
    assert counts(plan_import(session, administrator, "endpoints", "x.csv", data)) == (0, 0, 2)
    fewer = csv_file("mã,tên,đơn vị được dùng", "HT,Hội trường,TTTT")
    assert apply_import(session, administrator, "endpoints", "x.csv", fewer).changed == 1
    assert [unit.code for unit in hall.allowed_units] == ["TTTT"]


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        ("HT,Hội trường,lạ,VPB,,,,,,", "Loại", "Trung tâm, Thành phần hoặc Cá nhân"),
        ("HT,Hội trường,,VPB,,0,,,,", "Sức chứa", "từ 1 chỗ"),
        ("HT,Hội trường,,VPB,,-5,,,,", "Sức chứa", "từ 1 chỗ"),
        ("HT,Hội trường,,VPB,,nhiều,,,,", "Sức chứa", "không phải số nguyên"),
        ("HT,Hội trường,,VPB,,20.5,,,,", "Sức chứa", "không phải số nguyên"),
        ("HT,Hội trường,,VPB,,99999,,,,", "Sức chứa", "quá 10000"),
        ("HT,Hội trường,,VPB,KHONG,,,,,", "Đơn vị được dùng", "không có đơn vị"),
        ("HT,Hội trường,,VPB,,,,,abc,", "Điện thoại đầu mối", "chữ số"),
        ("HT,Trụ sở Bộ,,VPB,,,,,,", "Tên điểm cầu", "trùng tên với điểm cầu mã “DC-VPB”"),
        ("dc-vpb,Khác,,VPB,,,,,,", "Mã điểm cầu", "chỉ khác chữ hoa"),
    ],
)
def test_faulty_endpoints_are_told_by_row_and_column(
    session: Session, administrator: Actor, ministry: Ministry, line: str, column: str, words: str
) -> None:
    plan = plan_import(session, administrator, "endpoints", "x.csv", csv_file(ENDPOINT_HEADINGS, line))
    assert faults(plan) == [(2, column)]
    assert words in plan.faults[0].sentence
    assert session.scalar(select(func.count()).select_from(Endpoint)) == 4


@pytest.mark.parametrize("file_kind", FileKind)
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_exported_comes_back_unchanged(
    session: Session, administrator: Actor, ministry: Ministry, kind: str, file_kind: FileKind
) -> None:
    service.create_person(session, administrator, service.NewPerson("=Lạ Văn Kỳ", phone="+84 24 3976"))
    service.create_person(session, administrator, service.NewPerson("Ỷ Thị Ngữ", "Chuyên viên", ministry.units[0].id))
    child = service.NewUnit("P-1", "Phòng “Tổng hợp”, Kế hoạch", ["TH", "KH"], ["'+Phòng"], ministry.units[0].id)
    service.create_unit(session, administrator, child)
    new = service.NewEndpoint("X", "@Lạ", EndpointKind.PERSONAL, None, "Tầng 2; phòng 3", 7, equipment=["Loa", "Đèn"])
    service.create_endpoint(session, administrator, new)
    file = export_table(session, administrator, kind, file_kind)
    plan = plan_import(session, administrator, kind, file.filename, file.data)
    assert plan.faults == []
    assert counts(plan) == (0, 0, len(plan.rows))
    assert len(plan.rows) == 5


@pytest.mark.parametrize("kind", KINDS)
def test_no_exported_cell_begins_a_formula(
    session: Session, administrator: Actor, ministry: Ministry, kind: str
) -> None:
    service.create_unit(session, administrator, service.NewUnit("A", '=cmd|"/c calc"'.replace("|", " ")))
    service.create_person(session, administrator, service.NewPerson("+Tên", "-Chức", phone="+84 912 345"))
    service.create_endpoint(session, administrator, service.NewEndpoint("A", "@Tên"))
    text = export_table(session, administrator, kind, FileKind.CSV).data.decode("utf-8-sig")
    cells = [cell.strip('"') for line in text.splitlines() for cell in line.split(",")]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_to_fill_in_has_the_headings(session: Session, administrator: Actor, kind: str) -> None:
    with pytest.raises(Exception, match="chỉ có dòng tiêu đề"):
        plan_import(session, administrator, kind, "x.xlsx", empty_table(kind, FileKind.XLSX).data)
