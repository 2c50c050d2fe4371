"""What the operator sees of a meeting's invitations: per endpoint, sent, come back, answered, who, whom to call.

A handful of questions to the database, whatever the number of endpoints.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Session

from core.errors import NotFound
from core.mail.models import OutgoingMail
from core.mail.service import mails_about
from core.permissions import Action, Actor, require
from orchestrator.invitations.letters import LetterView, letter_of
from orchestrator.invitations.links import answer_url, ensured_links, live_links, token_of
from orchestrator.invitations.models import Answer, Invitation, JoinLink
from orchestrator.invitations.receivers import addresses_of
from orchestrator.invitations.rows import invitations_of
from orchestrator.invitations.sending import ABOUT
from orchestrator.meetings import states
from orchestrator.meetings.classification import refuse_classified
from orchestrator.meetings.models import Meeting, MeetingEndpoint
from orchestrator.refusals import MeetingOver


class Standing(StrEnum):
    """How far an endpoint's invitation has come."""

    NOT_SENT = "not_sent"
    NO_ADDRESS = "no_address"
    OUTDATED = "outdated"
    WAITING = "waiting"
    BOUNCED = "bounced"
    COMING = "coming"
    DECLINED = "declined"
    OLD_ANSWER = "old_answer"


@dataclass(frozen=True)
class BoardRow:
    """One endpoint of the board; `mail` is the newest mail about it, `addresses` where the next one would go."""

    place: MeetingEndpoint
    invitation: Invitation | None
    mail: OutgoingMail | None
    addresses: Sequence[str]
    standing: Standing
    has_link: bool


@dataclass(frozen=True)
class Board:
    """The page of a meeting's invitations."""

    meeting: Meeting
    letter: LetterView
    rows: Sequence[BoardRow]

    def count(self, *standings: Standing) -> int:
        """Endpoints that stand so."""
        return sum(row.standing in standings for row in self.rows)

    @property
    def people(self) -> int:
        """People of those who said they come."""
        return sum(row.invitation.head_count or 0 for row in self.rows if row.invitation and _comes(row.invitation))


def board_of(session: Session, actor: Actor | None, meeting_id: UUID) -> Board:
    """The whole board. Raises NotFound, Forbidden, ClassifiedRefused.

    For the house alone: a unit that takes part may see the meeting, but not the others' people and telephones.
    """
    letter = letter_of(session, actor, meeting_id)
    require(actor, Action.VIEW_DIRECTORY)
    meeting = session.get_one(Meeting, meeting_id)
    invitations = {item.meeting_endpoint_id: item for item in invitations_of(session, meeting_id)}
    mails = mails_about(session, ABOUT, [item.id for item in invitations.values()])
    addresses = addresses_of(session, meeting, meeting.endpoints, invitations)
    links = live_links(session, [place.id for place in meeting.endpoints])
    is_current = letter.is_sent_as_it_stands
    rows = [
        _row(place, invitations.get(place.id), mails, addresses[place.id], links.get(place.id), is_current=is_current)
        for place in meeting.endpoints
    ]
    return Board(meeting, letter, rows)


def link_to_copy(session: Session, actor: Actor | None, meeting_id: UUID, place_id: UUID) -> str:
    """The personal address of one endpoint, to be sent by another way. Raises NotFound, Forbidden, MeetingOver."""
    meeting = session.get(Meeting, meeting_id, with_for_update={"of": Meeting}, populate_existing=True)
    if meeting is None:
        raise NotFound
    require(actor, Action.PLAN_MEETING, meeting)
    refuse_classified(meeting.classification)
    if states.MEETING.is_final(meeting.state):
        raise MeetingOver
    place = next((item for item in meeting.endpoints if item.id == place_id), None)
    if place is None:
        raise NotFound
    return answer_url(token_of(ensured_links(session, [place])[place.id].id))


def _row(
    place: MeetingEndpoint,
    invitation: Invitation | None,
    mails: dict[UUID, list[OutgoingMail]],
    addresses: Sequence[str],
    link: JoinLink | None,
    *,
    is_current: bool,
) -> BoardRow:
    mail = next(iter(mails.get(invitation.id, ())), None) if invitation else None
    standing = _standing(invitation, mail, addresses, link, is_current=is_current)
    return BoardRow(place, invitation, mail, addresses, standing, link is not None)


def _standing(
    invitation: Invitation | None,
    mail: OutgoingMail | None,
    addresses: Sequence[str],
    link: JoinLink | None,
    *,
    is_current: bool,
) -> Standing:
    if invitation is not None and invitation.answer is not None:
        if not invitation.is_answered:
            return Standing.OLD_ANSWER
        return Standing.COMING if invitation.answer is Answer.COMING else Standing.DECLINED
    if invitation is None or invitation.sent_at is None or invitation.cancelled_at is not None:
        return Standing.NOT_SENT if addresses else Standing.NO_ADDRESS
    if mail is not None and mail.state in ("failed", "bounced"):
        return Standing.BOUNCED
    is_same_link = link is not None and invitation.sent_link_id == link.id
    return Standing.WAITING if is_same_link and is_current else Standing.OUTDATED


def _comes(invitation: Invitation) -> bool:
    return invitation.is_answered and invitation.answer is Answer.COMING
