"""Asking for the purge of a meeting, confirming it, taking the request back.

From the moment somebody asks, the meeting counts as classified: nothing new comes in, and work on it stops. A second
person confirms; the rows go in that transaction, the files right after it (`finishing`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from sqlalchemy import exists, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core import audit
from core.database import after_commit
from core.errors import Invalid, NotFound, SignInRequired
from core.lifecycles import apply
from core.permissions import Action, Actor, Role, can, require
from core.purging import states
from core.purging.erasing import erase
from core.purging.extent import Extent, measure
from core.purging.models import Purge, PurgeReason
from core.purging.refusals import CodeNotRepeated, PurgeOpenAlready, PurgeStillRunning, SecondPersonNeeded
from core.queue import enqueue
from core.runtime import current
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.models import Meeting
from orchestrator.meetings.service import declare_classified
from transcription.pipeline import states as work_states
from transcription.pipeline.models import StagePiece, StageRun, TranscriptionJob
from transcription.pipeline.steering import cancel_job
from web.purging.findings import findings
from web.purging.shell import EMPTIED, KEPT
from web.purging.tasks import FINISH

_ORDER = re.compile(r"[\w/.\-]{0,60}")
#: A worker that was told to stop has stopped when nothing was heard of it for so long.
SILENCE = timedelta(minutes=3)


@dataclass(frozen=True)
class PurgeOrder:
    """What somebody asks for."""

    meeting_code: str
    classification: Classification
    reason: PurgeReason
    #: Number of the paper that orders it; may be empty.
    order_number: str = ""


def ask(session: Session, actor: Actor | None, order: PurgeOrder) -> Purge:
    """Write the request down and close the meeting to everything. Raises Invalid, PurgeOpenAlready."""
    person = _allowed(actor, Action.ASK_PURGE)
    meeting = session.scalar(select(Meeting).where(Meeting.code == order.meeting_code.strip()))
    if meeting is None:
        raise Invalid(field="mã cuộc họp", reason="không có cuộc họp nào mang mã này")
    if order.classification is Classification.UNCLASSIFIED:
        raise Invalid(field="độ mật", reason="chỉ tiêu hủy nội dung mật trở lên")
    if not _ORDER.fullmatch(order.order_number.strip()):
        raise Invalid(field="số văn bản", reason="chỉ gồm chữ, số và các dấu / . -")
    purge = Purge(
        state=states.ASKED,
        object_id=meeting.id,
        object_code=meeting.code,
        reason=PurgeReason(order.reason).value,
        order_number=order.order_number.strip(),
        asked_by_id=person.account_id,
        asked_by_name=person.name,
    )
    try:
        with session.begin_nested():
            session.add(purge)
    except IntegrityError as error:
        raise PurgeOpenAlready(meeting=meeting.code) from error
    # Part of the procedure, whatever else the administrator may do with a meeting.
    operating = replace(person, roles=person.roles | {Role.OPERATOR}, limited_to=None)
    declare_classified(session, operating, meeting.id, order.classification)
    for job_id in _running_jobs(session, meeting.id):
        cancel_job(session, operating, job_id)
    audit.record(session, actor, "purge.asked", "purge", purge.id, meeting_id=meeting.id, reason=purge.reason)
    return purge


def withdraw(session: Session, actor: Actor | None, purge_id: UUID) -> Purge:
    """Take the request back; the meeting stays classified. Raises NotFound, Forbidden, TransitionRefused."""
    purge = get_purge(session, actor, purge_id)
    apply(session, states.PURGE, purge, "withdrawn", actor=actor)
    return purge


def confirm(session: Session, actor: Actor | None, purge_id: UUID, repeated_code: str) -> Purge:
    """Destroy it: all rows now, the files right after the commit.

    Raises:
        NotFound, Forbidden, TransitionRefused. SecondPersonNeeded, CodeNotRepeated, PurgeStillRunning, PurgeBusy.
    """
    person = _allowed(actor, Action.CONFIRM_PURGE)
    purge = get_purge(session, actor, purge_id)
    if purge.asked_by_id == person.account_id:
        raise SecondPersonNeeded
    if repeated_code.strip() != purge.object_code:
        raise CodeNotRepeated
    rows = 0
    if purge.state == states.ASKED:
        _refuse_while_worked_on(session, purge.object_id)
        rows = destroy(session, actor, purge)
        purge.confirmed_by_id, purge.confirmed_by_name = person.account_id, person.name
        purge.confirmed_at = current().clock()
    apply(session, states.PURGE, purge, "confirmed", actor=actor, rows=rows)
    after_commit(session, _finish_soon)
    return purge


def destroy(session: Session, actor: Actor | None, purge: Purge) -> int:
    """Delete all rows and note in the purge what there was and which files are left to remove; returns how many rows.

    Raises:
        PurgeBusy.
    """
    known = findings(session, purge, extent_of(session, purge))
    extent = erase(session, lambda: extent_of(session, purge), EMPTIED)
    purge.remaining = {
        "objects": sorted(extent.object_keys),
        "mails": [str(mail_id) for mail_id in known["mails"]],
        "tables": sorted({*extent.conditions, *EMPTIED}),
    }
    redacted = audit.redact(session, actor, {*extent.ids, purge.object_id}, purge.id)
    purge.found = {**known, "redacted": redacted}
    return extent.rows


def extent_of(session: Session, purge: Purge) -> Extent:
    """What there is to destroy."""
    return measure(session, Meeting.__table__, purge.object_id, KEPT)  # type: ignore[arg-type]


def get_purge(session: Session, actor: Actor | None, purge_id: UUID) -> Purge:
    """One purge. Raises NotFound, Forbidden."""
    _require_either(actor)
    purge = session.get(Purge, purge_id)
    if purge is None:
        raise NotFound
    return purge


def list_purges(session: Session, actor: Actor | None) -> Sequence[Purge]:
    """All of them, the newest first."""
    _require_either(actor)
    return session.scalars(select(Purge).order_by(Purge.created_at.desc(), Purge.id).limit(200)).all()


def _allowed(actor: Actor | None, action: Action) -> Actor:
    require(actor, action)
    if actor is None:
        raise SignInRequired
    return actor


def _require_either(actor: Actor | None) -> None:
    if not can(actor, Action.CONFIRM_PURGE):
        require(actor, Action.ASK_PURGE)


def _running_jobs(session: Session, meeting_id: UUID) -> Sequence[UUID]:
    query = select(TranscriptionJob.id).where(
        TranscriptionJob.meeting_id == meeting_id, TranscriptionJob.state == work_states.RUNNING
    )
    return session.scalars(query).all()


def _refuse_while_worked_on(session: Session, meeting_id: UUID) -> None:
    """A worker that has not noticed yet could leave a file behind after the purge."""
    since = current().clock() - SILENCE
    unfinished = (work_states.WAITING, work_states.RUNNING, work_states.CANCELLED)
    runs = select(StageRun.id).join(TranscriptionJob).where(TranscriptionJob.meeting_id == meeting_id)
    busy_run = exists().where(
        StageRun.id.in_(runs),
        StageRun.state.in_(unfinished),
        StageRun.heartbeat_at.is_not(None),
        StageRun.heartbeat_at > since,
    )
    busy_piece = exists().where(
        StagePiece.stage_run_id.in_(runs), StagePiece.state.in_(unfinished), StagePiece.heartbeat_at > since
    )
    if session.scalar(select(or_(busy_run, busy_piece))):
        raise PurgeStillRunning


def _finish_soon() -> None:
    enqueue(FINISH, queue="default")
