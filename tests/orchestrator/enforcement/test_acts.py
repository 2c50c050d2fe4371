"""An operator's acts on a running room: rights, refusals, audit."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.audit import AuditRow
from core.errors import Forbidden, NotFound, SignInRequired
from core.permissions import Actor, Role
from orchestrator.jitsi import acts
from orchestrator.jitsi.admin import AdminUnavailable, RoomNotRunning
from orchestrator.meetings.models import Meeting
from tests.orchestrator.enforcement.conftest import FakeRoomAdmin, guest

SetSite = Callable[..., None]


@pytest.fixture
def full_room(meeting: Meeting, fake_admin: FakeRoomAdmin, set_site: SetSite) -> FakeRoomAdmin:
    fake_admin.there[meeting.room_name or ""] = [
        guest("focus", "auth.meet.rig"), guest("a"), guest("jibri", "recorder.meet.rig"),
    ]  # fmt: skip
    return fake_admin


def _trail(session: Session) -> list[tuple[str, dict[str, object]]]:
    rows = session.scalars(select(AuditRow).order_by(AuditRow.id))
    return [(row.action, row.detail) for row in rows if row.action in ("room.ended", "occupant.removed")]


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.APPROVER, Role.REGISTRAR, Role.UNIT, Role.ADMINISTRATOR])
def test_only_technical_operators_act(
    session: Session, meeting: Meeting, full_room: FakeRoomAdmin, actor_factory: Callable[..., Actor], role: Role
) -> None:
    actor = actor_factory(role)
    for act in (
        lambda: acts.occupants(session, actor, meeting.id),
        lambda: acts.end_room(session, actor, meeting.id),
        lambda: acts.remove_occupant(session, actor, meeting.id, "a@meet.rig/x"),
    ):
        with pytest.raises((Forbidden, NotFound)):
            act()
    with pytest.raises(SignInRequired):
        acts.end_room(session, None, meeting.id)
    assert full_room.acts == []


def test_looking_leaves_no_trace(session: Session, operator: Actor, meeting: Meeting, full_room: FakeRoomAdmin) -> None:
    assert [item.nick for item in acts.occupants(session, operator, meeting.id)] == ["focus", "a", "jibri"]
    assert _trail(session) == []


def test_ending_tells_everybody_why_and_is_on_record(
    session: Session, operator: Actor, meeting: Meeting, full_room: FakeRoomAdmin
) -> None:
    acts.end_room(session, operator, meeting.id, "  Chuyển sang phòng khác.  ")
    assert full_room.acts == [("end", meeting.room_name, "Chuyển sang phòng khác.")]
    assert _trail(session) == [("room.ended", {"reason": "Chuyển sang phòng khác."})]
    with pytest.raises(RoomNotRunning):
        acts.end_room(session, operator, meeting.id)


def test_removing_one_connection(session: Session, operator: Actor, meeting: Meeting, full_room: FakeRoomAdmin) -> None:
    acts.remove_occupant(session, operator, meeting.id, "a@meet.rig/x")
    assert full_room.acts[0][:2] == ("remove", "a@meet.rig/x")
    assert "Bộ phận điều hành" in full_room.acts[0][2]
    assert _trail(session) == [("occupant.removed", {"occupant": "a@meet.rig/x", "reason": ""})]


def test_a_recorder_may_be_put_out_focus_may_not(
    session: Session, operator: Actor, meeting: Meeting, full_room: FakeRoomAdmin
) -> None:
    acts.remove_occupant(session, operator, meeting.id, "jibri@recorder.meet.rig/x")
    with pytest.raises(acts.OccupantProtected):
        acts.remove_occupant(session, operator, meeting.id, "focus@auth.meet.rig/x")
    assert [act[1] for act in full_room.acts] == ["jibri@recorder.meet.rig/x"]


@pytest.mark.parametrize("address", ["b@meet.rig/x", "", "a@meet.rig", "' or 1=1"])
def test_whoever_is_not_there_cannot_be_removed(
    session: Session, operator: Actor, meeting: Meeting, full_room: FakeRoomAdmin, address: str
) -> None:
    with pytest.raises(acts.OccupantGone):
        acts.remove_occupant(session, operator, meeting.id, address)
    assert _trail(session) == []


def test_what_failed_is_not_on_record(
    session: Session, operator: Actor, meeting: Meeting, full_room: FakeRoomAdmin
) -> None:
    full_room.fault = AdminUnavailable(hindrance="timeout", reason="Prosody không trả lời kịp")
    with pytest.raises(AdminUnavailable):
        acts.end_room(session, operator, meeting.id)
    assert _trail(session) == []
