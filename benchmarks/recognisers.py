"""`python -m benchmarks.recognisers FOLDER`: the recognisers alone, on every recording with gold answers.

A JSON line for each recording and engine: word errors without and with the vocabulary of the meeting (the attendance
file beside the recording), processor seconds for each second of sound, and for names of units and people: how many were
said, heard without and with the vocabulary, and how often one was written that had not been said. `--terms FOLDER`
also tries the vocabulary of other meetings, which must change nothing.
"""

import argparse
import json
import resource
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.scoring import Reference, plain, read_references, word_error_rate
from core.vietnamese.readings import expand
from orchestrator.meetings.context import MeetingContext
from transcription import offline
from transcription.engines import registry
from transcription.engines.contract import EngineSettings, Recognizer, Vocabulary
from transcription.engines.voice_activity import VoiceActivity
from transcription.speakers.from_meeting import vocabulary
from transcription.stages.detect_speech import detect_speech
from transcription.stages.normalise import normalise
from transcription.stages.recognise import Recognition, gather, hear, plan_pieces
from transcription.stages.sound import SoundFile
from transcription.weights import ensure_weights

_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}


def measure(reference: Reference, engine: Recognizer, others: Sequence[str]) -> dict[str, object]:
    """One recording through one recogniser; heard once, with two vocabularies applied."""
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        wav = Path(scratch) / "sound.wav"
        normalise(reference.sound, wav)
        with SoundFile(wav) as sound:
            speech = detect_speech(sound, VoiceActivity())
            before = _processor_seconds()
            none = Vocabulary()
            planned = list(plan_pieces(sound, speech, engine.name, engine.abilities, none))
            contents = [hear(sound, item, engine, none) for item in planned]
            cost = (_processor_seconds() - before) / sound.duration_seconds
    context = _context(reference.sound)
    terms = (*(vocabulary(context).terms if context else ()), *others)
    bare = _said(gather(engine.name, "", contents, none))
    known = _said(gather(engine.name, "", contents, Vocabulary(terms)))
    return {
        "file": reference.name,
        "engine": engine.name,
        "wer": round(word_error_rate(reference.text, bare), 4),
        "wer_context": round(word_error_rate(reference.text, known), 4),
        "cpu": round(cost, 3),
        **_names(context, reference.text, bare, known),
    }


def _names(context: MeetingContext | None, reference: str, bare: str, known: str) -> dict[str, object]:
    if context is None:
        return {}
    people = [person.name for person in context.present]
    listed = [*context.units_present, *(absence.name for absence in context.absent), *people]
    names = {_spoken(name.partition("(")[0]) for name in listed}
    said = {name: _count(reference, name) for name in names}

    def right(text: str) -> int:
        return sum(min(count, _count(text, name)) for name, count in said.items())

    return {
        "names_said": sum(said.values()),
        "names": right(bare),
        "names_context": right(known),
        "names_invented": sum(max(0, _count(known, name) - count) for name, count in said.items()),
    }


def _said(recognition: Recognition) -> str:
    return _spoken(" ".join(utterance.text for utterance in recognition.utterances))


def _spoken(text: str) -> str:
    """Roman numerals as they are said."""
    words = (word.rstrip(".,;:?!") for word in text.split())
    return " ".join(" ".join(expand(str(_ROMAN[word])) or ()) if word in _ROMAN else word for word in words)


def _count(text: str, name: str) -> int:
    return f" {plain(text)} ".replace(" ", "  ").count(f" {plain(name).replace(' ', '  ')} ")


def _context(sound: Path) -> MeetingContext | None:
    path = sound.with_suffix(".attendance.json")
    return MeetingContext.from_json(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else None


def _processor_seconds() -> float:
    usage = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(item.ru_utime + item.ru_stime for item in usage)


def main(arguments: list[str]) -> int:
    """Exit code 0 when at least one recording was measured, 2 for a wrong call."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.recognisers", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", action="append", help="names of recordings; default: all")
    parser.add_argument("--engine", action="append", help="may be given several times; default: auto")
    parser.add_argument("--terms", type=Path, help="vocabulary of all meetings in this folder as well")
    parser.add_argument("--weights", type=Path, default=Path("var/weights"))
    options = parser.parse_args(arguments)
    offline.seal()
    offline.limit_threads(1)
    ensure_weights(options.weights)
    settings = EngineSettings(options.weights, threads=1)
    references = [one for one in read_references(options.folder) if not options.only or one.name in options.only]
    paths = sorted(options.terms.glob("*.flac")) if options.terms else []
    others = [term for path in paths if (context := _context(path)) for term in vocabulary(context).terms]
    for name in options.engine or [registry.AUTO]:
        engine = registry.make_recognizer(registry.choose(name, settings), settings)
        for reference in references:
            print(json.dumps(measure(reference, engine, others), ensure_ascii=False), flush=True)
        engine.close()
    return 0 if references else 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
