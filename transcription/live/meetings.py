"""Which meeting a stream belongs to, and whose track is whose: the conference's names go in, our rows come out.

Conferences name a stream after the room where the site's configuration says so, after an identity of their own
(Jicofo's meeting id), or by chance (Jigasi). In the last two cases its participants tell: each track is named after a
place in the room, and presence knows which endpoint sits there.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import Session

from orchestrator.jitsi.comparing import NICK_LETTERS, nick_of, seen_as
from orchestrator.live.models import PresenceInterval
from orchestrator.meetings import states
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.models import Meeting, MeetingEndpoint
from transcription.live.errors import StreamClassified, StreamMeetingOver, StreamRefused

#: A meeting may be spoken in while it is one of these; not every room is opened by hand.
SPOKEN_IN = frozenset({states.PLANNED, states.OPEN})


@dataclass(frozen=True)
class Standing:
    """How a meeting stands."""

    state: str
    is_classified: bool

    @property
    def refusal(self) -> StreamRefused | None:
        """Why nothing more may be heard in it; None while it may."""
        if self.is_classified:
            return StreamClassified()
        return None if self.state in SPOKEN_IN else StreamMeetingOver()


def meeting_of_stream(session: Session, names: Iterable[str]) -> UUID | None:
    """The meeting one of these names belongs to: its identity, its room, its number. None where none does.

    Raises:
        StreamClassified, StreamMeetingOver: it does, and may not be heard.
    """
    for name in filter(None, names):
        row = session.execute(_columns().where(_is_named(name))).first()
        if row is not None:
            meeting_id, state, classification = row
            _refuse(Standing(state, classification is not Classification.UNCLASSIFIED))
            return meeting_id
    return None


def meeting_of_tracks(session: Session, tracks: Sequence[str]) -> UUID | None:
    """The one open meeting in which these places of a room are taken; None where it is none, or more than one."""
    if not tracks:
        return None
    query = (
        select(PresenceInterval.meeting_id)
        .join(Meeting, Meeting.id == PresenceInterval.meeting_id)
        .where(
            _is_place(tracks),
            PresenceInterval.left_at.is_(None),
            Meeting.state.in_(SPOKEN_IN),
            Meeting.classification == Classification.UNCLASSIFIED,
        )
        .distinct()
        .limit(2)
    )
    found = session.scalars(query).all()
    return found[0] if len(found) == 1 else None


def endpoints_of_tracks(session: Session, meeting_id: UUID, tracks: Sequence[str]) -> dict[str, UUID]:
    """Track → the endpoint of the meeting whose connection it is; tracks nobody knows are left out."""
    if not tracks:
        return {}
    rows = session.execute(
        select(PresenceInterval.occupant_jid, PresenceInterval.meeting_endpoint_id)
        .where(PresenceInterval.meeting_id == meeting_id, _is_place(tracks))
        .order_by(PresenceInterval.joined_at)
    )
    return {nick_of(jid): place for jid, place in rows if place is not None}


def shared_endpoints(session: Session, meeting_endpoint_ids: Sequence[UUID]) -> set[UUID]:
    """Those of these endpoints that have more than one person behind the microphone, or nobody has counted."""
    rows = session.scalars(select(MeetingEndpoint).where(MeetingEndpoint.id.in_(meeting_endpoint_ids)))
    return {place.id for place in rows if place.head_count != 1}


def standings(session: Session, meeting_ids: Sequence[UUID]) -> Mapping[UUID, Standing]:
    """How these meetings stand now."""
    rows = session.execute(_columns().where(Meeting.id.in_(meeting_ids)))
    return {
        meeting_id: Standing(state, classification is not Classification.UNCLASSIFIED)
        for meeting_id, state, classification in rows
    }


def is_any_near(session: Session, now: datetime, seconds: float) -> bool:
    """Whether a meeting is on, or begins within this time: somebody will speak soon."""
    near = exists().where(
        Meeting.state.in_(SPOKEN_IN),
        Meeting.room_name.is_not(None),
        Meeting.starts_at <= now + timedelta(seconds=seconds),
        Meeting.ends_at >= now - timedelta(seconds=seconds),
    )
    return bool(session.scalar(select(near)))


def _columns() -> Select[UUID, str, Classification]:
    return select(Meeting.id, Meeting.state, Meeting.classification)


def _is_named(name: str) -> ColumnElement[bool]:
    plain = name.partition("@")[0].lower()
    same = or_(Meeting.room_name == plain, Meeting.code == name)
    try:
        return or_(same, Meeting.id == UUID(name))
    except ValueError:
        return same


def _is_place(tracks: Sequence[str]) -> ColumnElement[bool]:
    """Connections that sit at these places: by the beginning of their address, or noted by their place alone."""
    by_address = [
        PresenceInterval.occupant_jid.startswith(track, autoescape=True) for track in tracks if _is_nick(track)
    ]
    return or_(PresenceInterval.occupant_jid.in_([seen_as(track) for track in tracks]), *by_address)


def _is_nick(track: str) -> bool:
    """Short names would be the beginning of anybody's address."""
    return len(track) == NICK_LETTERS


def _refuse(standing: Standing) -> None:
    if standing.refusal is not None:
        raise standing.refusal
