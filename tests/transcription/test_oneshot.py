"""Words and voices beside each other: one bar, one result, and a fault of either ends both."""

import threading
from pathlib import Path

import pytest

from tests.transcription import sounds
from tests.transcription.fakes import FakeDiarizer, FakeRecognizer
from transcription import oneshot
from transcription.engines import registry
from transcription.engines.contract import (
    Diarization,
    EngineSettings,
    FloatArray,
    Piece,
    Progress,
    Sound,
    SpeakerBounds,
    SpeechRegion,
    Utterance,
    Vocabulary,
)
from transcription.engines.registry import Choice
from transcription.faults import EngineFailed, ModelMissing, NotMedia, WeightsPackageMissing
from transcription.speakers.context import KnownPerson, SpeakerContext
from transcription.stages.detect_speech import SpeechMap

SETTINGS = EngineSettings(Path("weights"), threads=1)


class Voices(FakeDiarizer):
    """Waits until it is let go, then does as told."""

    def __init__(self, *, breaks: bool = False) -> None:
        self.breaks = breaks
        self.begun, self.go_on = threading.Event(), threading.Event()
        self.bounds = SpeakerBounds()
        self.stopped = False

    def diarize(self, sound: Sound, bounds: SpeakerBounds, progress: Progress | None = None) -> Diarization:
        assert progress is not None
        self.bounds = bounds
        self.begun.set()
        assert self.go_on.wait(10)
        if self.breaks:
            raise EngineFailed(name="voices")
        try:
            progress(0.5)
        except Exception:
            self.stopped = True
            raise
        return super().diarize(sound, bounds, progress)


class Words(FakeRecognizer):
    """Hears nothing before the voices are being told apart as well."""

    def __init__(self, voices: Voices, *, breaks: bool = False) -> None:
        super().__init__()
        self.voices, self.breaks = voices, breaks

    def recognize(self, samples: FloatArray, piece: Piece, vocabulary: Vocabulary) -> tuple[Utterance, ...]:
        assert self.voices.begun.wait(10)
        if self.breaks:
            raise EngineFailed(name="words")
        self.voices.go_on.set()
        return super().recognize(samples, piece, vocabulary)


@pytest.fixture
def sound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Forty seconds in which somebody speaks nine times."""
    spoken = SpeechMap(40.0, tuple(SpeechRegion(4.0 * index, 4.0 * index + 2.0) for index in range(9)))
    monkeypatch.setattr(oneshot, "detect_speech", lambda *_: spoken)
    monkeypatch.setattr(oneshot, "VoiceActivity", lambda: None)
    monkeypatch.setattr(oneshot, "ensure_weights", lambda *_: None)
    monkeypatch.setattr(oneshot, "_with_tracks", lambda room, *_: room)
    monkeypatch.setattr(registry, "choose", lambda *_: Choice("fake", "thử nghiệm"))
    return sounds.write_wav(tmp_path / "hop.wav", sounds.tone(40.0))


def transcribe(
    sound: Path, voices: Voices, words: Words, monkeypatch: pytest.MonkeyPatch, bar: list[float]
) -> oneshot.Outcome:
    monkeypatch.setattr(oneshot, "_diarizer", lambda _settings: voices)
    monkeypatch.setattr(registry, "make_recognizer", lambda *_: words)
    people = SpeakerContext((KnownPerson("Trần Thị Hoa"), KnownPerson("Lê Văn Bình")))
    return oneshot.transcribe_file(
        sound, sound.parent / "out", settings=SETTINGS, context=people, progress=lambda share, _what: bar.append(share)
    )


def test_both_run_at_once_and_share_one_rising_bar(sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    voices, bar = Voices(), list[float]()
    outcome = transcribe(sound, voices, Words(voices), monkeypatch, bar)
    assert {turn[2] for turn in outcome.turns} == {"Người nói 1"}
    assert bar == sorted(bar)
    assert bar[-1] == 1.0
    assert voices.bounds.expected == 2


def test_a_fault_of_the_diariser_is_told_at_the_next_piece(sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    voices = Voices(breaks=True)
    with pytest.raises(EngineFailed):
        transcribe(sound, voices, Words(voices), monkeypatch, [])


def test_a_fault_of_the_recogniser_stops_the_diariser(sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    voices, stop = Voices(), oneshot._Shares.stop

    def stop_then_go_on(shares: oneshot._Shares) -> None:
        stop(shares)
        voices.go_on.set()

    monkeypatch.setattr(oneshot._Shares, "stop", stop_then_go_on)
    with pytest.raises(EngineFailed):
        transcribe(sound, voices, Words(voices, breaks=True), monkeypatch, [])
    assert voices.stopped


def refuse_to_decode(*_: object) -> None:
    raise AssertionError("sound was decoded")


def test_models_that_are_missing_are_told_before_any_sound_is_decoded(
    sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oneshot, "normalise", refuse_to_decode)
    elsewhere = EngineSettings(Path("weights"), whisper_model=str(tmp_path / "không có"), threads=1)
    monkeypatch.setattr(registry, "choose", lambda *_: Choice("faster-whisper", "thử nghiệm"))
    with pytest.raises(ModelMissing):
        oneshot.transcribe_file(sound, tmp_path / "out", settings=elsewhere)

    def not_installed(*_: object) -> None:
        raise WeightsPackageMissing(package="gói")

    monkeypatch.setattr(oneshot, "ensure_weights", not_installed)
    with pytest.raises(WeightsPackageMissing):
        oneshot.transcribe_file(sound, tmp_path / "out", settings=SETTINGS)
    # What is no recording is answered even before: nobody assembles models for it.
    sound.write_text("chỉ là chữ")
    with pytest.raises(NotMedia):
        oneshot.transcribe_file(sound, tmp_path / "out", settings=SETTINGS)
    assert not (tmp_path / "out").exists()
