"""SRT, TXT and DOCX of a transcript: what is set aside stays out, names and times stand where readers look."""

from io import BytesIO

from docx import Document

from transcription.document import Flag, Segment, TranscriptDocument
from transcription.exports.reading_copy import Heading, to_docx, to_txt
from transcription.exports.srt import to_srt
from transcription.exports.turns import speeches

HEADING = Heading("Bản gỡ băng: Họp giao ban", ["14:00 ngày 08/04/2026", "Máy gỡ, chưa có người xác nhận"])
DOCUMENT = TranscriptDocument(
    "viet-asr",
    4000.0,
    (
        Segment("s1", 0.0, 4.0, "Phan Quốc Bảo", "Tôi đề nghị  các đơn vị"),
        Segment("s2", 4.0, 9.25, "Phan Quốc Bảo", "báo cáo <ngay>"),
        Segment("s3", 9.5, 11.0, "", "Hãy đăng ký kênh", (Flag.PHANTOM,)),
        Segment("s4", 3725.5, 3725.5, "", "Vâng"),
        Segment("s5", 3800.0, 3801.0, "Lê Ngọc Ánh", ""),
    ),
)


def test_subtitles_are_numbered_without_what_nobody_said() -> None:
    assert to_srt(DOCUMENT) == (
        "1\r\n00:00:00,000 --> 00:00:04,000\r\nPhan Quốc Bảo: Tôi đề nghị các đơn vị\r\n\r\n"
        "2\r\n00:00:04,000 --> 00:00:09,250\r\nPhan Quốc Bảo: báo cáo ‹ngay›\r\n\r\n"
        "3\r\n01:02:05,500 --> 01:02:05,550\r\nVâng\r\n"
    )


def test_lines_of_one_speaker_are_one_paragraph() -> None:
    told = to_txt(DOCUMENT, HEADING).splitlines()
    assert told[:4] == ["Bản gỡ băng: Họp giao ban", "14:00 ngày 08/04/2026", "Máy gỡ, chưa có người xác nhận", ""]
    assert told[4:] == ["[00:00] Phan Quốc Bảo: Tôi đề nghị các đơn vị báo cáo <ngay>", "[1:02:05] Vâng"]


def test_a_long_speech_keeps_times() -> None:
    lines = tuple(Segment(f"s{n}", n * 50.0, n * 50.0 + 40, "A", f"câu {n}") for n in range(6))
    found = list(speeches(TranscriptDocument("x", 300.0, lines)))
    assert [speech.start for speech in found] == [0.0, 100.0, 200.0]


def test_word_opens_it_and_the_same_text_gives_the_same_words() -> None:
    data = to_docx(DOCUMENT, HEADING)
    paper = Document(BytesIO(data))
    assert [paragraph.text for paragraph in paper.paragraphs][-2:] == [
        "[00:00] Phan Quốc Bảo: Tôi đề nghị các đơn vị báo cáo <ngay>",
        "[1:02:05] Vâng",
    ]
    assert paper.paragraphs[0].text == HEADING.title
    assert paper.styles["Normal"].font.name == "Times New Roman"
    assert paper.core_properties.author == ""


def test_no_speech_is_said() -> None:
    empty = TranscriptDocument("x", 3.0)
    assert to_srt(empty) == ""
    assert "Không phát hiện tiếng nói" in to_txt(empty, HEADING)
    odd = empty.with_segments([Segment("s1", 0, 1, "A", "một\x00hai\x0b")])
    assert Document(BytesIO(to_docx(odd, HEADING))).paragraphs[-1].text.endswith("mộthai")
    assert Document(BytesIO(to_docx(empty, HEADING))).paragraphs[-1].text.startswith("Không phát hiện")
