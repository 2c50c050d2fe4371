"""The periodic look into running rooms: alarms for whoever should not be there, removal where the site wants it."""

import logging
from uuid import UUID

from celery import shared_task

from core.messages import say
from core.queue import RoomTask, every
from core.runtime import current
from orchestrator.jitsi import admin as room_admin
from orchestrator.jitsi.admin import AdminNotConfigured, AdminRefused, AdminUnavailable, RoomAdmin, RoomNotRunning
from orchestrator.jitsi.enforcement.rules import Why
from orchestrator.jitsi.enforcement.service import Removal, compare, live_rooms, note_removal

log = logging.getLogger(__name__)

ENFORCE = "orchestrator.enforce_seats"
ENFORCE_SECONDS = 20.0

_REASONS = {
    Why.UNINVITED: "room_unknown_reason",
    Why.DUPLICATE: "room_duplicate_reason",
    Why.OVER: "room_surplus_reason",
}


@shared_task(base=RoomTask, name=ENFORCE)
def enforce_seats() -> None:
    """Look into every running room; nothing happens where no administrator's account is configured."""
    settings = current().settings
    if settings.jitsi_enforcement == "off":
        return
    try:
        admin = room_admin.XmppRoomAdmin(settings)
    except AdminNotConfigured:
        return
    with current().database.transaction() as session:
        rooms = live_rooms(session)
    for meeting_id, room in rooms.items():
        try:
            enforce_in(admin, meeting_id, room)
        except RoomNotRunning:
            log.info("meeting %s: its room is no longer there", meeting_id)
        except AdminRefused as refusal:
            log.warning("meeting %s: Prosody refuses to list its room: %s", meeting_id, refusal.params)
        except AdminUnavailable as refusal:
            # The others would wait for the same server: the next look comes soon.
            log.warning("running rooms cannot be looked into: %s", refusal.params.get("hindrance"))
            return


def enforce_in(admin: RoomAdmin, meeting_id: UUID, room: str) -> tuple[Removal, ...]:
    """Look into one room; what Prosody is asked is asked outside every transaction.

    Returns:
        who was removed.

    Raises:
        RoomNotRunning, AdminRefused, AdminUnavailable: the room could not be looked into.
    """
    occupants = admin.occupants(room)
    with current().database.transaction() as session:
        removals = compare(session, meeting_id, occupants, current().clock())
    return tuple(removal for removal in removals if _remove(admin, meeting_id, room, removal))


def _remove(admin: RoomAdmin, meeting_id: UUID, room: str, removal: Removal) -> bool:
    with current().database.transaction() as session:
        note_removal(session, meeting_id, removal)
    try:
        admin.remove(room, removal.real_jid, say(_REASONS[removal.why]))
    except (RoomNotRunning, AdminRefused, AdminUnavailable) as refusal:
        log.warning("meeting %s: a connection could not be removed: %s", meeting_id, refusal.code)
        return False
    return True


every(ENFORCE_SECONDS, ENFORCE)
