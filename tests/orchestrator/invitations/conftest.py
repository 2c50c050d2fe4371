"""A planned meeting whose endpoints can be written to, and mails as they would arrive."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from icalendar import Calendar, Event
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.mail.delivery import deliver, due_mails
from core.mail.models import OutgoingMail
from core.mail.states import SENT
from core.outbox import deliver_pending
from core.permissions import Actor
from core.runtime import Runtime
from orchestrator.directory.models import Person
from orchestrator.meetings.models import Meeting
from orchestrator.meetings.service import plan_meeting
from tests.orchestrator.conftest import Ministry, build_ministry, plan_of


@pytest.fixture
def session(runtime: Runtime) -> Iterator[Session]:
    """A session that a test may commit as often as it likes."""
    with Session(runtime.database.engine, expire_on_commit=False) as session:
        yield session
        session.commit()


@pytest.fixture
def ministry(session: Session, administrator: Actor) -> Ministry:
    """The ministry of the other tests, one person with an address in each of the first three units."""
    ministry = build_ministry(session, administrator)
    for unit, name in zip(ministry.units[:3], ("an", "binh", "chi"), strict=True):
        session.add(Person(full_name=f"Lò Thị {name}", unit_id=unit.id, email=f"{name}@bo.example"))
    session.flush()
    return ministry


@pytest.fixture
def meeting(session: Session, operator: Actor, ministry: Ministry) -> Meeting:
    return plan_meeting(session, operator, plan_of(ministry))


@dataclass(frozen=True)
class Arrived:
    """A mail that was handed over."""

    row: OutgoingMail
    message: EmailMessage

    @property
    def to(self) -> str:
        return str(self.message["To"])

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def text(self) -> str:
        part = self.message.get_body(("plain",))
        assert part is not None
        content: str = part.get_content()
        return content

    @property
    def calendar(self) -> Calendar:
        part = next(item for item in self.message.walk() if item.get_content_type() == "text/calendar")
        data = part.get_payload(decode=True)
        assert isinstance(data, bytes)
        calendar = Calendar.from_ical(data)
        assert isinstance(calendar, Calendar)
        return calendar

    @property
    def event(self) -> Event:
        (event,) = self.calendar.walk("VEVENT")
        assert isinstance(event, Event)
        return event


@pytest.fixture
def post(runtime: Runtime, session: Session) -> Callable[[], list[Arrived]]:
    """Commit, let the outbox and the mail queue run; answers what arrived this time, by address."""

    def run() -> list[Arrived]:
        session.commit()
        while deliver_pending(runtime.database):
            pass
        with runtime.database.transaction() as fresh:
            waiting = due_mails(fresh, runtime, 500)
        for mail_id in waiting:
            deliver(runtime, mail_id)
        session.expire_all()
        rows = session.scalars(select(OutgoingMail).where(OutgoingMail.id.in_(waiting))).all()
        arrived = [Arrived(row, _read(runtime, row)) for row in rows if row.state == SENT]
        return sorted(arrived, key=lambda item: (item.to, item.subject))

    return run


def _read(runtime: Runtime, row: OutgoingMail) -> EmailMessage:
    path = runtime.settings.mail_directory / f"{row.id}.eml"
    message = message_from_bytes(path.read_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    return message
