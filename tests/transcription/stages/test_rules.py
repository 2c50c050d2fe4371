"""Pieces, voice activity, merging, assigning: the rules of the stages on plain values."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transcription import sounds
from transcription import faults
from transcription.document import Flag, Word
from transcription.engines.contract import Diarization, Quality, SpeechRegion, Turn, Utterance
from transcription.engines.voice_activity import FRAME_SECONDS, speech_regions
from transcription.speakers.assignment import assign_words, overlaps, silence_between
from transcription.stages.merge import merge
from transcription.stages.normalise import normalise
from transcription.stages.pieces import cut_pieces
from transcription.stages.recognise import Recognition
from transcription.stages.sound import SoundFile


def words(text: str, start: float = 0.0, step: float = 0.4, probability: float = 0.9) -> tuple[Word, ...]:
    return tuple(
        Word(round(start + step * i, 3), round(start + step * i + 0.3, 3), part, probability)
        for i, part in enumerate(text.split())
    )


def said(text: str, start: float = 0.0, quality: Quality | None = None, probability: float = 0.9) -> Utterance:
    found = words(text, start, probability=probability)
    return Utterance(found[0].start, found[-1].end, found, quality or Quality(-0.2, 0.01, 1.0))


def heard(*utterances: Utterance) -> Recognition:
    return Recognition("fake", "", utterances)


@given(
    st.lists(st.tuples(st.floats(0.05, 40), st.floats(0.05, 6)), max_size=30),
    st.floats(min_value=5, max_value=30),
)
def test_pieces_hold_all_speech_and_keep_to_their_length(spans: list[tuple[float, float]], longest: float) -> None:
    regions, moment = [], 0.0
    for length, pause in spans:
        regions.append(SpeechRegion(round(moment, 3), round(moment + length, 3)))
        moment += length + pause
    pieces = cut_pieces(regions, longest)
    assert [piece.index for piece in pieces] == list(range(len(pieces)))
    assert all(piece.end - piece.start <= longest + 0.01 for piece in pieces)
    covered = sum(region.duration_seconds for piece in pieces for region in piece.regions)
    assert covered == pytest.approx(sum(region.duration_seconds for region in regions), abs=0.1)


def test_a_long_pause_ends_a_piece() -> None:
    assert len(cut_pieces([SpeechRegion(0, 2), SpeechRegion(10, 12)], 28)) == 2
    assert len(cut_pieces([SpeechRegion(0, 2), SpeechRegion(3, 5)], 28)) == 1


def test_speech_regions_have_hysteresis_and_padding() -> None:
    frames = np.zeros(200, dtype=np.float32)
    frames[50:80] = 0.9
    frames[60:64] = 0.2  # a dip shorter than a pause
    frames[120:123] = 0.9  # a click
    (region,) = speech_regions(frames, 200 * FRAME_SECONDS)
    assert region.start == pytest.approx(50 * FRAME_SECONDS - 0.2, abs=0.04)
    assert region.end == pytest.approx(80 * FRAME_SECONDS + 0.2, abs=0.04)


@given(st.lists(st.floats(0, 1), max_size=400))
def test_speech_regions_never_overlap(values: list[float]) -> None:
    seconds = len(values) * FRAME_SECONDS
    regions = speech_regions(np.array(values, dtype=np.float32), seconds)
    assert all(0 <= region.start < region.end <= seconds + 0.001 for region in regions)
    assert all(one.end <= other.start + 0.001 for one, other in zip(regions, regions[1:], strict=False))


def test_words_go_to_the_voice_at_their_middle() -> None:
    turns = (Turn(0, 2, "A"), Turn(2, 4, "B"))
    voices = [voice for _word, voice in assign_words(words("một hai ba bốn năm sáu bảy tám", 0.2), turns)]
    assert voices == ["A"] * 5 + ["B"] * 3


def test_a_single_word_between_another_voices_words_is_no_interjection() -> None:
    turns = (Turn(0, 1.0, "A"), Turn(1.0, 1.3, "B"), Turn(1.3, 4, "A"))
    assert {voice for _word, voice in assign_words(words("một hai ba bốn năm", 0.0), turns)} == {"A"}


def test_words_far_from_every_turn_follow_their_neighbours() -> None:
    voices = [voice for _word, voice in assign_words(words("một hai ba", 5.0, 1.0), (Turn(5, 5.4, "A"),))]
    assert voices == ["A", "A", "A"]
    assert assign_words(words("một", 50.0), (Turn(0, 1, "A"),))[0][1] == ""


def test_overlap_is_the_share_with_two_voices() -> None:
    assert overlaps(0, 4, (Turn(0, 4, "A"), Turn(2, 4, "B"))) == pytest.approx(0.5)
    assert overlaps(0, 4, (Turn(0, 4, "A"), Turn(1, 2, "A"))) == 0.0


def test_merging_makes_readable_segments_of_one_voice_each() -> None:
    turns = (Turn(0, 2.4, "A"), Turn(2.4, 9, "B"))
    document = merge(
        heard(said("mời trung tâm thông tin"), said("trung tâm xin báo cáo", 3.0)), Diarization(turns, turns), 9.0
    )
    assert [(segment.speaker, segment.text) for segment in document.segments] == [
        ("A", "Mời trung tâm thông tin."),
        ("B", "Trung tâm xin báo cáo."),
    ]
    assert [segment.id for segment in document.segments] == ["s0001", "s0002"]


def test_a_silence_between_turns_of_one_voice_ends_a_segment() -> None:
    turns = (Turn(0, 0.9, "A"), Turn(2.0, 5.0, "A"))
    heard_close = Utterance(0.0, 3.0, (Word(0.2, 1.2, "mời"), Word(1.9, 2.4, "báo"), Word(2.4, 3.0, "cáo")))
    document = merge(heard(heard_close), Diarization(turns, turns), 5.0)
    assert [segment.text for segment in document.segments] == ["Mời.", "Báo cáo."]
    assert silence_between(0.5, 2.2, turns) == pytest.approx(1.1)
    assert silence_between(2.1, 2.4, turns) == 0.0


def test_no_utterances_make_no_segments() -> None:
    document = merge(heard(), Diarization((), ()), 60.0)
    assert document.segments == ()
    assert document.duration_seconds == 60.0


def test_a_recording_of_phantoms_alone_is_silence() -> None:
    phantom = said("hãy subscribe cho kênh ghiền mì gõ", quality=Quality(-1.5, 0.8, 1.0))
    assert merge(heard(phantom), Diarization((), ()), 60.0).segments == ()


def test_a_phantom_among_speech_is_marked_and_kept() -> None:
    turns = (Turn(0, 20, "A"),)
    phantom = said("cảm ơn các bạn đã theo dõi", 10.0, Quality(-1.5, 0.8, 1.0))
    document = merge(heard(said("báo cáo đồng chí chủ trì"), phantom), Diarization(turns, turns), 20.0)
    assert [Flag.PHANTOM in segment.flags for segment in document.segments] == [False, True]
    assert "theo dõi" not in document.text


def test_unsure_words_make_a_segment_doubtful() -> None:
    turns = (Turn(0, 20, "A"),)
    document = merge(heard(said("một hai ba bốn", probability=0.3)), Diarization(turns, turns), 20.0)
    assert Flag.DOUBTFUL in document.segments[0].flags


def test_normalising_keeps_times_and_raises_quiet_sound(tmp_path: Path) -> None:
    source = sounds.write_media(tmp_path / "quiet.flac", sounds.tone(3.0, level=0.02), "flac")
    facts = normalise(source, tmp_path / "out.wav")
    assert facts.duration_seconds == pytest.approx(3.0, abs=0.01)
    assert facts.gain == pytest.approx(3.55, abs=0.05)  # from -37 dB to -26 dB
    assert "quiet" in facts.notes
    with SoundFile(tmp_path / "out.wav") as sound:
        assert sound.duration_seconds == pytest.approx(3.0, abs=0.01)
        assert np.abs(sound.read(1.0, 2.0)).max() == pytest.approx(0.071, abs=0.005)
        assert len(sound.read(2.5, 99.0)) == pytest.approx(8_000, abs=200)
        assert sum(len(block) for block in sound.blocks()) == round(sound.duration_seconds * 16_000)


def test_silence_is_not_raised_and_loud_sound_is_left_alone(tmp_path: Path) -> None:
    for name, samples in (("still", sounds.silence(1.0)), ("loud", sounds.tone(1.0, level=0.5))):
        facts = normalise(sounds.write_wav(tmp_path / f"{name}.wav", samples), tmp_path / "out.wav")
        assert facts.gain == 1.0


def test_what_is_no_normalised_sound_is_a_damaged_artifact(tmp_path: Path) -> None:
    path = tmp_path / "x.wav"
    path.write_bytes(b"RIFF")
    with pytest.raises(faults.ArtifactDamaged), SoundFile(path):
        pass
    with pytest.raises(faults.ArtifactDamaged), SoundFile(sounds.write_wav(path, sounds.silence(1), channels=2)):
        pass
