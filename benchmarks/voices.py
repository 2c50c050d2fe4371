"""`python -m benchmarks.voices FOLDER…`: telling voices apart, ours beside pyannote's pipeline on the same weights.

A JSON line for each recording with gold turns and each system: system ("pyannote alone", "ours", "ours, roll call": no
more voices than the plan of the meeting lets expect), file, voices, voices_true, der and der_collar (0.25 s left out at
boundaries; overlap scored in both), cpu (processor seconds for each second of sound, models loaded before), peak_mb.
`--minutes 10,30,120` joins the recordings, over and over, to sounds of these lengths and measures ours on them: cost
must grow with length, memory must not. Each system runs in a process of its own, one after the other.
"""

import argparse
import itertools
import json
import resource
import subprocess
import sys
import tempfile
import time
import warnings
import wave
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.scoring import diarization_error_rate, read_turns
from orchestrator.meetings.context import MeetingContext
from transcription import offline
from transcription.engines.contract import SAMPLE_RATE, EngineSettings, SpeakerBounds, Turn
from transcription.speakers.from_meeting import speaker_bounds
from transcription.stages.normalise import normalise
from transcription.stages.sound import SoundFile
from transcription.weights import PYANNOTE, ensure_weights

BARE, OURS, ROLL_CALL = "pyannote alone", "ours", "ours, roll call"
SYSTEMS = (BARE, OURS, ROLL_CALL)

_Tell = Callable[[SoundFile, SpeakerBounds], tuple[Turn, ...]]


def make_system(system: str, settings: EngineSettings) -> _Tell:
    """Load what the system needs; the result tells the voices of a sound apart."""
    if system == BARE:
        return _bare(settings)
    from transcription.engines.pyannote_diarizer import PyannoteDiarizer

    diarizer = PyannoteDiarizer(settings)
    return lambda sound, bounds: diarizer.diarize(sound, bounds).turns


def _bare(settings: EngineSettings) -> _Tell:
    """`Pipeline.from_pretrained(folder)` and nothing else."""
    offline.prepare_pyannote()
    import torch

    torch.set_num_threads(settings.threads)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pyannote.audio import Pipeline

        pipeline: Any = Pipeline.from_pretrained(str(settings.weights_directory / PYANNOTE))

    def tell(sound: SoundFile, bounds: SpeakerBounds) -> tuple[Turn, ...]:
        del bounds
        samples = torch.from_numpy(sound.read(0.0, sound.duration_seconds)).unsqueeze(0)
        with warnings.catch_warnings(), torch.inference_mode():
            warnings.simplefilter("ignore")
            output = pipeline({"waveform": samples, "sample_rate": SAMPLE_RATE, "uri": "recording"})
        tracks = output.speaker_diarization.itertracks(yield_label=True)
        return tuple(Turn(float(span.start), float(span.end), str(voice)) for span, _track, voice in tracks)

    return tell


def measure(system: str, tell: _Tell, wav: Path, gold: Path | None) -> dict[str, object]:
    """One sound through one system; `gold` is the recording whose answers lie beside it, if there are any."""
    bounds = _bounds(gold) if gold is not None and system == ROLL_CALL else SpeakerBounds()
    with SoundFile(wav) as sound:
        seconds, before = sound.duration_seconds, time.process_time()
        turns = tell(sound, bounds)
        spent = time.process_time() - before
    figures: dict[str, object] = {"system": system, "file": (gold or wav).stem, "minutes": round(seconds / 60, 1)}
    figures["voices"] = len({turn.voice for turn in turns})
    if gold is not None:
        reference = read_turns(gold)
        figures["voices_true"] = len({turn.voice for turn in reference})
        figures["der"] = round(diarization_error_rate(reference, turns), 4)
        figures["der_collar"] = round(diarization_error_rate(reference, turns, 0.25), 4)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return {**figures, "cpu": round(spent / seconds, 4), "peak_mb": round(peak / 1e6)}


def _bounds(gold: Path) -> SpeakerBounds:
    path = gold.with_suffix(".attendance.json")
    if not path.is_file():
        return SpeakerBounds()
    return speaker_bounds(MeetingContext.from_json(json.loads(path.read_text(encoding="utf-8"))))


def join(sounds: list[Path], minutes: float, target: Path) -> Path:
    """A sound of this length out of normalised ones, over and over; written part by part."""
    left = round(minutes * 60 * SAMPLE_RATE)
    with wave.open(str(target), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(SAMPLE_RATE)
        for path in itertools.cycle(sounds):
            with wave.open(str(path), "rb") as part:
                content = part.readframes(min(left, part.getnframes()))
            out.writeframes(content)
            left -= len(content) // 2
            if left <= 0:
                return target
    return target


def _run_here(system: str, options: argparse.Namespace, scratch: Path) -> Iterator[dict[str, object]]:
    golds = [path for folder in options.folders for path in sorted(folder.glob("*.flac")) if read_turns(path)]
    settings = EngineSettings(options.weights, threads=options.threads)
    wavs = []
    for gold in golds:
        wavs.append(scratch / f"{gold.stem}.wav")
        if not wavs[-1].is_file():
            normalise(gold, wavs[-1])
    tell = make_system(system, settings)
    if options.minutes:
        for minutes in map(float, options.minutes.split(",")):
            yield measure(system, tell, join(wavs, minutes, scratch / "joined.wav"), None)
        return
    for gold, wav in zip(golds, wavs, strict=True):
        yield measure(system, tell, wav, gold)


def main(arguments: list[str]) -> int:
    """Exit code 0 when everything was measured, 2 for a wrong call."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.voices", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--weights", type=Path, default=Path("var/weights"))
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--minutes", default="", metavar="M,M…")
    parser.add_argument("--system", choices=SYSTEMS, help="only this one, in this process")
    options = parser.parse_args(arguments)
    ensure_weights(options.weights)
    if options.system:
        with tempfile.TemporaryDirectory(prefix="voices-") as scratch:
            lines = 0
            for line in _run_here(options.system, options, Path(scratch)):
                print(json.dumps(line, ensure_ascii=False), flush=True)
                lines += 1
        return 0 if lines else 2
    wanted = [OURS] if options.minutes else SYSTEMS
    calls = ([sys.executable, "-m", "benchmarks.voices", *arguments, "--system", system] for system in wanted)
    return max(subprocess.run(call, check=False).returncode for call in calls)  # noqa: S603  (our own module)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
