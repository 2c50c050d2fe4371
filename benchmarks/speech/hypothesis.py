"""What a system heard, in one form for all: who said what when, and whose voice was heard when."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from transcription.engines.contract import Turn


@dataclass(frozen=True)
class Said:
    """A stretch of text; `speaker` is empty where the system does not tell voices apart."""

    start: float
    end: float
    speaker: str
    text: str


@dataclass(frozen=True)
class Stage:
    """A step of a system on the wall clock, in seconds since it began."""

    name: str
    start: float
    end: float


@dataclass(frozen=True)
class Hypothesis:
    """One system's answer for one recording.

    Attributes:
        turns: None where the system does not tell voices apart.
        names_people: whether speakers are called by names, not by numbers.
        set_aside: sentences that the system itself holds for invented.
    """

    said: tuple[Said, ...] = ()
    turns: tuple[Turn, ...] | None = None
    stages: tuple[Stage, ...] = ()
    names_people: bool = False
    set_aside: int = 0

    @property
    def text(self) -> str:
        return " ".join(item.text for item in self.said if item.text)

    def by_speaker(self) -> dict[str, str]:
        texts: dict[str, list[str]] = {}
        for item in sorted(self.said, key=lambda said: said.start):
            texts.setdefault(item.speaker, []).append(item.text)
        return {speaker: " ".join(parts) for speaker, parts in texts.items()}

    def write(self, path: Path) -> None:
        told: dict[str, Any] = {
            "said": [[s.start, s.end, s.speaker, s.text] for s in self.said],
            "turns": None if self.turns is None else [[t.start, t.end, t.voice] for t in self.turns],
            "stages": [[s.name, s.start, s.end] for s in self.stages],
            "names_people": self.names_people,
            "set_aside": self.set_aside,
        }
        path.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> "Hypothesis":
        told = json.loads(path.read_text(encoding="utf-8"))
        turns = None if told["turns"] is None else tuple(Turn(*turn) for turn in told["turns"])
        return cls(
            tuple(Said(*said) for said in told["said"]),
            turns,
            tuple(Stage(*stage) for stage in told["stages"]),
            bool(told["names_people"]),
            int(told["set_aside"]),
        )


def joined(text: Hypothesis, voices: Hypothesis) -> Hypothesis:
    """The text of one program under the voices of another, as a script around both would do it: most overlap wins."""
    turns = voices.turns or ()
    said = tuple(replace(item, speaker=_loudest(item, turns)) for item in text.said)
    late = max((stage.end for stage in text.stages), default=0.0)
    after = tuple(Stage(stage.name, stage.start + late, stage.end + late) for stage in voices.stages)
    return Hypothesis(said, turns, (*text.stages, *after))


def _loudest(item: Said, turns: Sequence[Turn]) -> str:
    shares: Counter[str] = Counter()
    for turn in turns:
        overlap = min(item.end, turn.end) - max(item.start, turn.start)
        if overlap > 0:
            shares[turn.voice] += round(overlap * 1000)
    if shares:
        return shares.most_common(1)[0][0]
    near = min(turns, key=lambda turn: max(turn.start - item.end, item.start - turn.end), default=None)
    return near.voice if near else ""
