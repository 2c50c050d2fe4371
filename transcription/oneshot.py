"""A file goes in, `transcript.json`, `transcript.vtt` and `speakers.rttm` come out: all stages in one process.

Voices are told apart beside recognition: both read the same sound and neither waits for the other.
"""

import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from threading import Lock

from transcription import offline
from transcription.document import TranscriptDocument
from transcription.engines import registry
from transcription.engines.contract import Diarization, Diarizer, EngineSettings, SpeakerBounds, Vocabulary
from transcription.engines.readiness import check_ready
from transcription.engines.voice_activity import VoiceActivity
from transcription.exports.rttm import Turn, named_turns, to_rttm
from transcription.exports.transcript_json import to_json_bytes
from transcription.exports.vtt import to_vtt
from transcription.media import probe
from transcription.speakers.context import SpeakerContext
from transcription.speakers.naming import Known, NamedVoice, name_speakers
from transcription.speakers.placing import place_voices
from transcription.speakers.recording_clock import align
from transcription.speakers.room import RoomEvidence
from transcription.stages.detect_speech import SpeechMap, detect_speech
from transcription.stages.merge import merge
from transcription.stages.normalise import SoundFacts, normalise
from transcription.stages.recognise import Recognition, recognise
from transcription.stages.separate_tracks import TrackFile, turns_of_channels, turns_of_files
from transcription.stages.sound import SoundFile
from transcription.weights import ensure_weights

Progress = Callable[[float, str], None]

#: Part of the whole before and after words and voices, and what of that recognition takes.
_BEFORE, _BESIDE = 0.08, 0.88
_WORDS_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came out, and what it cost.

    Attributes:
        sound_seconds: length of the sound that could be read.
        taken_seconds: wall time from the call to the written files.
        peak_memory_bytes: the most this process held at once; the recogniser's own process is not in it.
        reason: why this engine was taken, in Vietnamese.
    """

    document: TranscriptDocument
    voices: tuple[NamedVoice, ...]
    turns: tuple[Turn, ...]
    facts: SoundFacts
    reason: str
    sound_seconds: float
    taken_seconds: float
    peak_memory_bytes: int


@dataclass(frozen=True, slots=True)
class _Heard:
    document: TranscriptDocument
    voices: tuple[NamedVoice, ...]
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the caller knows of the meeting."""

    bounds: SpeakerBounds
    vocabulary: Vocabulary
    context: SpeakerContext
    room: RoomEvidence


def transcribe_file(
    path: Path,
    out_dir: Path,
    *,
    settings: EngineSettings,
    engine: str = registry.AUTO,
    min_speakers: int | None = None,
    max_speakers: int | None = None,
    vocabulary: Vocabulary | None = None,
    context: SpeakerContext | None = None,
    room: RoomEvidence | None = None,
    tracks: Sequence[TrackFile] = (),
    progress: Progress | None = None,
) -> Outcome:
    """Transcribe one file.

    Args:
        room: who was there and whose microphone was loudest, in seconds of the file.
        tracks: sound of single endpoints, where there is; else the file's own channels are looked at.
        out_dir: made if missing; the three files in it are replaced.
        settings: where the weights lie; they are assembled first if missing.
        progress: called with the share of the whole, 0..1, and a Vietnamese phrase.

    Raises:
        StageFault: any of `transcription.faults`, each with a sentence for people. No speech is not a fault. Engines
            and models that are missing or not the ones we know are told before any sound is decoded.
    """
    started = time.monotonic()
    offline.seal()
    offline.limit_threads(settings.threads)
    report = progress or (lambda _fraction, _what: None)
    choice = check_ready(engine, settings)
    # A file that is no recording is answered before models are assembled, a missing model before sound is decoded.
    probe(path)
    ensure_weights(settings.weights_directory)
    with tempfile.TemporaryDirectory(prefix="diemcau-") as scratch:
        wav = Path(scratch) / "sound.wav"
        report(0.0, "Chuẩn hóa âm thanh")
        facts = normalise(path, wav, lambda share: report(0.05 * share, "Chuẩn hóa âm thanh"))
        people = len(context.people) if context else 0
        bounds = SpeakerBounds(min_speakers, max_speakers, people or None)
        known = _Asked(bounds, vocabulary or Vocabulary(), context or SpeakerContext(), room or RoomEvidence())
        known = replace(known, room=_with_tracks(known.room, path, tracks))
        heard = _listen(wav, choice, settings, known, report)
    out_dir.mkdir(parents=True, exist_ok=True)
    write_outputs(heard.document, heard.turns, out_dir, path.stem, voices=heard.voices)
    report(1.0, "Hoàn thành")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    taken = time.monotonic() - started
    sound_seconds = facts.duration_seconds
    return Outcome(heard.document, heard.voices, heard.turns, facts, choice.reason, sound_seconds, taken, peak)


def write_outputs(
    document: TranscriptDocument, turns: Sequence[Turn], out_dir: Path, name: str, *, voices: Sequence[NamedVoice] = ()
) -> None:
    """The three files of the command line's contract."""
    (out_dir / "transcript.json").write_bytes(to_json_bytes(document, [voice.to_json() for voice in voices]))
    (out_dir / "transcript.vtt").write_text(to_vtt(document), encoding="utf-8")
    (out_dir / "speakers.rttm").write_text(to_rttm(turns, name), encoding="utf-8")


def _listen(
    wav: Path,
    choice: registry.Choice,
    settings: EngineSettings,
    asked: _Asked,
    report: Progress,
) -> _Heard:
    with SoundFile(wav) as sound:
        report(0.05, "Tìm đoạn có tiếng nói")
        speech = detect_speech(sound, VoiceActivity())
    if not speech.regions:
        return _Heard(TranscriptDocument(choice.name, speech.duration_seconds), (), ())
    shares = _Shares(report, f"Nhận dạng lời nói bằng {choice.name} ({choice.reason}), phân biệt người nói")
    with ThreadPoolExecutor(1, thread_name_prefix="voices") as beside:
        telling = beside.submit(_diarise, wav, settings, asked.bounds, shares)
        try:
            recognition = _recognise(wav, speech, choice, settings, asked.vocabulary, shares, telling)
        except BaseException:
            shares.stop()
            raise
        diarization = telling.result()
    room, _clock = align(asked.room, diarization.exclusive)
    placed, places = place_voices(diarization, room)
    document = merge(recognition, placed, speech.duration_seconds)
    named, voices = name_speakers(document, asked.context, Known(places, room))
    return _Heard(named, voices, tuple(named_turns(named, placed.turns)))


def _with_tracks(room: RoomEvidence, path: Path, tracks: Sequence[TrackFile]) -> RoomEvidence:
    """The room with turns of separate tracks, where there are such."""
    activity = VoiceActivity()
    turns = turns_of_files(tracks, activity) if tracks else turns_of_channels(path, activity)
    return room.with_tracks(turns) if turns and (tracks or not room.dominant) else room


class _Stopped(Exception):
    """The other half of the work has failed: this half is not needed any more."""


@dataclass(slots=True)
class _Shares:
    """One rising bar for two halves of the work that run beside each other."""

    report: Progress
    what: str
    done: dict[str, float] = field(default_factory=lambda: {"words": 0.0, "voices": 0.0})
    lock: Lock = field(default_factory=Lock)
    is_stopped: bool = False

    def tell(self, half: str, share: float) -> None:
        with self.lock:
            if self.is_stopped:
                raise _Stopped
            self.done[half] = max(self.done[half], share)
            together = _WORDS_SHARE * self.done["words"] + (1.0 - _WORDS_SHARE) * self.done["voices"]
            self.report(_BEFORE + _BESIDE * together, self.what)

    def stop(self) -> None:
        with self.lock:
            self.is_stopped = True


def _recognise(
    wav: Path,
    speech: SpeechMap,
    choice: registry.Choice,
    settings: EngineSettings,
    vocabulary: Vocabulary,
    shares: _Shares,
    voices: Future[Diarization],
) -> Recognition:
    def tell(share: float) -> None:
        if voices.done():
            voices.result()  # raises what went wrong there now, not after the last word
        shares.tell("words", share)

    recognizer = registry.make_recognizer(choice, settings)
    try:
        with SoundFile(wav) as sound:
            return recognise(sound, speech, recognizer, choice, vocabulary, progress=tell)
    finally:
        recognizer.close()


def _diarise(wav: Path, settings: EngineSettings, bounds: SpeakerBounds, shares: _Shares) -> Diarization:
    # One thread: the other cores are the recogniser's, and two engines that both want all slow each other.
    diarizer = _diarizer(replace(settings, threads=1))
    with SoundFile(wav) as sound:
        return diarizer.diarize(sound, bounds, lambda share: shares.tell("voices", share))


@lru_cache(maxsize=1)
def _diarizer(settings: EngineSettings) -> Diarizer:
    """Loaded once in a process, however many files it transcribes."""
    return registry.make_diarizer("pyannote", settings)
