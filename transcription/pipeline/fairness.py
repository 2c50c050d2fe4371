"""Whose piece is next: recordings with waiting pieces go in, their order comes out. A pure rule on plain values.

Each recording gets its turn whatever its length, so a short one never stands behind all of a long one, and a stream of
short ones never keeps a long one waiting for good.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Queueing:
    """A recording with pieces that wait.

    Attributes:
        at_work: workers that have one of its pieces now.
        served_at: when one of its pieces was last taken; None if never.
        remaining_seconds: of speech, in pieces that are not done.
    """

    run_id: UUID
    at_work: int
    served_at: datetime | None
    remaining_seconds: float


def in_turn(queueing: Iterable[Queueing]) -> list[UUID]:
    """Runs in the order in which they are served.

    First whoever has the fewest workers, then whoever has waited longest since its last turn, then the shortest.
    """

    def turn(item: Queueing) -> tuple[int, datetime, float, str]:
        return item.at_work, item.served_at or _NEVER, item.remaining_seconds, str(item.run_id)

    return [item.run_id for item in sorted(queueing, key=turn)]
