"""The live cap from end to end: a real room without a cap, the plan in the database, the look, the removal."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from core.audit import AuditRow
from core.permissions import Actor, Role
from core.runtime import Runtime
from orchestrator.jitsi.enforcement.tasks import enforce_seats
from orchestrator.live import rooms
from orchestrator.live.models import LiveAlarm
from orchestrator.meetings.models import Meeting
from orchestrator.meetings.service import plan_meeting
from tests.conftest import MOMENT, FixedClock
from tests.orchestrator.conftest import build_ministry, plan_of
from tests.prosody.house import Room, eventually, in_thread, opened, play
from tests.prosody.server import ADMIN, ADMIN_PASSWORD, Prosody

pytestmark = pytest.mark.prosody


@pytest.fixture
def site(runtime: Runtime, prosody: Prosody) -> Runtime:
    """Our service beside a site whose rooms hold anybody."""
    runtime.settings = runtime.settings.model_copy(
        update={
            "jitsi_domain": "open.test",
            "jitsi_admin_jid": ADMIN,
            "jitsi_admin_password": SecretStr(ADMIN_PASSWORD),
            "jitsi_xmpp_port": prosody.client_port,
            "jitsi_xmpp_ca_file": prosody.certificate,
            "jitsi_enforcement": "remove",
        }
    )
    return runtime


def _plan(runtime: Runtime, actor_factory: Callable[..., Actor], room: str) -> list[str]:
    """A meeting whose room is this one; its endpoints' identities."""
    with runtime.database.transaction() as session:
        ministry = build_ministry(session, actor_factory(Role.ADMINISTRATOR))
        meeting = plan_meeting(session, actor_factory(Role.OPERATOR), plan_of(ministry))
        meeting.room_name = room
        rooms.begin_life(session, meeting.id, MOMENT)
        return [str(place.id) for place in meeting.endpoints]


def _tell(runtime: Runtime, prosody: Prosody, room: Room) -> None:
    """What event_sync would have told us of this room."""
    with runtime.database.transaction() as session:
        meeting = session.scalars(select(Meeting).where(Meeting.room_name == room.name)).one()
        known = {place.id for place in meeting.endpoints}
        for number, (event, address, endpoint) in enumerate(prosody.events(room.name)):
            holder = UUID(endpoint) if event == "joined" and len(endpoint) == 36 else None
            if event == "joined":
                joined = MOMENT + timedelta(seconds=number)
                stay = rooms.Stay(address, joined, None, holder if holder in known else None)
                rooms.note_stay(session, meeting.id, stay)


def test_whoever_got_past_the_wall_is_put_out(
    site: Runtime, prosody: Prosody, fixed_clock: FixedClock, actor_factory: Callable[..., Actor]
) -> None:
    async def scene() -> None:
        async with opened(prosody, seats=9, domain="open.test") as room:
            one, other, *_ = await asyncio.to_thread(_plan, site, actor_factory, room.name)
            old, new, second = await room.come(one), await room.come(one), await room.come(other)
            stranger = await room.come("kháchlạ")
            await asyncio.to_thread(_tell, site, prosody, room)

            await in_thread(enforce_seats)
            assert not (old.put_out or stranger.put_out)
            fixed_clock.now += timedelta(minutes=1)
            await in_thread(enforce_seats)

            await eventually(lambda: bool(old.put_out and stranger.put_out))
            assert "đường dẫn riêng" in stranger.put_out[room.jid]
            assert old.put_out[room.jid] == "Điểm cầu này đã có một kết nối khác trong phòng họp."
            assert not (new.put_out or second.put_out)

    play(scene)
    with site.database.transaction() as session:
        assert len(session.scalars(select(AuditRow).where(AuditRow.action == "occupant.removed")).all()) == 2
        assert {alarm.kind for alarm in session.scalars(select(LiveAlarm))} == {"seat_uninvited", "seat_duplicate"}
