"""Dominant-speaker intervals and the voices of the sound go in, how far the two clocks are apart comes out.

The conference tells by its own clock, and late: a loudest speaker is known some tenths of a second after he began. The
sound itself shows when voices change. The shift at which endpoints and voices tell most about each other (mutual
information) is the right one; where too little changes to tell, nothing is moved and the report says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from transcription.engines.contract import Turn
from transcription.speakers.room import RoomEvidence, RoomInterval, endpoint_key

FRAME_SECONDS = 0.1
#: The search goes this far to both sides even where the start is thought exact: events come late.
LEAST_REACH_SECONDS = 3.0
MOST_REACH_SECONDS = 90.0
#: Fewer changes of endpoint than this leave the shift open.
LEAST_CHANGES = 3
#: A shift must tell this much more (nats) than none; below it is chance.
LEAST_GAIN = 0.005
#: Two quartz clocks drift by some tens of parts in a million; more is a broken fit.
MOST_DRIFT = 500e-6
DRIFT_WINDOW_SECONDS = 600.0
LEAST_DRIFT_WINDOWS = 3

_Frames = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class ClockFit:
    """By how much the room's times must be moved: `moved = time + offset + drift * time`.

    Attributes:
        is_measured: False where too little changes to tell; then nothing is moved.
        changes: how often the loudest endpoint changes, which is what the measure rests on.
    """

    offset_seconds: float = 0.0
    drift: float = 0.0
    is_measured: bool = False
    changes: int = 0

    def moved(self, interval: RoomInterval) -> RoomInterval:
        start, end = (max(0.0, at + self.offset_seconds + self.drift * at) for at in (interval.start, interval.end))
        return replace(interval, start=start, end=max(start, end))

    def to_json(self) -> dict[str, Any]:
        return {
            "offset_seconds": round(self.offset_seconds, 2),
            "drift_ppm": round(self.drift * 1e6, 1),
            "is_measured": self.is_measured,
            "changes": self.changes,
        }


def align(room: RoomEvidence, turns: Sequence[Turn]) -> tuple[RoomEvidence, ClockFit]:
    """Move a room onto the clock of the recording; `turns` are the diariser's, which must not overlap."""
    fit = fit_clock(room.dominant, turns, reach_seconds=room.margin_seconds)
    if not fit.is_measured:
        return room, fit
    moved = replace(
        room,
        present=tuple(fit.moved(item) for item in room.present),
        dominant=tuple(fit.moved(item) for item in room.dominant),
        margin_seconds=min(room.margin_seconds, 1.0),
    )
    return moved, fit


def fit_clock(dominant: Sequence[RoomInterval], turns: Sequence[Turn], *, reach_seconds: float) -> ClockFit:
    """The shift and drift that fit best, or a fit that moves nothing."""
    changes = sum(a.endpoint != b.endpoint for a, b in zip(dominant, dominant[1:], strict=False))
    if changes < LEAST_CHANGES or len({turn.voice for turn in turns}) < 2:
        return ClockFit(changes=changes)
    length = max(max(item.end for item in dominant), max(turn.end for turn in turns))
    count = int(length / FRAME_SECONDS) + 1
    endpoints = _frames([(i.start, i.end, endpoint_key(i.endpoint)) for i in dominant], count)
    voices = _frames([(t.start, t.end, t.voice) for t in turns], count)
    reach = min(MOST_REACH_SECONDS, max(LEAST_REACH_SECONDS, reach_seconds))
    offset, gain = _best_shift(endpoints, voices, reach)
    if gain < LEAST_GAIN:
        return ClockFit(is_measured=gain >= 0 and offset == 0.0, changes=changes)
    drift_fit = _drift(endpoints, voices, offset, length)
    if drift_fit is not None:
        return ClockFit(drift_fit[0], drift_fit[1], True, changes)
    return ClockFit(offset, 0.0, True, changes)


def _frames(spans: Sequence[tuple[float, float, str]], count: int) -> _Frames:
    """Number of the label in each tenth of a second, from 1; 0 where there is none."""
    numbers = {label: number for number, label in enumerate(sorted({span[2] for span in spans}), 1)}
    frames = np.zeros(count, dtype=np.int32)
    for start, end, label in spans:
        frames[int(start / FRAME_SECONDS) : max(int(end / FRAME_SECONDS), int(start / FRAME_SECONDS) + 1)] = numbers[
            label
        ]
    return frames


def _best_shift(endpoints: _Frames, voices: _Frames, reach_seconds: float) -> tuple[float, float]:
    """(seconds to move the endpoints by, information gained over not moving them): half seconds first, then tenths."""
    steps = round(reach_seconds / FRAME_SECONDS)
    coarse = {shift: _information(endpoints, voices, shift) for shift in range(-steps, steps + 1, 5)}
    middle = max(coarse, key=lambda shift: (coarse[shift], -abs(shift)))
    fine = {shift: _information(endpoints, voices, shift) for shift in range(middle - 5, middle + 6)}
    best = max(fine, key=lambda shift: (fine[shift], -abs(shift)))
    unmoved = _information(endpoints, voices, 0)
    return best * FRAME_SECONDS, fine[best] - unmoved


def _information(endpoints: _Frames, voices: _Frames, shift: int) -> float:
    """Mutual information (nats) of endpoint and voice; silence counts as one of each: gaps have to fit too."""
    if shift >= 0:
        left, right = endpoints[: len(endpoints) - shift], voices[shift:]
    else:
        left, right = endpoints[-shift:], voices[:shift]
    wide = int(right.max(initial=0)) + 1
    table = np.bincount(left * wide + right, minlength=(int(left.max(initial=0)) + 1) * wide).reshape(-1, wide)
    joint = table / table.sum()
    outer = joint.sum(1, keepdims=True) * joint.sum(0, keepdims=True)
    held = joint > 0
    return float((joint[held] * np.log(joint[held] / outer[held])).sum())


def _drift(endpoints: _Frames, voices: _Frames, offset: float, length: float) -> tuple[float, float] | None:
    """(offset at the beginning, drift) from the shifts of ten-minute windows; None where they do not show a line."""
    window = round(DRIFT_WINDOW_SECONDS / FRAME_SECONDS)
    middle = round(offset / FRAME_SECONDS)
    # Moved as a whole first, so that the search within a window stays near.
    endpoints = np.roll(endpoints, middle)
    points = []
    for first in range(0, len(endpoints) - window + 1, window):
        part, heard = endpoints[first : first + window], voices[first : first + window]
        if int((np.diff(part[part > 0]) != 0).sum()) >= LEAST_CHANGES:
            shift, _gain = _best_shift(part, heard, LEAST_REACH_SECONDS)
            points.append(((first + window / 2) * FRAME_SECONDS, shift))
    if length < LEAST_DRIFT_WINDOWS * DRIFT_WINDOW_SECONDS or len(points) < LEAST_DRIFT_WINDOWS:
        return None
    slopes = [(y2 - y1) / (x2 - x1) for i, (x1, y1) in enumerate(points) for x2, y2 in points[i + 1 :]]
    slope = float(np.median(slopes))
    base = float(np.median([y - slope * x for x, y in points]))
    if abs(slope) > MOST_DRIFT or abs(slope) * length < FRAME_SECONDS:
        return None
    return offset + base, slope
