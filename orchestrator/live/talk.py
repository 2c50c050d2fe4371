"""The content side of the hour: messages to everyone in the room, and where the meeting is in its agenda.

Messages are rows first. A console that is in the room claims one, hands it over and keeps the claim; so it is sent once
however many consoles are open, and waits while none is in.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import audit
from core.errors import NotFound
from core.permissions import Action, Actor
from core.runtime import current
from orchestrator.live.models import AgendaMark, LiveMessage
from orchestrator.live.operating import operated_meeting
from orchestrator.live.refusals import MessageTaken
from orchestrator.words import checked_name

#: Newest messages that consoles show.
MOST_SHOWN = 30


def say_to_all(session: Session, actor: Actor | None, meeting_id: UUID, text: str) -> LiveMessage:
    """Write a message to everyone. Raises NotFound, Forbidden, Invalid (empty, longer than 250 letters)."""
    meeting, speaker = operated_meeting(session, actor, meeting_id, Action.OPERATE_CONTENT)
    row = LiveMessage(
        meeting_id=meeting.id,
        text=checked_name(text, "nội dung thông điệp"),
        actor_id=speaker.account_id,
        actor_name=speaker.name,
        sent_at=None,
        created_at=current().clock(),
    )
    session.add(row)
    session.flush()
    audit.record(session, actor, "message.written", "meeting", meeting.id, message=row.id)
    return row


def claim_message(session: Session, actor: Actor | None, message_id: UUID) -> LiveMessage:
    """A console in the room takes the message on to hand it over now. Raises MessageTaken, NotFound, Forbidden."""
    row = _message(session, actor, message_id)
    if row.sent_at is not None:
        raise MessageTaken
    row.sent_at = current().clock()
    audit.record(session, actor, "message.sent", "meeting", row.meeting_id, message=row.id)
    return row


def release_message(session: Session, actor: Actor | None, message_id: UUID) -> LiveMessage:
    """The conference refused it after all: the message waits again. Raises NotFound, Forbidden."""
    row = _message(session, actor, message_id)
    row.sent_at = None
    audit.record(session, actor, "message.returned", "meeting", row.meeting_id, message=row.id)
    return row


def messages_of(session: Session, meeting_id: UUID) -> Sequence[LiveMessage]:
    """The newest messages of a meeting, newest first; rights are the caller's business."""
    query = select(LiveMessage).where(LiveMessage.meeting_id == meeting_id)
    return session.scalars(query.order_by(LiveMessage.created_at.desc(), LiveMessage.id).limit(MOST_SHOWN)).all()


def mark_agenda(session: Session, actor: Actor | None, meeting_id: UUID, agenda_item_id: UUID) -> AgendaMark:
    """Say that the meeting has come to this point. Raises NotFound (a point of another meeting), Forbidden."""
    meeting, marker = operated_meeting(session, actor, meeting_id, Action.OPERATE_CONTENT)
    if all(item.id != agenda_item_id for item in meeting.agenda):
        raise NotFound
    now = current().clock()
    row = AgendaMark(
        meeting_id=meeting.id, agenda_item_id=agenda_item_id, at=now, actor_id=marker.account_id, created_at=now
    )
    session.add(row)
    session.flush()
    audit.record(session, actor, "agenda.reached", "meeting", meeting.id, item=agenda_item_id)
    return row


def agenda_mark_of(session: Session, meeting_id: UUID) -> AgendaMark | None:
    """Where the meeting is; None before anybody said so. Rights are the caller's business."""
    query = select(AgendaMark).where(AgendaMark.meeting_id == meeting_id)
    return session.scalar(query.order_by(AgendaMark.at.desc(), AgendaMark.created_at.desc()).limit(1))


def _message(session: Session, actor: Actor | None, message_id: UUID) -> LiveMessage:
    row = session.get(LiveMessage, message_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound
    operated_meeting(session, actor, row.meeting_id, Action.OPERATE_CONTENT)
    return row
