"""Mail as rooms ask for it: queue one in the transaction of the deed, queue a failed one again, note a bounce.

`queue_mail` asks for no right: it is the consequence of a deed that has asked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from core import audit, lifecycles
from core.database import after_commit
from core.errors import Invalid, NotFound
from core.mail.addresses import Mailbox, checked_address, checked_line, domain_of, parse_mailbox
from core.mail.models import MailRecipient, OutgoingMail
from core.mail.states import BOUNCED, FAILED, MAIL, QUEUED, SENT
from core.permissions import Action, Actor, require
from core.queue import enqueue
from core.runtime import current

DELIVER = "core.mail.deliver"
MOST_RECIPIENTS = 100
LONGEST_BODY = 200_000
LONGEST_DETAIL = 500


@dataclass(frozen=True)
class Attachment:
    """A stored object that goes along; `filename` is what the receiver sees."""

    key: str
    filename: str
    media_type: str


@dataclass(frozen=True)
class CalendarPart:
    """An iCalendar text with its METHOD: REQUEST, CANCEL."""

    text: str
    method: str


def queue_mail(
    session: Session,
    *,
    to: Iterable[str | Mailbox],
    subject: str,
    body: str,
    dedupe_key: str,
    attachments: Sequence[Attachment] = (),
    calendar: CalendarPart | None = None,
    about: tuple[str, UUID] | None = None,
    secrets: Mapping[str, tuple[str, UUID]] | None = None,
    expires_at: datetime | None = None,
) -> OutgoingMail:
    """Write a mail in this transaction; it is sent after the commit.

    Args:
        dedupe_key: the same key never makes a second mail: the first one is given back as it is.
        about: type and id of the object it speaks of; screens find the mail by it.
        secrets: words of the body → kind and id of the secret they stand for (see `placeholders`).
        expires_at: not sent any more from this moment on.

    Raises:
        Invalid: no recipient, too many, an address or a header text that mail cannot carry.
    """
    people = _mailboxes(to)
    if len(body) > LONGEST_BODY:
        raise Invalid(field="nội dung thư", reason=f"dài quá {LONGEST_BODY} ký tự")
    row = insert(OutgoingMail).values(
        **_fresh_values(current().clock()),
        dedupe_key=dedupe_key,
        subject=checked_line(subject, "tiêu đề thư"),
        body=body,
        attachments=[asdict(item) for item in attachments],
        calendar=calendar.text if calendar else None,
        calendar_method=calendar.method if calendar else None,
        secrets={words: [kind, str(key)] for words, (kind, key) in (secrets or {}).items()},
        about_type=about[0] if about else "",
        about_id=about[1] if about else None,
        expires_at=expires_at,
    )
    fresh = session.scalar(row.on_conflict_do_nothing(index_elements=["dedupe_key"]).returning(OutgoingMail.id))
    if fresh is not None:
        _write_recipients(session, fresh, people)
        after_commit(session, partial(enqueue, DELIVER, str(fresh), queue="mail"))
    return session.scalars(select(OutgoingMail).where(OutgoingMail.dedupe_key == dedupe_key)).one()


def sender_address() -> str:
    """The bare address of the setting `mail_sender`; also where bounces go. Raises Invalid."""
    return parse_mailbox(current().settings.mail_sender).address


def mails_about(session: Session, about_type: str, about_ids: Iterable[UUID]) -> dict[UUID, list[OutgoingMail]]:
    """All mails about these objects, newest first. For the system's own use: asks for no right."""
    query = (
        select(OutgoingMail)
        .where(OutgoingMail.about_type == about_type, OutgoingMail.about_id.in_(list(about_ids)))
        .order_by(OutgoingMail.created_at.desc(), OutgoingMail.id)
    )
    found: dict[UUID, list[OutgoingMail]] = {}
    for mail in session.scalars(query):
        if mail.about_id is not None:
            found.setdefault(mail.about_id, []).append(mail)
    return found


def get_mail(session: Session, actor: Actor | None, mail_id: UUID) -> OutgoingMail:
    """One mail. Raises NotFound, Forbidden."""
    require(actor, Action.VIEW_MAIL)
    mail = session.get(OutgoingMail, mail_id)
    if mail is None:
        raise NotFound
    return mail


def send_again(session: Session, actor: Actor | None, mail_id: UUID) -> OutgoingMail:
    """Queue a failed or bounced mail again, for those it did not reach. Raises TransitionRefused for any other."""
    require(actor, Action.RESEND_MAIL)
    mail = get_mail(session, actor, mail_id)
    lifecycles.apply(session, MAIL, mail, "requeued", actor=actor)
    for recipient in mail.troubled:
        recipient.state, recipient.detail, recipient.at = QUEUED, "", None
    mail.attempts, mail.next_attempt_at = 0, current().clock()
    mail.claim = mail.claimed_until = None
    mail.last_error = ""
    after_commit(session, partial(enqueue, DELIVER, str(mail.id), queue="mail"))
    return mail


def record_bounce(session: Session, message_id: str, diagnostic: str, *, recipient: str = "") -> OutgoingMail | None:
    """Note that a mail came back.

    Args:
        recipient: the address it came back from; empty or unknown means everybody the mail reached, if that is one.

    Returns:
        the mail, or None where no mail of ours has this Message-ID.
    """
    query = select(OutgoingMail).where(OutgoingMail.message_id == message_id.strip())
    mail = session.scalars(query.with_for_update(of=OutgoingMail)).one_or_none()
    if mail is None:
        return None
    said = diagnostic.strip()[:LONGEST_DETAIL]
    hit = _named(mail, recipient)
    if not hit:
        mail.last_error = said
    changed = [item for item in hit if item.state != BOUNCED]
    for item in changed:
        item.state, item.detail, item.at = BOUNCED, said, current().clock()
    if changed:
        audit.record(session, None, "mail.bounce_noted", "mail", mail.id, recipients=len(changed))
    if mail.state in (SENT, QUEUED) and all(item.state in (FAILED, BOUNCED) for item in mail.recipients):
        mail.last_error = said
        lifecycles.apply(session, MAIL, mail, "bounced", actor=None)
    return mail


def _named(mail: OutgoingMail, recipient: str) -> list[MailRecipient]:
    wanted = recipient.strip().casefold()
    named = [item for item in mail.recipients if item.address.casefold() == wanted]
    # Sent on by an alias, the bounce names an address we never wrote to: with one recipient there is no doubt whose.
    return named or (mail.recipients if len(mail.recipients) == 1 else [])


def _fresh_values(now: datetime) -> dict[str, Any]:
    """What every new mail begins with."""
    identity = uuid4()
    return {
        "id": identity,
        "created_at": now,
        "state": MAIL.initial,
        "version": 1,
        "message_id": f"<{identity}@{domain_of(sender_address())}>",
        "next_attempt_at": now,
        "attempts": 0,
        "may_be_double": False,
        "last_error": "",
    }


def _mailboxes(to: Iterable[str | Mailbox]) -> list[Mailbox]:
    people: dict[str, Mailbox] = {}
    for item in to:
        box = Mailbox(item) if isinstance(item, str) else item
        address = checked_address(box.address)
        people.setdefault(address.casefold(), Mailbox(address, checked_line(box.name, "tên người nhận")))
    if not people:
        raise Invalid(field="người nhận", reason="chưa có địa chỉ thư nào")
    if len(people) > MOST_RECIPIENTS:
        raise Invalid(field="người nhận", reason=f"nhiều hơn {MOST_RECIPIENTS} địa chỉ")
    return list(people.values())


def _write_recipients(session: Session, mail_id: UUID, people: Sequence[Mailbox]) -> None:
    session.add_all(
        MailRecipient(mail_id=mail_id, position=position, address=box.address, name=box.name, at=None)
        for position, box in enumerate(people, start=1)
    )
    session.flush()
