"""Technical checks before the hour: the endpoint's own browser reports through its personal link, an operator by voice.

Results are kept as they came (append-only); the newest of an endpoint counts. What stands against it is judged when it
is written, by the rule of that day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from core import audit
from core.errors import Invalid, NotFound
from core.messages import say
from core.permissions import Action, Actor
from core.runtime import current
from orchestrator.directory.service import note_check
from orchestrator.invitations.models import JoinLink
from orchestrator.invitations.service import hash_token
from orchestrator.live.models import CheckSource, ReadinessCheck
from orchestrator.live.operating import operated_meeting
from orchestrator.live.readiness import Measured, judge
from orchestrator.live.refusals import TooManyChecks
from orchestrator.meetings import states
from orchestrator.meetings.models import MeetingEndpoint
from orchestrator.refusals import MeetingOver
from orchestrator.words import checked_name

#: Results one endpoint may leave for one meeting; a technician who tries for hours needs fewer.
MOST_CHECKS = 60
_LONGEST_TOKEN = 200
_LONGEST_DEVICE = 120
_GREATEST_KBPS = 100_000_000
_GREATEST_MS = 600_000


@dataclass(frozen=True)
class Report:
    """What was tried and measured, with the names of the devices as the browser tells them."""

    measured: Measured
    camera_name: str = ""
    microphone_name: str = ""
    speakers_name: str = ""
    browser: str = ""
    note: str = ""


def place_of_token(session: Session, token: str) -> MeetingEndpoint:
    """The endpoint and meeting behind a personal link. Raises NotFound where the link is unknown or replaced."""
    if len(token) > _LONGEST_TOKEN:
        raise NotFound
    query = select(JoinLink).where(JoinLink.token_hash == hash_token(token), JoinLink.revoked_at.is_(None))
    link = session.scalar(query)
    if link is None:
        raise NotFound
    return link.meeting_endpoint


def record_browser_check(session: Session, token: str, report: Report) -> ReadinessCheck:
    """Keep what the endpoint's own page found; the link is the proof, there is no account.

    Raises:
        NotFound: no such link. MeetingOver: the meeting is over or cancelled. TooManyChecks, Invalid.
    """
    place = place_of_token(session, token)
    # Results of one endpoint are counted one by one.
    session.refresh(place, with_for_update={"of": MeetingEndpoint})
    if states.MEETING.is_final(place.meeting.state):
        raise MeetingOver
    count = select(func.count()).where(
        ReadinessCheck.meeting_endpoint_id == place.id, ReadinessCheck.source == CheckSource.BROWSER
    )
    if (session.scalar(count) or 0) >= MOST_CHECKS:
        raise TooManyChecks(most=MOST_CHECKS)
    return _keep(session, None, place, CheckSource.BROWSER, report)


def record_telephone_check(
    session: Session, actor: Actor | None, meeting_id: UUID, place_id: UUID, report: Report
) -> ReadinessCheck:
    """Keep what an operator heard and saw over the telephone. Raises NotFound, Forbidden, Invalid, MeetingCancelled."""
    meeting, operator = operated_meeting(session, actor, meeting_id, Action.OPERATE_MEETING)
    place = next((item for item in meeting.endpoints if item.id == place_id), None)
    if place is None:
        raise NotFound
    return _keep(session, operator, place, CheckSource.TELEPHONE, report)


def latest_checks(session: Session, meeting_id: UUID) -> Mapping[UUID, ReadinessCheck]:
    """The newest check of every endpoint of the meeting that has one, by the meeting's endpoint."""
    query = (
        select(ReadinessCheck)
        .join(MeetingEndpoint, MeetingEndpoint.id == ReadinessCheck.meeting_endpoint_id)
        .where(MeetingEndpoint.meeting_id == meeting_id)
        .ext(distinct_on(ReadinessCheck.meeting_endpoint_id))
        .order_by(ReadinessCheck.meeting_endpoint_id, ReadinessCheck.at.desc(), ReadinessCheck.created_at.desc())
    )
    return {row.meeting_endpoint_id: row for row in session.scalars(query)}


def problem_words(codes: Iterable[str], locale: str = "") -> str:
    """What stands against an endpoint, in words; empty where nothing does."""
    return ", ".join(say(f"check_{code}", locale) for code in codes)


def _keep(
    session: Session, actor: Actor | None, place: MeetingEndpoint, source: CheckSource, report: Report
) -> ReadinessCheck:
    now = current().clock()
    measured = report.measured
    row = ReadinessCheck(
        meeting_endpoint_id=place.id,
        endpoint_id=place.endpoint_id,
        at=now,
        source=source,
        camera=measured.camera,
        microphone=measured.microphone,
        speakers=measured.speakers,
        camera_name=_device(report.camera_name),
        microphone_name=_device(report.microphone_name),
        speakers_name=_device(report.speakers_name),
        down_kbps=_figure(measured.down_kbps, _GREATEST_KBPS),
        up_kbps=_figure(measured.up_kbps, _GREATEST_KBPS),
        round_trip_ms=_figure(measured.round_trip_ms, _GREATEST_MS),
        browser=_device(report.browser),
        note=checked_name(report.note, "ghi chú", optional=True),
        problems=list(judge(measured)),
        actor_id=actor.account_id if actor else None,
        created_at=now,
    )
    session.add(row)
    session.flush()
    # The directory shows the newest check of an endpoint whatever the meeting.
    note_check(session, place.endpoint_id, now, not row.problems, problem_words(row.problems, "vi"))
    audit.record(
        session, actor, "endpoint.checked", "meeting_endpoint", place.id, source=source.value, problems=row.problems
    )
    return row


def _device(name: str) -> str:
    """What a browser calls a device: shown, never trusted, cut where it is endless."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in name).split())[:_LONGEST_DEVICE]


def _figure(value: int | None, greatest: int) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not 0 <= value <= greatest:
        raise Invalid(field="số đo đường truyền", reason="nằm ngoài khoảng đo được")
    return value
