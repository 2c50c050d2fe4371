"""What our own recogniser makes of the meetings of a folder: the condition `machine`.

In: a folder as in `shared/data` (X.flac or another sound beside X.tasks.json) and where the weights lie. Out: a
transcript per meeting, X.transcript.json, made with what a conference would have told: the plan, and who was in the
room, late and partly wrong.
"""

import json
import tempfile
from pathlib import Path

from benchmarks.speakers import gold_people, gold_room
from benchmarks.speech.references import SOUNDS
from orchestrator.meetings.context import MeetingContext
from transcription.document import TranscriptDocument
from transcription.engines.contract import EngineSettings
from transcription.oneshot import transcribe_file
from transcription.speakers.from_meeting import speaker_bounds, speaker_context, vocabulary


def hear(folder: Path, into: Path, weights: Path) -> None:
    """Transcribe every meeting of `folder` that has sound and no transcript in `into` yet."""
    into.mkdir(parents=True, exist_ok=True)
    for tasks in sorted(folder.glob("*.tasks.json")):
        name = tasks.name.removesuffix(".tasks.json")
        sound = next((path for path in (folder / f"{name}{end}" for end in SOUNDS) if path.is_file()), None)
        transcript = into / f"{name}.transcript.json"
        if sound is not None and not transcript.is_file():
            transcript.write_text(_heard(sound, weights).dumps(), encoding="utf-8")


def _heard(sound: Path, weights: Path) -> TranscriptDocument:
    context = MeetingContext.from_json(json.loads(sound.with_suffix(".attendance.json").read_text(encoding="utf-8")))
    gold = json.loads(sound.with_suffix(".json").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        outcome = transcribe_file(
            sound,
            Path(scratch),
            settings=EngineSettings(weights),
            max_speakers=speaker_bounds(context).maximum,
            vocabulary=vocabulary(context),
            context=gold_people(gold, speaker_context(context)),
            room=gold_room(gold),
        )
    return outcome.document
