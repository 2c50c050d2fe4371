"""Edits of a transcript as pure functions."""

import math

import pytest

from core.errors import Invalid
from transcription.document import Flag, Segment, TranscriptDocument, Word
from transcription.errors import SegmentUnknown
from transcription.transcripts.edits import MOST_LETTERS, SegmentDraft, corrected, rewritten

WORDS = (Word(1.0, 1.5, "tôi"), Word(1.5, 2.0, "kết"), Word(2.0, 2.6, "luật"))
DOCUMENT = TranscriptDocument(
    "viet-asr",
    10.0,
    (
        Segment("s0001", 1.0, 3.0, "Người nói 1", "tôi kết luật", (Flag.DOUBTFUL, Flag.OVERLAP), WORDS),
        Segment("s0002", 4.0, 6.0, "Người nói 2", "vâng ạ", (), (Word(4.0, 5.0, "vâng"), Word(5.0, 6.0, "ạ"))),
    ),
)


def drafts(*changes: SegmentDraft) -> list[SegmentDraft]:
    by_id = {change.id: change for change in changes}
    kept = [
        by_id.pop(line.id, SegmentDraft(line.id, line.start, line.end, line.speaker, line.text))
        for line in DOCUMENT.segments
    ]
    return [*kept, *by_id.values()]


def test_a_correction_keeps_id_and_times() -> None:
    line = corrected(DOCUMENT, "s0001", text="Tôi kết luận")
    assert (line.id, line.start, line.end) == ("s0001", 1.0, 3.0)
    assert [word.start for word in line.words][:2] == [1.0, 1.5]


def test_a_corrected_line_is_no_longer_doubtful_but_still_overlaps() -> None:
    assert corrected(DOCUMENT, "s0001", text="Tôi kết luận").flags == (Flag.OVERLAP, Flag.CORRECTED)


def test_naming_the_speaker_leaves_the_doubt_about_the_words() -> None:
    line = corrected(DOCUMENT, "s0001", speaker="Phan Quốc Bảo")
    assert line.speaker == "Phan Quốc Bảo"
    assert Flag.DOUBTFUL in line.flags


def test_a_line_that_is_not_there_is_refused() -> None:
    with pytest.raises(SegmentUnknown, match="s9999"):
        corrected(DOCUMENT, "s9999", text="x")


def test_saving_what_stands_there_changes_nothing() -> None:
    assert rewritten(DOCUMENT, drafts()) == DOCUMENT


def test_a_line_split_in_two_shares_the_words_by_their_time() -> None:
    first, second = SegmentDraft("s0001", 1.0, 2.0, "A", "Tôi kết"), SegmentDraft(None, 2.0, 3.0, "B", "luận.")
    lines = rewritten(DOCUMENT, drafts(first, second)).segments
    assert [(line.speaker, line.text) for line in lines[:2]] == [("A", "Tôi kết"), ("B", "luận.")]
    assert lines[0].words[1].end <= 2.0 <= lines[1].words[0].start
    assert len({line.id for line in lines}) == 3


def test_two_lines_with_one_id_become_two_lines() -> None:
    twice = [SegmentDraft("s0001", 1.0, 2.0, "A", "a"), SegmentDraft("s0001", 2.0, 3.0, "A", "b")]
    assert len({line.id for line in rewritten(DOCUMENT, twice).segments}) == 2


def test_lines_come_out_in_the_order_of_time() -> None:
    lines = rewritten(DOCUMENT, list(reversed(drafts()))).segments
    assert [line.id for line in lines] == ["s0001", "s0002"]


@pytest.mark.parametrize(("start", "end"), [(3.0, 1.0), (-1.0, 2.0), (math.nan, 2.0), (1.0, math.nan), (1.0, 99.0)])
def test_an_impossible_time_is_refused(start: float, end: float) -> None:
    with pytest.raises(Invalid, match="thời điểm"):
        rewritten(DOCUMENT, [SegmentDraft(None, start, end, "A", "x")])


@pytest.mark.parametrize(
    ("speaker", "text"),
    [("", "x"), ("   ", "x"), ("A" * 500, "x"), ("A", "x\x07"), ("A\u202eB", "x"), ("A", "dài " * MOST_LETTERS)],
)
def test_a_hostile_line_is_refused(speaker: str, text: str) -> None:
    with pytest.raises(Invalid):
        rewritten(DOCUMENT, [SegmentDraft(None, 1.0, 2.0, speaker, text)])
