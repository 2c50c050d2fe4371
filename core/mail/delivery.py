"""Sending one mail: claim the row, hand the message over, write down what became of it; each in its own transaction.

The claim keeps two workers from sending one mail. It carries a token: whoever lost it (too slow, so the reconciler gave
the mail to another) writes nothing. Between the server's answer and our mark no transaction can help; see the package.
"""

import logging
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core import lifecycles
from core.errors import Invalid
from core.mail.backoff import wait_after
from core.mail.message import Enclosure, Letter, compose
from core.mail.models import OutgoingMail
from core.mail.placeholders import SecretGone, reveal
from core.mail.service import sender_address
from core.mail.states import FAILED, MAIL, QUEUED, SENT
from core.mail.transports import Envelope, Fate, Transport, Verdict, Verdicts, transport_of
from core.messages import say
from core.purging.closing import nothing_closed_read
from core.runtime import Runtime
from core.storage import ObjectDamaged, ObjectMissing

log = logging.getLogger(__name__)

#: Longer than any honest hand-over: connect, greet, sign in, a line per recipient and the data, each with a timeout.
CLAIM = timedelta(minutes=15)


@dataclass(frozen=True)
class Job:
    """One attempt: the mail, our claim on it, and the message; or the reason why there is none."""

    mail_id: UUID
    claim: UUID
    envelope: Envelope | None
    fault: str = ""


def deliver(runtime: Runtime, mail_id: UUID, transport: Transport | None = None) -> bool:
    """Make one attempt at a mail that is due; False where it was not ours to send."""
    with runtime.database.transaction() as session:
        job = _claim(runtime, session, mail_id)
    if job is None:
        return False
    verdicts: Verdicts = {}
    if job.envelope is not None:
        verdicts = (transport or transport_of(runtime.settings)).send(job.envelope)
    with runtime.database.transaction() as session:
        _settle(runtime, session, job, verdicts)
    return True


def due_mails(session: Session, runtime: Runtime, limit: int) -> list[UUID]:
    """Mails whose time has come and that nobody has in hand, oldest first."""
    now = runtime.clock()
    query = (
        select(OutgoingMail.id)
        .where(
            OutgoingMail.state == QUEUED,
            OutgoingMail.next_attempt_at <= now,
            or_(OutgoingMail.claimed_until.is_(None), OutgoingMail.claimed_until <= now),
        )
        .order_by(OutgoingMail.next_attempt_at)
        .limit(limit)
    )
    with nothing_closed_read(session):
        return list(session.scalars(query))


def _claim(runtime: Runtime, session: Session, mail_id: UUID) -> Job | None:
    now = runtime.clock()
    query = select(OutgoingMail).where(
        OutgoingMail.id == mail_id,
        OutgoingMail.state == QUEUED,
        OutgoingMail.next_attempt_at <= now,
        or_(OutgoingMail.claimed_until.is_(None), OutgoingMail.claimed_until <= now),
    )
    # A mail about something whose purge was asked for waits until that is decided.
    with nothing_closed_read(session):
        mail = session.scalars(query.with_for_update(of=OutgoingMail, skip_locked=True)).one_or_none()
    if mail is None:
        return None
    if mail.claim is not None:
        log.warning("mail %s was in the hands of a sender that died", mail.id)
        mail.may_be_double = True
    mail.claim, mail.claimed_until = uuid4(), now + CLAIM
    mail.attempts += 1
    try:
        if mail.expires_at is not None and now >= mail.expires_at:
            return Job(mail.id, mail.claim, None, say("mail_expired"))
        return Job(mail.id, mail.claim, _envelope(runtime, session, mail))
    except SecretGone:
        return Job(mail.id, mail.claim, None, say("mail_secret_gone"))
    except (ObjectMissing, ObjectDamaged):
        return Job(mail.id, mail.claim, None, say("mail_attachment_gone"))
    except (Invalid, ValueError) as error:
        return Job(mail.id, mail.claim, None, say("mail_not_writable", reason=str(error)))


def _envelope(runtime: Runtime, session: Session, mail: OutgoingMail) -> Envelope:
    waiting = tuple(item.address for item in mail.recipients if item.state == QUEUED)
    letter = Letter(
        sender=runtime.settings.mail_sender,
        recipients=tuple(item.address for item in mail.recipients),
        subject=mail.subject,
        body=reveal(session, mail.body, mail.secrets),
        message_id=mail.message_id,
        written_at=mail.created_at,
        enclosures=[
            Enclosure(item["filename"], item["media_type"], runtime.storage.read_bytes(item["key"]))
            for item in mail.attachments
        ],
        calendar=mail.calendar,
        calendar_method=mail.calendar_method,
    )
    return Envelope(str(mail.id), sender_address(), waiting, compose(letter))


def _settle(runtime: Runtime, session: Session, job: Job, verdicts: Verdicts) -> None:
    query = select(OutgoingMail).where(OutgoingMail.id == job.mail_id, OutgoingMail.claim == job.claim)
    mail = session.scalars(query.with_for_update(of=OutgoingMail)).one_or_none()
    if mail is None or mail.state != QUEUED:
        log.warning("mail %s was taken over by another sender", job.mail_id)
        return
    mail.claim = mail.claimed_until = None
    now = runtime.clock()
    for item in mail.recipients:
        if item.state == QUEUED:
            verdict = verdicts.get(item.address, Verdict(Fate.PERMANENT, job.fault))
            item.detail = verdict.detail
            if verdict.fate is not Fate.TEMPORARY:
                item.state = SENT if verdict.fate is Fate.TAKEN else FAILED
                item.at = now
    mail.last_error = next((item.detail for item in mail.recipients if item.detail), "")
    _sum_up(runtime, session, mail)


def _sum_up(runtime: Runtime, session: Session, mail: OutgoingMail) -> None:
    now, wait = runtime.clock(), wait_after(mail.attempts)
    waiting = [item for item in mail.recipients if item.state == QUEUED]
    if waiting and wait is not None:
        mail.next_attempt_at = now + wait
        log.info("mail %s waits for attempt %d", mail.id, mail.attempts + 1)
        return
    if waiting:
        mail.last_error = say("mail_gave_up", attempts=mail.attempts, detail=mail.last_error)
    for item in waiting:
        item.state, item.at = FAILED, now
    mail.next_attempt_at = None
    if mail.reached:
        mail.sent_at = now
        lifecycles.apply(session, MAIL, mail, "sent", actor=None)
    else:
        lifecycles.apply(session, MAIL, mail, "failed", actor=None)
    log.info("mail %s is %s after %d attempts", mail.id, mail.state, mail.attempts)
