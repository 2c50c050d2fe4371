"""Changes of lines as pure functions: splitting, joining, naming; what collides and what does not."""

import pytest

from core.errors import Invalid
from transcription.document import Flag, Segment, TranscriptDocument, Word
from transcription.errors import SegmentUnknown
from transcription.transcripts.changes import (
    Change,
    ConfirmLine,
    MergeLines,
    RenameSpeaker,
    SetLine,
    SplitLine,
    changed,
    collides,
)


def line(name: str, start: float, text: str, speaker: str = "Người nói 1", *flags: str, heard: bool = True) -> Segment:
    words = tuple(Word(start + n, start + n + 0.8, word, 0.9) for n, word in enumerate(text.split())) if heard else ()
    return Segment(name, start, start + 9, speaker, text, flags, words)


DOCUMENT = TranscriptDocument(
    "x",
    60.0,
    (
        line("a", 0, "xin mời đồng chí Lan thưa các đồng chí"),
        line("b", 10, "đề nghị báo cáo", "Người nói 2", Flag.CORRECTED),
        line("p", 20, "hãy đăng ký kênh", "", Flag.PHANTOM),
        line("c", 30, "vâng ạ", "Người nói 2", Flag.DOUBTFUL),
    ),
)


def ids(document: TranscriptDocument) -> list[str]:
    return [segment.id for segment in document.segments]


@pytest.mark.parametrize(
    ("letters", "first"),
    [(20, "xin mời đồng chí Lan"), (21, "xin mời đồng chí Lan"), (18, "xin mời đồng chí"), (3, "xin"), (4, "xin")],
    ids=["before-the-blank", "after-the-blank", "inside-a-word", "short", "short-after"],
)
def test_a_line_is_split_between_words_and_no_time_moves(letters: int, first: str) -> None:
    after = changed(DOCUMENT, SplitLine("a", letters, speaker="Lan"))
    one, two = after.segments[:2]
    assert (one.id, one.text, one.speaker) == ("a", first, "Người nói 1")
    assert (two.speaker, f"{one.text} {two.text}") == ("Lan", DOCUMENT.segments[0].text)
    assert (one.start, two.end) == (0, 9)
    assert one.end == two.start
    assert (*one.words, *two.words) == DOCUMENT.segments[0].words
    assert one.words[-1].end <= one.end <= two.words[0].start


def test_words_without_times_are_given_some() -> None:
    plain = DOCUMENT.with_segments([line("a", 0, "một hai ba bốn", heard=False)])
    one, two = changed(plain, SplitLine("a", 7)).segments
    assert (one.text, two.text) == ("một hai", "ba bốn")
    assert 0 < one.end < 9


@pytest.mark.parametrize("letters", [0, 1, 2, 38, 500], ids=str)
def test_nothing_is_split_off_at_the_edge(letters: int) -> None:
    with pytest.raises(Invalid):
        changed(DOCUMENT, SplitLine("a", letters))


def test_two_lines_become_one() -> None:
    after = changed(DOCUMENT, MergeLines("b", "c"))
    joined = after.segments[1]
    assert ids(after) == ["a", "b", "p"]
    assert (joined.start, joined.end, joined.text) == (10, 39, "đề nghị báo cáo vâng ạ")
    assert joined.flags == (Flag.DOUBTFUL,), "only half of it was confirmed"
    assert len(joined.words) == 6


@pytest.mark.parametrize("pair", [("a", "c"), ("c", "a"), ("b", "p")], ids="-".join)
def test_only_neighbours_are_joined(pair: tuple[str, str]) -> None:
    with pytest.raises(Invalid):
        changed(DOCUMENT, MergeLines(*pair))


@pytest.mark.parametrize(
    "change",
    [SplitLine("x", 3), MergeLines("x", "a"), SetLine("x", "a"), ConfirmLine("x"), MergeLines("p", "c")],
    ids=repr,
)
def test_unknown_lines_are_refused(change: Change) -> None:
    with pytest.raises(SegmentUnknown):
        changed(DOCUMENT, change)


def test_a_name_is_given_once_for_everywhere() -> None:
    after = changed(DOCUMENT, RenameSpeaker("Người nói 2", " Lê  Ngọc Ánh "))
    assert [segment.speaker for segment in after.segments] == ["Người nói 1", "Lê Ngọc Ánh", "", "Lê Ngọc Ánh"]
    assert after.segments[3].flags == (Flag.DOUBTFUL,), "a name says nothing of the words"
    with pytest.raises(Invalid):
        changed(DOCUMENT, RenameSpeaker("Người nói 2", "  "))


@pytest.mark.parametrize(
    ("theirs", "mine", "clash"),
    [
        (SetLine("a", text="của họ"), SetLine("a", text="của tôi"), "a"),
        (SetLine("a", text="như nhau"), SetLine("a", text="như nhau"), None),
        (SetLine("a", text="của họ"), SetLine("a", speaker="Lan"), None),
        (SetLine("a", text="của họ"), SetLine("b", text="của tôi"), None),
        (SetLine("a", speaker="Lan"), SetLine("a", speaker="Ánh"), "a"),
        (SetLine("a", text="của họ"), SplitLine("a", 4), "a"),
        (SetLine("a", text="của họ"), ConfirmLine("a"), "a"),
        (SetLine("c", text="của họ"), MergeLines("b", "c"), "c"),
        (MergeLines("b", "c"), SetLine("c", text="của tôi"), "c"),
        (MergeLines("b", "c"), SetLine("b", text="của tôi"), "b"),
        (SplitLine("a", 4), SetLine("a", speaker="Lan"), "a"),
        (SetLine("a", text="của họ"), RenameSpeaker("Người nói 1", "Lan"), None),
        (RenameSpeaker("Người nói 1", "Lan"), SetLine("a", text="của tôi"), None),
    ],
    ids=str,
)
def test_only_the_same_thing_of_the_same_line_collides(theirs: Change, mine: Change, clash: str | None) -> None:
    assert collides(mine, DOCUMENT, changed(DOCUMENT, theirs)) == clash
