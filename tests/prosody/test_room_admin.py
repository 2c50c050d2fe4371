"""The administrator's client against a real Prosody: who is in, ending a room, removing one occupant."""

from pathlib import Path

import pytest
from pydantic import SecretStr

import orchestrator.jitsi.enforcement.messages  # noqa: F401 (the sentences of the refusals)
from core.settings import Settings, load_settings
from orchestrator.jitsi.admin import (
    AdminNotConfigured,
    AdminRefused,
    AdminUnavailable,
    RoomNotRunning,
    XmppRoomAdmin,
)
from tests.prosody.house import Room, eventually, in_thread, opened, play
from tests.prosody.server import ADMIN, ADMIN_PASSWORD, Prosody

pytestmark = pytest.mark.prosody


def _settings(prosody: Prosody, home: Path, **changes: object) -> Settings:
    values = {
        "home": home,
        "jitsi_domain": "meet.test",
        "jitsi_admin_jid": ADMIN,
        "jitsi_admin_password": SecretStr(ADMIN_PASSWORD),
        "jitsi_xmpp_port": prosody.client_port,
        "jitsi_xmpp_ca_file": prosody.certificate,
    }
    return load_settings(**{**values, **changes})


@pytest.fixture
def admin(prosody: Prosody, tmp_path: Path) -> XmppRoomAdmin:
    return XmppRoomAdmin(_settings(prosody, tmp_path))


async def _names(admin: XmppRoomAdmin, room: Room) -> dict[str, str]:
    return {occupant.nick: occupant.role for occupant in await in_thread(admin.occupants, room.name)}


def test_it_lists_everybody_by_real_address_without_taking_a_seat(prosody: Prosody, admin: XmppRoomAdmin) -> None:
    async def scene() -> None:
        async with opened(prosody, seats=2) as room:
            one, two = await room.come("A", nick="a"), await room.come("B", nick="b")

            occupants = await in_thread(admin.occupants, room.name)

            assert {occupant.real_jid for occupant in occupants} == {one.jid, two.jid, "focus@focus.meet.test/focus"}
            assert {occupant.nick: occupant.role for occupant in occupants if occupant.nick != "focus"} == {
                "a": "participant",
                "b": "participant",
            }
            assert {occupant.host for occupant in occupants} == {"meet.test", "focus.meet.test"}
            assert one.seen == {f"{room.jid}/{name}" for name in ("focus", "a", "b")}

    play(scene)


def test_it_ends_a_room_and_everybody_reads_why(prosody: Prosody, admin: XmppRoomAdmin) -> None:
    async def scene() -> None:
        async with opened(prosody, seats=2) as room:
            line = await room.come("A")

            await in_thread(admin.end_room, room.name, "Phiên họp đã kết thúc.")

            await eventually(lambda: room.jid in line.put_out)
            assert line.put_out[room.jid] == "Phiên họp đã kết thúc."
            with pytest.raises(RoomNotRunning):
                await in_thread(admin.occupants, room.name)

    play(scene)


def test_it_removes_one_and_the_ban_does_not_stay(prosody: Prosody, admin: XmppRoomAdmin) -> None:
    async def scene() -> None:
        async with opened(prosody, seats=3) as room:
            line, other = await room.come("A", nick="a"), await room.come("B", nick="b")

            await in_thread(admin.remove, room.name, line.jid, "Kết nối thừa.")

            await eventually(lambda: room.jid in line.put_out)
            assert line.put_out[room.jid] == "Kết nối thừa."
            assert room.jid not in other.put_out
            assert set(await _names(admin, room)) == {"focus", "b"}
            await line.enter(room.jid, "a2")  # it does not stick, as the contract says
            assert set(await _names(admin, room)) == {"focus", "b", "a2"}

    play(scene)


def test_it_removes_a_recorder_that_may_come_back(prosody: Prosody, admin: XmppRoomAdmin) -> None:
    async def scene() -> None:
        async with opened(prosody, seats=1) as room:
            await room.come("A", nick="a")
            recorder = await room.recorder()
            await recorder.enter(room.jid, "jibri")

            await in_thread(admin.remove, room.name, recorder.jid, "Dừng ghi hình.")

            await eventually(lambda: room.jid in recorder.put_out)
            await recorder.enter(room.jid, "jibri")

    play(scene)


def test_focus_cannot_be_removed(prosody: Prosody, admin: XmppRoomAdmin) -> None:
    async def scene() -> None:
        async with opened(prosody, seats=1) as room:
            await room.come("A", nick="a")
            with pytest.raises(AdminRefused):
                await in_thread(admin.remove, room.name, "focus@focus.meet.test/focus", "?")

            assert set(await _names(admin, room)) == {"focus", "a"}

    play(scene)


@pytest.mark.parametrize("room", ["khong-co", "", "phòng họp", "a@b", "x" * 300, "<x/>"])
def test_a_room_that_is_not_there(admin: XmppRoomAdmin, room: str) -> None:
    with pytest.raises(RoomNotRunning):
        admin.occupants(room)
    with pytest.raises(RoomNotRunning):
        admin.end_room(room, "hết giờ")


def test_an_account_without_rights_is_told_so(prosody: Prosody, tmp_path: Path) -> None:
    from tests.prosody.server import RECORDER, RECORDER_PASSWORD

    recorder = _settings(
        prosody, tmp_path, jitsi_admin_jid=RECORDER, jitsi_admin_password=SecretStr(RECORDER_PASSWORD),
        jitsi_xmpp_ca_file=prosody.folder / "certs" / "recorder.meet.test.crt",
    )  # fmt: skip

    async def scene() -> None:
        async with opened(prosody, seats=1) as room:
            line = await room.come("A")
            with pytest.raises(AdminRefused):
                await in_thread(XmppRoomAdmin(recorder).end_room, room.name, "?")
            assert room.jid not in line.put_out

    play(scene)


def test_without_an_account_there_is_nobody_to_ask(prosody: Prosody, tmp_path: Path) -> None:
    with pytest.raises(AdminNotConfigured):
        XmppRoomAdmin(_settings(prosody, tmp_path, jitsi_admin_jid=""))
    with pytest.raises(AdminNotConfigured):
        XmppRoomAdmin(_settings(prosody, tmp_path, jitsi_admin_password=SecretStr("")))


@pytest.mark.parametrize(
    ("changes", "hindrance"),
    [
        ({"jitsi_xmpp_port": 1}, "unreachable"),
        ({"jitsi_admin_password": SecretStr("sai-mật-khẩu")}, "sign_in"),
        ({"jitsi_xmpp_ca_file": None}, "certificate"),
    ],
)
def test_what_stands_in_the_way_is_named(
    prosody: Prosody, tmp_path: Path, changes: dict[str, object], hindrance: str
) -> None:
    with pytest.raises(AdminUnavailable) as refusal:
        XmppRoomAdmin(_settings(prosody, tmp_path, **changes)).occupants("cap1-x")
    assert refusal.value.params["hindrance"] == hindrance
    assert "room_admin" not in refusal.value.sentence()
