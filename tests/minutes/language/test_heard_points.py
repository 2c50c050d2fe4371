"""Where a point begins though its full stop or its number was not heard."""

from datetime import date

import pytest

from minutes.language.deadline_values import Today
from minutes.language.directory import Directory, KnownUnit
from minutes.language.heard_points import named_in_capitals, points_heard
from minutes.language.mending import with_stops_before_points
from minutes.language.text import Text

UNITS = Directory.of(
    [KnownUnit(name) for name in ("Văn phòng Bộ", "Vụ Pháp chế", "Trung tâm Tin học", "Học viện Hành chính Quốc gia")]
)
TODAY = Today(date(2026, 4, 14))


def _pieces(*segments: str) -> list[str]:
    value = " ".join(segments)
    breaks, length = [], 0
    for segment in segments[:-1]:
        length += len(segment) + 1
        breaks.append(length)
    edges = [0, *points_heard(value, breaks, UNITS, TODAY), len(value)]
    return [value[start:end].strip() for start, end in zip(edges, edges[1:], strict=False)]


@pytest.mark.parametrize(
    ("segments", "last"),
    [
        (
            ("thu đủ phiếu trước ngày 25 tháng 4 Trung tâm Tin học khóa sổ số liệu",),
            "Trung tâm Tin học khóa sổ số liệu",
        ),
        (("đưa tài liệu lên hệ thống Văn phòng Bộ xây dựng lịch họp",), "Văn phòng Bộ xây dựng lịch họp"),
        (("phương án phân luồng xe giao Vụ Pháp chế thẩm định hồ sơ",), "giao Vụ Pháp chế thẩm định hồ sơ"),
        (
            ("các đơn vị nộp hồ sơ", "vốn la, hiếu cầu Học viện Hành chính Quốc gia xây dựng kế hoạch"),
            "vốn la, hiếu cầu Học viện Hành chính Quốc gia xây dựng kế hoạch",
        ),
        (("báo cáo tôi vào tuần tới. các đơn vị cập nhật hồ sơ",), "các đơn vị cập nhật hồ sơ"),
    ],
)
def test_a_unit_that_is_told_something_begins_a_point(segments: tuple[str, ...], last: str) -> None:
    assert _pieces(*segments)[-1] == last


@pytest.mark.parametrize(
    "said",
    [
        "chủ trì phối hợp với ích Trung tâm Tin học hoàn thành phòng họp",
        "tổng hợp hồ sơ rồi gửi Vụ Pháp chế thẩm định",
        "theo đề nghị của Vụ Pháp chế xây dựng kế hoạch",
        "Trước ngày 20 tháng 4 Vụ Pháp chế trình hồ sơ",
        "nhiệm vụ được giao Vụ Pháp chế xây dựng từ đầu năm",
    ],
)
def test_a_unit_that_others_lead_to_begins_none(said: str) -> None:
    assert _pieces(said) == [said]


def test_names_get_their_capitals() -> None:
    text = named_in_capitals(Text.of("giao vụ kế hoạch tài chính thẩm định; văn phòng tổng hợp"))
    assert text.value == "giao Vụ Kế hoạch tài chính thẩm định; văn phòng tổng hợp"


def test_no_number_is_made_of_a_day_and_the_point_behind_it() -> None:
    said = "xong trước mùng năm tháng mười hai là giao Văn phòng Bộ"
    assert with_stops_before_points(Text.of(said), (said.index("hai là"),)).value == said.replace(" hai là", ". hai là")
    capital = "trước mùng năm tháng mười Hai, Văn phòng Bộ trình"
    assert with_stops_before_points(Text.of(capital), ()).value == capital.replace(" Hai", ". Hai")
    weekday = "vào thứ Hai tuần tới"
    assert with_stops_before_points(Text.of(weekday), ()).value == weekday
