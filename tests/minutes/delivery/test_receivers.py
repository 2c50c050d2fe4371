"""Which units a line names: by any of their names, inside a phrase, all of them, or none."""

from uuid import UUID

import pytest

from minutes.delivery.receivers import KnownName, is_collective, units_named

CENTRE, OFFICE, CABINET, PLANNING = (UUID(int=number) for number in range(1, 5))
UNITS = (
    KnownName(CENTRE, ("Trung tâm Thông tin", "Trung tâm tin học"), ("TTTT",)),
    KnownName(OFFICE, ("Văn phòng Bộ",), ("VPB",)),
    KnownName(CABINET, ("Văn phòng",)),
    KnownName(PLANNING, ("Vụ Kế hoạch - Tài chính",), ("KHTC",)),
)
PRESENT = (CENTRE, OFFICE)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Trung tâm Thông tin", {CENTRE}),
        ("- TRUNG TÂM THÔNG TIN;", {CENTRE}),
        ("Giám đốc Trung tâm tin học (để thực hiện)", {CENTRE}),
        ("TTTT, KHTC", {CENTRE, PLANNING}),
        ("Văn phòng Bộ", {OFFICE}),
        ("Văn phòng Bộ, Văn phòng", {OFFICE, CABINET}),
        ("Trung tâm Thông tin và Vụ Kế hoạch - Tài chính", {CENTRE, PLANNING}),
        ("Các đơn vị", {CENTRE, OFFICE}),
        ("Thủ trưởng các đơn vị", {CENTRE, OFFICE}),
        ("Các đơn vị thuộc, trực thuộc Bộ", {CENTRE, OFFICE, CABINET, PLANNING}),
        ("Các Vụ, Trung tâm thuộc Bộ", {CENTRE, PLANNING}),
        ("Lãnh đạo các trung tâm và vụ;", {CENTRE, PLANNING}),
        ("Các Vụ, đơn vị thuộc Bộ", {CENTRE, OFFICE, CABINET, PLANNING}),
        ("Các Vụ trưởng", set()),
        ("Các Thứ trưởng (để báo cáo)", set()),
        ("Bộ trưởng (để báo cáo)", set()),
        ("Lưu: VT, VPB (05)", set()),
        ("- Lưu: VT, TTTT.", set()),
        ("Trung tâm Thông tinh", set()),
        ("Như trên", set()),
        ("", set()),
    ],
)
def test_units_of_a_line(line: str, expected: set[UUID]) -> None:
    assert units_named(line, UNITS, PRESENT) == expected


def test_a_collective_without_a_known_meeting_means_everybody() -> None:
    assert units_named("Các đơn vị", UNITS) == {unit.id for unit in UNITS}


PROVINCES = (
    KnownName(UUID(int=11), ("Sở Nội vụ tỉnh Sông Mây",), kind="Sở"),
    KnownName(UUID(int=12), ("Sở Nội vụ thành phố Biển Ngọc",), kind="Sở"),
    KnownName(UUID(int=13), ("Sở Y tế tỉnh Sông Mây",), kind="Sở"),
)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Sở Nội vụ các tỉnh, thành phố trực thuộc trung ương", {11, 12}),
        ("Giám đốc Sở Y tế các tỉnh", {13}),
        ("Các Sở của địa phương", {11, 12, 13}),
        ("Sở Giao thông các tỉnh", set()),
    ],
    ids=["places", "whose head", "by the directory's word", "none of these"],
)
def test_units_of_a_kind_in_many_places(line: str, expected: set[int]) -> None:
    assert {unit.int for unit in units_named(line, PROVINCES)} == expected


def test_collectives_are_told_from_names() -> None:
    assert is_collective("Thủ trưởng các đơn vị")
    assert not is_collective("Trung tâm Thông tin")
