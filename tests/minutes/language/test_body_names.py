"""Where the name of a body ends: examples of the rules, one or more for each."""

import pytest

from minutes.language.body_names import read_bare_head, read_body_name
from minutes.language.directory import Directory
from minutes.language.paper_names import with_names_of
from minutes.language.scanning import Cursor


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Công an tỉnh đối soát thông tin", "Công an tỉnh"),
        ("Cục Quản lý đăng ký kinh doanh rà soát", "Cục Quản lý đăng ký kinh doanh"),
        ("Vụ Tổ chức cán bộ tổ chức thi tuyển", "Vụ Tổ chức cán bộ"),
        ("Phòng Tổng hợp tổng hợp số liệu", "Phòng Tổng hợp"),
        ("Bộ Tư lệnh Bộ đội Biên phòng ngăn chặn", "Bộ Tư lệnh Bộ đội Biên phòng"),
        ("Vụ Khoa học, Công nghệ và Môi trường trình Bộ", "Vụ Khoa học, Công nghệ và Môi trường"),
        ("Sở Tài chính, Sở Xây dựng và Công an tỉnh", "Sở Tài chính"),
        ("Đoàn Thanh niên Bộ phát động phong trào", "Đoàn Thanh niên Bộ"),
        ("Đài Truyền hình Việt Nam tăng thời lượng", "Đài Truyền hình Việt Nam"),
        ("Ủy ban Quản lý vốn nhà nước tại doanh nghiệp đôn đốc", "Ủy ban Quản lý vốn nhà nước tại doanh nghiệp"),
        ("chủ đầu tư dự án Khu đô thị Nà Pản có văn bản", "chủ đầu tư dự án Khu đô thị Nà Pản"),
        ("Bộ KH&CN thống nhất", "Bộ KH&CN"),
        ("Vụ Hàng hải vũ trụ lập đề án", "Vụ Hàng hải vũ trụ"),
        ("Ban hành kế hoạch", None),
    ],
)
def test_names_end_where_no_noun_goes_on(text: str, name: str | None) -> None:
    assert read_body_name(Cursor(text)) == name


def test_a_head_alone_stands_before_an_act_only() -> None:
    assert read_bare_head(Cursor("Cục nghiên cứu, đề xuất")) == "Cục"
    assert read_bare_head(Cursor("Cục Đo lường nghiên cứu")) is None
    assert read_bare_head(Cursor("Vụ Tổ chức cán bộ rà soát")) is None


def test_a_paper_teaches_its_own_short_forms() -> None:
    text = "Vụ Kế hoạch - Tài chính (KHTC) lập dự toán. Vụ KHTC trình Bộ. Giao Vụ rà soát."
    known = with_names_of(text, Directory.of([]))
    hit = known.unit_at(text, text.index("Vụ KHTC"))
    assert hit is not None
    assert hit.unit.name == "Vụ Kế hoạch - Tài chính"
    assert known.mentioned("Vụ", len(text)) == "Vụ KHTC"
    assert not known.listed
