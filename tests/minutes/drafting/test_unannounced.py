"""A chair who never says that the conclusions begin, counts in other words, or asks for a nod at the end."""

from minutes.drafting.extract import extract_transcript
from minutes.drafting.openings import NOT_SAID
from tests.minutes.drafting.builders import meeting, transcript

CHAIR = "Khổng Văn Lực"
REPORT = "Tô Quang Minh: Chúng tôi đã rà soát xong danh mục."


def told(*lines: str) -> list[tuple[tuple[str, ...], str]]:
    found = extract_transcript(transcript(REPORT, *(f"{CHAIR}: {line}" for line in lines)), meeting())
    return [(item.lead, item.action) for item in found.items]


def test_orders_to_three_units_are_conclusions_though_nothing_announces_them() -> None:
    said = (
        "Tình hình thế là rõ. Vụ Pháp chế rà soát thủ tục trước ngày 20 tháng 4. Trung tâm Thông tin sửa đường truyền. "
        "Văn phòng Bộ lập danh sách phòng họp."
    )
    found = extract_transcript(transcript(REPORT, f"{CHAIR}: {said}"), meeting())

    assert [item.lead[0] for item in found.items] == ["Vụ Pháp chế", "Trung tâm Thông tin", "Văn phòng Bộ"]
    assert found.questions == (NOT_SAID.format(said="Vụ Pháp chế rà soát thủ tục trước"),)


def test_who_is_only_to_report_next_is_told_nothing() -> None:
    agenda = "Hôm nay Vụ Pháp chế trình bày trước, Trung tâm Thông tin chuẩn bị nói sau, rồi đến Văn phòng Bộ."

    assert told(agenda) == []


def test_points_are_counted_in_many_words() -> None:
    assert told(
        "Tôi kết luận như sau. Việc đầu tiên, Vụ Pháp chế rà soát thủ tục. Việc thứ 2 là đường truyền. Trung tâm Thông "
        "tin sửa tuyến số 3. Chuyện thứ ba là nhà E. Văn phòng Bộ lập danh sách phòng họp."
    ) == [
        (("Vụ Pháp chế",), "Rà soát thủ tục"),
        (("Trung tâm Thông tin",), "Sửa tuyến số 3"),
        (("Văn phòng Bộ",), "Lập danh sách phòng họp"),
    ]


def test_an_order_that_asks_for_a_nod_is_an_order() -> None:
    assert told("Tôi kết luận như sau. Văn phòng Bộ lập danh sách phòng họp, được không các đồng chí?") == [
        (("Văn phòng Bộ",), "Lập danh sách phòng họp")
    ]


def test_what_is_agreed_to_last_until_a_day_moves_no_deadline() -> None:
    found = extract_transcript(
        transcript(
            REPORT,
            f"{CHAIR}: Tôi kết luận như sau. Giao Vụ Pháp chế rà soát thủ tục trước ngày 20 tháng 4. "
            "Phần mềm cũ thì tôi đồng ý cho chạy song song đến hết tháng 9.",
        ),
        meeting(),
    )

    assert [item.deadline and item.deadline.iso for item in found.items if item.lead] == ["2026-04-20"]


def test_an_object_said_before_the_one_who_acts_belongs_to_the_act() -> None:
    assert told(
        "Tôi kết luận như sau. Đường truyền cũ thì Trung tâm Thông tin thay mới, xong trong tháng 5. "
        "Việc chuyển hồ sơ sang kho mới, yêu cầu Văn phòng Bộ làm xong trước ngày 20 tháng 4."
    ) == [
        (("Trung tâm Thông tin",), "Thay mới đường truyền cũ"),
        (("Văn phòng Bộ",), "Chuyển hồ sơ sang kho mới"),
    ]


def test_days_of_the_week_count_no_points() -> None:
    found = extract_transcript(
        transcript(
            REPORT,
            f"{CHAIR}: Tôi kết luận như sau. Vụ Pháp chế rà soát thủ tục. Văn phòng Bộ bố trí người trực vào các tối "
            "thứ sáu, thứ bảy, chủ nhật hằng tuần.",
        ),
        meeting(),
    )

    assert [item.action for item in found.items] == ["Rà soát thủ tục", "Bố trí người trực"]
    assert found.items[1].deadline is not None
    assert found.items[1].deadline.rrule == "FREQ=WEEKLY;BYDAY=FR,SA,SU"


def test_who_is_turned_to_is_told_what_follows() -> None:
    assert told("Tôi kết luận như sau. Sang anh Minh. Anh sửa máy chủ cũ, rồi gửi báo cáo cho Văn phòng Bộ.") == [
        (("Trung tâm Thông tin",), "Sửa máy chủ cũ, rồi gửi báo cáo cho Văn phòng Bộ")
    ]


def test_a_day_that_is_taken_back_for_another_moves_the_deadline() -> None:
    found = extract_transcript(
        transcript(
            REPORT,
            f"{CHAIR}: Tôi kết luận như sau. Giao Vụ Pháp chế lập danh sách, trình tôi trước ngày 20 tháng 4.",
            "Tô Quang Minh: Danh sách gần xong rồi ạ.",
            f"{CHAIR}: Thế thì danh sách ấy trình tôi trước ngày 15 tháng 4, không phải ngày 20 nữa.",
        ),
        meeting(),
    )

    assert [item.deadline and item.deadline.iso for item in found.items] == ["2026-04-15"]


def test_what_is_wanted_for_the_chair_is_written_without_him() -> None:
    assert told("Tôi kết luận như sau. Văn phòng Bộ viết cho tôi bản tin về đợt kiểm tra, gửi các báo.") == [
        (("Văn phòng Bộ",), "Viết bản tin về đợt kiểm tra, gửi các báo")
    ]
