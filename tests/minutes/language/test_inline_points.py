"""Points inside a line, and bullets above bullets."""

from minutes.language.sentences import sentences_of_lines, sentences_of_speech


def depths(text: str) -> list[tuple[str, int]]:
    return [(text[found.start : found.end], found.depth) for found in sentences_of_lines(text)]


def test_points_behind_a_colon_are_lines_of_their_own() -> None:
    found = depths("3. Phòng Kế hoạch thực hiện: (1) Rà soát hợp đồng; (2) Lập dự toán.")
    assert [text for text, _depth in found] == ["Phòng Kế hoạch thực hiện:", "Rà soát hợp đồng;", "Lập dự toán."]
    assert found[1][1] == found[2][1] > found[0][1]


def test_a_figure_in_brackets_alone_is_no_point() -> None:
    assert len(depths("1. Sở Y tế mua 20 (hai mươi) máy thở, gửi phụ lục (1) kèm theo.")) == 1


def test_a_bullet_that_opens_others_stands_above_them() -> None:
    found = dict(depths("* Văn phòng Sở:\n- Chuẩn bị nội dung.\n* Thanh tra Sở:\n- Xác minh đơn.\n"))
    assert found["Văn phòng Sở:"] < found["Chuẩn bị nội dung."] == found["Xác minh đơn."]


def test_bullets_side_by_side_are_equal() -> None:
    found = dict(depths("- Sở Y tế trực.\n• Sở Xây dựng gia cố.\n"))
    assert found["Sở Y tế trực."] == found["Sở Xây dựng gia cố."]


def test_at_latest_is_no_first_point() -> None:
    text = "Phòng Đào tạo gửi các khoa chậm nhất là ngày 1 tháng 9."
    assert len(sentences_of_speech(text)) == 1


def test_a_first_point_without_comma_and_points_in_figures_are_counted() -> None:
    text = "Tôi kết luận. Thứ nhất giao Văn phòng rà soát. Thứ 2, Trung tâm Thông tin sửa máy."
    assert [found.number for found in sentences_of_speech(text) if found.opens][-2:] == [1, 2]


def test_where_a_voice_paused_a_point_may_begin_that_was_not_heard_well() -> None:
    text = "một là giao Văn phòng rà soát ây là giao Trung tâm Thông tin biên soạn tài liệu"
    pause = text.index("ây")
    heard = sentences_of_speech(f"{text}.", (pause,), lost_stops=True)
    assert text[heard[-1].start :].startswith("giao Trung tâm")
