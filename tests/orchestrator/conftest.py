"""An invented ministry and a plan for one of its briefings."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from core.permissions import Actor, Role
from orchestrator.caps.service import ensure_default_policy
from orchestrator.directory import service as directory
from orchestrator.directory.models import Endpoint, EndpointKind, Person, Unit
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.plan import MeetingPlan, PlannedEndpoint
from tests.conftest import MOMENT

#: The fixed clock stands at 14:00 in Hà Nội; the briefing begins two hours later.
STARTS = MOMENT + timedelta(hours=2)
ENDS = STARTS + timedelta(hours=1, minutes=30)


@dataclass(frozen=True)
class Ministry:
    """Four units with an endpoint each; the first endpoint is the central one. `chair` and `secretary` are people."""

    units: tuple[Unit, ...]
    endpoints: tuple[Endpoint, ...]
    chair: Person
    secretary: Person
    member: Person


_UNITS = (
    ("VPB", "Văn phòng Bộ", "Trụ sở Bộ", EndpointKind.CENTRAL),
    ("TTTT", "Trung tâm Thông tin", "Phòng họp Trung tâm Thông tin", EndpointKind.COMPONENT),
    ("CVTLT", "Cục Văn thư và Lưu trữ", "Phòng họp Cục Văn thư và Lưu trữ", EndpointKind.COMPONENT),
    ("HVHC", "Học viện Hành chính", "Giảng đường A", EndpointKind.COMPONENT),
)


def build_ministry(session: Session, administrator: Actor) -> Ministry:
    """Write the ministry; capped by the default policy."""
    ensure_default_policy(session)
    units, endpoints = [], []
    for code, name, place, kind in _UNITS:
        unit = directory.create_unit(session, administrator, directory.NewUnit(code, name, abbreviations=[code]))
        new = directory.NewEndpoint(f"DC-{code}", place, kind, unit.id, location=f"Tầng 2, {name}")
        units.append(unit)
        endpoints.append(directory.create_endpoint(session, administrator, new))
    people = [
        directory.create_person(session, administrator, directory.NewPerson(name, title, units[0].id, None, rank))
        for name, title, rank in (
            ("Phan Quốc Bảo", "Thứ trưởng", 10),
            ("Đặng Thị Thùy Linh", "Chánh Văn phòng Bộ", 20),
            ("Ỷ Thị Ngữ", "Chuyên viên", 90),
        )
    ]
    return Ministry(tuple(units), tuple(endpoints), *people)


@pytest.fixture
def administrator(actor_factory: Callable[..., Actor]) -> Actor:
    return actor_factory(Role.ADMINISTRATOR)


@pytest.fixture
def operator(actor_factory: Callable[..., Actor]) -> Actor:
    return actor_factory(Role.OPERATOR)


@pytest.fixture
def ministry(session: Session, administrator: Actor) -> Ministry:
    return build_ministry(session, administrator)


def plan_of(ministry: Ministry, **changes: Any) -> MeetingPlan:
    """The briefing over all four endpoints, five people each, with what a test wants otherwise."""
    plan = MeetingPlan(
        classification=Classification.UNCLASSIFIED,
        title="Họp giao ban trực tuyến tuần 15",
        starts_at=STARTS,
        ends_at=ENDS,
        endpoints=[PlannedEndpoint(endpoint.id, 5, is_central=i == 0) for i, endpoint in enumerate(ministry.endpoints)],
        chair_id=ministry.chair.id,
        secretary_id=ministry.secretary.id,
    )
    return replace(plan, **changes)


def shifted(hours: float) -> tuple[datetime, datetime]:
    """The briefing's period, so many hours later."""
    return STARTS + timedelta(hours=hours), ENDS + timedelta(hours=hours)
