"""A running room that stands in for Prosody: occupants one can set, acts one can read."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest
from pydantic import SecretStr
from sqlalchemy.orm import Session

from core.permissions import Actor
from core.runtime import Runtime
from orchestrator.jitsi import admin as room_admin
from orchestrator.jitsi.admin import Occupant
from orchestrator.meetings.models import Meeting
from orchestrator.meetings.service import plan_meeting
from tests.orchestrator.conftest import Ministry, plan_of


@dataclass
class FakeRoomAdmin:
    """`RoomAdmin` over a list; `fault` is raised instead of any answer."""

    there: dict[str, list[Occupant]] = field(default_factory=dict)
    acts: list[tuple[str, ...]] = field(default_factory=list)
    fault: Exception | None = None

    def occupants(self, room: str) -> tuple[Occupant, ...]:
        if self.fault:
            raise self.fault
        if room not in self.there:
            raise room_admin.RoomNotRunning(room=room)
        return tuple(self.there[room])

    def end_room(self, room: str, reason: str) -> None:
        self.occupants(room)
        self.acts.append(("end", room, reason))
        del self.there[room]

    def remove(self, room: str, real_jid: str, reason: str) -> None:
        self.occupants(room)
        self.acts.append(("remove", real_jid, reason))
        self.there[room] = [item for item in self.there[room] if item.real_jid != real_jid]


@pytest.fixture
def fake_admin(monkeypatch: pytest.MonkeyPatch) -> FakeRoomAdmin:
    fake = FakeRoomAdmin()
    monkeypatch.setattr(room_admin, "XmppRoomAdmin", lambda settings: fake)
    return fake


@pytest.fixture
def meeting(session: Session, operator: Actor, ministry: Ministry) -> Meeting:
    return plan_meeting(session, operator, plan_of(ministry))


@pytest.fixture
def set_site(runtime: Runtime) -> Callable[..., None]:
    """Change settings of the running site."""

    def change(**values: object) -> None:
        runtime.settings = runtime.settings.model_copy(update=values)

    change(jitsi_domain="meet.rig", jitsi_admin_jid="diemcau@auth.meet.rig", jitsi_admin_password=SecretStr("x"))
    return change


def guest(name: str, host: str = "meet.rig") -> Occupant:
    """Somebody in the room, known by the first part of the address."""
    return Occupant(f"{name}@{host}/x", name, "none", "participant")


def moderator(name: str) -> Occupant:
    """The same with the rights of a chair."""
    return replace(guest(name), affiliation="owner", role="moderator")
