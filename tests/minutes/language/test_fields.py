"""Who does it, said behind the act."""

import pytest

from minutes.language.directory import Directory
from minutes.language.fields import doers_in_brackets, doers_of_line
from minutes.language.parties import names_of

NOBODY = Directory.of([])


@pytest.mark.parametrize(
    ("line", "lead", "others"),
    [
        ("Đơn vị chủ trì: Phòng An toàn đập.", ("Phòng An toàn đập",), ()),
        ("Chủ trì: Trung tâm Dữ liệu; phối hợp: Văn phòng Bộ.", ("Trung tâm Dữ liệu",), ("Văn phòng Bộ",)),
        ("Cơ quan thực hiện: Sở Y tế, Sở Tài chính; thời hạn: 30/6.", ("Sở Y tế", "Sở Tài chính"), ()),
        ("Đơn vị phối hợp: Công an tỉnh.", (), ("Công an tỉnh",)),
    ],
)
def test_a_line_of_fields_names_the_doers(line: str, lead: tuple[str, ...], others: tuple[str, ...]) -> None:
    doers = doers_of_line(line, 0, len(line), NOBODY)
    assert doers is not None
    assert (names_of(doers.lead), names_of(doers.coordinating)) == (lead, others)


@pytest.mark.parametrize(
    "line", ["Sở Y tế chủ trì rà soát danh mục.", "Thời hạn: 30/6.", "Kết quả: báo cáo.", "Chủ trì: cuộc họp hôm qua."]
)
def test_other_lines_are_no_fields(line: str) -> None:
    assert doers_of_line(line, 0, len(line), NOBODY) is None


@pytest.mark.parametrize(
    ("act", "lead", "others"),
    [
        ("Hoàn thiện dự thảo (Cục Công nghệ số chủ trì; xong trong tháng 3).", ("Cục Công nghệ số",), ()),
        ("Tập huấn (Trung tâm Đào tạo chủ trì, Văn phòng Bộ phối hợp)", ("Trung tâm Đào tạo",), ("Văn phòng Bộ",)),
        ("Sửa trạm bơm (giao Phòng Kinh tế).", ("Phòng Kinh tế",), ()),
        ("Rà soát danh mục (Sở Tài chính)", ("Sở Tài chính",), ()),
    ],
)
def test_brackets_at_the_end_name_the_doers(act: str, lead: tuple[str, ...], others: tuple[str, ...]) -> None:
    doers = doers_in_brackets(act, 0, len(act), NOBODY)
    assert doers is not None
    assert (names_of(doers.lead), names_of(doers.coordinating)) == (lead, others)
    assert act[: doers.start].strip() == act.split("(")[0].strip()


@pytest.mark.parametrize("act", ["Rà soát hồ sơ (nếu có).", "Gửi báo cáo (theo mẫu của Sở Tài chính ban hành)."])
def test_other_brackets_name_nobody(act: str) -> None:
    assert doers_in_brackets(act, 0, len(act), NOBODY) is None
