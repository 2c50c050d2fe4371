"""The rule of caps: what a plan counts × policies × day → breaches. The strictest of a scope wins and is named."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Scope(StrEnum):
    """What a cap counts (DESIGN §5.1): an endpoint is one connection with many people behind it."""

    ROOM = "room"
    MEETING = "meeting"
    CONNECTIONS = "connections"


@dataclass(frozen=True)
class Policy:
    """A cap as a plain value; `valid_until` is the last day, None for open."""

    name: str
    scope: Scope
    maximum: int
    legal_basis: str
    valid_from: date
    valid_until: date | None = None

    def is_valid_on(self, day: date) -> bool:
        """Whether the policy binds on this day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


@dataclass(frozen=True)
class RoomLoad:
    """People in the room of one endpoint; `capacity` is its number of chairs, None where unknown."""

    name: str
    people: int
    capacity: int | None = None


@dataclass(frozen=True)
class Load:
    """What one meeting puts where: one room per endpoint, one connection per endpoint."""

    rooms: tuple[RoomLoad, ...]

    @property
    def people(self) -> int:
        """People of the meeting over all rooms."""
        return sum(room.people for room in self.rooms)

    @property
    def connections(self) -> int:
        """Connections of the conference room."""
        return len(self.rooms)


@dataclass(frozen=True)
class Breach:
    """One cap exceeded: where, how many, and the policy that says so."""

    policy: Policy
    place: str
    counted: int

    @property
    def surplus(self) -> int:
        """How many too many."""
        return self.counted - self.policy.maximum


def breaches(load: Load, policies: Iterable[Policy], day: date) -> tuple[Breach, ...]:
    """Every cap that the load exceeds on this day, rooms first in their order, each with its strictest policy.

    The chairs of a room count as a policy of that room alone.
    """
    valid = [policy for policy in policies if policy.is_valid_on(day)]
    found = [_over(room.name, room.people, [*_of(valid, Scope.ROOM), *_chairs(room, day)]) for room in load.rooms]
    found.append(_over("", load.people, _of(valid, Scope.MEETING)))
    found.append(_over("", load.connections, _of(valid, Scope.CONNECTIONS)))
    return tuple(breach for breach in found if breach is not None)


def strictest(policies: Sequence[Policy]) -> Policy | None:
    """The policy with the smallest number; of equals the one that has bound longest."""
    return min(policies, key=lambda policy: (policy.maximum, policy.valid_from, policy.name), default=None)


def _of(policies: Iterable[Policy], scope: Scope) -> list[Policy]:
    return [policy for policy in policies if policy.scope is scope]


def _chairs(room: RoomLoad, day: date) -> list[Policy]:
    if room.capacity is None:
        return []
    return [Policy("Sức chứa phòng họp", Scope.ROOM, room.capacity, "danh mục điểm cầu", day, day)]


def _over(place: str, counted: int, policies: Sequence[Policy]) -> Breach | None:
    policy = strictest(policies)
    return Breach(policy, place, counted) if policy is not None and counted > policy.maximum else None
