"""How long it will still take, from what was measured on this recording: pure rules with the clock passed in.

Nothing is promised before something was measured; what stands still is not counted as going on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from transcription.pipeline import states
from transcription.pipeline.graph import PLAN, Stage

#: Weight of the newest piece: about the last ten count, so a second worker shows within a minute.
_WEIGHT = 0.15
#: A stage that has come less far tells nothing about its speed.
_LEAST_PROGRESS = 0.02
#: Stages too light to judge the others by: most of their time is the queue's.
_LEAST_MEASURED_SHARE = 0.03


@dataclass(frozen=True, slots=True)
class Pace:
    """Speech done against time passed, averaged over the last pieces of a run.

    Attributes:
        seconds: of speech in a piece, on average.
        wall: seconds between the ends of two pieces, on average, whoever worked on them.
        at: the end of the last one.
    """

    seconds: float
    wall: float
    at: datetime

    def to_json(self) -> dict[str, Any]:
        return {"seconds": round(self.seconds, 3), "wall": round(self.wall, 3), "at": self.at.isoformat()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(float(data["seconds"]), float(data["wall"]), datetime.fromisoformat(data["at"]))

    def remaining_seconds(self, left: float, now: datetime) -> float:
        """Time for so many seconds of speech. A silence longer than usual slows the pace until it ends."""
        standing = (now - self.at).total_seconds()
        return left / max(self.seconds, 0.001) * max(self.wall, standing, 0.0)


def after_piece(before: Pace | None, began_at: datetime, seconds: float, now: datetime) -> Pace:
    """The pace after one more piece of so many seconds of speech; `began_at` counts for the first one."""
    if before is None:
        return Pace(seconds, max(0.0, (now - began_at).total_seconds()), now)
    wall = max(0.0, (now - before.at).total_seconds())
    return Pace(_mixed(before.seconds, seconds), _mixed(before.wall, wall), now)


@dataclass(frozen=True, slots=True)
class StageTime:
    """What is known of one stage; a stage that has not begun has neither start nor end."""

    stage: Stage
    state: str
    progress: float
    started_at: datetime | None
    finished_at: datetime | None
    pace: Pace | None = None
    #: Seconds of speech of a run in pieces.
    speech_seconds: float = 0.0


def remaining_seconds(stages: Sequence[StageTime], now: datetime) -> float | None:
    """Seconds until the last stage is done; None as long as too little was measured.

    Stages that need each other come one after the other, the rest runs side by side. A stage that has not begun takes
    as long as its usual share of the whole says, measured against those that have.
    """
    projected = {item.stage: whole for item in stages if (whole := _whole_seconds(item, now)) is not None}
    shares = sum(PLAN[stage].share for stage in projected)
    if shares < _LEAST_MEASURED_SHARE:
        return None
    unit = sum(projected.values()) / shares
    ends: dict[Stage, float] = {}
    for item in stages:
        begins = max((ends.get(need, 0.0) for need in PLAN[item.stage].needs), default=0.0)
        ends[item.stage] = begins + _left(item, unit, now)
    return max(ends.values(), default=0.0)


def _left(item: StageTime, unit: float, now: datetime) -> float:
    if item.state == states.DONE:
        return 0.0
    if item.pace is not None:
        return item.pace.remaining_seconds((1.0 - item.progress) * item.speech_seconds, now)
    whole = _whole_seconds(item, now)
    if whole is not None:
        return whole * (1.0 - item.progress)
    usual = unit * PLAN[item.stage].share
    running = (now - item.started_at).total_seconds() if item.started_at and item.state == states.RUNNING else 0.0
    return max(usual - running, usual * _LEAST_PROGRESS)


def _whole_seconds(item: StageTime, now: datetime) -> float | None:
    """How long this stage takes from its beginning to its end, where it can be told."""
    if item.started_at is None:
        return None
    if item.state == states.DONE:
        return (item.finished_at - item.started_at).total_seconds() if item.finished_at else None
    if item.pace is not None:
        return item.pace.remaining_seconds(item.speech_seconds, now)
    if item.state != states.RUNNING or item.progress < _LEAST_PROGRESS:
        return None
    return (now - item.started_at).total_seconds() / item.progress


def _mixed(before: float, newest: float) -> float:
    return (1.0 - _WEIGHT) * before + _WEIGHT * newest
