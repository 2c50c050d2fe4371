"""`python -m benchmarks.speakers FOLDER…`: names right, with and without what the room knows. A JSON line for each.

The room is made from the gold answers, with the errors of a real one: dominant-speaker intervals come 0.3 s late, and
5 % of the time another endpoint is named, by chance of twelve seeds; figures are means, `names_right_worst` is the
worst. Fields: file, evidence ("said", "presence", "presence, no head-counts"), words, names_right (share of
words under the right name), endpoint_right (share under the right name or at least the right endpoint), wrong_names
(share under a wrong person's name: what must not happen), der (of the turns with names), offset_seconds (as measured).
`--machine FOLDER` keeps what the engines heard (`X.wav`, `X.diar.json`, `X.rec.json`), so that rules can be measured
again without hearing everything anew.
"""

import argparse
import json
import random
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.scoring import diarization_error_rate, read_turns
from orchestrator.meetings.context import MeetingContext
from transcription.document import TranscriptDocument
from transcription.engines import registry
from transcription.engines.contract import Diarization, EngineSettings, SpeakerBounds, Turn, Vocabulary
from transcription.engines.voice_activity import VoiceActivity
from transcription.exports.rttm import named_turns
from transcription.speakers.context import KnownPerson, SpeakerContext
from transcription.speakers.from_meeting import speaker_bounds, speaker_context, vocabulary
from transcription.speakers.naming import Known, name_speakers
from transcription.speakers.placing import place_voices
from transcription.speakers.recording_clock import ClockFit, align
from transcription.speakers.room import RoomEvidence, RoomInterval, Seat
from transcription.stages.detect_speech import detect_speech
from transcription.stages.merge import merge
from transcription.stages.normalise import normalise
from transcription.stages.recognise import Recognition, recognise
from transcription.stages.sound import SoundFile

LATE_SECONDS = 0.3
WRONG_SHARE = 0.05
#: A conference names the wrong endpoint for some seconds: a cough, a chair, an echo.
WRONG_STRETCH_SECONDS = 2.0
SEEDS = range(1, 13)
SAID, PRESENCE, NO_HEADS = "said", "presence", "presence, no head-counts"


def hear(sound: Path, folder: Path, settings: EngineSettings, context: MeetingContext | None) -> None:
    """Run recogniser and diariser once and keep what they gave."""
    wav, turns, words = (folder / f"{sound.stem}{end}" for end in (".wav", ".diar.json", ".rec.json"))
    if not wav.is_file():
        normalise(sound, wav)
    with SoundFile(wav) as opened:
        if not turns.is_file():
            bounds = speaker_bounds(context) if context else SpeakerBounds()
            found = registry.make_diarizer("pyannote", settings).diarize(opened, bounds)
            turns.write_text(json.dumps(found.to_json()))
        if not words.is_file():
            choice = registry.choose(registry.AUTO, settings)
            recognizer = registry.make_recognizer(choice, settings)
            terms = vocabulary(context) if context else Vocabulary()
            heard = recognise(opened, detect_speech(opened, VoiceActivity()), recognizer, choice, terms)
            recognizer.close()
            words.write_text(json.dumps(heard.to_json(), ensure_ascii=False))


def gold_room(gold: dict[str, Any], seed: int = 1) -> RoomEvidence:
    """The room as a conference would have told it, from the gold answers, late and partly wrong."""
    chance = random.Random(seed)  # noqa: S311  (repeatable noise is wanted)
    home = {name: facts["endpoint"] for name, facts in gold["speakers"].items()}
    endpoints = sorted(set(home.values()))
    spans = [(s["start"] + LATE_SECONDS, s["end"] + LATE_SECONDS, home[s["speaker"]]) for s in gold["segments"]]
    dominant: list[RoomInterval] = []
    for start, end, endpoint in spans:
        at = start
        while at < end:
            stop = min(end, at + WRONG_STRETCH_SECONDS)
            others = [other for other in endpoints if other != endpoint]
            said = chance.choice(others) if others and chance.random() < WRONG_SHARE else endpoint
            dominant.append(RoomInterval(said, at, stop))
            at = stop
    present = tuple(RoomInterval(endpoint, 0.0, gold["duration"]) for endpoint in endpoints)
    seats = tuple(Seat(endpoint, sum(place == endpoint for place in home.values())) for endpoint in endpoints)
    return RoomEvidence(present, tuple(dominant), seats, margin_seconds=2.0, clock="gold")


def gold_people(gold: dict[str, Any], context: SpeakerContext) -> SpeakerContext:
    """The people of the plan, each registered at the endpoint the gold answers name."""
    home = {name: facts["endpoint"] for name, facts in gold["speakers"].items()}
    people = tuple(replace(person, endpoint=home.get(person.name, person.endpoint)) for person in context.people)
    listed = {person.name for person in people}
    missing = tuple(
        KnownPerson(name, facts["title"], facts["unit"], facts["endpoint"])
        for name, facts in gold["speakers"].items()
        if name not in listed
    )
    return replace(context, people=people + missing)


def measure(sound: Path, folder: Path, *, evidence: str) -> dict[str, object]:
    """Names of one recording against its gold answers, over all seeds."""
    runs = [_measure(sound, folder, evidence, seed) for seed in (SEEDS if evidence != SAID else range(1))]
    figures = {
        key: round(sum(run[key] for run in runs) / len(runs), 4) if all(run[key] is not None for run in runs) else None
        for key in runs[0]
    }
    worst = min(run["names_right"] for run in runs)
    return {"file": sound.stem, "evidence": evidence, **figures, "names_right_worst": worst}


def _measure(sound: Path, folder: Path, evidence: str, seed: int) -> dict[str, Any]:
    gold = json.loads(sound.with_suffix(".json").read_text(encoding="utf-8"))
    recognition = Recognition.from_json(json.loads((folder / f"{sound.stem}.rec.json").read_text(encoding="utf-8")))
    diarization = Diarization.from_json(json.loads((folder / f"{sound.stem}.diar.json").read_text()))
    meeting = _meeting(sound)
    context = gold_people(gold, speaker_context(meeting) if meeting else SpeakerContext())
    known, fit = Known(), ClockFit()
    if evidence != SAID:
        told = gold_room(gold, seed) if evidence == PRESENCE else replace(gold_room(gold, seed), seats=())
        room, fit = align(told, diarization.exclusive)
        diarization, places = place_voices(diarization, room)
        known = Known(places, room)
    document = merge(recognition, diarization, gold["duration"])
    named, voices = name_speakers(document, context, known)
    turns = tuple(Turn(*turn) for turn in named_turns(named, diarization.turns))
    return {
        **_scores(named, {v.name: v.endpoint for v in voices}, gold),
        "der": round(diarization_error_rate(read_turns(sound), turns), 4),
        "voices": len(voices),
        "named": sum(voice.is_named for voice in voices),
        "offset_seconds": round(fit.offset_seconds, 2) if fit.is_measured else None,
    }


def _scores(named: TranscriptDocument, endpoints: dict[str, str], gold: dict[str, Any]) -> dict[str, Any]:
    home = {name: facts["endpoint"] for name, facts in gold["speakers"].items()}
    right = near = wrong = words = 0
    for segment in named.spoken_segments:
        for word in segment.words:
            true = _speaker_at((word.start + word.end) / 2, gold["segments"])
            words += 1
            right += segment.speaker == true
            near += segment.speaker == true or endpoints.get(segment.speaker) == home[true]
            wrong += segment.speaker in home and segment.speaker != true
    share = {"names_right": right, "endpoint_right": near, "wrong_names": wrong}
    return {"words": words, **{name: round(count / max(1, words), 4) for name, count in share.items()}}


def _speaker_at(moment: float, segments: list[dict[str, Any]]) -> str:
    def distance(segment: dict[str, Any]) -> float:
        return max(segment["start"] - moment, moment - segment["end"], 0.0)

    return str(min(segments, key=distance)["speaker"])


def _meeting(sound: Path) -> MeetingContext | None:
    path = sound.with_suffix(".attendance.json")
    return MeetingContext.from_json(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else None


def main(arguments: list[str]) -> int:
    """Exit code 0 when something was measured, 2 for a wrong call."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speakers", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--machine", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--weights", type=Path, default=Path("var/weights"))
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args(arguments)
    options.machine.mkdir(parents=True, exist_ok=True)
    settings = EngineSettings(options.weights, threads=options.threads)
    # Only meetings: without a plan there are no names to give.
    sounds = [path for folder in options.folders for path in sorted(folder.glob("*.flac")) if _meeting(path)]
    for sound in sounds:
        hear(sound, options.machine, settings, _meeting(sound))
        for evidence in (SAID, PRESENCE, NO_HEADS):
            print(json.dumps(measure(sound, options.machine, evidence=evidence), ensure_ascii=False), flush=True)
    return 0 if sounds else 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
