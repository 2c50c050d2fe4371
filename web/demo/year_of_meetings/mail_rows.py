"""The invitations of the year with their links and answers, and the mails they went out in."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from core.mail.models import MailRecipient, OutgoingMail
from core.mail.states import SENT
from orchestrator.invitations.links import hash_token, token_of
from orchestrator.invitations.models import Answer, Invitation, JoinLink
from web.demo.year_of_meetings.bulk import Row, keep
from web.demo.year_of_meetings.meeting_rows import Kept

_SENT_BEFORE = timedelta(days=4)


def keep_invitations(session: Session, kept: Sequence[Kept]) -> int:
    """One invitation with its link for every endpoint of every meeting, one mail for each; returns how many mails."""
    links = {place: uuid4() for one in kept for place in one.places}
    keep(session, JoinLink, [_link(place, link) for place, link in links.items()])
    keep(session, Invitation, [row for one in kept for row in _invitations(one)])
    mails = keep(session, OutgoingMail, [row for one in kept for row in _mails(one)])
    keep(session, MailRecipient, [_recipient(number, mail) for number, mail in enumerate(mails)])
    return len(mails)


def _link(place: UUID, link: UUID) -> Row:
    return {"id": link, "meeting_endpoint_id": place, "token_hash": hash_token(token_of(link))}


def _invitations(one: Kept) -> Iterator[Row]:
    for number, place in enumerate(one.places):
        yield {
            "id": uuid4(),
            "meeting_id": one.id,
            "meeting_endpoint_id": place,
            "uid": f"{place}@mau.invalid",
            "sent_at": one.plan.starts_at - _SENT_BEFORE,
            "sent_starts_at": one.plan.starts_at,
            "answer": Answer.DECLINED if number % 9 == 8 else Answer.COMING,
            "answered_at": one.plan.starts_at - _SENT_BEFORE / 2,
            "answered_starts_at": one.plan.starts_at,
            "head_count": 4,
        }


def _mails(one: Kept) -> Iterator[Row]:
    for place in one.places:
        yield {
            "id": uuid4(),
            "state": SENT,
            "dedupe_key": f"nam:{place}",
            "message_id": f"<{place}@mau.invalid>",
            "subject": f"Giấy mời họp: {one.plan.title}",
            "body": "Kính mời đơn vị dự họp.",
            "about_type": "meeting",
            "about_id": one.id,
            "attempts": 1,
            "created_at": one.plan.starts_at - _SENT_BEFORE,
            "sent_at": one.plan.starts_at - _SENT_BEFORE,
        }


def _recipient(number: int, mail: UUID) -> Row:
    return {
        "id": uuid4(),
        "mail_id": mail,
        "position": 1,
        "address": f"dau-moi{number % 200 + 1}@mau.invalid",
        "state": SENT,
    }
