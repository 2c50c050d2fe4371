"""What the supervisor is told about one service, as data."""

import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.services.process import Launch

#: Signals in the order in which they are tried, each with the seconds it is given.
StopPlan = Sequence[tuple[signal.Signals, float]]

POLITE: StopPlan = ((signal.SIGTERM, 8),)


def alive_is_enough() -> bool:
    """Health of a service that cannot be asked: it lives."""
    return True


def nothing_to_tidy() -> None:
    """Most services leave nothing but their data."""


@dataclass(frozen=True)
class Service:
    """A process that shall run as long as the installation does."""

    name: str
    #: What people read in the list of services.
    title: str
    #: Called before every start, so that it also clears away what a crash left.
    prepare: Callable[[], Launch]
    is_healthy: Callable[[], bool] = alive_is_enough
    stop: StopPlan = POLITE
    start_seconds: float = 60
    #: A process that lives but has not answered for so long is restarted; None: leave it alone (a worker in the middle
    #: of a long stage may be too busy to answer).
    longest_silence_seconds: float | None = None
    #: Called once it has ended for good.
    tidy: Callable[[], None] = nothing_to_tidy


@dataclass(frozen=True)
class Step:
    """Something that runs once, to its end, between two tiers of services."""

    name: str
    title: str
    prepare: Callable[[], Launch]
    limit_seconds: float = 300


#: Services of one tier start side by side; the next tier waits until all of them are healthy.
Tier = Sequence[Service]
Plan = Sequence[Tier | Step]


def plain_launch(
    command: Sequence[str], cwd: Path, environment: dict[str, str], orphan_signal: signal.Signals = signal.SIGTERM
) -> Callable[[], Launch]:
    """`prepare` for a process that needs no preparation."""
    return lambda: Launch(list(command), cwd, environment, orphan_signal=orphan_signal)
