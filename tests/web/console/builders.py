"""One briefing over many endpoints, in the middle of its hour: some in, one dropped, some not checked."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select

from core.permissions import Role
from core.runtime import Runtime
from orchestrator.caps.service import ensure_default_policy
from orchestrator.directory import service as directory
from orchestrator.directory.models import EndpointKind
from orchestrator.invitations.service import create_links
from orchestrator.live import rooms
from orchestrator.live.models import PresenceInterval
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.models import Meeting
from orchestrator.meetings.plan import MeetingPlan, PlannedEndpoint, PlannedItem, PlannedParticipant
from orchestrator.meetings.service import plan_meeting
from tests.web.builders import system

_PLACES = (
    *("Trụ sở Bộ", "Cục Văn thư và Lưu trữ", "Trung tâm Thông tin", "Sở Nội vụ tỉnh Lâm Bình", "Học viện Hành chính"),
    *("Sở Nội vụ tỉnh Hòa Sơn", "Sở Nội vụ thành phố Thủy Ngạn", "Vụ Tổ chức - Biên chế", "Thanh tra Bộ"),
    *("Sở Nội vụ tỉnh An Khê", "Ban Thi đua - Khen thưởng", "Sở Nội vụ tỉnh Đắk Riêng"),
)
_PEOPLE = (
    *(("Phan Quốc Bảo", "Thứ trưởng"), ("Đặng Thị Thùy Linh", "Chánh Văn phòng"), ("Ỷ Thị Ngữ", "Chuyên viên")),
    *(("Nguyễn Hữu Phước", "Giám đốc Sở"), ("Lương Thế Vĩ", "Cục trưởng")),
)


@dataclass(frozen=True)
class Hour:
    """Identities of what was built; `places` in the order of the plan, `tokens` of their personal links."""

    meeting_id: UUID
    room: str
    places: tuple[UUID, ...]
    names: tuple[str, ...]
    tokens: tuple[str, ...]
    participants: tuple[UUID, ...]
    items: tuple[UUID, ...]


def build_hour(runtime: Runtime, starts_at: datetime, *, places: int = 6) -> Hour:
    """Plan it; the room is not open yet."""
    administrator, operator = system(Role.ADMINISTRATOR), system(Role.OPERATOR)
    mark = uuid4().hex[:4].upper()
    with runtime.database.transaction() as session:
        ensure_default_policy(session)
        unit = directory.create_unit(session, administrator, directory.NewUnit(f"BM{mark}", "Văn phòng Bộ"))
        names = [
            _PLACES[i % len(_PLACES)] + (f" {i // len(_PLACES) + 1}" if i >= len(_PLACES) else "")
            for i in range(places)
        ]
        endpoints = [
            directory.create_endpoint(
                session,
                administrator,
                directory.NewEndpoint(
                    f"{mark}-{number}",
                    name,
                    EndpointKind.COMPONENT if number else EndpointKind.CENTRAL,
                    unit.id,
                    contact="Vũ Thị Kỹ, 024 3123 4567",
                ),
            )
            for number, name in enumerate(names)
        ]
        people = [
            directory.create_person(session, administrator, directory.NewPerson(name, title, unit.id, None, rank))
            for rank, (name, title) in enumerate(_PEOPLE)
        ]
        plan = MeetingPlan(
            classification=Classification.UNCLASSIFIED,
            title="Họp giao ban trực tuyến tuần 15",
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=1, minutes=30),
            endpoints=[PlannedEndpoint(item.id, 8, number == 0) for number, item in enumerate(endpoints)],
            chair_id=people[0].id,
            secretary_id=people[1].id,
            participants=[
                PlannedParticipant(person.id, endpoints[min(number, places - 1)].id)
                for number, person in enumerate(people)
            ],
            agenda=[
                PlannedItem("Báo cáo kết quả tuần 14", unit.id),
                PlannedItem("Ý kiến các điểm cầu"),
                PlannedItem("Kết luận"),
            ],
        )
        meeting = plan_meeting(session, operator, plan)
        tokens = [token for _place, token in create_links(session, operator, meeting)]
        return Hour(
            meeting.id,
            meeting.room_name or "",
            tuple(place.id for place in meeting.endpoints),
            tuple(names),
            tuple(tokens),
            tuple(item.id for item in meeting.participants),
            tuple(item.id for item in meeting.agenda),
        )


def come(runtime: Runtime, hour: Hour, number: int, at: datetime, *, left_at: datetime | None = None) -> str:
    """An endpoint enters (and leaves); the address of its connection."""
    jid = f"khach-{hour.places[number].hex[:8]}@meet.example.vn/{int(at.timestamp())}"
    with runtime.database.transaction() as session:
        rooms.note_stay(session, hour.meeting_id, rooms.Stay(jid, at, left_at, hour.places[number]))
    return jid


def leave(runtime: Runtime, hour: Hour, jid: str, at: datetime) -> None:
    """That connection is gone."""
    with runtime.database.transaction() as session:
        stay = session.scalars(select(PresenceInterval).where(PresenceInterval.occupant_jid == jid)).one()
        told = rooms.Stay(jid, stay.joined_at, at, stay.meeting_endpoint_id)
        rooms.note_stay(session, hour.meeting_id, told)


def meeting_of(runtime: Runtime, hour: Hour) -> Meeting:
    """The meeting as it is now."""
    with runtime.database.transaction() as session:
        return session.get_one(Meeting, hour.meeting_id)
