"""The rule of the door: may one go in now? Asked by the personal link and by Prosody's reservation alike."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from orchestrator.meetings import states
from orchestrator.meetings.classification import Classification

#: How long after its planned end a meeting that nobody closed may go on. Prosody destroys the room at the end it was
#: told and cannot be told another (CONTRACTS §3), so the end it hears must not be the planned minute.
OVERRUN = timedelta(hours=2)


class Door(StrEnum):
    """What one finds at the door."""

    OPEN = "open"
    NOT_YET = "not_yet"
    ENDED = "ended"
    CANCELLED = "cancelled"
    CLASSIFIED = "classified"


@dataclass(frozen=True)
class DoorPlan:
    """What the rule needs of a meeting."""

    state: str
    classification: str
    starts_at: datetime
    ends_at: datetime
    #: When the operator opened it by hand.
    opened_at: datetime | None = None


def held_from(plan: DoorPlan) -> datetime:
    """When it begins: as planned, or when the operator opened it, if that was later."""
    return max(plan.starts_at, plan.opened_at) if plan.opened_at else plan.starts_at


def last_moment(plan: DoorPlan) -> datetime:
    """When the room goes at the latest. A meeting opened late keeps its whole length."""
    return held_from(plan) + (plan.ends_at - plan.starts_at) + OVERRUN


def first_moment(starts_at: datetime, opens_before: timedelta) -> datetime:
    """When the room may be entered unless the operator opens the meeting earlier."""
    return starts_at - opens_before


def door_at(plan: DoorPlan, now: datetime, opens_before: timedelta) -> Door:
    """The state of the door at this moment. Exactly at the first moment it is open, exactly at the last it is not."""
    if plan.classification != Classification.UNCLASSIFIED:
        return Door.CLASSIFIED
    if plan.state == states.CANCELLED:
        return Door.CANCELLED
    if plan.state == states.CLOSED or now >= last_moment(plan):
        return Door.ENDED
    if plan.state == states.OPEN or now >= first_moment(plan.starts_at, opens_before):
        return Door.OPEN
    return Door.NOT_YET
