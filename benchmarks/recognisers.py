"""`python -m benchmarks.recognisers FOLDER`: the recognisers alone, on every recording with gold answers.

A JSON line for each recording and engine: word errors without and with the vocabulary of the meeting (the attendance
file beside the recording), processor seconds for each second of sound, and for names of units and people: how many were
said, heard without and with the vocabulary, and how often one was written that had not been said. `changed_by_others`
is how many words the vocabulary of all the other meetings changes where they were not held: it must be next to nothing.
`--terms FOLDER` adds the meetings of another folder to those others. `--machine FOLDER` keeps what the engines heard,
so that rules can be measured again without hearing everything anew.
"""

import argparse
import json
import resource
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import jiwer

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


@dataclass(frozen=True, slots=True)
class Kept:
    """What an engine heard in a recording: its pieces, and the processor seconds for each second of sound."""

    contents: tuple[bytes, ...]
    cost: float

    @classmethod
    def of(cls, reference: Reference, engine: Recognizer, folder: Path | None) -> "Kept":
        """From the folder where it was kept before, else heard now."""
        path = folder / f"{reference.name}.{engine.name}.json" if folder else None
        if path is not None and path.is_file():
            told = json.loads(path.read_text(encoding="utf-8"))
            return cls(tuple(content.encode() for content in told["contents"]), float(told["cost"]))
        found = _heard(reference, engine)
        if path is not None:
            told = {"contents": [content.decode() for content in found.contents], "cost": found.cost}
            path.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        return found


def _heard(reference: Reference, engine: Recognizer) -> Kept:
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        wav = Path(scratch) / "sound.wav"
        normalise(reference.sound, wav)
        with SoundFile(wav) as sound:
            speech = detect_speech(sound, VoiceActivity())
            before = _processor_seconds()
            none = Vocabulary()
            planned = list(plan_pieces(sound, speech, engine.name, engine.abilities, none))
            contents = tuple(hear(sound, item, engine, none) for item in planned)
            return Kept(contents, (_processor_seconds() - before) / sound.duration_seconds)


def measure(reference: Reference, engine: str, kept: Kept, others: Sequence[str]) -> dict[str, object]:
    """What was heard of one recording against its gold answers: with no vocabulary, its own, and that of `others`."""
    context = _context(reference.sound)
    own = vocabulary(context).terms if context else ()
    bare = _said(gather(engine, "", kept.contents, Vocabulary()))
    known = _said(gather(engine, "", kept.contents, Vocabulary(own)))
    foreign = _said(gather(engine, "", kept.contents, Vocabulary(tuple(term for term in others if term not in own))))
    return {
        "file": reference.name,
        "engine": engine,
        "wer": round(word_error_rate(reference.text, bare), 4),
        "wer_context": round(word_error_rate(reference.text, known), 4),
        "changed_by_others": _changed(bare, foreign),
        "cpu": round(kept.cost, 3),
        **_names(context, reference.text, bare, known),
    }


def _changed(one: str, other: str) -> int:
    """Words that differ between two readings of the same sound."""
    left, right = plain(one), plain(other)
    if not left:
        return len(right.split())
    found = jiwer.process_words(left, right)
    return int(found.substitutions + found.deletions + found.insertions)


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


def _terms_of(sounds: Iterable[Path]) -> list[str]:
    """The vocabulary of all these meetings, each term once."""
    found = (term for path in sounds if (context := _context(path)) for term in vocabulary(context).terms)
    return list(dict.fromkeys(found))


def _processor_seconds() -> float:
    usage = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(item.ru_utime + item.ru_stime for item in usage)


def main(arguments: list[str]) -> int:
    """Exit code 0 when at least one recording was measured, 2 for a wrong call."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.recognisers", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", action="append", help="names of recordings; default: all")
    parser.add_argument("--engine", action="append", help="may be given several times; default: auto")
    parser.add_argument("--terms", type=Path, help="the meetings of this folder as well are others")
    parser.add_argument("--machine", type=Path, metavar="FOLDER", help="where to keep what the engines heard")
    parser.add_argument("--weights", type=Path, default=Path("var/weights"))
    options = parser.parse_args(arguments)
    offline.seal()
    offline.limit_threads(1)
    ensure_weights(options.weights)
    settings = EngineSettings(options.weights, threads=1)
    references = [one for one in read_references(options.folder) if not options.only or one.name in options.only]
    folders = [options.folder, *([options.terms] if options.terms else [])]
    others = _terms_of(path for folder in folders for path in sorted(folder.glob("*.flac")))
    if options.machine:
        options.machine.mkdir(parents=True, exist_ok=True)
    for name in options.engine or [registry.AUTO]:
        engine = registry.make_recognizer(registry.choose(name, settings), settings)
        for reference in references:
            kept = Kept.of(reference, engine, options.machine)
            print(json.dumps(measure(reference, engine.name, kept, others), ensure_ascii=False), flush=True)
        engine.close()
    return 0 if references else 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
