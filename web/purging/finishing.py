"""The second half of a purge: files in the storage, mails in their folder, sound of the live journal, old pages.

Each step may run any number of times; what is left stands in the row until it is gone.
"""

import logging
from uuid import UUID

from sqlalchemy import select

from core.lifecycles import apply
from core.purging import states
from core.purging.erasing import compact
from core.purging.models import Purge
from core.purging.refusals import PurgeBusy
from core.runtime import Runtime
from transcription.live.journal import Journal
from web.purging.register import keep

log = logging.getLogger(__name__)


def finish_open(runtime: Runtime) -> int:
    """Bring every confirmed purge to its end; returns how many came to it."""
    with runtime.database.transaction() as session:
        ids = session.scalars(select(Purge.id).where(Purge.state == states.CONFIRMED).order_by(Purge.created_at)).all()
    if ids:
        keep(runtime)
    return sum(_finish(runtime, purge_id) for purge_id in ids)


def _finish(runtime: Runtime, purge_id: UUID) -> bool:
    with runtime.database.transaction() as session:
        purge = session.get_one(Purge, purge_id)
        meeting_id, remaining = purge.object_id, dict(purge.remaining)
    for key in remaining.get("objects", []):
        runtime.storage.delete(key)
    for mail_id in remaining.get("mails", []):
        (runtime.settings.mail_directory / f"{mail_id}.eml").unlink(missing_ok=True)
    _drop_live_sound(runtime, meeting_id)
    left = {
        "objects": [key for key in remaining.get("objects", []) if runtime.storage.exists(key)],
        "tables": [name for name in remaining.get("tables", []) if not _compacted(runtime, name)],
    }
    with runtime.database.transaction() as session:
        purge = session.get_one(Purge, purge_id, with_for_update=True)
        if purge.state != states.CONFIRMED:
            return False
        purge.remaining = {kind: items for kind, items in left.items() if items}
        if purge.remaining:
            return False
        purge.finished_at = runtime.clock()
        apply(session, states.PURGE, purge, "finished", actor=None)
    return True


def _compacted(runtime: Runtime, table: str) -> bool:
    try:
        compact(runtime.database.engine, table)
    except PurgeBusy:
        log.warning("table %s is in use and will be written anew later", table)
        return False
    return True


def _drop_live_sound(runtime: Runtime, meeting_id: UUID) -> None:
    folder = runtime.settings.home / "live"
    if folder.is_dir():
        Journal(folder).drop_of_meeting(meeting_id)
