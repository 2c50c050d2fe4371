"""Comparing a running room with its plan, and writing down what should not be there.

In: a meeting and who Prosody says is in its room. Out: alarms, and the addresses to remove where the site wants it.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core import audit
from core.runtime import current
from core.settings import Settings
from orchestrator.jitsi.admin import Occupant
from orchestrator.jitsi.enforcement.rules import Seated, Surplus, Why, surplus
from orchestrator.jitsi.seats import seats_of
from orchestrator.live.models import LiveAlarm, PresenceInterval, RoomLife
from orchestrator.live.service import raise_alarm
from orchestrator.meetings.models import Meeting

log = logging.getLogger(__name__)

#: Kind of alarm for each reason; words are `alarm_<kind>`.
ALARMS = {Why.UNINVITED: "seat_uninvited", Why.DUPLICATE: "seat_duplicate", Why.OVER: "seat_over"}


@dataclass(frozen=True)
class Removal:
    """A connection that is to leave now."""

    real_jid: str
    why: Why


def live_rooms(session: Session) -> dict[UUID, str]:
    """Meetings whose room lives by all we were told, with the name of the room."""
    query = (
        select(Meeting.id, Meeting.room_name)
        .join(RoomLife, RoomLife.meeting_id == Meeting.id)
        .where(RoomLife.gone_at.is_(None), Meeting.room_name.is_not(None))
    )
    return {meeting_id: room for meeting_id, room in session.execute(query) if room}


def compare(session: Session, meeting_id: UUID, occupants: Sequence[Occupant], now: datetime) -> tuple[Removal, ...]:
    """Write an alarm for each connection that should not be there; close those that are over.

    Returns:
        connections to remove: only where the site wants removal, and only those known for as long as events take to
        arrive (`jitsi_enforcement_grace_seconds`).
    """
    meeting = session.get(Meeting, meeting_id)
    if meeting is None or meeting.room_name is None:
        return ()
    settings = current().settings
    known = frozenset(place.id for place in meeting.endpoints)
    there = seated(session, meeting_id, occupants, settings)
    # The console's place is among the seats Prosody was told of; the rule counts endpoints alone.
    seats = seats_of(session, meeting) - sum(item.is_console for item in there)
    found = surplus(there, max(seats, 0), known)
    for item in found:
        raise_alarm(session, ALARMS[item.why], meeting.room_name, item.real_jid, {"why": item.why.value}, meeting_id)
    _settle_others(session, meeting_id, found, now)
    if settings.jitsi_enforcement != "remove":
        return ()
    grace = timedelta(seconds=settings.jitsi_enforcement_grace_seconds)
    seen = _first_seen(session, meeting_id)
    return tuple(
        Removal(item.real_jid, item.why)
        for item in found
        if now - seen.get((ALARMS[item.why], item.real_jid), now) >= grace
    )


def seated(session: Session, meeting_id: UUID, occupants: Sequence[Occupant], settings: Settings) -> tuple[Seated, ...]:
    """What the rule needs of each occupant: its endpoint and moment by the events, and whether it takes a seat."""
    query = select(PresenceInterval).where(
        PresenceInterval.meeting_id == meeting_id,
        PresenceInterval.occupant_jid.in_([occupant.real_jid for occupant in occupants]),
        PresenceInterval.breakout_room_id.is_(None),
    )
    told = {row.occupant_jid: row for row in session.scalars(query.order_by(PresenceInterval.joined_at))}
    return tuple(_seated(occupant, told.get(occupant.real_jid), settings) for occupant in occupants)


def is_part_of_the_system(occupant: Occupant, settings: Settings) -> bool:
    """Focus, recorders, administrators: accounts of hosts that no endpoint signs in to."""
    accounts = {f"auth.{settings.xmpp_domain}", f"focus.{settings.xmpp_domain}", settings.recorder_domain}
    accounts.add(settings.jitsi_admin_jid.partition("/")[0].rpartition("@")[2])
    return occupant.host in accounts


def note_removal(session: Session, meeting_id: UUID, removal: Removal) -> None:
    """Put a removal by the system itself into the audit trail, before it happens."""
    audit.record(
        session, None, "occupant.removed", "meeting", meeting_id, occupant=removal.real_jid, why=removal.why.value
    )
    log.warning("meeting %s: a connection is removed, %s", meeting_id, removal.why.value)


def _seated(occupant: Occupant, told: PresenceInterval | None, settings: Settings) -> Seated:
    if is_part_of_the_system(occupant, settings) or (told is not None and told.is_recorder):
        return Seated(occupant.real_jid, is_exempt=True)
    if told is None:
        return Seated(occupant.real_jid)
    if told.is_console:
        return Seated(occupant.real_jid, is_exempt=True, is_console=True)
    return Seated(occupant.real_jid, told.meeting_endpoint_id, told.joined_at)


def _first_seen(session: Session, meeting_id: UUID) -> dict[tuple[str, str], datetime]:
    query = select(LiveAlarm.kind, LiveAlarm.subject, LiveAlarm.created_at).where(
        LiveAlarm.meeting_id == meeting_id, LiveAlarm.kind.in_(ALARMS.values())
    )
    return {(kind, subject): at for kind, subject, at in session.execute(query)}


def _settle_others(session: Session, meeting_id: UUID, found: Sequence[Surplus], now: datetime) -> None:
    """Close the alarms of this room whose connection has left or is in order by now."""
    still = {(ALARMS[item.why], item.real_jid) for item in found}
    query = select(LiveAlarm.id, LiveAlarm.kind, LiveAlarm.subject).where(
        LiveAlarm.meeting_id == meeting_id, LiveAlarm.kind.in_(ALARMS.values()), LiveAlarm.resolved_at.is_(None)
    )
    over = [alarm_id for alarm_id, kind, subject in session.execute(query) if (kind, subject) not in still]
    if over:
        session.execute(update(LiveAlarm).where(LiveAlarm.id.in_(over)).values(resolved_at=now))
