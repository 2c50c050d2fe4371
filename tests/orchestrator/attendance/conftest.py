"""A planned briefing of the invented ministry, and those who run its hour."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from core.permissions import Actor, Role
from orchestrator.meetings.models import Meeting
from orchestrator.meetings.plan import PlannedParticipant
from orchestrator.meetings.service import plan_meeting
from tests.orchestrator.conftest import Ministry, plan_of


@pytest.fixture
def secretary(actor_factory: Callable[..., Actor]) -> Actor:
    return actor_factory(Role.SECRETARY)


@pytest.fixture
def meeting(session: Session, operator: Actor, ministry: Ministry) -> Meeting:
    people = [PlannedParticipant(ministry.member.id, ministry.endpoints[1].id)]
    return plan_meeting(session, operator, plan_of(ministry, participants=people))
