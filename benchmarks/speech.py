"""`python -m benchmarks.speech FOLDER…`: every recording with gold answers is transcribed; a JSON line each is printed.

Fields: system, file, wer, cer, der, der_collar (0.25 s left out at boundaries), speakers, speakers_true, seconds,
taken, rtf (wall time for each second of sound), cpu_rtf (processor time, comparable on a loaded machine), peak_mb.
`system` says which engine; `--context` uses the attendance file beside a recording, as the service uses the plan of a
meeting.
"""

import argparse
import json
import resource
import sys
import tempfile
from pathlib import Path

from benchmarks.scoring import (
    Reference,
    character_error_rate,
    diarization_error_rate,
    read_references,
    word_error_rate,
)
from orchestrator.meetings.context import MeetingContext
from transcription.engines.contract import EngineSettings, SpeakerBounds, Turn, Vocabulary
from transcription.oneshot import Outcome, transcribe_file
from transcription.speakers.context import SpeakerContext
from transcription.speakers.from_meeting import speaker_bounds, speaker_context, vocabulary


def measure(reference: Reference, engine: str, settings: EngineSettings, *, use_context: bool) -> dict[str, object]:
    """Transcribe one recording and compare it with its gold answers."""
    known, terms, bounds = (
        _context(reference.sound) if use_context else (SpeakerContext(), Vocabulary(), SpeakerBounds())
    )
    before = _cpu_seconds()
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        outcome = transcribe_file(
            reference.sound,
            Path(scratch),
            settings=settings,
            engine=engine,
            max_speakers=bounds.maximum,
            vocabulary=terms,
            context=known,
        )
    cpu_rtf = round((_cpu_seconds() - before) / outcome.sound_seconds, 3)
    return {"file": reference.name, "context": use_context, **_figures(reference, outcome), "cpu_rtf": cpu_rtf}


def _cpu_seconds() -> float:
    """Processor time of this process and of the finished ones it started; comparable on a loaded machine."""
    usage = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(item.ru_utime + item.ru_stime for item in usage)


def _figures(reference: Reference, outcome: Outcome) -> dict[str, object]:
    text = outcome.document.text
    turns = tuple(Turn(*turn) for turn in outcome.turns)
    named = sum(voice.is_named for voice in outcome.voices)
    return {
        "system": outcome.document.engine,
        "wer": round(word_error_rate(reference.text, text), 4),
        "cer": round(character_error_rate(reference.text, text), 4),
        "der": round(diarization_error_rate(reference.turns, turns), 4),
        "der_collar": round(diarization_error_rate(reference.turns, turns, 0.25), 4),
        "speakers": len(outcome.voices),
        "speakers_true": len({turn.voice for turn in reference.turns}),
        "named": named,
        "seconds": round(outcome.sound_seconds, 1),
        "taken": round(outcome.taken_seconds, 1),
        "rtf": round(outcome.taken_seconds / outcome.sound_seconds, 3),
        "peak_mb": round(outcome.peak_memory_bytes / 1e6),
    }


def _context(sound: Path) -> tuple[SpeakerContext, Vocabulary, SpeakerBounds]:
    path = sound.with_suffix(".attendance.json")
    if not path.is_file():
        return SpeakerContext(), Vocabulary(), SpeakerBounds()
    context = MeetingContext.from_json(json.loads(path.read_text(encoding="utf-8")))
    return speaker_context(context), vocabulary(context), speaker_bounds(context)


def main(arguments: list[str]) -> int:
    """Exit code 0 when at least one recording was measured, 2 for a wrong call."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speech", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--engine", action="append", help="may be given several times; default: auto")
    parser.add_argument("--weights", type=Path, default=Path("var/weights"))
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--context", action="store_true")
    options = parser.parse_args(arguments)
    settings = EngineSettings(options.weights, threads=options.threads)
    references = [reference for folder in options.folders for reference in read_references(folder)]
    for reference in references:
        for engine in options.engine or ["auto"]:
            line = measure(reference, engine, settings, use_context=options.context)
            print(json.dumps(line, ensure_ascii=False), flush=True)
    return 0 if references else 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
