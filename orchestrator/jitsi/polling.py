"""The reconciler of presence: ask Prosody who is where, and put right what lost events left wrong.

In: `/room-census`, `/room`, `/room-size` (CONTRACTS §5), or an administrator's listing where the site has one. Out:
connections ended and opened, lives of rooms, reservations given back, alarms. A missing answer changes nothing.
"""

import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from core.database import Database
from core.errors import Refusal
from orchestrator.jitsi.client import CensusRoom, ProsodyClient, RoomVoice
from orchestrator.jitsi.comparing import Seen
from orchestrator.jitsi.errors import JitsiUnavailable
from orchestrator.jitsi.models import RoomReservation
from orchestrator.jitsi.settling import RoomFound, settle_gone, settle_room, settle_unknown
from orchestrator.live.models import PresenceInterval, RoomLife
from orchestrator.meetings.models import Meeting

log = logging.getLogger(__name__)

#: Hosts whose rooms are not meetings: rooms aside, lobbies, the bridges' own; and Jicofo's health checks.
_OTHER_HOSTS = ("breakout.", "lobby.", "internal.")
_HEALTH_CHECK = "__jicofo-health-check"
FOCUS = "focus"


class Listing(Protocol):
    """Whoever can list the real addresses in a room: an administrator's account."""

    def occupants(self, room: str) -> Sequence["RealOccupant"]:
        """Everybody in a room, focus too. Raises a Refusal where it cannot."""


class RealOccupant(Protocol):
    """One connection as the administrator sees it."""

    @property
    def real_jid(self) -> str: ...

    @property
    def nick(self) -> str: ...


@dataclass(frozen=True)
class Polled:
    """What one round found: rooms that live, rooms that could not be asked."""

    rooms: int
    unanswered: int


def poll(
    database: Database, prosody: ProsodyClient, clock: Callable[[], datetime], *, listing: Listing | None = None
) -> Polled:
    """Ask once and put right. HTTP is done between transactions, each meeting is settled in one of its own.

    Raises:
        JitsiUnavailable: Prosody does not answer at all; nothing was changed.
    """
    asked_at = clock()
    census = prosody.census()
    with database.transaction() as session:
        watched = _watched(session)
    rooms = _of_meetings(census) if census is not None else _measured(prosody, watched)
    unanswered = 0
    for room in rooms:
        try:
            seen = _everybody(prosody, listing, room)
        except JitsiUnavailable:
            # The census still says how many there are; who they are is asked again in the next round.
            log.warning("a room could not be asked who is in it")
            unanswered += 1
            seen = None
        _settle(database, RoomFound(room.name, room.participants, room.created_at, seen), asked_at)
    alive = {room.name for room in rooms}
    for name, meeting_id in watched.items():
        if name not in alive:
            with database.transaction() as session:
                settle_gone(session, meeting_id, asked_at)
    return Polled(len(rooms), unanswered)


def _settle(database: Database, room: RoomFound, asked_at: datetime) -> None:
    with database.transaction() as session:
        # Events of the same meeting wait meanwhile, as they wait for each other.
        meeting = session.scalar(
            select(Meeting).where(Meeting.room_name == room.name).with_for_update(key_share=True, of=Meeting)
        )
        if meeting is None:
            settle_unknown(session, room)
        else:
            settle_room(session, meeting, room, asked_at)


def _watched(session: Session) -> dict[str, UUID]:
    """Rooms that live as far as we know, by name, with their meeting."""
    open_life = exists().where(RoomLife.meeting_id == Meeting.id, RoomLife.gone_at.is_(None))
    open_stay = exists().where(PresenceInterval.meeting_id == Meeting.id, PresenceInterval.left_at.is_(None))
    reserved = exists().where(RoomReservation.meeting_id == Meeting.id, RoomReservation.gone_at.is_(None))
    rows = session.execute(select(Meeting.room_name, Meeting.id).where(or_(open_life, open_stay, reserved)))
    return {name or f"?{meeting_id}": meeting_id for name, meeting_id in rows}


def _of_meetings(census: Collection[CensusRoom]) -> list[CensusRoom]:
    """Rooms people meet in; a tenant's `[tenant]room` is the room."""
    rooms = [
        CensusRoom(_node(room.name), room.host, room.participants, room.created_at, room.leaked)
        for room in census
        if not room.host.startswith(_OTHER_HOSTS) and not room.name.startswith(_HEALTH_CHECK)
    ]
    # Two rooms of one meeting (with and without tenant): the one with people decides.
    return list({room.name: room for room in sorted(rooms, key=lambda room: room.participants)}.values())


def _node(name: str) -> str:
    return name.rpartition("]")[2] if name.startswith("[") else name


def _measured(prosody: ProsodyClient, watched: Collection[str]) -> list[CensusRoom]:
    """Without a census each known room is measured. A 404 counts only where the module is there to say it."""
    if not prosody.measures_rooms():
        raise JitsiUnavailable(part="Prosody", reason="muc_census, muc_size")
    found = []
    for name in watched:
        size = prosody.room_size(name) if not name.startswith("?") else None
        if size is not None:
            found.append(CensusRoom(name, "", size, None, leaked=False))
    return found


def _everybody(prosody: ProsodyClient, listing: Listing | None, room: CensusRoom) -> tuple[Seen, ...] | None:
    """Who is in; None where nobody can say. Real addresses are better than nicks, nicks better than a number."""
    voices = prosody.occupants(room.name)
    names = {voice.nick: voice.display_name for voice in voices or ()}
    if listing is not None:
        try:
            everybody = listing.occupants(room.name)
            return tuple(
                Seen(one.nick, names.get(one.nick, ""), one.real_jid) for one in everybody if one.nick != FOCUS
            )
        except Refusal as refusal:
            log.warning("the administrator's account cannot list a room: %s", refusal.code)
    return tuple(map(_seen, voices)) if voices is not None else None


def _seen(voice: RoomVoice) -> Seen:
    return Seen(voice.nick, voice.display_name)
