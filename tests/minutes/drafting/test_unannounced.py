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
