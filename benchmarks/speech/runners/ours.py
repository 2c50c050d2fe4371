"""Our own way, whole: `transcribe_file`, with nothing known, with the plan of the meeting, or with its room too."""

import json
import sys
import tempfile
from pathlib import Path

from benchmarks.speakers import gold_people, gold_room
from benchmarks.speech.hypothesis import Hypothesis, Said
from benchmarks.speech.runners.calling import Steps, parser
from orchestrator.meetings.context import MeetingContext
from transcription.engines.contract import EngineSettings, SpeakerBounds, Turn, Vocabulary
from transcription.oneshot import transcribe_file
from transcription.speakers.context import SpeakerContext
from transcription.speakers.from_meeting import speaker_bounds, speaker_context, vocabulary


def main(arguments: list[str]) -> int:
    """`--attendance` is the plan of the meeting, `--room-of` a gold file to make a room from, late and partly wrong."""
    made = parser()
    made.add_argument("--engine", default="auto")
    made.add_argument("--attendance", type=Path)
    made.add_argument("--room-of", type=Path)
    options = made.parse_args(arguments)
    known, terms, bounds = _plan(options.attendance)
    gold = json.loads(options.room_of.read_text(encoding="utf-8")) if options.room_of else None
    steps = Steps()
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        outcome = transcribe_file(
            options.sound,
            Path(scratch),
            settings=EngineSettings(options.weights, threads=options.threads),
            engine=options.engine,
            max_speakers=bounds.maximum,
            vocabulary=terms,
            # Where a conference tells its endpoints, the plan says who sits at them, by the same names.
            context=gold_people(gold, known) if gold else known,
            room=gold_room(gold) if gold else None,
            progress=lambda _share, what: steps.note(what.partition(" (")[0]),
        )
    spoken = outcome.document.spoken_segments
    Hypothesis(
        said=tuple(Said(s.start, s.end, s.speaker, s.text) for s in spoken),
        turns=tuple(Turn(*turn) for turn in outcome.turns),
        stages=tuple(steps.done()),
        names_people=options.attendance is not None,
        set_aside=len(outcome.document.segments) - len(spoken),
    ).write(options.out)
    return 0


def _plan(path: Path | None) -> tuple[SpeakerContext, Vocabulary, SpeakerBounds]:
    if path is None:
        return SpeakerContext(), Vocabulary(), SpeakerBounds()
    context = MeetingContext.from_json(json.loads(path.read_text(encoding="utf-8")))
    return speaker_context(context), vocabulary(context), speaker_bounds(context)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
