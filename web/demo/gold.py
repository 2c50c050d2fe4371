"""The sample recording with its gold answers: who said what when, and which directives the chair gave."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SAMPLE = Path(__file__).resolve().parents[2] / "tests" / "data" / "demo"
NAME = "hop-giao-ban"


@dataclass(frozen=True)
class GoldLine:
    """One line as a careful person would have typed it; times in seconds from the start of the recording."""

    start: float
    end: float
    speaker: str
    text: str


@dataclass(frozen=True)
class Gold:
    """Everything known about the sample."""

    audio: Path
    title: str
    date: str
    time: str
    duration_seconds: float
    lines: tuple[GoldLine, ...]
    directives: tuple[dict[str, Any], ...]


def load_gold(folder: Path = SAMPLE) -> Gold:
    """Read the sample beside its sound."""
    told = json.loads((folder / f"{NAME}.json").read_text(encoding="utf-8"))
    tasks = json.loads((folder / f"{NAME}.tasks.json").read_text(encoding="utf-8"))
    return Gold(
        audio=folder / told["audio"],
        title=told["title"],
        date=told["date"],
        time=told["time"],
        duration_seconds=told["duration"],
        lines=tuple(GoldLine(part["start"], part["end"], part["speaker"], part["text"]) for part in told["segments"]),
        directives=tuple(tasks["tasks"]),
    )
