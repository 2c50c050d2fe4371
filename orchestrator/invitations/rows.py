"""Rows of invitations: found, or made the first time somebody sends to, answers for or addresses an endpoint."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from orchestrator.invitations.models import Invitation
from orchestrator.meetings.models import Meeting, MeetingEndpoint


def invitations_of(session: Session, meeting_id: UUID) -> Sequence[Invitation]:
    """All invitations of a meeting, those of withdrawn endpoints too."""
    return session.scalars(select(Invitation).where(Invitation.meeting_id == meeting_id)).all()


def ensured_invitation(session: Session, meeting: Meeting, place: MeetingEndpoint) -> Invitation:
    """The invitation of one endpoint; the caller holds the meeting's lock."""
    return ensured_invitations(session, meeting, [place])[place.id]


def ensured_invitations(
    session: Session, meeting: Meeting, places: Sequence[MeetingEndpoint]
) -> dict[UUID, Invitation]:
    """The invitation of each place, and those there are besides; the caller holds the meeting's lock."""
    found = {item.meeting_endpoint_id: item for item in invitations_of(session, meeting.id)}
    for place in places:
        if place.id not in found:
            found[place.id] = _new(meeting, place)
            session.add(found[place.id])
    session.flush()
    return found


def _new(meeting: Meeting, place: MeetingEndpoint) -> Invitation:
    identity = uuid4()
    return Invitation(
        id=identity,
        meeting_id=meeting.id,
        meeting_endpoint_id=place.id,
        meeting_endpoint=place,
        # Never seen by people, the same for as long as the invitation lives.
        uid=f"{identity}@diemcau",
        sequence=0,
        addresses=[],
        resends=0,
        people=[],
    )
