"""A talk that the recogniser was not sure of: candidates with questions rather than nothing, and no day made up."""

from dataclasses import replace

from minutes.drafting.extract import extract_transcript
from minutes.drafting.extraction import Extraction
from minutes.drafting.phrases import deadline_phrase
from orchestrator.meetings.context import MeetingContext
from transcription.document import Segment, TranscriptDocument, Word

CONTEXT = MeetingContext.from_json(
    {
        "meeting": {"title": "Họp giao ban", "date": "2026-04-08"},
        "chair": "Đàm Thị Lựu",
        "present": [{"name": "Đàm Thị Lựu", "title": "Thứ trưởng", "role": "chủ trì"}],
        "units_present": ["Văn phòng Bộ", "Vụ Pháp chế", "Trung tâm Tin học", "Cục Văn thư", "Học viện Hành chính"],
    }
)
OPENED = "tôi kết luận như sau."


def _heard(*said: str) -> Extraction:
    segments = tuple(
        Segment(f"s{number}", number * 10.0, number * 10.0 + 10.0, "Đàm Thị Lựu", text, ("doubtful",))
        for number, text in enumerate(said)
    )
    return extract_transcript(TranscriptDocument("machine", len(said) * 10.0, segments), CONTEXT)


def test_an_order_whose_verb_was_misheard_is_a_candidate_with_a_question() -> None:
    heard = _heard(
        OPENED, "ba là, sau Cục Văn thư hướng dẫn các đơn vị", "vốn la, hiếu cầu Học viện Hành chính lập kế hoạch"
    )
    assert [item.lead for item in heard.items] == [("Cục Văn thư",), ("Học viện Hành chính",)]
    assert all(any("cần nghe lại" in question for question in item.questions) for item in heard.items)
    assert [span.start for item in heard.items for span in item.evidence] == [10.0, 20.0]


def test_a_month_that_was_not_heard_stays_open_in_print_too() -> None:
    (item,) = _heard(OPENED, "Một là, giao Vụ Pháp chế trình thông tư chậm nhất ngày mười hai tháng trời").items
    assert item.deadline is not None
    assert item.deadline.iso is None
    assert item.questions == (
        "Thời hạn “chậm nhất ngày 12 tháng …” chưa rõ tháng nào; cần nghe lại (ngày 12 gần nhất sau cuộc họp là "
        "12/04/2026).",
    )
    assert deadline_phrase(item.deadline) == "chậm nhất ngày 12 tháng …"


def test_a_day_read_by_its_sound_is_asked_about_where_it_stands() -> None:
    first, second = _heard(
        OPENED,
        "Một là, giao Vụ Pháp chế trình thông tư trước ngày mười làm tháng tư.",
        "Hai là, giao Văn phòng Bộ gửi báo cáo trước ngày hai mươi tháng tư.",
    ).items
    assert first.deadline is not None
    assert first.deadline.iso == "2026-04-15"
    assert first.questions == ("Nghe “làm”, hiểu là “lăm”; cần nghe lại.",)
    assert second.questions == ()


def test_a_year_that_was_not_heard_is_not_replaced_by_another() -> None:
    (item,) = _heard(
        OPENED, "Một là, giao Vụ Pháp chế trình hồ sơ trước ngày mồng một tháng tư năm hay nghìn hai mươi sáu."
    ).items
    assert item.deadline is not None
    assert item.deadline.iso is None
    assert any("năm của thời hạn" in question for question in item.questions)


def test_counted_points_with_a_day_are_conclusions_though_nobody_heard_them_opened() -> None:
    heard = _heard(
        "Như vậy thôi xong",
        "một Vụ Pháp chế trình thông tư trước ngày hai mươi tháng tư.",
        "Hai, Trung tâm Tin học khẩn trương sửa máy quét.",
    )
    assert [item.lead for item in heard.items] == [("Vụ Pháp chế",), ("Trung tâm Tin học",)]
    assert any("Không nghe rõ lời mở đầu kết luận" in question for question in heard.questions)


def test_an_agenda_that_is_read_out_is_none() -> None:
    heard = _heard(
        "Hôm nay có hai nội dung.", "một Vụ Pháp chế trình bày thông tư.", "Hai, Trung tâm Tin học trình bày đề án."
    )
    assert heard.items == ()


def test_what_is_taken_back_is_found_behind_a_stray_word() -> None:
    (item,) = _heard(
        OPENED, "Một là, giao Vụ Pháp chế trình trước ngày hai mươi à không xu trước ngày mười tám tháng tư."
    ).items
    assert item.deadline is not None
    assert item.deadline.iso == "2026-04-18"


def _unsure(text: str, *doubted: str, flags: tuple[str, ...] = ()) -> Segment:
    words = tuple(
        Word(float(at), at + 0.9, word, 0.1 if word in doubted else 0.99) for at, word in enumerate(text.split())
    )
    return Segment("s0", 0.0, float(len(words)), "Đàm Thị Lựu", text, flags, words)


def test_one_word_the_recogniser_was_unsure_of_makes_what_was_heard_doubtful_until_somebody_confirms_it() -> None:
    said = "Tôi kết luận như sau. Một là, sau Cục Văn thư hướng dẫn các đơn vị nộp hồ sơ trước ngày 20 tháng 4."

    def leads(segment: Segment) -> list[tuple[str, ...]]:
        document = TranscriptDocument("machine", segment.end, (segment,))
        return [item.lead for item in extract_transcript(document, CONTEXT).items]

    assert leads(_unsure(said, "sau")) == [("Cục Văn thư",)]
    assert leads(_unsure(said)) == []
    assert leads(_unsure(said, "sau", flags=("corrected",))) == []


def test_a_day_of_which_a_word_was_hardly_heard_is_asked_about_until_somebody_confirms_it() -> None:
    said = "Một là, giao Vụ Pháp chế trình thông tư trước ngày 15 tháng 4 và báo cáo lãnh đạo Bộ."
    words = tuple(
        Word(float(at), at + 1.0, part, 0.01 if part == "4" else 0.9) for at, part in enumerate(said.split(), start=10)
    )
    opened = Segment("s0", 0.0, 10.0, "Đàm Thị Lựu", OPENED, ())
    heard = Segment("s1", 10.0, 40.0, "Đàm Thị Lựu", said, (), words)
    (item,) = extract_transcript(TranscriptDocument("machine", 40.0, (opened, heard)), CONTEXT).items
    assert item.deadline is not None
    assert item.deadline.iso == "2026-04-15"
    assert item.questions == ("Nghe rất nhỏ: “ngày 15 tháng 4”; cần nghe lại.",)
    confirmed = replace(heard, flags=("corrected",))
    (item,) = extract_transcript(TranscriptDocument("machine", 40.0, (opened, confirmed)), CONTEXT).items
    assert item.questions == ()
