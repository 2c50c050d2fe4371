"""A directory, a meeting, people of every role, and notices brought to any state."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy.orm import Session

from core.permissions import Actor, Role
from minutes.notices import issuing, service
from minutes.notices.content import NoticeContent
from minutes.notices.models import Notice
from orchestrator.directory.models import Endpoint, EndpointKind, Unit
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.models import AgendaItem, Meeting, MeetingKind
from tests.minutes.samples import notice as sample_notice

MEETING_ENDED = datetime(2026, 4, 8, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class People:
    """One actor of each kind."""

    secretary: Actor
    approver: Actor
    registrar: Actor
    unit: Actor
    stranger: Actor


@pytest.fixture
def units(session: Session) -> dict[str, Unit]:
    """Three units; the last one is not at the meeting."""
    made = {
        "TTTT": Unit(code="TTTT", name="Trung tâm Thông tin", abbreviations=["TTTT"], aliases=["Trung tâm tin học"]),
        "VPB": Unit(code="VPB", name="Văn phòng Bộ", abbreviations=["VPB"], aliases=[]),
        "VKH": Unit(code="VKH", name="Vụ Kế hoạch - Tài chính", abbreviations=["KHTC"], aliases=[]),
    }
    session.add_all(made.values())
    session.flush()
    return made


@pytest.fixture
def meeting(session: Session, units: dict[str, Unit]) -> Meeting:
    return make_meeting(session, [units["TTTT"], units["VPB"]])


@pytest.fixture
def people(units: dict[str, Unit]) -> People:
    def actor(role: Role, *unit_ids: UUID) -> Actor:
        return Actor(uuid4(), "Lò Thị Ánh", frozenset({role}), frozenset(unit_ids))

    return People(
        secretary=actor(Role.SECRETARY),
        approver=actor(Role.APPROVER),
        registrar=actor(Role.REGISTRAR),
        unit=actor(Role.UNIT, units["TTTT"].id),
        stranger=actor(Role.UNIT, uuid4()),
    )


@pytest.fixture
def approved(session: Session, meeting: Meeting, people: People) -> Callable[..., Notice]:
    """`approved(content)` → a notice that waits for its number."""

    def make(content: NoticeContent | None = None, of: Meeting | None = None) -> Notice:
        return approve_draft(session, of or meeting, people, content or sample_notice())

    return make


@pytest.fixture
def issued(session: Session, people: People, approved: Callable[..., Notice]) -> Callable[..., Notice]:
    """`issued(content)` → a notice with number and files."""

    def make(content: NoticeContent | None = None) -> Notice:
        notice = approved(content)
        issuing.issue(session, people.registrar, notice.id)
        return notice

    return make


def approve_draft(session: Session, meeting: Meeting, people: People, content: NoticeContent) -> Notice:
    """Draft, submit and approve in one go."""
    revision = service.open_draft(session, meeting.id, content)
    service.submit(session, people.secretary, revision.notice_id)
    service.approve(session, people.approver, revision.notice_id, revision.id)
    return session.get_one(Notice, revision.notice_id)


def make_meeting(session: Session, units: list[Unit], *, hours_later: int = 0) -> Meeting:
    """A closed meeting in which these units took part, each with a point of the agenda."""
    endpoint = Endpoint(code=f"DC-{uuid4().hex[:6]}", name="Trụ sở Bộ", kind=EndpointKind.CENTRAL, room_capacity=None)
    session.add(endpoint)
    ended = MEETING_ENDED + timedelta(hours=hours_later)
    meeting = Meeting(
        code=f"GB-{uuid4().hex[:8]}",
        title="Họp giao ban trực tuyến tuần 15",
        kind=MeetingKind.WEEKLY_BRIEFING,
        classification=Classification.UNCLASSIFIED,
        starts_at=ended - timedelta(hours=2),
        ends_at=ended,
        state="closed",
    )
    session.add(meeting)
    session.flush()
    session.add_all(
        AgendaItem(meeting_id=meeting.id, position=position, title=f"Báo cáo của {unit.name}", unit_id=unit.id)
        for position, unit in enumerate(units, start=1)
    )
    session.flush()
    session.refresh(meeting)
    return meeting
