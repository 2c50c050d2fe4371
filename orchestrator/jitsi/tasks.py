"""Celery tasks towards the conference: the poll of its rooms, the driver of the recorders, rooms that must end."""

import logging

from celery import shared_task

from core.queue import RoomTask, every
from core.runtime import current
from core.settings import Settings
from orchestrator.jitsi import admin as room_admin
from orchestrator.jitsi.admin import AdminNotConfigured, XmppRoomAdmin
from orchestrator.jitsi.client import ProsodyClient
from orchestrator.jitsi.ending import END, end_rooms
from orchestrator.jitsi.errors import JitsiUnavailable
from orchestrator.jitsi.polling import poll
from orchestrator.jitsi.recorders import drive
from orchestrator.live.recording import DRIVE

log = logging.getLogger(__name__)

POLL = "orchestrator.poll_rooms"
#: Longer than a full round takes with every time-out, shorter than an operator's patience.
POLL_SECONDS = 15.0


@shared_task(base=RoomTask, name=POLL)
def poll_rooms() -> None:
    """Put presence right by what Prosody lists; without an address of Prosody there is nobody to ask."""
    runtime = current()
    if not runtime.settings.jitsi_prosody_url:
        return
    try:
        poll(runtime.database, ProsodyClient(runtime.settings), runtime.clock, listing=_listing(runtime.settings))
    except JitsiUnavailable as trouble:
        log.warning("the rooms could not be asked: %s", trouble.params)


def _listing(settings: Settings) -> XmppRoomAdmin | None:
    """Real addresses are better than nicks, where the site has given us an administrator's account."""
    try:
        return XmppRoomAdmin(settings)
    except AdminNotConfigured:
        return None


every(POLL_SECONDS, POLL)

#: A press on the console is worked off at once; this is for what was forgotten, and for watching what runs.
DRIVE_SECONDS = 5.0


@shared_task(base=RoomTask, name=DRIVE)
def drive_recorders() -> None:
    """Bring recordings started from the console a step further."""
    runtime = current()
    if runtime.settings.jitsi_jibri_urls:
        drive(runtime.database, runtime.settings, runtime.clock)


every(DRIVE_SECONDS, DRIVE)

#: The close of a meeting wakes it; this is for a Prosody that did not answer then.
END_SECONDS = 20.0


@shared_task(base=RoomTask, name=END)
def end_rooms_of_the_past() -> None:
    """End the rooms of meetings that are over."""
    runtime = current()
    admin: room_admin.RoomAdmin | None = None
    try:
        admin = room_admin.XmppRoomAdmin(runtime.settings)
    except AdminNotConfigured:
        log.debug("no administrator's account on Prosody: rooms end by their own time")
    end_rooms(runtime.database, runtime.clock, admin)


every(END_SECONDS, END)
