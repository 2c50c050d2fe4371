"""Notices and meetings with gold answers, read from their folders into plain values.

In: tests/data/notices (a .txt and a .json each) and a folder of meetings as in `shared/data` (X.json, X.tasks.json,
X.attendance.json). Out: `Sample`s. A meeting comes in several conditions: `true` (as it should be written), `spoken`
(numbers in words), `damaged` (words wrong as a recogniser hears them, made here) and `machine` (a transcript that a
recogniser made, X.transcript.json; `heard.py` makes them with ours), `machine_worse` where more than 12 % of its words
are wrong.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.minutes.damage import damaged
from benchmarks.scoring import word_error_rate
from minutes.drafting.extract import extract_text, extract_transcript
from minutes.drafting.extraction import Extraction
from minutes.drafting.measure import recurrence
from orchestrator.meetings.context import MeetingContext, UnitFacts
from transcription.document import Segment, TranscriptDocument

NOTICES = Path(__file__).resolve().parents[2] / "tests" / "data" / "notices"
SECONDS_PER_LINE = 10.0
#: One word in so many is heard wrong in the condition `damaged`: within the 12 % of human-like speech.
DAMAGED_SHARE = 0.10
#: Share of words wrong up to which a transcript counts as human-like; what is heard worse is told apart.
HUMAN_LIKE = 0.12
#: The part that meetings with sound belong to.
SHARED = "shared"
Gold = dict[str, Any]


@dataclass(frozen=True)
class Sample:
    """One text with gold answers. `scope` tells which items the gold lists: all kinds, or directives only."""

    name: str
    part: str
    condition: str
    text: str
    gold: tuple[Gold, ...]
    understand: Callable[[], Extraction]
    all_kinds: bool = True


def notices(folder: Path = NOTICES) -> Iterator[Sample]:
    """Every notice of ours; those of the folder itself were there while the rules were first written."""
    for path in sorted(folder.rglob("*.json")):
        part = "first" if path.parent == folder else path.parent.name
        yield _notice(path, part)


def meetings(folder: Path, transcripts: Path | None = None) -> Iterator[Sample]:
    """Every meeting of a folder in each of its conditions; what a recogniser made lies in `transcripts`, or beside."""
    for path in sorted(folder.glob("*.tasks.json")):
        name = path.name.removesuffix(".tasks.json")
        data = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        context = MeetingContext.from_json(json.loads((folder / f"{name}.attendance.json").read_text(encoding="utf-8")))
        gold = tuple(map(_task, json.loads(path.read_text(encoding="utf-8"))["tasks"]))
        for condition, document in _conditions(name, data, transcripts or folder):
            yield Sample(
                name,
                SHARED,
                condition,
                document.text,
                gold,
                partial(extract_transcript, document, context),
                all_kinds=False,
            )


def _notice(path: Path, part: str) -> Sample:
    gold = json.loads(path.read_text(encoding="utf-8"))
    raw = path.with_suffix(".txt").read_text(encoding="utf-8")
    items = tuple(gold["items"])
    if gold["form"] == "transcript":
        context = MeetingContext.from_json(gold["meeting"])
        document = transcript_of_lines(raw)
        return Sample(path.stem, part, "true", raw, items, lambda: extract_transcript(document, context))
    units = [UnitFacts(None, unit) for unit in gold.get("units", [])]
    day = date.fromisoformat(gold["date"])
    return Sample(path.stem, part, "true", raw, items, lambda: extract_text(raw, units, day))


def damaged_notices(folder: Path = NOTICES) -> Iterator[Sample]:
    """The spoken samples among the notices with words wrong as a recogniser leaves them."""
    for path in sorted(folder.rglob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if gold["form"] != "transcript":
            continue
        context = MeetingContext.from_json(gold["meeting"])
        document = _damaged(transcript_of_lines(path.with_suffix(".txt").read_text(encoding="utf-8")), path.stem)
        part = "first" if path.parent == folder else path.parent.name
        yield Sample(
            path.stem,
            part,
            "damaged",
            document.text,
            tuple(gold["items"]),
            partial(extract_transcript, document, context),
        )


def transcript_of_lines(raw: str) -> TranscriptDocument:
    """Lines "Tên: lời nói" as a transcript, ten seconds each."""
    segments = []
    for index, line in enumerate(line for line in raw.splitlines() if line.strip()):
        speaker, text = line.split(": ", 1)
        start = index * SECONDS_PER_LINE
        segments.append(Segment(f"s{index:04d}", start, start + SECONDS_PER_LINE, speaker, text))
    return TranscriptDocument("gold", len(segments) * SECONDS_PER_LINE, tuple(segments))


def _conditions(name: str, data: Gold, transcripts: Path) -> Iterator[tuple[str, TranscriptDocument]]:
    yield "true", _document(data, "text")
    spoken = _document(data, "spoken")
    yield "spoken", spoken
    yield "damaged", _damaged(spoken, name)
    machine = transcripts / f"{name}.transcript.json"
    if machine.is_file():
        heard = TranscriptDocument.loads(machine.read_bytes())
        yield ("machine" if word_error_rate(spoken.text, heard.text) <= HUMAN_LIKE else "machine_worse"), heard


def _document(data: Gold, field: str) -> TranscriptDocument:
    segments = tuple(
        Segment(f"s{index:04d}", row["start"], row["end"], row["speaker"], row.get(field) or row["text"])
        for index, row in enumerate(data["segments"])
    )
    return TranscriptDocument("gold", data["duration"], segments)


def _damaged(document: TranscriptDocument, seed: str) -> TranscriptDocument:
    segments = tuple(
        Segment(
            segment.id,
            segment.start,
            segment.end,
            segment.speaker,
            damaged(segment.text, DAMAGED_SHARE, f"{seed}-{segment.id}"),
            ("doubtful",),
        )
        for segment in document.segments
    )
    return TranscriptDocument("damaged", document.duration_seconds, segments)


def _task(task: Gold) -> Gold:
    """A task of `shared/data` in the form of our gold items."""
    rrule = recurrence(str(task["recurring"])) if task.get("recurring") else None
    return {
        "kind": "directive",
        "lead": [name.strip() for name in str(task["unit"]).split(",")],
        "coordinating": list(task.get("coordinating") or ()),
        "action": task["task"],
        "deadline": {"iso": task.get("deadline"), "rrule": rrule},
    }
