"""Recordings left by Jibri's finalize script: announced by a hook, or found by a sweep where no announcement came.

The recorder's folder is only read: the copy is made and hashed first, and deleting is the site's own business.
"""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.runtime import current
from orchestrator.meetings.models import Meeting
from transcription.errors import RecorderFolderInvalid, RoomUnknown
from transcription.recordings.models import Recording, RecordingSource
from transcription.recordings.roster import read_metadata, room_of, roster_of
from transcription.recordings.service import keep

VIDEO = ".mp4"
#: A file that was written to so recently may still grow; the sweep waits, an announcement does not have to.
QUIET_SECONDS = 120


def receive_from_jibri(session: Session, directory: Path) -> Sequence[Recording]:
    """Take over every video of one session folder.

    Raises:
        RecorderFolderInvalid: outside the configured folder, or without a video.
        RoomUnknown: no meeting has the room. ClassifiedRefused, RecordingNotKept.
    """
    folder = _checked_folder(directory)
    videos = _videos(folder)
    if not videos:
        raise RecorderFolderInvalid
    metadata = read_metadata(folder)
    return [_receive(session, folder, video, room_of(metadata, video), metadata) for video in videos]


def unannounced(session: Session, now_seconds: float | None = None) -> Iterator[Path]:
    """Session folders that hold a quiet video which is not among our recordings yet."""
    root = current().settings.jibri_directory
    if root is None or not root.is_dir():
        return
    moment = time.time() if now_seconds is None else now_seconds
    for folder in sorted(path for path in root.iterdir() if path.is_dir() and not path.is_symlink()):
        videos = _videos(folder)
        quiet = all(moment - video.stat().st_mtime >= QUIET_SECONDS for video in videos)
        if videos and quiet and not all(_is_known(session, folder, video) for video in videos):
            yield folder


def _checked_folder(directory: Path) -> Path:
    root = current().settings.jibri_directory
    if root is None:
        raise RecorderFolderInvalid
    folder = (root / directory).resolve()
    if folder == root.resolve() or not folder.is_relative_to(root.resolve()) or not folder.is_dir():
        raise RecorderFolderInvalid
    return folder


def _videos(folder: Path) -> list[Path]:
    found = (path for path in folder.iterdir() if path.suffix.lower() == VIDEO)
    return sorted(path for path in found if path.is_file() and not path.is_symlink())


def _receive(session: Session, folder: Path, video: Path, room: str, metadata: object) -> Recording:
    meeting = session.scalar(select(Meeting).where(func.lower(Meeting.room_name) == room))
    if meeting is None:
        raise RoomUnknown(room=room)
    roster = roster_of(metadata if isinstance(metadata, dict) else {})
    with video.open("rb") as stream:
        return keep(
            session, meeting, stream, name=_name(folder, video), source=RecordingSource.JIBRI, roster=roster
        )  # fmt: skip


def _is_known(session: Session, folder: Path, video: Path) -> bool:
    query = select(Recording.id).where(
        Recording.source == RecordingSource.JIBRI,
        Recording.original_name == _name(folder, video),
        Recording.size_bytes == video.stat().st_size,
    )
    return session.scalar(query) is not None


def _name(folder: Path, video: Path) -> str:
    return f"{folder.name}/{video.name}"
