"""The sweep over files on their way: whole ones become recordings, forgotten ones and parts nobody wrote down go."""

from datetime import timedelta

from celery import shared_task
from sqlalchemy import select

from core.clock import utc_now
from core.queue import RoomTask, every
from core.runtime import Runtime, current
from transcription.recordings.uploads import room, states
from transcription.recordings.uploads.finishing import finish, waiting
from transcription.recordings.uploads.models import RecordingUpload, RecordingUploadPart
from transcription.recordings.uploads.service import remove

SWEEP = "transcription.sweep_uploads"
SWEEP_SECONDS = 120.0
#: No request lasts so long: a file in the storage that nobody has written down by then belongs to nobody.
FORGOTTEN_AFTER = timedelta(hours=24)


@shared_task(base=RoomTask, name=SWEEP)
def sweep_uploads() -> None:
    """Each upload in a transaction of its own; twice in a row it finds nothing more to do."""
    runtime = current()
    _expire(runtime)
    with runtime.database.transaction() as session:
        upload_ids = waiting(session)
    for upload_id in upload_ids:
        finish(runtime.database, upload_id)
    _clear(runtime)


def _expire(runtime: Runtime) -> None:
    """What came whole waits for nothing but its batch, and is never thrown away."""
    with runtime.database.transaction() as session:
        due = RecordingUpload.expires_at <= runtime.clock(), RecordingUpload.state != states.COMPLETE
        upload_ids = session.scalars(select(RecordingUpload.id).where(*due)).all()
    for upload_id in upload_ids:
        with runtime.database.transaction() as session:
            row = session.get(RecordingUpload, upload_id)
            if row is not None and row.expires_at <= runtime.clock() and row.state != states.COMPLETE:
                remove(session, row, actor=None, action="recording_upload.expired")


def _clear(runtime: Runtime) -> None:
    # By the storage's own clock; drafts that a killed process left there are cleared with all others (core.storage).
    old = list(runtime.storage.keys(room.PREFIX, before=utc_now() - FORGOTTEN_AFTER))
    if not old:
        return
    with runtime.database.transaction() as session:
        query = select(RecordingUploadPart.object_key).where(RecordingUploadPart.object_key.in_(old))
        known = set(session.scalars(query))
    for key in old:
        if key not in known:
            runtime.storage.delete(key)


every(SWEEP_SECONDS, SWEEP)
