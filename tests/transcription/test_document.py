"""The transcript as a value, and its exports."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcription.document import DocumentInvalid, Flag, Segment, TranscriptDocument, Word
from transcription.engines.contract import Turn
from transcription.exports.rttm import named_turns, speaker_turns, to_rttm
from transcription.exports.vtt import timestamp, to_vtt

SPOKEN = Segment("s0001", 1.0, 3.5, "Lê Thị Ngọc Ánh", "Chào các đồng chí.", (), (Word(1.0, 1.4, "Chào", 0.9),))
PHANTOM = Segment("s0002", 4.0, 5.0, "", "Hãy subscribe cho kênh.", (Flag.PHANTOM.value,))
DOCUMENT = TranscriptDocument("viet-asr+whisper", 6.0, (SPOKEN, PHANTOM))


def test_json_has_exactly_the_shape_of_the_contract() -> None:
    data = json.loads(DOCUMENT.dumps())
    assert set(data) == {"engine", "duration_seconds", "segments"}
    assert set(data["segments"][0]) == {"id", "start", "end", "speaker", "text", "flags", "words"}
    assert set(data["segments"][0]["words"][0]) == {"start", "end", "text", "probability"}
    assert TranscriptDocument.loads(DOCUMENT.dumps()) == DOCUMENT


def test_a_file_of_another_tool_needs_no_ids() -> None:
    read = TranscriptDocument.from_json({"segments": [{"start": 0, "end": 2, "speaker": "A", "text": "xin chào"}]})
    assert read.segments[0].id == "s0001"
    assert read.duration_seconds == 2.0


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ([], "segments"),
        ({"segments": "không"}, "segments"),
        ({"segments": [{"start": 2, "end": 1, "speaker": "", "text": ""}]}, "segment.end"),
        ({"segments": [{"start": float("nan"), "end": 1, "speaker": "", "text": ""}]}, "segment.end"),
        ({"segments": [{"end": 1}]}, "segment.start"),
        ({"segments": [{"start": 0, "end": 1, "speaker": 3, "text": ""}]}, "speaker"),
        ({"segments": [{"id": "a", "start": 0, "end": 1}, {"id": "a", "start": 1, "end": 2}]}, "segments.id"),
    ],
)
def test_what_is_no_transcript_is_refused_by_field(data: object, field: str) -> None:
    with pytest.raises(DocumentInvalid, match=field.replace(".", r"\.")):
        TranscriptDocument.from_json(data)  # type: ignore[arg-type]


def test_broken_json_is_refused() -> None:
    with pytest.raises(DocumentInvalid):
        TranscriptDocument.loads(b"\xff{")


def test_set_aside_segments_are_kept_but_not_read_as_speech() -> None:
    assert DOCUMENT.find("s0002") is PHANTOM
    assert DOCUMENT.text == "Chào các đồng chí."
    assert DOCUMENT.speakers == ("Lê Thị Ngọc Ánh",)
    assert "subscribe" not in to_vtt(DOCUMENT)


def test_vtt_escapes_and_names_the_voice() -> None:
    odd = Segment("s0001", 3661.5, 3661.5, "Vụ A & B", "<b>một</b>\nhai")
    text = to_vtt(TranscriptDocument("x", 4000.0, (odd,)))
    assert "01:01:01.500 --> 01:01:01.550" in text
    assert "<v Vụ A &amp; B>&lt;b&gt;một&lt;/b&gt; hai" in text


def test_vtt_of_no_speech_says_so() -> None:
    assert "Không phát hiện tiếng nói" in to_vtt(TranscriptDocument("x", 5.0))


def test_rttm_joins_neighbours_and_has_no_blanks_in_names() -> None:
    second = Segment("s0002", 3.7, 5.0, "Lê Thị Ngọc Ánh", "Tiếp.")
    lines = to_rttm(speaker_turns(TranscriptDocument("x", 6.0, (SPOKEN, second))), "họp giao ban").splitlines()
    assert lines == ["SPEAKER họp_giao_ban 1 1.000 4.000 <NA> <NA> Lê_Thị_Ngọc_Ánh <NA> <NA>"]


def test_turns_take_the_name_of_the_words_said_in_them() -> None:
    turns = (Turn(1.1, 3.4, "V1"), Turn(3.6, 3.9, "V1"), Turn(5.0, 5.5, "V2"))
    # The second has no words but its voice is known; the third voice never said a word.
    assert list(named_turns(DOCUMENT, turns)) == [(1.1, 3.4, SPOKEN.speaker), (3.6, 3.9, SPOKEN.speaker)]


@given(st.floats(min_value=0, max_value=360_000))
def test_timestamps_always_have_their_form(seconds: float) -> None:
    hours, minutes, rest = timestamp(seconds).split(":")
    assert len(hours) >= 2
    assert int(minutes) < 60
    assert len(rest) == 6
    assert float(rest) < 60
