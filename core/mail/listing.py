"""Lists of mails for the screen: filtered, searched, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from core.mail.models import MailRecipient, OutgoingMail
from core.mail.states import BOUNCED, FAILED, MAIL
from core.permissions import Action, Actor, require

PAGE_SIZE = 50
LAST_PAGE = 10_000


@dataclass(frozen=True)
class MailFilter:
    """What is looked for: words of subject or address, a state (empty: any), a page from 1."""

    words: str = ""
    state: str = ""
    page: int = 1


@dataclass(frozen=True)
class MailPage:
    """One page of mails, how many mails stand in each state, and whether more follow."""

    mails: Sequence[OutgoingMail]
    counts: dict[str, int]
    page: int
    has_more: bool


def list_mails(session: Session, actor: Actor | None, wanted: MailFilter) -> MailPage:
    """Newest first. Four questions to the database, whatever is found."""
    require(actor, Action.VIEW_MAIL)
    page = min(max(wanted.page, 1), LAST_PAGE)
    query = select(OutgoingMail).order_by(OutgoingMail.created_at.desc(), OutgoingMail.id.desc())
    if wanted.state in MAIL.states:
        query = query.where(OutgoingMail.state == wanted.state)
    if wanted.words:
        query = query.where(_says(wanted.words))
    rows = session.scalars(query.offset((page - 1) * PAGE_SIZE).limit(PAGE_SIZE + 1)).all()
    counts = session.execute(select(OutgoingMail.state, func.count()).group_by(OutgoingMail.state))
    return MailPage(rows[:PAGE_SIZE], {state: number for state, number in counts}, page, len(rows) > PAGE_SIZE)


def lost_mails(session: Session, actor: Actor | None, since: datetime, limit: int) -> Sequence[OutgoingMail]:
    """Mails since then that reached nobody, newest first."""
    require(actor, Action.VIEW_MAIL)
    query = select(OutgoingMail).where(OutgoingMail.state.in_((FAILED, BOUNCED)), OutgoingMail.created_at >= since)
    return session.scalars(query.order_by(OutgoingMail.created_at.desc(), OutgoingMail.id).limit(limit)).all()


def _says(words: str) -> ColumnElement[bool]:
    pattern = "%" + words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    there = select(MailRecipient.mail_id).where(MailRecipient.address.ilike(pattern))
    return or_(OutgoingMail.subject.ilike(pattern), OutgoingMail.id.in_(there))
