"""Which meeting a recorder's session belongs to: our own mark, the session we started, or the room and the time.

In: the folder's metadata and names (CONTRACTS §9). Out: the meeting, or `RoomUnknown`; nothing is guessed.
"""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.clock import VIETNAM
from orchestrator.jitsi.models import RecorderRun
from orchestrator.live.models import RoomLife
from orchestrator.live.recording import MEETING_MARK
from orchestrator.meetings.models import Meeting
from transcription.errors import RoomUnknown
from transcription.recordings.roster import room_of

_TIME = re.compile(r".*_(\d{4}-\d{2}-\d{2}-\d{2}-\d{2}-\d{2})")
#: The recorder writes its own local time without a zone, which may be any.
_AROUND = timedelta(hours=24)


def meeting_of(session: Session, folder: Path, video: Path, metadata: Mapping[str, Any]) -> Meeting:
    """The meeting of one video.

    The mark comes from a browser in the room, the address from the recorder itself: where the two name different
    meetings nobody but a person can say which is right.

    Raises:
        RoomUnknown: no meeting, or two.
    """
    room = room_of(metadata, video)
    by_room = session.scalar(select(Meeting).where(func.lower(Meeting.room_name) == room))
    marked = _marked(session, metadata) or _started_by_us(session, folder)
    if marked is not None:
        if by_room is not None and by_room.id != marked.id:
            raise RoomUnknown(room=room)
        return marked
    if by_room is None or not _fits(session, by_room, video):
        raise RoomUnknown(room=room)
    return by_room


def _marked(session: Session, metadata: Mapping[str, Any]) -> Meeting | None:
    """Our own mark: merged into the top of the metadata, or left in the object it was sent in."""
    nested = metadata.get("file_recording_metadata")
    for told in (metadata, nested if isinstance(nested, Mapping) else {}):
        try:
            mark = told.get(MEETING_MARK)
            meeting = session.get(Meeting, UUID(mark)) if isinstance(mark, str) else None
        except ValueError:
            continue
        if meeting is not None:
            return meeting
    return None


def _started_by_us(session: Session, folder: Path) -> Meeting | None:
    """A recording started from the console lies in a folder named after its session."""
    try:
        run = session.get(RecorderRun, UUID(folder.name))
    except ValueError:
        return None
    return session.get(Meeting, run.meeting_id) if run is not None else None


def _fits(session: Session, meeting: Meeting, video: Path) -> bool:
    """Whether the video was made near the plan or a life of its room; a name without a time is no argument."""
    match = _TIME.fullmatch(video.stem)
    if match is None:
        return True
    try:
        recorded_at = datetime.strptime(match[1], "%Y-%m-%d-%H-%M-%S").replace(tzinfo=VIETNAM)
    except ValueError:
        return True
    if meeting.starts_at - _AROUND <= recorded_at <= meeting.ends_at + _AROUND:
        return True
    near = select(RoomLife.id).where(
        RoomLife.meeting_id == meeting.id,
        RoomLife.opened_at <= recorded_at + _AROUND,
        func.coalesce(RoomLife.gone_at, RoomLife.opened_at) >= recorded_at - _AROUND,
    )
    return session.scalar(near.limit(1)) is not None
