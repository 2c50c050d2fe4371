"""The rule of caps: what a plan counts × policies × day → breaches. The strictest that applies wins and is named.

A policy may bind some units and some kinds of meeting only. One that binds units counts what stands in the rooms of
those units and of the units below them; one that binds kinds is silent in other meetings.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class Scope(StrEnum):
    """What a cap counts (DESIGN §5.1): an endpoint is one connection with many people behind it."""

    ROOM = "room"
    MEETING = "meeting"
    CONNECTIONS = "connections"


@dataclass(frozen=True)
class Policy:
    """A cap as a plain value; `valid_until` is the last day, None for open; empty `kinds` and `unit_ids` bind all."""

    name: str
    scope: Scope
    maximum: int
    legal_basis: str
    valid_from: date
    valid_until: date | None = None
    kinds: frozenset[str] = frozenset()
    unit_ids: frozenset[UUID] = frozenset()
    #: Of the stored policy; None for one that is only a rule, such as the chairs of a room.
    id: UUID | None = None
    #: Roles that may let one meeting exceed it.
    may_exceed: frozenset[str] = frozenset()

    def is_valid_on(self, day: date) -> bool:
        """Whether the policy binds on this day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)

    def binds_kind(self, kind: str) -> bool:
        """Whether the policy speaks of this kind of meeting."""
        return not self.kinds or kind in self.kinds

    def binds_units(self, unit_ids: frozenset[UUID]) -> bool:
        """Whether the policy speaks of a room of these units (a unit and those above it)."""
        return not self.unit_ids or bool(self.unit_ids & unit_ids)


@dataclass(frozen=True)
class RoomLoad:
    """People in one room; `capacity` is its number of chairs, None where unknown.

    `unit_ids` are the unit of the endpoint and all units above it. Two endpoints that stand in one physical room are
    one load with two `connections`.
    """

    name: str
    people: int
    capacity: int | None = None
    unit_ids: frozenset[UUID] = frozenset()
    connections: int = 1


@dataclass(frozen=True)
class Load:
    """What one meeting puts where; `kind` is the kind of meeting."""

    rooms: tuple[RoomLoad, ...]
    kind: str = ""

    @property
    def people(self) -> int:
        """People of the meeting over all rooms."""
        return sum(room.people for room in self.rooms)

    @property
    def connections(self) -> int:
        """Connections of the conference room."""
        return sum(room.connections for room in self.rooms)


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
    valid = [policy for policy in policies if policy.is_valid_on(day) and policy.binds_kind(load.kind)]
    found = [_worst(room.name, _of_room(room, valid, day)) for room in load.rooms]
    found += [_worst("", _of_meeting(load, valid, scope)) for scope in (Scope.MEETING, Scope.CONNECTIONS)]
    return tuple(breach for breach in found if breach is not None)


def strictest(policies: Sequence[Policy]) -> Policy | None:
    """The policy with the smallest number; of equals the one that has bound longest."""
    return min(policies, key=lambda policy: (policy.maximum, policy.valid_from, policy.name), default=None)


def _of_room(room: RoomLoad, policies: Iterable[Policy], day: date) -> list[tuple[Policy, int]]:
    binding = [item for item in policies if item.scope is Scope.ROOM and item.binds_units(room.unit_ids)]
    return [(policy, room.people) for policy in [*binding, *_chairs(room, day)]]


def _of_meeting(load: Load, policies: Iterable[Policy], scope: Scope) -> list[tuple[Policy, int]]:
    def counted(policy: Policy) -> int:
        rooms = [room for room in load.rooms if policy.binds_units(room.unit_ids)]
        return sum(room.connections if scope is Scope.CONNECTIONS else room.people for room in rooms)

    return [(policy, counted(policy)) for policy in policies if policy.scope is scope]


def _chairs(room: RoomLoad, day: date) -> list[Policy]:
    if room.capacity is None:
        return []
    return [Policy("Sức chứa phòng họp", Scope.ROOM, room.capacity, "danh mục điểm cầu", day, day)]


def _worst(place: str, counts: Iterable[tuple[Policy, int]]) -> Breach | None:
    """The strictest of the policies that are exceeded; they may count differently where they bind other units."""
    exceeded = {policy: counted for policy, counted in counts if counted > policy.maximum}
    policy = strictest(list(exceeded))
    return Breach(policy, place, exceeded[policy]) if policy is not None else None
