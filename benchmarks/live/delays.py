"""When which second was sent and when the page was told what → how late the words were. Pure.

Words are matched to turns by who speaks and when: the first time an endpoint's text grows after a turn began is its
first words; the last time it grows while still unfinished, before somebody else's turn there, is its last.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

#: So long after its end a turn's words may still grow and be counted to it.
TAIL_SECONDS = 10.0
#: A turn's first words are its own only where nobody has just spoken at the same microphone.
QUIET_SECONDS = 4.0


class Turn(Protocol):
    """A turn of speech of an endpoint, in seconds of the meeting."""

    @property
    def start(self) -> float: ...
    @property
    def end(self) -> float: ...
    @property
    def endpoint(self) -> str: ...


@dataclass(frozen=True)
class Shown:
    """An endpoint's text at one moment (seconds of the meeting): letters of everything shown, and whether it grows."""

    at: float
    endpoint: str
    text: str
    is_growing: bool


@dataclass(frozen=True)
class Delays:
    """Seconds for each turn (`first`: of those after a silence); turns without any words are counted apart."""

    first: tuple[float, ...]
    last: tuple[float, ...]
    unheard: int


def delays(turns: Sequence[Turn], shown: Sequence[Shown]) -> Delays:
    """Measure each turn."""
    first: list[float] = []
    last: list[float] = []
    unheard = 0
    for turn in turns:
        following = min((t.start for t in turns if t.endpoint == turn.endpoint and t.start > turn.start), default=1e9)
        until = min(turn.end + TAIL_SECONDS, following)
        own = [item for item in shown if item.endpoint == turn.endpoint and turn.start < item.at <= until]
        growing = [item.at for item in own if item.is_growing]
        if not own:
            unheard += 1
            continue
        before = max((t.end for t in turns if t.endpoint == turn.endpoint and t.start < turn.start), default=-1e9)
        if turn.start - before >= QUIET_SECONDS:
            first.append((growing or [item.at for item in own])[0] - turn.start)
        late = [at for at in growing if at > turn.end]
        # Words that all came before the end were in time.
        last.append(late[-1] - turn.end if late else 0.0)
    return Delays(tuple(first), tuple(last), unheard)


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share lies (nearest rank); 0 for none."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, max(0, -(-int(share * 1000) * len(ranked) // 1000) - 1))] if ranked else 0.0
