"""Transcripts: who may conclude, what is no task, where the sound is."""

import pytest

from minutes.drafting.extract import extract_transcript
from minutes.drafting.spoken import NO_CHAIR, NO_CONCLUSION, NO_SPEECH
from tests.minutes.drafting.builders import meeting, transcript

CHAIR = "Khổng Văn Lực"
CONCLUDES = f"{CHAIR}: Tôi kết luận như sau. Một là, giao Vụ Pháp chế rà soát thủ tục trước ngày 20 tháng 4."


def actions(*lines: str) -> list[str]:
    return [item.action for item in extract_transcript(transcript(*lines), meeting()).items]


def test_only_the_chair_concludes() -> None:
    assert actions(
        "Tô Quang Minh: Đề nghị cho mua bổ sung thiết bị âm thanh trong quý 2.",
        "Phùng Thị Yến: Chúng tôi đề nghị giao Trung tâm Thông tin lắp đặt camera.",
        CONCLUDES,
        "Phùng Thị Yến: Văn phòng Bộ sẽ dự thảo thông báo ngay trong chiều nay.",
    ) == ["Rà soát thủ tục"]


@pytest.mark.parametrize(
    "line",
    [
        "Đề nghị đồng chí Chánh Văn phòng điểm danh và báo cáo tóm tắt.",
        "Mời Trung tâm Thông tin.",
        "Các đồng chí còn ý kiến gì không?",
        "Việc đó để sau, chưa giao trong cuộc họp này.",
        "Văn phòng Bộ ghi vào thông báo kết luận.",
        "Cảm ơn các đồng chí. Cuộc họp kết thúc.",
    ],
)
def test_running_the_meeting_is_no_task(line: str) -> None:
    assert actions(CONCLUDES, f"{CHAIR}: {line}") == ["Rà soát thủ tục"]


def test_an_order_given_before_the_conclusion_counts() -> None:
    assert actions(
        f"{CHAIR}: Giao Văn phòng Bộ kiểm tra ngay đường truyền.",
        "Tô Quang Minh: Xin tiếp thu.",
        CONCLUDES,
    ) == ["Kiểm tra ngay đường truyền", "Rà soát thủ tục"]


def test_words_of_the_chair_before_the_conclusion_are_no_tasks() -> None:
    assert actions(f"{CHAIR}: Các đơn vị báo cáo rất tốt.", CONCLUDES) == ["Rà soát thủ tục"]


def test_evidence_is_the_segment_where_words_have_no_times() -> None:
    (item,) = extract_transcript(transcript(f"{CHAIR}: Chào các đồng chí.", CONCLUDES), meeting()).items
    assert [(span.start, span.end) for span in item.evidence] == [(10.0, 20.0)]


def test_evidence_is_as_narrow_as_the_words_times() -> None:
    (item,) = extract_transcript(transcript(CONCLUDES, words=True), meeting()).items
    span = item.evidence[0]
    assert 2.0 < span.start < 4.5
    assert 9.0 < span.end <= 10.0


def test_a_superior_directs_under_the_own_name() -> None:
    above = {"name": "Bế Thị Hường", "title": "Bộ trưởng"}
    context = meeting(present=[above, {"name": CHAIR, "title": "Thứ trưởng", "role": "chủ trì"}])
    lines = ("Bế Thị Hường: Giao Văn phòng Bộ báo cáo tôi trước ngày 10 tháng 4.", CONCLUDES)
    first, second = extract_transcript(transcript(*lines), context).items
    assert (first.action, first.said_by) == ("Báo cáo Bộ trưởng", "Bộ trưởng Bế Thị Hường")
    assert second.said_by == f"Thứ trưởng {CHAIR}"


def test_a_participant_below_the_chair_directs_nobody() -> None:
    assert actions("Tô Quang Minh: Giao Văn phòng Bộ lắp camera.", CONCLUDES) == ["Rà soát thủ tục"]


def test_an_empty_transcript_says_why() -> None:
    extraction = extract_transcript(transcript(), meeting())
    assert extraction.items == ()
    assert extraction.reason == NO_SPEECH


def test_phantom_sentences_are_not_read() -> None:
    extraction = extract_transcript(transcript(CONCLUDES, flags=("phantom",)), meeting())
    assert extraction.reason == NO_SPEECH


def test_a_meeting_without_conclusion_says_so() -> None:
    assert extract_transcript(transcript(f"{CHAIR}: Chào các đồng chí."), meeting()).reason == NO_CONCLUSION


def test_no_chair_no_conclusion() -> None:
    context = meeting(chair=None, present=[])
    assert extract_transcript(transcript("Người nói 1: Trời hôm nay đẹp."), context).reason == NO_CHAIR


def test_two_who_conclude_are_a_question() -> None:
    context = meeting(chair=None, present=[])
    lines = (
        "Người nói 1: Tôi kết luận như sau. Một là, giao Vụ Pháp chế rà soát.",
        "Người nói 2: Tôi kết luận như sau. Một là, giao Văn phòng Bộ đôn đốc.",
    )
    extraction = extract_transcript(transcript(*lines), context)
    assert len(extraction.items) == 2
    assert any("2 người" in question for question in extraction.questions)


def test_a_unit_that_does_not_exist_is_a_question() -> None:
    line = f"{CHAIR}: Tôi kết luận như sau. Một là, giao Vụ Hàng hải vũ trụ lập đề án."
    (item,) = extract_transcript(transcript(line), meeting()).items
    assert item.lead == ("Vụ Hàng hải vũ trụ",)
    assert item.lead_unit_ids == ()
    assert any("không có trong danh mục" in question for question in item.questions)


def test_doubtful_text_is_read_with_questions() -> None:
    line = (
        f"{CHAIR}: tôi kết luận như, sau một, là rau trung tâm thông tin kiểm tra đường truyền "
        "trước ngày, mười, lăm tháng tư"
    )
    (item,) = extract_transcript(transcript(line, flags=("doubtful",)), meeting()).items
    assert item.lead == ("Trung tâm Thông tin",)
    assert item.deadline is not None
    assert item.deadline.iso == "2026-04-15"
    assert any("cần nghe lại" in question for question in item.questions)


def test_the_next_point_from_an_unnamed_voice_is_kept_with_a_question() -> None:
    lines = (CONCLUDES, "Người nói 4: Hai là, giao Văn phòng Bộ đôn đốc các đơn vị.")
    extraction = extract_transcript(transcript(*lines), meeting())
    assert [item.lead for item in extraction.items] == [("Vụ Pháp chế",), ("Văn phòng Bộ",)]
    assert any("Người nói 4" in question for question in extraction.questions)


def test_a_deadline_said_as_its_own_sentence_belongs_to_the_point() -> None:
    line = f"{CHAIR}: Tôi kết luận như sau. Một là, giao Vụ Pháp chế rà soát thủ tục. Hoàn thành trong tháng 5."
    (item,) = extract_transcript(transcript(line), meeting()).items
    assert item.deadline is not None
    assert item.deadline.iso == "2026-05-31"
    assert len(item.evidence) == 2


def test_an_hour_of_meeting_is_read_in_less_than_two_seconds() -> None:
    from time import process_time

    lines = [
        f"Tô Quang Minh: Điểm cầu số {n} báo cáo đường truyền ổn định, âm thanh rõ, hình ảnh tốt." for n in range(600)
    ]
    lines += [
        f"{CHAIR}: Giao Vụ Pháp chế rà soát thủ tục số {n}, báo cáo tôi trước ngày 20 tháng 4." for n in range(60)
    ]
    document = transcript(*lines)
    began = process_time()
    extract_transcript(document, meeting())
    assert process_time() - began < 2


def _orders_of(title: str, chair: str) -> int:
    above = {"name": "Bế Thị Hường", "title": title}
    context = meeting(present=[above, {"name": CHAIR, "title": chair, "role": "chủ trì"}])
    lines = ("Bế Thị Hường: Giao Văn phòng Bộ lắp camera.", CONCLUDES)
    return len(extract_transcript(transcript(*lines), context).items)


def test_the_secretary_of_a_province_stands_above_its_chairman_and_no_head_of_a_commune_does() -> None:
    assert _orders_of("Bí thư Tỉnh ủy", "Chủ tịch UBND tỉnh") == 2
    assert _orders_of("Chủ tịch UBND xã Bản Lầu", "Phó Chủ tịch UBND tỉnh") == 1


def test_a_bare_office_is_that_of_the_chairs_house_unless_the_directory_knows_another() -> None:
    told = transcript("Vũ Thị Lan Anh: Tôi kết luận như sau. Một là, giao văn phòng tham mưu văn bản, trình tôi ký.")
    director = [{"name": "Vũ Thị Lan Anh", "title": "Giám đốc Sở", "role": "chủ trì"}]
    alone = meeting(chair="Vũ Thị Lan Anh", present=director, units_present=["Phòng Công nghệ thông tin"])
    assert [item.lead for item in extract_transcript(told, alone).items] == [("Văn phòng Sở",)]
    named = meeting(chair="Vũ Thị Lan Anh", present=director, units_present=["Văn phòng Tổng hợp", "Phòng Kế toán"])
    assert [item.lead for item in extract_transcript(told, named).items] == [("Văn phòng Tổng hợp",)]
