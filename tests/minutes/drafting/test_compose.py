"""The draft: head, opening, items, what is missing."""

from uuid import uuid4

import pytest

from minutes.drafting.compose import House, compose_notice
from minutes.drafting.extract import extract_transcript
from minutes.drafting.extraction import ExtractedItem
from minutes.drafting.phrases import deadline_phrase, event_of, item_sentence, long_day
from minutes.language.deadline_values import Deadline
from minutes.language.text import Span
from minutes.notices.completeness import missing_parts
from minutes.notices.content import NoticeContent
from tests.minutes.drafting.builders import meeting, transcript

HOUSE = House("Bộ Mẫu", "", "BM", "Hà Nội")
TALK = (
    "Khổng Văn Lực: Mời đồng chí Chánh Văn phòng báo cáo.",
    "Phùng Thị Yến: Báo cáo Thứ trưởng, các điểm cầu đã kết nối.",
    "Tô Quang Minh: Đường truyền còn yếu.",
    "Khổng Văn Lực: Tôi kết luận như sau. Một là, giao Trung tâm Thông tin chủ trì, phối hợp với Văn phòng Bộ "
    "khắc phục đường truyền, hoàn thành trước ngày mười lăm tháng tư. "
    "Hai là, các đơn vị gửi báo cáo nhanh trước 16 giờ hằng ngày. "
    "Ba là, giao Vụ Pháp chế rà soát thủ tục. Biểu dương Trung tâm Thông tin đã khắc phục sự cố.",
)


@pytest.fixture
def draft() -> NoticeContent:
    context = meeting()
    return compose_notice(extract_transcript(transcript(*TALK), context), context, HOUSE)


def test_head_and_opening_say_who_met_and_who_was_heard(draft: NoticeContent) -> None:
    assert draft.subject == "Kết luận của Thứ trưởng Khổng Văn Lực tại cuộc họp giao ban trực tuyến tuần 15 của Bộ"
    assert [paragraph.text for paragraph in draft.opening] == [
        "Ngày 08 tháng 4 năm 2026, Thứ trưởng Khổng Văn Lực đã chủ trì cuộc họp giao ban trực tuyến tuần 15 của Bộ.",
        "Sau khi nghe báo cáo của Chánh Văn phòng Bộ Phùng Thị Yến; ý kiến của Giám đốc Trung tâm Thông tin "
        "Tô Quang Minh, Thứ trưởng Khổng Văn Lực kết luận như sau:",
    ]


def test_items_are_written_as_notices_write_them(draft: NoticeContent) -> None:
    assert [item.text for item in draft.items()] == [
        "Biểu dương Trung tâm Thông tin đã khắc phục sự cố.",
        "Trung tâm Thông tin chủ trì, phối hợp với Văn phòng Bộ khắc phục đường truyền, "
        "hoàn thành trước ngày 15/4/2026.",
        "Các đơn vị gửi báo cáo nhanh trước 16h00 hằng ngày.",
        "Vụ Pháp chế rà soát thủ tục.",
    ]


def test_every_directive_keeps_its_evidence_and_deadline(draft: NoticeContent) -> None:
    directives = draft.directives()
    assert len(directives) == 3
    assert all(item.evidence for item in directives)
    assert directives[0].deadline is not None
    assert directives[0].deadline.iso == "2026-04-15"
    assert directives[0].coordinating == ("Văn phòng Bộ",)


def test_number_and_date_are_left_to_the_registrar_and_the_machine_says_it_wrote(draft: NoticeContent) -> None:
    assert draft.machine_made
    assert draft.symbol_suffix == "TB-BM"
    assert missing_parts(draft) == []


def test_what_is_uncertain_is_listed(draft: NoticeContent) -> None:
    assert any("chưa có thời hạn" in line and "Rà soát thủ tục" in line for line in draft.to_check)
    assert any("Người ký" in line for line in draft.to_check)


def test_recipients_are_the_units_and_the_file(draft: NoticeContent) -> None:
    assert draft.recipients == (
        "Thứ trưởng Khổng Văn Lực (để báo cáo)", "Văn phòng Bộ", "Trung tâm Thông tin", "Vụ Pháp chế", "Lưu: VT, VP",
    )  # fmt: skip


def test_the_same_talk_gives_the_same_ids(draft: NoticeContent) -> None:
    context = meeting()
    again = compose_notice(extract_transcript(transcript(*TALK), context), context, HOUSE)
    assert again.sha256() == draft.sha256()


def test_two_equal_orders_have_two_ids() -> None:
    line = "Khổng Văn Lực: Tôi kết luận như sau. Một là, giao Vụ Pháp chế rà soát. Hai là, giao Vụ Pháp chế rà soát."
    context = meeting()
    content = compose_notice(extract_transcript(transcript(line), context), context, HOUSE)
    assert len({item.id for item in content.items()}) == 2


def test_no_speech_gives_an_empty_draft_that_says_so() -> None:
    context = meeting()
    content = compose_notice(extract_transcript(transcript(), context), context, HOUSE)
    assert content.sections == ()
    assert content.closing == ""
    assert "không có tiếng nói" in content.to_check[0]


def test_a_superior_is_named_over_the_own_words() -> None:
    above = {"name": "Bế Thị Hường", "title": "Bộ trưởng"}
    context = meeting(present=[above, {"name": "Khổng Văn Lực", "title": "Thứ trưởng", "role": "chủ trì"}])
    lines = ("Bế Thị Hường: Giao Văn phòng Bộ báo cáo tôi trước ngày 10 tháng 4.", *TALK)
    content = compose_notice(extract_transcript(transcript(*lines), context), context, HOUSE)
    first = next(content.items())
    assert first.heading == "Ý kiến chỉ đạo của Bộ trưởng Bế Thị Hường"
    assert first.children[0].text == "Văn phòng Bộ báo cáo Bộ trưởng trước ngày 10/4/2026."


def test_a_steering_committee_issues_in_its_own_name() -> None:
    context = meeting(meeting={"title": "Họp", "date": "2026-04-08", "body_name": "Ban Chỉ đạo chuyển đổi số"})
    content = compose_notice(extract_transcript(transcript(*TALK), context), context, HOUSE)
    assert (content.issuing_parent, content.issuing_body) == ("Bộ Mẫu", "Ban Chỉ đạo chuyển đổi số")
    assert content.symbol_suffix == "TB-BCĐ"


def test_units_of_the_directory_are_bound_by_id() -> None:
    from dataclasses import replace

    from orchestrator.meetings.context import UnitFacts

    identity = uuid4()
    context = replace(meeting(), units=(UnitFacts(identity, "Vụ Pháp chế"), UnitFacts(uuid4(), "Văn phòng Bộ")))
    content = compose_notice(extract_transcript(transcript(*TALK), context), context, HOUSE)
    bound = {item.lead: item.lead_unit_ids for item in content.directives()}
    assert bound[("Vụ Pháp chế",)] == (identity,)
    assert bound[("Các đơn vị",)] == ()


@pytest.mark.parametrize(
    ("deadline", "phrase"),
    [
        (Deadline("trước ngày 15 tháng 4", "2026-04-15", "before_date"), "trước ngày 15/4/2026"),
        (Deadline("chậm nhất ngày 5 tháng 2", "2026-02-05", "before_date"), "chậm nhất ngày 05/02/2026"),
        (Deadline("đến ngày 14 tháng 5", "2026-05-14", "before_date"), "đến hết ngày 14/5/2026"),
        (Deadline("trong tháng 4", "2026-04-30", "in_month"), "trong tháng 4/2026"),
        (Deadline("trong quý 2", "2026-06-30", "in_quarter"), "trong quý II/2026"),
        (Deadline("trước 15 giờ ngày 15/6", "2026-06-15T15:00:00+07:00", "before_time"), "trước 15h00 ngày 15/6/2026"),
        (Deadline("thứ sáu hằng tuần", None, "recurring", "FREQ=WEEKLY;BYDAY=FR"), "vào thứ Sáu hằng tuần"),
        (Deadline("trong tuần này", "2026-04-12", "in_week"), "trong tuần này (chậm nhất ngày 12/4/2026)"),
        (
            Deadline("từ ngày 10 đến ngày 14/5", "2026-05-10/2026-05-14", "window"),
            "từ ngày 10/5/2026 đến hết ngày 14/5/2026",
        ),
        (Deadline("trước ngày 31/4", None, "before_date"), "trước ngày 31/4"),
    ],
)
def test_deadlines_are_printed_with_their_year(deadline: Deadline, phrase: str) -> None:
    assert deadline_phrase(deadline) == phrase


def test_days_have_noughts_where_the_decree_wants_them() -> None:
    from datetime import date

    assert long_day(date(2026, 2, 5)) == "ngày 05 tháng 02 năm 2026"
    assert long_day(date(2026, 3, 15)) == "ngày 15 tháng 3 năm 2026"


@pytest.mark.parametrize(
    ("title", "event"),
    [
        ("Họp giao ban tuần 15", "cuộc họp giao ban tuần 15"),
        ("Hội nghị trực tuyến", "hội nghị trực tuyến"),
        ("Phiên họp lần thứ 3", "phiên họp lần thứ 3"),
        ("Tiến độ số hóa", "cuộc họp Tiến độ số hóa"),
    ],
)
def test_the_event_as_a_phrase(title: str, event: str) -> None:
    assert event_of(title) == event


def test_a_full_stop_the_machine_heard_is_printed_once() -> None:
    heard = "Rà soát thủ tục trước ngày 15 tháng."
    item = ExtractedItem("directive", ("Vụ Pháp chế",), (), heard, None, (), (Span(1, 2),), heard)
    assert item_sentence(item) == "Vụ Pháp chế rà soát thủ tục trước ngày 15 tháng."
