"""What a revision keeps of itself turns the text before into the text after; JSON text and hash are the plain ones."""

import hashlib
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcription.document import Segment, TranscriptDocument, Word
from transcription.transcripts import telling
from transcription.transcripts.history import applied, difference
from transcription.transcripts.telling import sha256_of, whole


def document(*names: str, text: str = "lời") -> TranscriptDocument:
    return TranscriptDocument("x", 9.0, tuple(Segment(name, 0.0, 1.0, "A", text) for name in names))


@given(
    before=st.lists(st.sampled_from("abcdef"), unique=True),
    after=st.lists(st.sampled_from("abcdefxyz"), unique=True),
    touched=st.sets(st.sampled_from("abcdef")),
)
def test_the_difference_leads_from_one_to_the_other(before: list[str], after: list[str], touched: set[str]) -> None:
    old = document(*before)
    new = document(*after)
    new = new.with_segments(replace(line, text="khác") if line.id in touched else line for line in new.segments)
    entries = difference(old, new)
    stayed = [name for name in before if name in after]
    if stayed != [name for name in after if name in before]:
        assert entries is None
    else:
        assert entries is not None
        assert applied(old, json.loads(json.dumps(entries))) == new


def test_only_what_differs_is_kept() -> None:
    old = document("a", "b", "c")
    new = old.with_segments([old.segments[0], replace(old.segments[1], text="khác"), old.segments[2]])
    assert [entry["id"] for entry in difference(old, new) or []] == ["b"]
    assert difference(old, old) == []


@pytest.mark.parametrize("round_", [1, 2])
def test_the_hash_is_that_of_the_whole_json(monkeypatch: pytest.MonkeyPatch, round_: int) -> None:
    monkeypatch.setattr(telling, "MOST_KEPT", round_)
    words = (Word(0.12345, 0.5, "“Nghị”", 0.98765),)
    lines = (Segment("s1", 0.0, 1.23456, 'Lê "Ánh"', "“Nghị”", ("doubtful",), words), Segment("s2", 2.0, 3.0, "", ""))
    told = TranscriptDocument("viet-asr", 12.34567, lines)
    plain = json.dumps(told.to_json(), ensure_ascii=False, sort_keys=True)
    for _again in range(2):
        assert whole(told) == plain
        assert sha256_of(told) == hashlib.sha256(plain.encode()).hexdigest()
    assert whole(TranscriptDocument("", 0.0)) == '{"duration_seconds": 0.0, "engine": "", "segments": []}'
