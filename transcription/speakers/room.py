"""Who was in the room and whose microphone was loudest, as plain values in seconds of the recording.

A JSON of such facts goes in (`read_room`), or the rows of the live room (`from_room`); the rules of `placing` and
`naming` read what comes out. Absent endpoints cannot speak: that is why coming and going is evidence at all.
"""

import math
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from core.errors import Invalid
from transcription.vocabulary.folding import bare

MOST_INTERVALS = 200_000
MOST_NAME_LETTERS = 200


@dataclass(frozen=True, slots=True)
class RoomInterval:
    """Something holds for an endpoint from start to end, in seconds of the recording."""

    endpoint: str
    start: float
    end: float

    def to_json(self) -> dict[str, Any]:
        return {"endpoint": self.endpoint, "start": round(self.start, 3), "end": round(self.end, 3)}


@dataclass(frozen=True, slots=True)
class Seat:
    """An endpoint of the plan: how many people are registered behind it; None where nobody has said."""

    endpoint: str
    head_count: int | None = None


@dataclass(frozen=True, slots=True)
class RoomEvidence:
    """What the room knows.

    Attributes:
        present: who was connected to the main room when; empty where nobody kept it.
        dominant: whose microphone was loudest when; gaps are moments of silence.
        seats: the endpoints of the plan.
        margin_seconds: how far the times may be off from the recording's own clock.
        clock: where the start of the recording is known from, for the report.
        is_tracks: `dominant` was measured on a sound track of each endpoint, not told by the conference.
    """

    present: tuple[RoomInterval, ...] = ()
    dominant: tuple[RoomInterval, ...] = ()
    seats: tuple[Seat, ...] = ()
    margin_seconds: float = 1.0
    clock: str = ""
    is_tracks: bool = False

    @property
    def endpoints_seen(self) -> frozenset[str]:
        """Keys of the endpoints that were in the room at any time."""
        return frozenset(endpoint_key(item.endpoint) for item in (*self.present, *self.dominant))

    def head_count(self, endpoint: str) -> int | None:
        key = endpoint_key(endpoint)
        return next((seat.head_count for seat in self.seats if endpoint_key(seat.endpoint) == key), None)

    def with_tracks(self, turns: Iterable[RoomInterval]) -> "RoomEvidence":
        """The same room, its dominant intervals measured on separate tracks."""
        return replace(self, dominant=in_order(turns), is_tracks=True, margin_seconds=min(self.margin_seconds, 0.2))

    def to_json(self) -> dict[str, Any]:
        return {
            "present": [item.to_json() for item in self.present],
            "dominant": [item.to_json() for item in self.dominant],
            "seats": [{"endpoint": seat.endpoint, "head_count": seat.head_count} for seat in self.seats],
            "margin_seconds": self.margin_seconds,
            "clock": self.clock,
            "is_tracks": self.is_tracks,
        }


@dataclass(frozen=True, slots=True)
class Stretches:
    """Intervals of one endpoint, joined and in order, for questions about a moment or a stretch."""

    spans: tuple[tuple[float, float], ...]
    _starts: tuple[float, ...] = field(default=())

    @classmethod
    def of(cls, intervals: Iterable[RoomInterval]) -> "Stretches":
        spans: list[tuple[float, float]] = []
        for item in sorted(intervals, key=lambda interval: interval.start):
            if spans and item.start <= spans[-1][1]:
                spans[-1] = (spans[-1][0], max(spans[-1][1], item.end))
            else:
                spans.append((item.start, item.end))
        return cls(tuple(spans), tuple(start for start, _end in spans))

    def within(self, start: float, end: float) -> float:
        """Seconds of a stretch that are covered."""
        first = max(0, bisect_right(self._starts, start) - 1)
        covered = 0.0
        for left, right in self.spans[first:]:
            if left >= end:
                break
            covered += max(0.0, min(end, right) - max(start, left))
        return covered


def endpoint_key(name: str) -> str:
    """The form in which names of endpoints are compared: letters without marks, without a leading "điểm cầu"."""
    folded = " ".join(part for part in (bare(word) for word in name.split()) if part)
    return folded.removeprefix("diem cau ").strip()


def by_endpoint(intervals: Iterable[RoomInterval]) -> dict[str, Stretches]:
    """Stretches of each endpoint, by its key."""
    apart: dict[str, list[RoomInterval]] = {}
    for item in intervals:
        apart.setdefault(endpoint_key(item.endpoint), []).append(item)
    return {key: Stretches.of(items) for key, items in apart.items()}


def in_order(intervals: Iterable[RoomInterval]) -> tuple[RoomInterval, ...]:
    return tuple(sorted(intervals, key=lambda item: (item.start, item.end, item.endpoint)))


def read_room(data: Any) -> RoomEvidence:
    """Read the facts of a room from JSON.

    Shape: `{"present": [{"endpoint", "start", "end"}], "dominant": [...], "seats": [{"endpoint", "head_count"}],
    "began_at": "2026-04-08T14:00:03+07:00", "margin_seconds": 1.0}`; a bare list is `dominant`. Times are seconds of
    the recording, or moments with a zone where `began_at` says when the recording began.

    Raises:
        Invalid: names the field and what is wrong with it.
    """
    if isinstance(data, list):
        data = {"dominant": data}
    if not isinstance(data, Mapping):
        raise Invalid(field="tệp hiện diện", reason="không phải đối tượng hay danh sách JSON")
    began_at = _moment(data["began_at"], "began_at") if data.get("began_at") else None
    margin = _number(data.get("margin_seconds", 1.0), "margin_seconds")
    return RoomEvidence(
        present=_intervals(data, "present", began_at),
        dominant=_intervals(data, "dominant", began_at),
        seats=tuple(_seat(item) for item in _items(data, "seats")),
        margin_seconds=max(0.0, margin),
        clock="tệp hiện diện",
    )


def _items(data: Mapping[str, Any], name: str) -> Sequence[Any]:
    items = [] if data.get(name) is None else data[name]
    if not isinstance(items, list) or len(items) > MOST_INTERVALS:
        raise Invalid(field=name, reason=f"cần danh sách không quá {MOST_INTERVALS} mục")
    return items


def _intervals(data: Mapping[str, Any], name: str, began_at: datetime | None) -> tuple[RoomInterval, ...]:
    found = []
    for item in _items(data, name):
        if not isinstance(item, Mapping):
            raise Invalid(field=name, reason="mỗi mục cần endpoint, start, end")
        start, end = (_seconds(item.get(key), f"{name}.{key}", began_at) for key in ("start", "end"))
        if end < start:
            raise Invalid(field=f"{name}.end", reason="giờ kết thúc phải sau giờ bắt đầu")
        if end > 0:  # who left before the recording began says nothing about it
            found.append(RoomInterval(_name(item.get("endpoint"), f"{name}.endpoint"), max(0.0, start), end))
    return in_order(found)


def _seat(item: Any) -> Seat:
    if not isinstance(item, Mapping):
        raise Invalid(field="seats", reason="mỗi mục cần endpoint, head_count")
    count = item.get("head_count")
    if count is not None and (isinstance(count, bool) or not isinstance(count, int) or count < 0):
        raise Invalid(field="seats.head_count", reason="phải là số người, từ 0")
    return Seat(_name(item.get("endpoint"), "seats.endpoint"), count)


def _name(value: Any, where: str) -> str:
    name = " ".join(value.split()) if isinstance(value, str) else ""
    if not name or len(name) > MOST_NAME_LETTERS or not name.isprintable():
        raise Invalid(field=where, reason="còn thiếu tên điểm cầu, hoặc tên quá dài hay có ký tự lạ")
    return name


def _seconds(value: Any, where: str, began_at: datetime | None) -> float:
    if isinstance(value, str) and began_at is not None:
        return (_moment(value, where) - began_at).total_seconds()
    return _number(value, where)


def _number(value: Any, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise Invalid(field=where, reason="phải là số giây của bản ghi (hoặc giờ có múi giờ, khi có began_at)")
    return float(value)


def _moment(value: Any, where: str) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise Invalid(field=where, reason="không đọc được, cần dạng 2026-04-08T14:00:03+07:00") from error
    if moment.tzinfo is None:
        raise Invalid(field=where, reason="thiếu múi giờ, cần dạng 2026-04-08T14:00:03+07:00")
    return moment
