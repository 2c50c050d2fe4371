"""A meeting as planned, in plain values, and what makes a plan sensible before the database is asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from core.errors import Invalid
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.models import MeetingKind, ParticipantRole, Urgency
from orchestrator.words import checked_name

SHORTEST = timedelta(minutes=5)
LONGEST = timedelta(hours=12)
FURTHEST = timedelta(days=3 * 366)
MOST_ENDPOINTS = 500
MOST_ITEMS = 200
MOST_PEOPLE_IN_ROOM = 100_000


@dataclass(frozen=True)
class PlannedEndpoint:
    """A điểm cầu of the plan and how many people it registers."""

    endpoint_id: UUID
    head_count: int = 1
    is_central: bool = False


@dataclass(frozen=True)
class PlannedItem:
    """A point of the agenda and the unit that presents it."""

    title: str
    unit_id: UUID | None = None


@dataclass(frozen=True)
class PlannedParticipant:
    """A named person, at an endpoint of the plan or at none (from home)."""

    person_id: UUID
    endpoint_id: UUID | None = None
    role: ParticipantRole = ParticipantRole.MEMBER


@dataclass(frozen=True)
class PlannedDocument:
    """A paper the meeting rests on."""

    symbol: str
    issued_on: date | None = None
    subject: str = ""


@dataclass(frozen=True)
class PlannedException:
    """Let this meeting exceed one cap policy up to a number, for a written reason."""

    policy_id: UUID
    allowed: int
    reason: str


@dataclass(frozen=True)
class MeetingPlan:
    """Everything the operator fills in; classification first."""

    classification: Classification
    title: str
    starts_at: datetime
    ends_at: datetime
    endpoints: Sequence[PlannedEndpoint]
    kind: MeetingKind = MeetingKind.WEEKLY_BRIEFING
    urgency: Urgency = Urgency.NORMAL
    chair_id: UUID | None = None
    secretary_id: UUID | None = None
    body_name: str = ""
    participants: Sequence[PlannedParticipant] = ()
    agenda: Sequence[PlannedItem] = ()
    documents: Sequence[PlannedDocument] = ()
    exceptions: Sequence[PlannedException] = ()


def checked_plan(plan: MeetingPlan, now: datetime) -> MeetingPlan:
    """The plan with its texts tidied, its chair and secretary among the participants, and one central endpoint.

    Raises:
        Invalid: a wrong value, named in Vietnamese.
    """
    check_period(plan.starts_at, plan.ends_at, now)
    endpoints = _with_central(plan.endpoints)
    _check_endpoints(endpoints)
    _check_lists(plan)
    return replace(
        plan,
        title=checked_name(plan.title, "tên cuộc họp"),
        body_name=checked_name(plan.body_name, "cơ quan họp", optional=True),
        endpoints=endpoints,
        participants=_with_chair_and_secretary(plan, endpoints),
        agenda=tuple(replace(item, title=checked_name(item.title, "nội dung chương trình")) for item in plan.agenda),
        documents=tuple(_checked_document(document) for document in plan.documents),
    )


def check_period(starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    """Raise Invalid unless the period is aware, runs forward, has a sensible length and lies within three years.

    A meeting in the past may be planned: it was held, and its recording has still to be worked on.
    """
    if starts_at.tzinfo is None or ends_at.tzinfo is None:
        raise Invalid(field="thời gian họp", reason="thiếu múi giờ, ví dụ 2026-04-08T14:00+07:00")
    if ends_at <= starts_at:
        raise Invalid(field="giờ kết thúc", reason="phải sau giờ bắt đầu")
    if ends_at - starts_at < SHORTEST:
        raise Invalid(field="giờ kết thúc", reason="cuộc họp phải dài ít nhất 5 phút")
    if ends_at - starts_at > LONGEST:
        raise Invalid(field="giờ kết thúc", reason="cuộc họp dài quá 12 giờ, hãy chia thành nhiều phiên")
    if abs(starts_at - now) > FURTHEST:
        raise Invalid(field="giờ bắt đầu", reason="cách hiện tại quá ba năm, hãy kiểm tra lại năm")


def check_head_count(count: int) -> None:
    """Raise Invalid unless a number of people."""
    if isinstance(count, bool) or count < 0:
        raise Invalid(field="số người dự", reason="phải là số nguyên từ 0 trở lên")
    if count > MOST_PEOPLE_IN_ROOM:
        raise Invalid(field="số người dự", reason="lớn bất thường, hãy kiểm tra lại")


def _with_central(endpoints: Sequence[PlannedEndpoint]) -> tuple[PlannedEndpoint, ...]:
    if not endpoints:
        raise Invalid(field="điểm cầu", reason="cần ít nhất một điểm cầu")
    central = [item for item in endpoints if item.is_central]
    if len(central) > 1:
        raise Invalid(field="điểm cầu trung tâm", reason="chỉ được chọn một")
    if central:
        return tuple(endpoints)
    # Somebody must be moderator: the first endpoint listed is where the chair sits unless said otherwise.
    return (replace(endpoints[0], is_central=True), *endpoints[1:])


def _check_endpoints(endpoints: Sequence[PlannedEndpoint]) -> None:
    if len(endpoints) > MOST_ENDPOINTS:
        raise Invalid(field="điểm cầu", reason=f"nhiều hơn {MOST_ENDPOINTS} điểm cầu")
    _refuse_twice((item.endpoint_id for item in endpoints), "điểm cầu")
    for item in endpoints:
        check_head_count(item.head_count)


def _check_lists(plan: MeetingPlan) -> None:
    if len(plan.agenda) > MOST_ITEMS or len(plan.documents) > MOST_ITEMS:
        raise Invalid(field="chương trình, tài liệu", reason=f"nhiều hơn {MOST_ITEMS} mục")
    _refuse_twice((item.person_id for item in plan.participants), "người dự")
    planned = {item.endpoint_id for item in plan.endpoints}
    if any(item.endpoint_id not in planned for item in plan.participants if item.endpoint_id):
        raise Invalid(field="người dự", reason="có người ngồi ở điểm cầu không thuộc cuộc họp")
    if plan.chair_id and plan.chair_id == plan.secretary_id:
        raise Invalid(field="thư ký", reason="không thể đồng thời là người chủ trì")


def _refuse_twice(ids: Iterable[UUID], field: str) -> None:
    seen: set[UUID] = set()
    for identity in ids:
        if identity in seen:
            raise Invalid(field=field, reason="bị chọn hai lần")
        seen.add(identity)


def _checked_document(document: PlannedDocument) -> PlannedDocument:
    return replace(
        document,
        symbol=checked_name(document.symbol, "số, ký hiệu tài liệu"),
        subject=checked_name(document.subject, "trích yếu tài liệu", optional=True),
    )


def _with_chair_and_secretary(
    plan: MeetingPlan, endpoints: Sequence[PlannedEndpoint]
) -> tuple[PlannedParticipant, ...]:
    central = next(item.endpoint_id for item in endpoints if item.is_central)
    roles = {plan.chair_id: ParticipantRole.CHAIR, plan.secretary_id: ParticipantRole.SECRETARY}
    listed = {item.person_id for item in plan.participants}
    added = [
        PlannedParticipant(person_id, central, role)
        for person_id, role in roles.items()
        if person_id is not None and person_id not in listed
    ]
    kept = [replace(item, role=roles.get(item.person_id, _ordinary(item.role))) for item in plan.participants]
    return (*added, *kept)


def _ordinary(role: ParticipantRole) -> ParticipantRole:
    """Chair and secretary are those the plan names; nobody else carries these roles."""
    return role if role is ParticipantRole.REPORTER else ParticipantRole.MEMBER
