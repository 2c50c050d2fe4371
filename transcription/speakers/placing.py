"""The diariser's voices and the room's evidence go in; each voice with the endpoint it speaks from comes out.

Several people may share one microphone, so voices are told apart inside an endpoint: one that speaks only while an
endpoint is the loudest belongs to it. A voice heard at two endpoints is two people whom the diariser took for one, and
is parted. Told intervals are wrong now and then: what is too little and too short to be a person is error.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, takewhile
from typing import Any

from transcription.engines.contract import Diarization, Turn
from transcription.speakers.room import RoomEvidence, RoomInterval, Stretches, by_endpoint, endpoint_key

#: Part of a voice's placed time, in whole turns, from which an endpoint is one it speaks from; or one run so long.
#: Errors of the conference last seconds and begin anywhere, people begin where a turn begins.
LEAST_SHARE = 0.15
LEAST_SECONDS = 4.0
LEAST_RUN_SECONDS = 12.0
#: A change of endpoint inside a turn lasts at least so long.
SHORTEST_STRETCH_SECONDS = 1.0
#: A voice whose times lie outside an endpoint's presence by more than this share cannot be there.
LEAST_PRESENT_SHARE = 0.8
PARTED = "@"
#: Tracks do not err as conferences do: there two seconds are enough for a second person.
LEAST_TRACK_SECONDS = 2.0
#: Key of speech that is on none of the tracks: somebody whose microphone has no track. No endpoint has it.
ELSEWHERE = "?"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a voice speaks from.

    Attributes:
        endpoint: its name; empty where the room does not say.
        share: part of the voice's time (0..1) in which this endpoint was the loudest; 1 where only it was in the room.
        seconds: how long the voice was heard.
        kind: `track`, `dominant`, `presence` (nobody else was in the room) or empty.
        possible: keys of the endpoints that were in the room while it spoke; None where nobody kept presence.
        start: second at which the voice is first heard.
    """

    endpoint: str = ""
    share: float = 0.0
    seconds: float = 0.0
    kind: str = ""
    possible: frozenset[str] | None = None
    start: float = 0.0

    def to_json(self) -> dict[str, Any]:
        return {
            "endpoint": self.endpoint,
            "share": round(self.share, 3),
            "seconds": round(self.seconds, 1),
            "kind": self.kind,
            "possible": None if self.possible is None else sorted(self.possible),
            "start": round(self.start, 3),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Place":
        possible = data.get("possible")
        return cls(**{**data, "possible": None if possible is None else frozenset(possible)})


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a turn, with the key of the endpoint that was the loudest in it; empty if none."""

    turn: Turn
    key: str
    is_whole: bool = True


def place_voices(diarization: Diarization, room: RoomEvidence) -> tuple[Diarization, dict[str, Place]]:
    """Part voices by endpoint and say where each is. `room` must be on the recording's clock (`recording_clock.align`).

    Labels of voices heard at one endpoint stay as they are; a parted one becomes `label@endpoint's key`.
    """
    dominant = _disjoint(room.dominant)
    parts = [part for turn in diarization.exclusive for part in _parts(turn, dominant)]
    if room.is_tracks:
        parts = [replace(part, key=part.key or ELSEWHERE) for part in parts]
    homes = _homes(parts, is_exact=room.is_tracks)
    exclusive = tuple(_joined(_relabelled(parts, homes)))
    turns = tuple(_renamed(turn, exclusive, homes) for turn in diarization.turns)
    prints = {
        label: vector
        for label in dict.fromkeys(turn.voice for turn in (*exclusive, *turns))
        if (vector := diarization.embeddings.get(label.partition(PARTED)[0])) is not None
    }
    placed = replace(diarization, turns=turns, exclusive=exclusive, embeddings=prints)
    return placed, _places(exclusive, room)


def _disjoint(dominant: Sequence[RoomInterval]) -> list[RoomInterval]:
    """Only one is the loudest: a later interval ends the one before it."""
    done: list[RoomInterval] = []
    for item in sorted(dominant, key=lambda interval: (interval.start, interval.end)):
        if done and done[-1].end > item.start:
            done[-1] = replace(done[-1], end=item.start)
        done.append(item)
    return [item for item in done if item.end > item.start]


def _parts(turn: Turn, dominant: Sequence[RoomInterval]) -> Iterator[_Part]:
    """Cut a turn where the loudest endpoint changes; too short stretches go with the one before."""
    stretches: list[_Part] = []
    for item in _overlapping(turn, dominant):
        key = endpoint_key(item.endpoint)
        start, end = max(turn.start, item.start), min(turn.end, item.end)
        if stretches and (stretches[-1].key == key or end - start < SHORTEST_STRETCH_SECONDS):
            stretches[-1] = replace(stretches[-1], turn=replace(stretches[-1].turn, end=end))
        else:
            stretches.append(_Part(Turn(start, end, turn.voice), key))
    if len(stretches) > 1 and stretches[0].turn.end - stretches[0].turn.start < SHORTEST_STRETCH_SECONDS:
        del stretches[0]
    if not stretches:
        yield _Part(turn, "")
        return
    # The silence between two intervals goes with the first; the ends of the turn with its first and last stretch.
    bounds = [turn.start, *(part.turn.start for part in stretches[1:]), turn.end]
    for part, start, end in zip(stretches, bounds, bounds[1:], strict=False):
        yield _Part(Turn(start, end, turn.voice), part.key, is_whole=len(stretches) == 1)


def _overlapping(turn: Turn, dominant: Sequence[RoomInterval]) -> Iterator[RoomInterval]:
    first = max(0, bisect_right(dominant, turn.start, key=lambda item: item.start) - 1)
    for item in dominant[first:]:
        if item.start >= turn.end:
            return
        if item.end > turn.start:
            yield item


def _homes(parts: Sequence[_Part], *, is_exact: bool) -> dict[str, list[str]]:
    """Endpoints each voice speaks from, the most frequent first."""
    seconds: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    whole: dict[tuple[str, str], float] = defaultdict(float)
    longest: dict[tuple[str, str], float] = defaultdict(float)
    for part in parts:
        length = part.turn.end - part.turn.start
        if part.key:
            seconds[part.turn.voice][part.key] += length
            whole[part.turn.voice, part.key] += length if part.is_whole else 0.0
            longest[part.turn.voice, part.key] = max(longest[part.turn.voice, part.key], length)
    homes = {}
    for voice, table in seconds.items():
        total = sum(table.values())
        ranked = sorted(table, key=lambda key: (-table[key], key))
        least = LEAST_TRACK_SECONDS if is_exact else max(LEAST_SECONDS, LEAST_SHARE * total)
        enough = [key for key in ranked if whole[voice, key] >= least or longest[voice, key] >= LEAST_RUN_SECONDS]
        homes[voice] = enough or ranked[:1]
    return homes


def _relabelled(parts: Sequence[_Part], homes: dict[str, list[str]]) -> Iterator[Turn]:
    """Each part under its voice, or under its voice at that endpoint; error goes with the neighbour, else the home."""
    last: dict[str, str] = {}
    for part in parts:
        voice, known = part.turn.voice, homes.get(part.turn.voice, [])
        if len(known) < 2:
            yield part.turn
            continue
        key = part.key if part.key in known else last.get(voice, known[0])
        last[voice] = key
        yield replace(part.turn, voice=f"{voice}{PARTED}{key}")


def _joined(turns: Iterator[Turn]) -> Iterator[Turn]:
    current: Turn | None = None
    for turn in turns:
        if current and current.voice == turn.voice and turn.start - current.end < 1e-6:
            current = replace(current, end=turn.end)
            continue
        if current:
            yield current
        current = turn
    if current:
        yield current


def _renamed(turn: Turn, exclusive: Sequence[Turn], homes: dict[str, list[str]]) -> Turn:
    """A turn that may overlap others, under the label most of its exclusive part has got."""
    if len(homes.get(turn.voice, [])) < 2:
        return turn
    shares: dict[str, float] = defaultdict(float)
    first = max(0, bisect_right(exclusive, turn.start, key=lambda other: other.start) - 1)
    for other in takewhile(lambda item: item.start < turn.end, islice(exclusive, first, None)):
        if other.voice.partition(PARTED)[0] == turn.voice:
            shares[other.voice] += max(0.0, min(turn.end, other.end) - max(turn.start, other.start))
    best = max(shares, key=lambda label: shares[label], default=turn.voice)
    return replace(turn, voice=best if shares.get(best) else f"{turn.voice}{PARTED}{homes[turn.voice][0]}")


def _places(exclusive: Sequence[Turn], room: RoomEvidence) -> dict[str, Place]:
    names = {endpoint_key(item.endpoint): item.endpoint for item in (*room.present, *room.dominant)}
    loudest, present = by_endpoint(_disjoint(room.dominant)), by_endpoint(_widened(room))
    by_voice: dict[str, list[Turn]] = defaultdict(list)
    for turn in exclusive:
        by_voice[turn.voice].append(turn)
    return {voice: _place(turns, loudest, present, names, room) for voice, turns in by_voice.items()}


def _widened(room: RoomEvidence) -> list[RoomInterval]:
    """Presence with its margin: somebody is called absent only where the clocks leave no doubt."""
    margin = room.margin_seconds
    return [replace(item, start=item.start - margin, end=item.end + margin) for item in room.present]


def _place(
    turns: Sequence[Turn],
    loudest: dict[str, Stretches],
    present: dict[str, Stretches],
    names: dict[str, str],
    room: RoomEvidence,
) -> Place:
    seconds = sum(turn.end - turn.start for turn in turns)
    blank = Place(seconds=seconds, start=turns[0].start, possible=_possible(turns, present, seconds))
    heard = {key: sum(s.within(turn.start, turn.end) for turn in turns) for key, s in loudest.items()}
    placed = sum(heard.values())
    if placed > 0.2 * seconds:
        # Where two tie, the one that comes first by name: the same input gives the same answer.
        key = max(sorted(heard), key=lambda item: heard[item])
        kind = "track" if room.is_tracks else "dominant"
        return replace(blank, endpoint=names[key], share=heard[key] / placed, kind=kind)
    if blank.possible is not None and len(blank.possible) == 1:
        return replace(blank, endpoint=names[next(iter(blank.possible))], share=1.0, kind="presence")
    return blank


def _possible(turns: Sequence[Turn], present: dict[str, Stretches], seconds: float) -> frozenset[str] | None:
    if not present:
        return None
    there = {key: sum(s.within(turn.start, turn.end) for turn in turns) for key, s in present.items()}
    return frozenset(key for key, covered in there.items() if covered >= LEAST_PRESENT_SHARE * seconds)
