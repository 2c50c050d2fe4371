"""Hits as a page shows them: what it is, where it stands, how things are with it now, where a click leads.

In: hits that this person may see. Out: one result each. One question for each kind on the page, however many hits.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.permissions import Action, Actor, can
from core.runtime import current
from core.search.excerpts import Piece
from core.search.finding import Hit
from core.search.kinds import everywhere
from minutes.delivery.models import Delivery
from minutes.followups.due import is_overdue
from minutes.followups.models import Task
from minutes.followups.states import OPEN
from minutes.notices.models import Issue, Notice
from minutes.notices.successors import withdrawn_among
from orchestrator.meetings.models import Meeting
from web.templating import day, moment
from web.words import tone, word

#: What objects of a kind are called.
WORDS: dict[str, LazyString] = {
    "meeting": _l("Cuộc họp"),
    "paper": _l("Tài liệu cuộc họp"),
    "transcript": _l("Bản gỡ băng"),
    "notice": _l("Thông báo"),
    "task": _l("Nhiệm vụ"),
}


@dataclass(frozen=True)
class Result:
    """One line of the list."""

    kind: str
    label: str
    url: str
    title: Sequence[Piece]
    text: Sequence[Piece]
    #: Facts in the order of reading.
    facts: Sequence[str]
    badge: str = ""
    tone: str = ""
    #: Further passages of the same object that fit.
    more: int = 0


@dataclass(frozen=True)
class _Now:
    """How things are with the objects of one page."""

    meetings: Mapping[UUID, Any]
    notices: Mapping[UUID, Any]
    withdrawn: frozenset[UUID]
    #: For a unit: its own copy of a notice.
    deliveries: Mapping[UUID, UUID]
    tasks: Mapping[UUID, Any]

    def knows(self, hit: Hit) -> bool:
        """Whether the object is still there."""
        rows = {"notice": self.notices, "task": self.tasks}
        return hit.object_id in rows[hit.kind] if hit.kind in rows else hit.meeting_id in self.meetings


def results(session: Session, actor: Actor, hits: Sequence[Hit]) -> list[Result]:
    """The hits of one page, in their order; without what went away while they were looked up."""
    now = _look(session, actor, hits)
    return [_SAID[hit.kind](hit, actor, now) for hit in hits if now.knows(hit)]


def _look(session: Session, actor: Actor, hits: Sequence[Hit]) -> _Now:
    notice_ids = _ids(hits, "notice")
    meetings = select(Meeting.id, Meeting.title, Meeting.state, Meeting.starts_at)
    notices = select(Notice.id, Notice.state, Notice.kind, Issue.symbol, Issue.issued_on).outerjoin(
        Issue, Issue.notice_id == Notice.id
    )
    tasks = select(Task.id, Task.state, Task.due_at, Task.deadline_raw)
    own = select(Delivery.notice_id, Delivery.id).where(
        Delivery.notice_id.in_(notice_ids), Delivery.unit_id.in_(actor.unit_ids)
    )
    return _Now(
        meetings=_rows(session, meetings, Meeting.id, {hit.meeting_id for hit in hits if hit.meeting_id}),
        notices=_rows(session, notices, Notice.id, notice_ids),
        withdrawn=withdrawn_among(session, notice_ids),
        deliveries=dict(session.execute(own).all()) if notice_ids and actor.unit_ids else {},
        tasks=_rows(session, tasks, Task.id, _ids(hits, "task")),
    )


def _ids(hits: Sequence[Hit], kind: str) -> set[UUID]:
    return {hit.object_id for hit in hits if hit.kind == kind}


def _meeting_id(hit: Hit) -> UUID:
    return hit.meeting_id or hit.object_id


def _rows(session: Session, query: Any, key: Any, ids: Iterable[UUID]) -> dict[UUID, Any]:
    wanted = set(ids)
    return {row.id: row for row in session.execute(query.where(key.in_(wanted)))} if wanted else {}


def _meeting(hit: Hit, _actor: Actor, now: _Now) -> Result:
    row = now.meetings[_meeting_id(hit)]
    return Result(
        hit.kind,
        str(WORDS[hit.kind]),
        url_for("operator.meeting", meeting_id=hit.object_id),
        hit.title,
        hit.text,
        [moment(row.starts_at)],
        badge=str(word(row.state, "meeting")),
        tone=tone(row.state, "meeting"),
    )


def _paper(hit: Hit, _actor: Actor, now: _Now) -> Result:
    row = now.meetings[_meeting_id(hit)]
    return Result(
        hit.kind,
        str(WORDS[hit.kind]),
        url_for("operator.meeting", meeting_id=hit.object_id),
        hit.title,
        hit.text,
        [_("của %(meeting)s", meeting=row.title), day(row.starts_at)],
        more=hit.places - 1,
    )


def _transcript(hit: Hit, _actor: Actor, now: _Now) -> Result:
    row = now.meetings[_meeting_id(hit)]
    return Result(
        hit.kind,
        str(WORDS[hit.kind]),
        url_for("secretary.transcript", transcript_id=hit.object_id, _anchor=f"dong-{hit.part}"),
        hit.title,
        hit.text,
        [moment(row.starts_at)],
        more=hit.places - 1,
    )


def _notice(hit: Hit, actor: Actor, now: _Now) -> Result:
    row = now.notices[hit.object_id]
    facts = [_("số %(symbol)s", symbol=row.symbol), day(row.issued_on)] if row.symbol else [day(hit.happened_at)]
    gone = hit.object_id in now.withdrawn
    return Result(
        hit.kind,
        str(word(row.kind, "notice_kind")),
        _notice_page(hit, actor, now),
        hit.title,
        hit.text,
        facts,
        badge=_("Đã thu hồi") if gone else str(word(row.state, "notice")),
        tone="bad" if gone else tone(row.state, "notice"),
        more=hit.places - 1,
    )


def _notice_page(hit: Hit, actor: Actor, now: _Now) -> str:
    """Where staff work on it, or where the unit has received it."""
    if everywhere(actor, Action.VIEW_NOTICE):
        return url_for("secretary.notice", notice_id=hit.object_id)
    delivery_id = now.deliveries.get(hit.object_id)
    mine = delivery_id is not None and can(actor, Action.ACKNOWLEDGE_NOTICE)
    return url_for("unit.received", delivery_id=delivery_id) if mine else url_for("unit.inbox")


def _task(hit: Hit, _actor: Actor, now: _Now) -> Result:
    row = now.tasks[hit.object_id]
    late = is_overdue(row.due_at, row.state in OPEN, current().clock())
    due = [_("hạn %(day)s", day=day(row.due_at))] if row.due_at else [row.deadline_raw] if row.deadline_raw else []
    return Result(
        hit.kind,
        str(WORDS[hit.kind]),
        url_for("unit.task", task_id=hit.object_id),
        hit.title,
        hit.text,
        due,
        badge=_("Quá hạn") if late else str(word(row.state, "task")),
        tone="bad" if late else tone(row.state, "task"),
    )


_SAID: dict[str, Callable[[Hit, Actor, _Now], Result]] = {
    "meeting": _meeting,
    "paper": _paper,
    "transcript": _transcript,
    "notice": _notice,
    "task": _task,
}
