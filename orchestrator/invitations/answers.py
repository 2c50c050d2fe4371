"""What an endpoint answers by its personal link: coming or not, how many, who, and whom to call about the line.

No account stands behind an answer; the link is the proof. It may be changed until the meeting opens. The head-count
goes through the meeting's own registration, under the caps and the meeting's lock, so that a refusal names the policy.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import audit, outbox
from core.errors import Invalid, NotFound
from core.mail.addresses import checked_address
from orchestrator.invitations.links import find_link
from orchestrator.invitations.models import Answer, Invitation, JoinLink
from orchestrator.invitations.refusals import AnswerClosed
from orchestrator.invitations.rows import ensured_invitation
from orchestrator.meetings import registration, states
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.models import Meeting, MeetingEndpoint
from orchestrator.words import checked_name

#: A link shows its page this long after the meeting; then it is as good as unknown.
LINK_LIVES_AFTER = timedelta(days=30)
MOST_PEOPLE = 60


@dataclass(frozen=True)
class Comer:
    """Somebody who comes; `instead_of` names who sends this person (cử người dự thay)."""

    name: str
    title: str = ""
    instead_of: str = ""


@dataclass(frozen=True)
class GivenAnswer:
    """An answer as filled in."""

    answer: Answer
    head_count: int = 0
    people: Sequence[Comer] = ()
    decline_reason: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    contact_email: str = ""


@dataclass(frozen=True)
class PersonalPage:
    """What the personal page shows: the meeting, the endpoint, its answer so far."""

    meeting: Meeting
    place: MeetingEndpoint
    invitation: Invitation | None
    can_answer: bool


def personal_page(session: Session, token: str, now: datetime) -> PersonalPage:
    """The page behind a link. Raises NotFound: unknown, replaced, long over, or a meeting nothing may be told of."""
    link = _valid_link(session, token, now)
    place = link.meeting_endpoint
    invitation = session.scalars(select(Invitation).where(Invitation.meeting_endpoint_id == place.id)).one_or_none()
    return PersonalPage(place.meeting, place, invitation, is_open_for_answers(place.meeting, now))


def is_open_for_answers(meeting: Meeting, now: datetime) -> bool:
    """Answers change until the operator opens the meeting, or its hour has come."""
    return meeting.state == states.PLANNED and now < meeting.starts_at


def give_answer(session: Session, token: str, given: GivenAnswer, now: datetime) -> Invitation:
    """Keep an answer; the last one counts.

    Raises:
        NotFound: as `personal_page`. AnswerClosed: too late. Invalid: a wrong value.
        CapExceeded: so many may not sit there; nothing was changed.
    """
    place = _valid_link(session, token, now).meeting_endpoint
    meeting = session.get(Meeting, place.meeting_id, with_for_update={"of": Meeting}, populate_existing=True)
    if meeting is None or place.withdrawn_at is not None:
        raise NotFound
    if not is_open_for_answers(meeting, now):
        raise AnswerClosed
    checked = _checked(given)
    count = checked.head_count if checked.answer is Answer.COMING else 0
    registration.answer_head_count(session, meeting.id, place.endpoint_id, count)
    invitation = ensured_invitation(session, meeting, place)
    invitation.answer, invitation.answered_at = checked.answer, now
    invitation.answered_starts_at = meeting.starts_at
    invitation.head_count, invitation.people = count, [_plain(person) for person in checked.people]
    invitation.decline_reason = checked.decline_reason
    invitation.contact_name, invitation.contact_phone = checked.contact_name, checked.contact_phone
    invitation.contact_email = checked.contact_email
    audit.record(
        session, None, "invitation.answered", "invitation", invitation.id, answer=checked.answer.value, count=count
    )
    outbox.emit(session, "invitation.answered", id=invitation.id, meeting_id=meeting.id)
    return invitation


def _valid_link(session: Session, token: str, now: datetime) -> JoinLink:
    link = find_link(session, token)
    if link is None:
        raise NotFound
    meeting = link.meeting_endpoint.meeting
    is_told = meeting.classification is Classification.UNCLASSIFIED
    if not is_told or now >= meeting.ends_at + LINK_LIVES_AFTER:
        raise NotFound
    return link


def _checked(given: GivenAnswer) -> GivenAnswer:
    coming = given.answer is Answer.COMING
    people = [_checked_person(person) for person in given.people if person.name.strip()] if coming else []
    if len(people) > MOST_PEOPLE:
        raise Invalid(field="người dự", reason=f"nhiều hơn {MOST_PEOPLE} người, hãy chỉ ghi những người chính")
    if coming and given.head_count < 1:
        raise Invalid(field="số người dự", reason="phải từ 1 trở lên; nếu không dự, hãy chọn “Không dự”")
    if coming and len(people) > given.head_count:
        raise Invalid(field="số người dự", reason=f"ít hơn {len(people)} người đã ghi tên")
    reason = "" if coming else checked_name(given.decline_reason, "lý do không dự")
    email = given.contact_email.strip()
    return GivenAnswer(
        answer=given.answer,
        head_count=given.head_count,
        people=people,
        decline_reason=reason,
        contact_name=checked_name(given.contact_name, "đầu mối kỹ thuật", optional=True),
        contact_phone=_checked_phone(given.contact_phone),
        contact_email=checked_address(email) if email else "",
    )


def _checked_person(person: Comer) -> Comer:
    return Comer(
        checked_name(person.name, "họ và tên người dự"),
        checked_name(person.title, "chức vụ người dự", optional=True),
        checked_name(person.instead_of, "dự thay", optional=True),
    )


def _checked_phone(text: str) -> str:
    phone = " ".join(text.split())
    if phone and (not 6 <= sum(letter.isdigit() for letter in phone) <= 20 or set(phone) - set("0123456789 +.-()/,x")):
        raise Invalid(field="điện thoại", reason="chỉ gồm 6 đến 20 chữ số, dấu cách và các dấu + . - ( )")
    return phone


def _plain(person: Comer) -> dict[str, Any]:
    return {"name": person.name, "title": person.title, "instead_of": person.instead_of}
