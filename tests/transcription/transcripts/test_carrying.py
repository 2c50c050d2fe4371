"""Another run with another number of speakers: no word and no name that a person gave is lost."""

from dataclasses import replace

import pytest

from transcription.document import Flag, Segment, TranscriptDocument, Word
from transcription.transcripts.carrying import carried, has_corrections
from transcription.transcripts.changes import (
    Change,
    ConfirmLine,
    MergeLines,
    RenameSpeaker,
    SetLine,
    SplitLine,
    changed,
)


def line(name: str, start: float, text: str, speaker: str, *flags: str) -> Segment:
    words = tuple(Word(start + n, start + n + 0.8, word, 0.9) for n, word in enumerate(text.split()))
    return Segment(name, start, start + len(words), speaker, text, flags, words)


def document(*lines: Segment) -> TranscriptDocument:
    return TranscriptDocument("x", 60.0, lines)


#: One voice too few: what "Người nói 1" says from second 4 on is another person's.
MACHINE = document(
    line("s0001", 0, "xin mời chị Lan thưa anh em báo cao", "Người nói 1"),
    line("s0002", 10, "đường truyền tốt", "Người nói 2"),
    line("s0003", 20, "đề nghị làm ngay", "Người nói 1"),
)
FRESH = document(
    line("s0001", 0, "xin mời chị Lan", "Người nói 1"),
    line("s0002", 4, "thưa anh em báo cao", "Người nói 2"),
    line("s0003", 10, "đường truyền tốt", "Người nói 2"),
    line("s0004", 20, "đề nghị làm ngay", "Người nói 1"),
)


def after(*wanted: Change) -> TranscriptDocument:
    corrected = MACHINE
    for change in wanted:
        corrected = changed(corrected, change)
    return carried(MACHINE, corrected, FRESH)


def told(document: TranscriptDocument) -> list[tuple[str, str]]:
    return [(segment.speaker, segment.text) for segment in document.segments]


def test_nothing_corrected_is_the_fresh_run() -> None:
    assert carried(MACHINE, MACHINE, FRESH) == FRESH
    assert not has_corrections(MACHINE, MACHINE)


def test_corrected_words_are_shared_out_among_the_new_voices() -> None:
    found = after(SetLine("s0001", text="xin mời chị Lan thưa anh em báo cáo"))
    assert told(found)[:2] == [("Người nói 1", "xin mời chị Lan"), ("Người nói 2", "thưa anh em báo cáo")]
    assert all(Flag.CORRECTED in segment.flags for segment in found.segments[:2])
    assert found.segments[0].end <= found.segments[1].start
    assert len({segment.id for segment in found.segments}) == 4


def test_a_name_goes_with_its_voice() -> None:
    found = after(RenameSpeaker("Người nói 2", "Lê Ngọc Ánh"))
    # Three of her eight seconds were named: too few to say that all of it is hers.
    assert told(found) == told(FRESH)
    found = after(RenameSpeaker("Người nói 1", "Phan Quốc Bảo"))
    assert [speaker for speaker, _text in told(found)] == [
        "Phan Quốc Bảo",
        "Phan Quốc Bảo",
        "Phan Quốc Bảo",
        "Phan Quốc Bảo",
    ]


def test_where_a_person_said_who_speaks_no_machine_says_otherwise() -> None:
    found = after(SetLine("s0001", text="xin mời chị Lan thưa anh em báo cáo", speaker="Phan Quốc Bảo"))
    assert told(found)[0] == ("Phan Quốc Bảo", "xin mời chị Lan thưa anh em báo cáo")


@pytest.mark.parametrize(
    "wanted",
    [SplitLine("s0001", 15), MergeLines("s0002", "s0003"), ConfirmLine("s0002"), SetLine("s0003", text="")],
    ids=lambda change: type(change).__name__,
)
def test_no_word_is_lost_or_said_twice(wanted: Change) -> None:
    corrected = changed(MACHINE, wanted)
    said = " ".join(segment.text for segment in corrected.segments if segment.text)
    assert " ".join(text for _speaker, text in told(carried(MACHINE, corrected, FRESH)) if text) == said
    assert has_corrections(MACHINE, corrected)


def test_what_a_fresh_line_says_beside_a_corrected_one_stays() -> None:
    longer = FRESH.with_segments(
        [*FRESH.segments[:2], line("s0003", 9, "vâng đường truyền tốt ạ", "Người nói 2"), FRESH.segments[3]]
    )
    corrected = changed(MACHINE, SetLine("s0002", text="đường truyền rất tốt"))
    found = carried(MACHINE, corrected, longer)
    assert [text for _speaker, text in told(found)][2:5] == ["vâng", "đường truyền rất tốt", "ạ"]
    assert len({segment.id for segment in found.segments}) == len(found.segments)


def test_lines_set_aside_are_nobodys_voice() -> None:
    phantom = replace(line("s0009", 4, "hãy đăng ký kênh", "Người nói 9"), flags=(Flag.PHANTOM,))
    found = carried(MACHINE, changed(MACHINE, ConfirmLine("s0002")), FRESH.with_segments([*FRESH.segments, phantom]))
    assert "Người nói 9" not in [segment.speaker for segment in found.segments if not segment.is_set_aside]
