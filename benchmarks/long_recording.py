"""`python -m benchmarks.long_recording FOLDER --hours 6`: what a very long recording costs, step by step, in one go.

The recordings of the folder are joined, over and over, to a sound of that length. A JSON line after each step: its
name, the processor seconds it took and the most memory the process has held so far, in MiB, everything loaded before
still loaded. Decoding, voice activity, the planning of pieces and the clustering of voices work on the whole length.
The networks that hear words and voices work stretch by stretch and hold nothing of what is past but what they found:
they hear `--heard` minutes, and what the voice networks found there is laid end to end, each print a little different,
until it is as much as the whole would give (`--whole` has them hear all of it, which takes hours).
"""

import argparse
import json
import resource
import sys
import tempfile
import wave
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle, takewhile
from pathlib import Path

import numpy as np

from transcription import offline
from transcription.engines import registry
from transcription.engines.contract import SAMPLE_RATE, EngineSettings, FloatArray, SpeakerBounds, Vocabulary
from transcription.media import decode
from transcription.stages.detect_speech import detect_speech
from transcription.stages.normalise import normalise
from transcription.stages.recognise import gather, hear, plan_pieces
from transcription.stages.sound import SoundFile
from transcription.weights import ensure_weights

MEBI = 1024
#: Prints of the same voice differ from hour to hour; their length is 1 on average.
DIFFERENCE = 0.02


class Steps:
    """Prints a line after each step."""

    def __init__(self) -> None:
        self._before = _processor_seconds()

    def told(self, step: str, **facts: object) -> None:
        now = _processor_seconds()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEBI
        child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / MEBI
        line = {"step": step, "cpu": round(now - self._before, 1), "peak_mb": round(peak), "child_mb": round(child)}
        print(json.dumps({**line, **facts}, ensure_ascii=False), flush=True)
        self._before = now


def write_long(recordings: list[Path], seconds: float, target: Path) -> None:
    """Recordings one after the other until the sound is that long."""
    left = round(seconds * SAMPLE_RATE)
    with wave.open(str(target), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(SAMPLE_RATE)
        decoded = [np.rint(decode(path)[0] * 32767).astype("<i2") for path in recordings]
        for samples in cycle(decoded):
            out.writeframes(samples[:left].tobytes())
            left -= len(samples)
            if left <= 0:
                return


def measure(recordings: list[Path], hours: float, heard_minutes: float | None, settings: EngineSettings) -> None:
    """All steps; `heard_minutes` None: everything is heard."""
    steps = Steps()
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        source, wav = Path(scratch) / "long.wav", Path(scratch) / "sound.wav"
        write_long(recordings, hours * 3600, source)
        steps.told("made")
        normalise(source, wav)
        steps.told("decode", hours=hours)
        source.unlink()
        with SoundFile(wav) as sound:
            _words(sound, heard_minutes, settings, steps)
            _voices(sound, heard_minutes, settings, steps)


def _words(sound: SoundFile, heard_minutes: float | None, settings: EngineSettings, steps: Steps) -> None:
    from transcription.engines.voice_activity import VoiceActivity

    speech = detect_speech(sound, VoiceActivity())
    steps.told("voice activity", regions=len(speech.regions))
    engine = registry.make_recognizer(registry.choose(registry.AUTO, settings), settings)
    planned = list(plan_pieces(sound, speech, engine.name, engine.abilities, Vocabulary()))
    steps.told("pieces", pieces=len(planned))
    end = sound.duration_seconds if heard_minutes is None else heard_minutes * 60
    pieces = takewhile(lambda item: item.piece.end <= end, planned)
    contents = [hear(sound, item, engine, Vocabulary()) for item in pieces]
    steps.told("words", pieces=len(contents))
    # As many words as the whole would give, put together at once.
    found = gather(engine.name, "", _as_many(contents, len(planned)), Vocabulary())
    steps.told("words of all", words=sum(len(utterance.words) for utterance in found.utterances))


def _as_many(contents: list[bytes], count: int) -> Iterator[bytes]:
    return (content for content, _number in zip(cycle(contents), range(count), strict=False))


def _voices(sound: SoundFile, heard_minutes: float | None, settings: EngineSettings, steps: Steps) -> None:
    from transcription.engines.pyannote_diarizer import PyannoteDiarizer, told_apart
    from transcription.engines.pyannote_windows import STEP_SECONDS, window_starts

    diarizer = PyannoteDiarizer(settings)
    heard = diarizer.hear(_Beginning(sound, sound.duration_seconds if heard_minutes is None else heard_minutes * 60))
    steps.told("voices", windows=len(heard.starts))
    starts = window_starts(sound.duration_seconds)
    chance = np.random.default_rng(1)
    at = np.arange(len(starts)) % len(heard.starts)
    prints = heard.prints[at]
    prints += chance.standard_normal(prints.shape, dtype=np.float32) * DIFFERENCE
    whole = replace(heard, starts=tuple(starts), activity=heard.activity[at], prints=prints, known=heard.known[at])
    found = told_apart(whole, SpeakerBounds())
    steps.told("voices of all", windows=len(starts), step_seconds=STEP_SECONDS, turns=len(found.turns))


class _Beginning:
    """The first seconds of a sound."""

    def __init__(self, sound: SoundFile, seconds: float) -> None:
        self._sound, self.duration_seconds = sound, min(seconds, sound.duration_seconds)

    def read(self, start_seconds: float, end_seconds: float) -> FloatArray:
        return self._sound.read(start_seconds, min(end_seconds, self.duration_seconds))

    def blocks(self) -> Iterator[FloatArray]:
        yield self.read(0.0, self.duration_seconds)


def _processor_seconds() -> float:
    usage = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(item.ru_utime + item.ru_stime for item in usage)


def main(arguments: list[str]) -> int:
    """Exit code 0; 2 for a folder without recordings."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.long_recording", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--hours", type=float, default=6.0)
    parser.add_argument("--heard", type=float, default=10.0, help="minutes that the networks hear")
    parser.add_argument("--whole", action="store_true", help="the networks hear everything")
    parser.add_argument("--weights", type=Path, default=Path("var/weights"))
    options = parser.parse_args(arguments)
    offline.seal()
    offline.limit_threads(1)
    recordings = sorted(options.folder.glob("*.flac"))
    if not recordings:
        return 2
    ensure_weights(options.weights)
    heard = None if options.whole else options.heard
    measure(recordings, options.hours, heard, EngineSettings(options.weights, threads=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
