"""A meeting of the office whose endpoints have links, and a telephone without an account."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import pytest
from flask import Flask

from core.permissions import Role
from core.runtime import Runtime
from orchestrator.directory.models import Person
from orchestrator.invitations.links import create_links
from orchestrator.meetings.models import Meeting
from tests.conftest import FixedClock
from tests.web.builders import STARTS, Office, build_meeting, build_office, system
from tests.web.conftest import Browser


@dataclass(frozen=True)
class Invited:
    """The meeting, its two endpoints' rows and their links, the central one first."""

    meeting_id: UUID
    places: list[UUID]
    tokens: list[str]


@pytest.fixture
def office(runtime: Runtime) -> Office:
    office = build_office(runtime)
    with runtime.database.transaction() as session:
        session.add(Person(full_name="Lò Thị An", unit_id=office.archive, email="an@bo.example"))
    return office


@pytest.fixture
def invited(runtime: Runtime, office: Office, fixed_clock: FixedClock) -> Invited:
    """It is the morning of the meeting."""
    fixed_clock.now = STARTS.replace(hour=9)
    meeting_id = build_meeting(runtime, office)
    with runtime.database.transaction() as session:
        links = create_links(session, system(Role.OPERATOR), session.get_one(Meeting, meeting_id))
        return Invited(meeting_id, [place.id for place, _ in links], [token for _, token in links])


@pytest.fixture
def telephone(app: Flask) -> Browser:
    return Browser(app.test_client())


Make = Callable[..., Browser]
