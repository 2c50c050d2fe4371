"""Units by name, abbreviation, office and person; what is not certain is a question."""

import pytest

from minutes.language.directory import Directory, KnownPerson, KnownUnit
from minutes.language.parties import Certainty, names_of, questions_of
from minutes.language.scanning import Cursor
from minutes.language.units import read_parties

HOUSE = Directory.of(
    [
        KnownUnit("Văn phòng Bộ", ("VPB",), ("Văn phòng cơ quan",)),
        KnownUnit("Trung tâm Thông tin"),
        KnownUnit("Cục Văn thư và Lưu trữ nhà nước"),
        KnownUnit("Học viện Hành chính Quốc gia"),
        KnownUnit("Vụ Kế hoạch - Tài chính", ("KHTC",)),
        KnownUnit("Trung tâm Lưu trữ quốc gia I"),
        KnownUnit("Trung tâm Lưu trữ quốc gia III"),
        KnownUnit("Phòng Công nghệ thông tin"),
    ],
    [
        KnownPerson("Lò Thị Ánh", "Chánh Văn phòng Bộ"),
        KnownPerson("Tô Quang Minh", "Giám đốc Trung tâm Thông tin"),
        KnownPerson("Vi Văn Tâm", "Chuyên viên"),
    ],
)
NOBODY = Directory()


def read(text: str, directory: Directory = HOUSE, *, expected: bool = False) -> tuple[tuple[str, ...], str]:
    cursor = Cursor(text)
    parties = read_parties(cursor, directory, expected=expected)
    return names_of(parties), cursor.rest().strip()


@pytest.mark.parametrize(
    ("said", "unit"),
    [
        ("Trung tâm Thông tin chủ trì", "Trung tâm Thông tin"),
        ("trung tam thong tin chu tri", "Trung tâm Thông tin"),
        ("VPB rà soát", "Văn phòng Bộ"),
        ("Văn phòng cơ quan rà soát", "Văn phòng Bộ"),
        ("Văn phòng rà soát", "Văn phòng Bộ"),
        ("Vụ Kế hoạch Tài chính lập dự toán", "Vụ Kế hoạch - Tài chính"),
        ("Cục Văn thư Lưu trữ nhà nước hướng dẫn", "Cục Văn thư và Lưu trữ nhà nước"),
        ("Học viện Hành chính xây dựng", "Học viện Hành chính Quốc gia"),
        ("Trung tâm I sửa máy", "Trung tâm Lưu trữ quốc gia I"),
        ("trung tâm ba dùng chung", "Trung tâm Lưu trữ quốc gia III"),
        ("đồng chí Chánh Văn phòng đôn đốc", "Văn phòng Bộ"),
        ("Giám đốc Trung tâm Thông tin Tô Quang Minh chủ trì", "Trung tâm Thông tin"),
        ("Trưởng phòng Công nghệ thông tin kiểm tra", "Phòng Công nghệ thông tin"),
        ("anh Minh làm việc này", "Trung tâm Thông tin"),
        ("chị Ánh bên Văn phòng làm", "Văn phòng Bộ"),
    ],
)
def test_one_unit_by_any_of_its_names(said: str, unit: str) -> None:
    names, _rest = read(said)
    assert names == (unit,)


def test_a_shortened_name_is_not_the_beginning_of_another() -> None:
    cursor = Cursor("Văn phòng Cục báo cáo")
    (party,) = read_parties(cursor, HOUSE)
    assert party.names == ("Văn phòng Cục",)
    assert party.certainty is Certainty.DOUBTFUL
    assert party.question is not None


def test_a_misheard_name_is_proposed_with_a_question() -> None:
    cursor = Cursor("trung tâm thông ty chủ trì")
    parties = read_parties(cursor, HOUSE, expected=True)
    assert names_of(parties) == ("Trung tâm Thông tin",)
    assert "cần xác nhận" in questions_of(parties)[0]
    assert cursor.rest().strip() == "chủ trì"


def test_an_unknown_person_is_a_question() -> None:
    parties = read_parties(Cursor("đồng chí Bình chuẩn bị"), HOUSE)
    assert names_of(parties) == ("Đồng chí Bình",)
    assert questions_of(parties)


def test_a_person_without_unit_is_a_question() -> None:
    parties = read_parties(Cursor("anh Tâm tổng hợp"), HOUSE)
    assert questions_of(parties)


def test_two_units_by_their_number() -> None:
    house = Directory.of([KnownUnit("Trung tâm Lưu trữ quốc gia I"), KnownUnit("Trung tâm Lưu trữ quốc gia III")])
    assert read("hai trung tâm báo cáo", house)[0] == (
        "Trung tâm Lưu trữ quốc gia I",
        "Trung tâm Lưu trữ quốc gia III",
    )


def test_a_number_that_does_not_fit_is_a_question() -> None:
    parties = read_parties(Cursor("ba phòng báo cáo"), HOUSE)
    assert questions_of(parties) == ("“ba phòng” là những đơn vị nào?",)


@pytest.mark.parametrize(
    ("said", "names", "rest"),
    [
        ("Bộ Tài nguyên và Môi trường chủ trì", ("Bộ Tài nguyên và Môi trường",), "chủ trì"),
        ("Bộ Tài chính và Bộ Nội vụ rà soát", ("Bộ Tài chính", "Bộ Nội vụ"), "rà soát"),
        ("Vụ Tổ chức cán bộ rà soát", ("Vụ Tổ chức cán bộ",), "rà soát"),
        ("Bộ Xây dựng xây dựng kế hoạch", ("Bộ Xây dựng",), "xây dựng kế hoạch"),
        ("Sở Văn hóa, Thể thao và Du lịch phối hợp", ("Sở Văn hóa, Thể thao và Du lịch",), "phối hợp"),
        ("các Bộ: Tài chính, Nội vụ khẩn trương", ("Bộ Tài chính", "Bộ Nội vụ"), "khẩn trương"),
        ("các sở: Nội vụ, Tài chính và UBND tỉnh gửi", ("Sở Nội vụ", "Sở Tài chính", "UBND tỉnh"), "gửi"),
        ("Công an tỉnh phối hợp", ("Công an tỉnh",), "phối hợp"),
        ("Cục Quản lý đăng ký kinh doanh rà soát", ("Cục Quản lý đăng ký kinh doanh",), "rà soát"),
        ("Văn phòng Bộ (Thường trực Ban Chỉ đạo) đôn đốc", ("Văn phòng Bộ",), "đôn đốc"),
        ("Chủ tịch UBND các huyện chịu trách nhiệm", ("Chủ tịch UBND các huyện",), "chịu trách nhiệm"),
        ("các bộ, ngành, địa phương thực hiện", ("Các bộ, ngành, địa phương",), "thực hiện"),
        ("Thủ trưởng các đơn vị triển khai", ("Thủ trưởng các đơn vị",), "triển khai"),
        (
            "Thủ trưởng các đơn vị thuộc, trực thuộc Bộ, các tổ chức đoàn thể của Bộ khẩn trương",
            ("Thủ trưởng các đơn vị thuộc, trực thuộc Bộ", "Các tổ chức đoàn thể của Bộ"),
            "khẩn trương",
        ),
        ("Ban Chỉ đạo phòng, chống dịch COVID-19 họp", ("Ban Chỉ đạo phòng, chống dịch COVID-19",), "họp"),
    ],
)
def test_names_are_read_by_grammar_where_no_directory_knows_them(said: str, names: tuple[str, ...], rest: str) -> None:
    assert read(said, NOBODY) == (names, rest)


@pytest.mark.parametrize("said", ["Trường hợp cần thiết", "Ban hành kế hoạch", "tập trung nguồn lực", "giao thông", ""])
def test_what_is_no_name(said: str) -> None:
    assert read(said, NOBODY)[0] == ()


@pytest.mark.parametrize(
    ("said", "units"),
    [
        (
            "các chủ đầu tư, các Ban quản lý dự án và các cơ quan, đơn vị cần",
            ("Các chủ đầu tư", "Các Ban quản lý dự án", "Các cơ quan, đơn vị"),
        ),
        ("Các Cục quản lý chuyên ngành, các Sở GTVT rà soát", ("Các Cục quản lý chuyên ngành", "Các Sở GTVT")),
        ("các cấp, các ngành tập trung", ("Các cấp, các ngành",)),
        (
            "Chủ tịch UBND các tỉnh, thành phố từ Hà Tĩnh đến Lâm Đồng báo cáo",
            ("Chủ tịch UBND các tỉnh, thành phố từ Hà Tĩnh đến Lâm Đồng",),
        ),
        (
            "Ngân hàng Nhà nước Việt Nam và toàn hệ thống ngân hàng thương mại cần",
            ("Ngân hàng Nhà nước Việt Nam", "Toàn hệ thống ngân hàng thương mại"),
        ),
        ("Lực lượng kiểm lâm, công an trên địa bàn tỉnh tuần tra", ("Lực lượng kiểm lâm, công an trên địa bàn tỉnh",)),
        (
            "lãnh đạo, công chức, viên chức và người lao động Văn phòng UBND tỉnh rà soát",
            ("Lãnh đạo, công chức, viên chức và người lao động Văn phòng UBND tỉnh",),
        ),
        ("UBND các địa phương có nông sản xuất khẩu rà soát", ("UBND các địa phương có nông sản xuất khẩu",)),
        ("các bộ, ngành thuộc phạm vi quản lý rà soát", ("Các bộ, ngành thuộc phạm vi quản lý",)),
        (
            "các thành viên Ban Chỉ đạo Ứng phó biến đổi khí hậu rà soát",
            ("Các thành viên Ban Chỉ đạo Ứng phó biến đổi khí hậu",),
        ),
        ("Sở Quy hoạch – Kiến trúc rà soát", ("Sở Quy hoạch – Kiến trúc",)),
    ],
)
def test_many_as_papers_name_them(said: str, units: tuple[str, ...]) -> None:
    assert read(said, NOBODY)[0] == units
