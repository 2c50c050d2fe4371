"""Lines, numbers and sentences, written and spoken."""

from minutes.language.sentences import is_punctuated, sentences_of_lines, sentences_of_speech


def pieces(value: str) -> list[tuple[str, int, int | None]]:
    return [(value[s.start : s.end], s.depth, s.number) for s in sentences_of_lines(value)]


def spoken(value: str, breaks: tuple[int, ...] = ()) -> list[tuple[str, int | None]]:
    return [(value[s.start : s.end], s.number) for s in sentences_of_speech(value, breaks)]


def test_numbers_and_dashes_give_the_depth() -> None:
    text = "I. ĐÁNH GIÁ\n1. Sở Y tế\n- Kiểm tra;\n+ Báo cáo\na) Bố trí quỹ đất\n2. Sở Nội vụ rà soát."
    assert [(depth, number) for _said, depth, number in pieces(text)] == [
        (1, None), (2, 1), (5, None), (6, None), (4, None), (2, 2),
    ]  # fmt: skip


def test_points_below_a_heading_whose_steps_were_lost_stand_below_it() -> None:
    text = (
        "1. Giao Sở Y tế:\n1. Rà soát thuốc.\n2. Báo cáo ngay. Không để sót.\n2. Giao Sở Nội vụ:\n1. Lập danh sách.\n"
        "3. Giao Sở Tư pháp:\na) Thẩm định.\n4. Văn phòng theo dõi."
    )
    assert [depth for _said, depth, _number in pieces(text)] == [2, 3, 3, 3, 2, 3, 2, 4, 2]
    apart = "1. Giao Sở Y tế:\nVề công tác khác\n1. Sở Nội vụ lập danh sách."
    assert [depth for _said, depth, _number in pieces(apart)] == [2, 0, 2]


def test_roman_points_in_brackets_count_as_points() -> None:
    assert [depth for _said, depth, _number in pieces("(6) Tham gia, cụ thể:\n(i) Góp ý.\n(ii) Huy động vốn.")] == [
        2,
        4,
        4,
    ]


def test_dots_in_brackets_end_nothing_and_a_lost_space_ends_a_sentence() -> None:
    text = "Lập các tổ (Trung Đông, châu Phi...), gỡ vướng. Kiểm tra trường AB.Theo đó, Sở báo cáo."
    assert [said for said, *_rest in pieces(text)] == [
        "Lập các tổ (Trung Đông, châu Phi...), gỡ vướng.", "Kiểm tra trường AB.", "Theo đó, Sở báo cáo.",
    ]  # fmt: skip


def test_full_stops_inside_names_and_figures_end_nothing() -> None:
    text = "Sở Y tế tại TP. Huế mua 1.200 liều. Báo cáo ngay."
    assert [said for said, *_rest in pieces(text)] == ["Sở Y tế tại TP. Huế mua 1.200 liều.", "Báo cáo ngay."]


def test_a_capital_with_a_stroke_begins_a_sentence() -> None:
    assert len(pieces("Kết quả tốt. Đề nghị phát huy.")) == 2


def test_a_line_broken_in_mid_sentence_goes_on() -> None:
    assert [said for said, *_rest in pieces("1. Sở Y tế kiểm tra\nđột xuất các cơ sở.")] == [
        "Sở Y tế kiểm tra\nđột xuất các cơ sở."
    ]


def test_spoken_numbers_open_points() -> None:
    assert spoken("Một là, giao Văn phòng. Hai là các đơn vị báo cáo. Thứ ba, kiểm tra.") == [
        ("giao Văn phòng.", 1),
        ("các đơn vị báo cáo.", 2),
        ("kiểm tra.", 3),
    ]


def test_a_bare_number_opens_a_point_and_monday_does_not() -> None:
    said = "Tôi thống nhất. Một, Phòng Tổng hợp làm. Xong ngay. Thứ hai tuần tới họp."
    assert spoken(said) == [
        ("Tôi thống nhất.", None),
        ("Phòng Tổng hợp làm.", 1),
        ("Xong ngay.", 1),
        ("Thứ hai tuần tới họp.", 1),
    ]


def test_text_without_punctuation_is_split_at_numbers_and_segments() -> None:
    said = "một là giao văn phòng kiểm tra hai là các đơn vị báo cáo hằng ngày ba là họp"
    assert [number for _said, number in spoken(said)] == [1, 2, 3]
    assert len(spoken("giao văn phòng kiểm tra các đơn vị báo cáo", (27,))) == 2


def test_with_punctuation_a_segment_ends_nothing() -> None:
    assert len(spoken("Giao văn phòng, kiểm tra các đơn vị.", (16,))) == 1


def test_punctuation_is_noticed() -> None:
    assert is_punctuated("Chào các đồng chí. Hôm nay họp.")
    assert not is_punctuated("chào các đồng chí hôm nay họp")


def test_nothing_gives_nothing() -> None:
    assert pieces("") == []
    assert spoken("   ") == []
