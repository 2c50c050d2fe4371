"""Several recordings of one meeting become one: each kept as it came, heard at its place in the whole.

The whole is a recording of its own, whose object lists its parts; the pipeline reads them through `sources`.
"""

import json
import math
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial
from io import BytesIO
from typing import BinaryIO
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import audit, outbox
from core.database import undo_on_refusal
from core.errors import Forbidden, Invalid, NotFound
from core.permissions import Action, Actor, require
from core.runtime import current
from orchestrator.meetings.classification import refuse_classified
from orchestrator.meetings.models import Meeting
from transcription.errors import CancelRefused, RecordingNotKept
from transcription.media import LONGEST_SECONDS
from transcription.pipeline.service import latest_job, start_job
from transcription.pipeline.steering import cancel_job
from transcription.recordings import states
from transcription.recordings.models import Recording, RecordingPart, RecordingSource
from transcription.recordings.naming import began_at, natural_key, placed
from transcription.recordings.service import receive_upload, shown_name

MOST_PARTS = 50


def receive_parts(session: Session, actor: Actor, meeting_id: UUID, files: Sequence[tuple[str, BinaryIO]]) -> Recording:
    """Keep several uploaded files of one meeting and hear them as one, in the order of their moments or names.

    Raises:
        Invalid: fewer than two different files. As `receive_upload` and `join_recordings`.
    """
    kept = [receive_upload(session, actor, meeting_id, name, stream) for name, stream in files]
    return join_recordings(session, actor, meeting_id, [row.id for row in in_order(kept)])


def in_order(recordings: Sequence[Recording]) -> list[Recording]:
    """By the moments in their names where all have one on the same clock, else by their names."""
    began = [began_at(row.original_name) for row in recordings]
    moments = [moment for moment in began if moment is not None]
    if len(moments) == len(recordings) and len({moment.clock for moment in moments}) == 1:
        order = sorted(range(len(moments)), key=lambda index: moments[index].at)
        return [recordings[index] for index in order]
    return sorted(recordings, key=lambda row: natural_key(row.original_name))


def join_recordings(
    session: Session,
    actor: Actor,
    meeting_id: UUID,
    recording_ids: Sequence[UUID],
    offsets: Sequence[float | None] | None = None,
) -> Recording:
    """Make one recording of several, and hear that one; work on the single parts is ended.

    Args:
        recording_ids: in the order in which they were recorded.
        offsets: where each begins in the whole, in seconds; None: right behind the one before it. Left out, the
            moments in the files' names decide (`naming.placed`).

    Returns:
        The whole; the same parts in the same places are the same recording.

    Raises:
        Invalid: fewer than two parts, one of them twice or a whole itself, offsets that do not rise.
        NotFound, Forbidden, ClassifiedRefused, RecordingNotKept.
    """
    meeting = session.get(Meeting, meeting_id)
    if meeting is None:
        raise NotFound
    require(actor, Action.UPLOAD_RECORDING, meeting)
    refuse_classified(meeting.classification)
    rows = _rows(session, meeting, recording_ids)
    places = _checked(offsets, len(rows)) if offsets is not None else _placed(rows)
    listed = {
        "parts": [
            {"sha256": row.sha256, "name": row.original_name, "offset_seconds": place}
            for row, place in zip(rows, places, strict=True)
        ]
    }
    whole = _keep(session, meeting, rows, listed, actor)
    if whole.parts:
        return whole
    for position, (row, place) in enumerate(zip(rows, places, strict=True)):
        whole.parts.append(RecordingPart(part_id=row.id, position=position, offset_seconds=place))
        _end_work_on(session, actor, row)
    session.flush()
    start_job(session, whole)
    outbox.emit(session, "recording.received", recording_id=whole.id, meeting_id=meeting.id)
    audit.record(session, actor, "recording.joined", "recording", whole.id, parts=len(rows), sha256=whole.sha256)
    return whole


def _rows(session: Session, meeting: Meeting, recording_ids: Sequence[UUID]) -> list[Recording]:
    if not 2 <= len(set(recording_ids)) <= MOST_PARTS or len(set(recording_ids)) != len(recording_ids):
        raise Invalid(field="các phần", reason=f"cần từ 2 đến {MOST_PARTS} bản ghi khác nhau")
    query = select(Recording).where(Recording.id.in_(recording_ids), Recording.meeting_id == meeting.id)
    found = {row.id: row for row in session.scalars(query)}
    if len(found) != len(recording_ids):
        raise NotFound
    rows = [found[recording_id] for recording_id in recording_ids]
    if any(row.source == RecordingSource.JOINED for row in rows):
        raise Invalid(field="các phần", reason="một bản ghi đã được ghép không thể là một phần")
    unusable = next((row for row in rows if row.state == states.UNUSABLE), None)
    if unusable is not None:
        raise Invalid(field="các phần", reason=f"tệp “{unusable.original_name}” không đọc được; hãy bỏ tệp này ra")
    return rows


def _checked(offsets: Sequence[float | None], count: int) -> tuple[float | None, ...]:
    if len(offsets) != count:
        raise Invalid(field="mốc bắt đầu", reason="cần một mốc cho mỗi phần")
    last = -1.0
    for offset in offsets:
        if offset is None:
            continue
        if not math.isfinite(offset) or offset < 0 or offset > LONGEST_SECONDS or offset <= last:
            raise Invalid(field="mốc bắt đầu", reason="phải tăng dần, tính bằng giây, từ 0")
        last = offset
    return tuple(None if offset is None else round(float(offset), 3) for offset in offsets)


def _placed(rows: Sequence[Recording]) -> tuple[float | None, ...]:
    return placed([row.original_name for row in rows], [row.duration_seconds for row in rows])


def _keep(
    session: Session, meeting: Meeting, rows: Sequence[Recording], listed: Mapping[str, object], actor: Actor
) -> Recording:
    content = json.dumps(listed, ensure_ascii=False, sort_keys=True, indent=1).encode()
    try:
        stored = current().storage.put(BytesIO(content), prefix="recordings", suffix=".json")
    except OSError as error:
        raise RecordingNotKept(reason=error.strerror or type(error).__name__) from error
    undo_on_refusal(session, partial(current().storage.delete, stored.key))
    query = select(Recording).where(Recording.meeting_id == meeting.id, Recording.sha256 == stored.sha256)
    known = session.scalar(query)
    if known is not None:
        current().storage.delete(stored.key)
        return known
    began = began_at(rows[0].original_name)
    whole = Recording(
        meeting_id=meeting.id,
        source=RecordingSource.JOINED,
        original_name=shown_name(f"{rows[0].original_name} (ghép {len(rows)} phần)"),
        object_key=stored.key,
        sha256=stored.sha256,
        size_bytes=stored.size_bytes,
        state=states.RECEIVED,
        duration_seconds=None,
        roster_state=rows[0].roster_state,
        roster=list(rows[0].roster),
        received_from=actor.account_id,
        started_at=began.at if began else None,
        started_margin_seconds=began.margin_seconds if began else None,
    )
    session.add(whole)
    session.flush()
    return whole


def _end_work_on(session: Session, actor: Actor, part: Recording) -> None:
    """What is heard in the whole need not be heard alone; a transcript that is there already stays."""
    job = latest_job(session, part.id)
    if job is not None:
        with suppress(CancelRefused, Forbidden):
            cancel_job(session, actor, job.id)
