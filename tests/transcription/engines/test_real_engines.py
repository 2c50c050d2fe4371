"""The real engines on a few seconds of the sample briefing."""

import json
from pathlib import Path

import pytest

from tests.transcription import sounds
from transcription import oneshot
from transcription.engines import registry
from transcription.engines.contract import EngineSettings, SpeakerBounds, Vocabulary
from transcription.engines.voice_activity import VoiceActivity
from transcription.stages.detect_speech import detect_speech
from transcription.stages.sound import SoundFile
from transcription.vocabulary.folding import bare
from transcription.weights import ensure_weights

pytestmark = [pytest.mark.speech, pytest.mark.filterwarnings("ignore")]


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> EngineSettings:
    directory = tmp_path_factory.mktemp("weights")
    ensure_weights(directory)
    return EngineSettings(directory, threads=1)


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """ "Chào các đồng chí tại các điểm cầu. Hôm nay chúng ta họp giao ban …", seven seconds."""
    return sounds.write_wav(tmp_path_factory.mktemp("clip") / "clip.wav", sounds.demo_stretch(0.5, 8.2))


@pytest.mark.parametrize("name", ["viet-asr", "faster-whisper", "openai-whisper"])
def test_each_recogniser_hears_the_greeting(settings: EngineSettings, clip: Path, name: str, tmp_path: Path) -> None:
    engine = registry.make_recognizer(registry.choose(name, settings), settings)
    with SoundFile(clip) as sound:
        speech = detect_speech(sound, VoiceActivity())
        from transcription.stages.recognise import recognise

        result = recognise(sound, speech, engine, registry.choose(name, settings), Vocabulary())
    engine.close()
    text = bare(" ".join(utterance.text for utterance in result.utterances))
    assert "dong chi" in text
    starts = [word.start for utterance in result.utterances for word in utterance.words]
    assert starts == sorted(starts)
    assert 0.2 < starts[0] < 1.2


def test_the_whole_way_from_a_file_to_three_files(settings: EngineSettings, tmp_path: Path) -> None:
    source = sounds.write_media(tmp_path / "Họp giao ban “tuần 15”.m4a", sounds.demo_stretch(0.5, 34.0), "aac")
    outcome = oneshot.transcribe_file(source, tmp_path / "out", settings=settings)
    data = json.loads((tmp_path / "out" / "transcript.json").read_text(encoding="utf-8"))
    assert data["engine"] == "viet-asr+whisper"
    assert len({segment["speaker"] for segment in data["segments"]}) >= 2
    assert "giao ban" in outcome.document.text.lower()
    assert (tmp_path / "out" / "transcript.vtt").read_text(encoding="utf-8").startswith("WEBVTT")
    assert (tmp_path / "out" / "speakers.rttm").read_text(encoding="utf-8").startswith("SPEAKER")
    assert outcome.peak_memory_bytes > 100_000_000


@pytest.mark.parametrize("kind", ["silence", "noise", "tone"])
def test_where_nobody_speaks_nothing_is_written(settings: EngineSettings, tmp_path: Path, kind: str) -> None:
    samples = {"silence": sounds.silence(20), "noise": sounds.noise(20), "tone": sounds.tone(20)}[kind]
    outcome = oneshot.transcribe_file(
        sounds.write_wav(tmp_path / "x.wav", samples), tmp_path / "out", settings=settings
    )
    assert outcome.document.segments == ()
    assert "Không phát hiện tiếng nói" in (tmp_path / "out" / "transcript.vtt").read_text(encoding="utf-8")


def test_pyannote_finds_two_voices_and_their_prints(settings: EngineSettings, tmp_path: Path) -> None:
    path = sounds.write_wav(tmp_path / "two.wav", sounds.demo_stretch(0.5, 24.0))
    diarizer = registry.make_diarizer("pyannote", settings)
    seen: list[float] = []
    with SoundFile(path) as sound:
        found = diarizer.diarize(sound, SpeakerBounds(None, 4), seen.append)
    assert len({turn.voice for turn in found.exclusive}) == 2
    assert all(one.end <= other.start for one, other in zip(found.exclusive, found.exclusive[1:], strict=False))
    assert {len(vector) for vector in found.embeddings.values()} == {192}
    assert seen == sorted(seen)
