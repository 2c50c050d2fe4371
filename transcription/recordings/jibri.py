"""Recordings left by Jibri's finalize script: announced by a hook, or found by a sweep where no announcement came.

The recorder's folder is only read: the copy is made and hashed first, and deleting is the site's own business.
"""

import hashlib
import logging
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import Database
from core.runtime import current
from orchestrator.jitsi.alarms import AlarmKind, raise_once
from orchestrator.live.models import LiveAlarm
from transcription.errors import RecorderFolderInvalid, RecordingDamaged, RecordingGrowing, RoomUnknown
from transcription.recordings.matching import meeting_of
from transcription.recordings.models import Recording, RecordingSource
from transcription.recordings.roster import read_metadata, roster_of
from transcription.recordings.service import keep, shown_name

log = logging.getLogger(__name__)

VIDEO = ".mp4"
#: Written by the finalize script when its copy is whole: `sha256sum` lines.
SUMS = "SHA256SUMS"
MOST_SUMS_BYTES = 64 * 1024
#: A file that was written to so recently may still grow; the sweep waits, an announcement does not have to.
QUIET_SECONDS = 120
_BLOCK_BYTES = 1024 * 1024


def take_over(database: Database, directory: Path) -> list[Recording]:
    """Take over a session folder in a transaction of its own; what cannot be placed becomes an alarm for the operator.

    Raises:
        As `receive_from_jibri`.
    """
    try:
        with database.transaction() as session:
            return list(receive_from_jibri(session, directory))
    except (RoomUnknown, RecordingDamaged) as refusal:
        kind = AlarmKind.RECORDING_DAMAGED if isinstance(refusal, RecordingDamaged) else AlarmKind.RECORDING_UNMATCHED
        with database.transaction() as session:
            raise_once(session, kind, "", directory.name, {"name": directory.name})
        raise


def receive_from_jibri(session: Session, directory: Path) -> Sequence[Recording]:
    """Take over every video of one session folder.

    Raises:
        RecorderFolderInvalid: outside the configured folder, or without a video.
        RoomUnknown: no meeting fits. RecordingDamaged: not what the recorder has hashed.
        RecordingGrowing: the recorder is still writing; nothing was kept.
        ClassifiedRefused, RecordingNotKept.
    """
    folder = _checked_folder(directory)
    videos = _videos(folder)
    if not videos:
        raise RecorderFolderInvalid
    metadata, sums = read_metadata(folder), _sums(folder)
    return [_receive(session, folder, video, metadata, sums.get(video.name)) for video in videos]


def unannounced(session: Session, now_seconds: float | None = None) -> Iterator[Path]:
    """Session folders that hold a finished video which is not among our recordings yet.

    Finished: the finalize script says so by its sums, or nobody has written to it for a while. Folders that were found
    damaged wait until the operator has dealt with the alarm: reading gigabytes every minute mends nothing.
    """
    root = current().settings.jibri_directory
    if root is None or not root.is_dir():
        return
    moment = time.time() if now_seconds is None else now_seconds
    folders = [path for path in sorted(root.iterdir()) if path.is_dir() and not path.is_symlink()]
    known, damaged = _known(session), _damaged(session)
    for folder in folders:
        # `.incoming-…` is a copy that the finalize script is still making.
        if folder.name.startswith(".") or folder.name in damaged:
            continue
        try:
            if _is_new(folder, known, moment):
                yield folder
        except OSError as error:
            log.warning("recorder folder %s cannot be looked at: %s", folder.name, error.strerror)


def _is_new(folder: Path, known: set[tuple[str, int]], moment: float) -> bool:
    """Whether it holds a finished video that we have not. Raises OSError where it cannot be looked at."""
    videos = _videos(folder)
    finished = (folder / SUMS).is_file() or all(moment - video.stat().st_mtime >= QUIET_SECONDS for video in videos)
    return finished and any((shown_name(_name(folder, video)), video.stat().st_size) not in known for video in videos)


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


def _receive(
    session: Session, folder: Path, video: Path, metadata: Mapping[str, Any], expected_sha256: str | None
) -> Recording:
    meeting = meeting_of(session, folder, video, metadata)
    with video.open("rb") as stream:
        if expected_sha256 is not None and _sha256(stream) != expected_sha256:
            raise RecordingDamaged(name=_name(folder, video))
        stream.seek(0)
        known = set(session.scalars(select(Recording.id).where(Recording.meeting_id == meeting.id)))
        recording = keep(
            session,
            meeting,
            stream,
            name=_name(folder, video),
            source=RecordingSource.JIBRI,
            roster=roster_of(metadata),
        )
        if recording.id not in known and os.fstat(stream.fileno()).st_size != recording.size_bytes:
            # Half a recording under its full name would be taken for the whole; the sweep comes again.
            current().storage.delete(recording.object_key)
            raise RecordingGrowing(name=_name(folder, video))
        return recording


def _sums(folder: Path) -> dict[str, str]:
    """File name → SHA-256 as the finalize script wrote them; empty where it did not run."""
    path = folder / SUMS
    try:
        if path.is_symlink() or path.stat().st_size > MOST_SUMS_BYTES:
            return {}
        lines = path.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return {}
    parted = (line.split(maxsplit=1) for line in lines)
    return {part[1].lstrip("*"): part[0].lower() for part in parted if len(part) == 2}


def _sha256(stream: Any) -> str:
    digest = hashlib.sha256()
    while block := stream.read(_BLOCK_BYTES):
        digest.update(block)
    return digest.hexdigest()


def _known(session: Session) -> set[tuple[str, int]]:
    """Names and sizes of all that came from recorders, in one question however many folders there are."""
    query = select(Recording.original_name, Recording.size_bytes).where(Recording.source == RecordingSource.JIBRI)
    return {(name, size) for name, size in session.execute(query)}


def _damaged(session: Session) -> set[str]:
    query = select(LiveAlarm.subject).where(
        LiveAlarm.kind == AlarmKind.RECORDING_DAMAGED.value, LiveAlarm.resolved_at.is_(None)
    )
    return set(session.scalars(query))


def _name(folder: Path, video: Path) -> str:
    return f"{folder.name}/{video.name}"
