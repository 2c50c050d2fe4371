"""What a correction teaches: names, and nothing else."""

import pytest

from transcription.document import Segment, TranscriptDocument
from transcription.vocabulary.learned.lessons import lessons


def document(*lines: str) -> TranscriptDocument:
    segments = (Segment(f"s{number}", number, number + 1, "Người nói 1", line) for number, line in enumerate(lines))
    return TranscriptDocument("viet-asr", 60.0, tuple(segments))


@pytest.mark.parametrize(
    ("heard", "typed", "taught", "instead_of"),
    [
        ("xin mời đồng chí phan quốc bão.", "Xin mời đồng chí Phan Quốc Bảo.", "Phan Quốc Bảo", "bão."),
        ("giao cực văn thư và lưu trữ", "Giao Cục Văn thư và Lưu trữ", "Cục Văn thư và Lưu", "cực"),
        ("Trung tấm Thông tin báo cáo", "Trung tâm Thông tin báo cáo", "Trung tâm Thông", "tấm"),
    ],
)
def test_a_name_set_right_is_a_lesson(heard: str, typed: str, taught: str, instead_of: str) -> None:
    found = lessons(document(heard), document(typed))
    assert [(lesson.written, lesson.heard) for lesson in found] == [(taught, instead_of)]


@pytest.mark.parametrize(
    ("heard", "typed"),
    [
        ("chỉnh sửa đồng chí", "kính thưa đồng chí"),  # ordinary words
        ("phan quốc bảo", "Phan Quốc Bảo"),  # capitals alone: it was heard well
        ("Văn phòng Bộ đã trình", "Văn phòng Bộ sẽ trình"),  # the name itself was right
        ("Thưa anh", "Kính thưa"),  # the first word of a sentence
        ("xin hết", "xin hết"),
    ],
)
def test_other_corrections_teach_nothing(heard: str, typed: str) -> None:
    assert lessons(document(heard), document(typed)) == ()


def test_a_name_is_taught_once() -> None:
    found = lessons(document("phan quốc bão", "anh phan quốc bão"), document("Phan Quốc Bảo", "anh Phan Quốc Bảo"))
    assert [lesson.written for lesson in found] == ["Phan Quốc Bảo"]
