"""Voices become people by what is said; weak or divided evidence leaves a number."""

import pytest

from transcription.document import Segment, TranscriptDocument
from transcription.speakers import phrases
from transcription.speakers.context import KnownPerson, SpeakerContext
from transcription.speakers.naming import name_speakers

CHAIR = KnownPerson("Phan Quốc Bảo", "Thứ trưởng", "Bộ", "Trụ sở Bộ", is_chair=True)
TIEN = KnownPerson("Hồ Văn Tiến", "Giám đốc Trung tâm Thông tin", "Trung tâm Thông tin", "Trung tâm Thông tin")
HANH = KnownPerson("Lương Thị Hạnh", "Cục trưởng Cục Văn thư", "Cục Văn thư", "Cục Văn thư")
CONTEXT = SpeakerContext((CHAIR, TIEN, HANH), (("TTTT", "Trung tâm Thông tin"),))


def document(*lines: tuple[str, str]) -> TranscriptDocument:
    segments = (Segment(f"s{i:04d}", 5.0 * i, 5.0 * i + 4.0, voice, text) for i, (voice, text) in enumerate(lines, 1))
    return TranscriptDocument("x", 100.0, tuple(segments))


def test_names_come_with_evidence_and_certainty() -> None:
    named, voices = name_speakers(
        document(
            ("A", "Mời Trung tâm Thông tin báo cáo."),
            ("B", "Trung tâm Thông tin xin báo cáo, đường truyền còn yếu."),
            ("A", "Sau khi nghe các ý kiến, tôi kết luận như sau."),
        ),
        CONTEXT,
    )
    assert [segment.speaker for segment in named.segments] == ["Phan Quốc Bảo", "Hồ Văn Tiến", "Phan Quốc Bảo"]
    by_voice = {voice.voice: voice for voice in voices}
    assert {item.kind for item in by_voice["B"].evidence} == {"invited", "announces"}
    assert by_voice["B"].certainty > 0.75
    assert by_voice["A"].evidence[0].segment_id


def test_tones_heard_wrongly_do_not_matter() -> None:
    _named, voices = name_speakers(document(("B", "Trúng tấm thống tin xin báo cào.")), CONTEXT)
    assert voices[0].name == "Hồ Văn Tiến"


def test_without_evidence_voices_are_numbered_in_order_of_appearance() -> None:
    named, voices = name_speakers(document(("Z", "Xin chào."), ("A", "Vâng."), ("Z", "Được.")), CONTEXT)
    assert [segment.speaker for segment in named.segments] == ["Người nói 1", "Người nói 2", "Người nói 1"]
    assert not any(voice.is_named for voice in voices)


def test_divided_evidence_names_nobody() -> None:
    lines = (("A", "Trung tâm Thông tin xin báo cáo."), ("A", "Cục Văn thư xin báo cáo."))
    _named, voices = name_speakers(document(*lines), CONTEXT)
    assert voices[0].name == "Người nói 1"


def test_a_report_is_parted_from_the_voice_that_concludes() -> None:
    named, _voices = name_speakers(
        document(
            ("A", "Mời Trung tâm Thông tin."),
            ("A", "Trung tâm Thông tin xin báo cáo."),
            ("A", "Đường truyền còn yếu."),
            ("A", "Cảm ơn đồng chí."),
            ("A", "Tôi kết luận như sau."),
        ),
        CONTEXT,
    )
    chair, reporter = "Phan Quốc Bảo", "Hồ Văn Tiến"
    assert [segment.speaker for segment in named.segments] == [chair, reporter, reporter, chair, chair]


def test_an_empty_meeting_names_nobody() -> None:
    _named, voices = name_speakers(document(("A", "Tôi kết luận như sau.")), SpeakerContext())
    assert voices[0].name == "Người nói 1"


def test_words_without_a_voice_are_said_to_be_so() -> None:
    named, voices = name_speakers(document(("", "Ồn ào."), ("A", "Vâng.")), CONTEXT)
    assert named.segments[0].speaker == "Không rõ người nói"
    assert len(voices) == 1


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Xin mời đồng chí Chánh Văn phòng báo cáo.", "chanh van phong"),
        ("Cảm ơn đồng chí. Mời Trung tâm Thông tin.", "trung tam thong tin"),
        ("Đề nghị đại diện Cục Văn thư phát biểu ý kiến.", "cuc van thu"),
        ("Các đơn vị gửi báo cáo trước 16 giờ.", ""),
    ],
)
def test_who_is_given_the_word(text: str, who: str) -> None:
    assert phrases.invited(text) == who


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Cục Văn thư và Lưu trữ nhà nước xin có ý kiến.", "cuc van thu va luu tru nha nuoc"),
        ("Báo cáo Thứ trưởng, Văn phòng Bộ xin báo cáo như sau.", "van phong bo"),
        ("Tôi đề nghị các đơn vị thực hiện.", ""),
    ],
)
def test_who_announces_itself(text: str, who: str) -> None:
    assert phrases.announced(text) == who
