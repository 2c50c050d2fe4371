"""`deploy/prosody/mod_muc_one_seat.lua` in a real Prosody, with its real rooms and its real resumption of sessions."""

import asyncio

import pytest

from orchestrator.jitsi.probe.stanzas import LineRefused
from tests.prosody.house import eventually, opened, play
from tests.prosody.server import Prosody

pytestmark = pytest.mark.prosody

FULL = "service-unavailable"
HERE_ALREADY = "not-allowed: Điểm cầu này đang có mặt trong phòng họp. Hãy đóng cửa sổ họp đang mở rồi vào lại."


def test_a_cut_line_returns_at_once_to_a_full_room_and_is_counted_once(prosody: Prosody) -> None:
    async def scene() -> None:
        async with opened(prosody, seats=3) as room:
            lines = [await room.come(endpoint) for endpoint in ("A", "B", "C")]
            assert await room.try_to_come("stranger") == FULL

            await lines[0].cut()
            back = await room.come("A")

            assert room.holders() == ["A", "B", "C"]
            assert await room.try_to_come("stranger") == FULL
            await back.close()
            assert await room.try_to_come("stranger") == "in"

    play(scene)


def test_without_the_module_the_cut_line_finds_its_own_seat_taken(prosody: Prosody) -> None:
    """What the module is for: the cap alone counts the dead line until it expires."""

    async def scene() -> None:
        async with opened(prosody, seats=2, domain="plain.test") as room:
            line, _ = await room.come("A"), await room.come("B")
            await line.cut()

            assert await room.try_to_come("A") == FULL

    play(scene)


def test_the_dead_session_is_really_over(prosody: Prosody) -> None:
    """It neither comes back by resumption nor leaves a second time when it would have expired."""

    async def scene() -> None:
        async with opened(prosody, seats=2) as room:
            line = await room.come("A")
            other = await room.come("B")
            await line.cut()
            await room.come("A")

            left = [address for event, address, _ in prosody.events(room.name) if event == "left"]
            assert left == [line.jid]
            # Prosody answers for an address that is gone; a session that slept on would swallow the question.
            with pytest.raises(LineRefused, match=FULL):
                await other.ping(line.jid)

    play(scene)


def test_a_line_cut_again_and_again_never_holds_two_seats(prosody: Prosody) -> None:
    async def scene() -> None:
        async with opened(prosody, seats=2) as room:
            await room.come("B")
            for _ in range(8):
                line = await room.come("A")
                assert room.holders() == ["A", "B"]
                await line.cut()
            await room.come("A")
            assert room.holders() == ["A", "B"]
            assert await room.try_to_come("stranger") == FULL

    play(scene)


def test_a_second_browser_takes_the_seat_and_the_first_is_told(prosody: Prosody) -> None:
    async def scene() -> None:
        async with opened(prosody, seats=2) as room:
            first = await room.come("A")
            await room.come("B")
            await room.come("A")

            await eventually(lambda: room.jid in first.put_out)
            assert first.put_out[room.jid] == "Điểm cầu này vừa vào phòng họp bằng một kết nối khác."
            assert room.holders() == ["A", "B"]

    play(scene)


def test_the_same_name_in_the_room_passes_to_the_new_browser(prosody: Prosody) -> None:
    async def scene() -> None:
        async with opened(prosody, seats=2) as room:
            await room.come("B")
            first = await room.come("A", nick="phonghop")
            await room.come("A", nick="phonghop")

            await eventually(lambda: room.jid in first.put_out)
            events = [event for event, _, endpoint in prosody.events(room.name) if endpoint in ("A", "-")]
            assert events == ["joined", "left", "joined"]

    play(scene)


def test_who_wants_the_name_of_somebody_else_loses_nothing(prosody: Prosody) -> None:
    async def scene() -> None:
        async with opened(prosody, seats=3) as room:
            await room.come("A")
            await room.come("B", nick="hoitruong")
            with pytest.raises(LineRefused, match="conflict"):
                await room.come("A", nick="hoitruong")

            assert room.holders() == ["A", "B"]

    play(scene)


def test_a_token_of_another_room_puts_nobody_out(prosody: Prosody) -> None:
    async def scene() -> None:
        async with opened(prosody, seats=2) as room, opened(prosody, seats=2) as elsewhere:
            await room.come("A")
            wrong = await elsewhere.line("A")
            with pytest.raises(LineRefused, match="Room and token mismatched"):
                await wrong.enter(room.jid, "x")

            assert room.holders() == ["A"]

    play(scene)


def test_five_browsers_at_once_end_as_one_occupant(prosody: Prosody) -> None:
    async def scene() -> None:
        async with opened(prosody, seats=3) as room:
            await room.come("B")
            await asyncio.gather(*(room.come("A") for _ in range(5)))

            assert room.holders() == ["A", "B"]
            assert await room.try_to_come("C") == "in"
            assert await room.try_to_come("D") == FULL

    play(scene)


def test_the_last_one_in_a_room_comes_back_to_the_same_room(prosody: Prosody) -> None:
    async def scene() -> None:
        async with opened(prosody, seats=1) as room:
            line = await room.come("A")
            await line.cut()
            await room.come("A")

            assert room.holders() == ["A"]
            assert "destroyed" not in [event for event, _, _ in prosody.events(room.name)]
            assert await room.try_to_come("B") == FULL

    play(scene)


def test_one_endpoint_may_be_in_two_rooms(prosody: Prosody) -> None:
    async def scene() -> None:
        async with opened(prosody, seats=1) as one, opened(prosody, seats=1) as other:
            await one.come("A")
            await other.come("A")

            assert one.holders() == other.holders() == ["A"]

    play(scene)


@pytest.mark.parametrize("round_number", range(3))
def test_thirty_at_once_into_twenty_seats(prosody: Prosody, round_number: int) -> None:
    async def scene() -> None:
        async with opened(prosody, seats=20) as room:
            answers = await asyncio.gather(*(room.try_to_come(f"E{number}") for number in range(30)))

            assert sorted(answers) == ["in"] * 20 + [FULL] * 10
            assert len(set(room.holders())) == 20

    play(scene)


def test_thirty_at_once_while_lines_are_cut(prosody: Prosody) -> None:
    """Twenty sit; ten lose their line and come back at the moment when ten strangers push in: nobody gains a seat."""

    async def scene() -> None:
        async with opened(prosody, seats=20) as room:
            sitting = await asyncio.gather(*(room.come(f"E{number}") for number in range(20)))
            await asyncio.gather(*(line.cut() for line in sitting[:10]))
            coming = [room.try_to_come(f"E{number}") for number in range(10)]
            strangers = [room.try_to_come(f"S{number}") for number in range(10)]
            answers = await asyncio.gather(*coming, *strangers)

            assert answers == ["in"] * 10 + [FULL] * 10
            assert room.holders() == sorted(f"E{number}" for number in range(20))

    play(scene)


def test_the_recorder_takes_no_seat_and_two_recorders_may_be_in(prosody: Prosody) -> None:
    async def scene() -> None:
        async with opened(prosody, seats=1) as room:
            await room.come("A")
            for _ in range(2):
                recorder = await room.recorder()
                await recorder.enter(room.jid, recorder.jid.rpartition("/")[2].replace("-", "").replace("_", ""))

            assert room.holders() == ["-", "-", "A"]
            assert await room.try_to_come("B") == FULL

    play(scene)


def test_policy_refuse_keeps_the_first_browser_and_says_why(prosody: Prosody) -> None:
    async def scene() -> None:
        async with opened(prosody, seats=3, domain="strict.test") as room:
            first = await room.come("A")

            assert await room.try_to_come("A") == HERE_ALREADY
            assert room.jid not in first.put_out
            assert await room.try_to_come("B") == "in"

    play(scene)


def test_policy_refuse_lets_a_cut_line_back_into_a_full_room(prosody: Prosody) -> None:
    async def scene() -> None:
        async with opened(prosody, seats=1, domain="strict.test") as room:
            line = await room.come("A")
            await line.cut()

            assert await room.try_to_come("A") == "in"
            assert room.holders() == ["A"]
            assert await room.try_to_come("B") == FULL

    play(scene)


@pytest.mark.parametrize("domain", ["meet.test", "strict.test"])
def test_a_pulled_cable_returns_to_a_full_room_although_nobody_saw_it_go(prosody: Prosody, domain: str) -> None:
    """The connection still stands, nobody answers on it: *replace* does not care, *refuse* asks first."""

    async def scene() -> None:
        async with opened(prosody, seats=2, domain=domain) as room:
            line, _ = await room.come("A"), await room.come("B")
            await line.freeze()

            assert await room.try_to_come("A") == "in"
            assert room.holders() == ["A", "B"]
            assert await room.try_to_come("stranger") == FULL

    play(scene)


def test_policy_refuse_gives_a_dead_line_s_seat_to_one_browser_only(prosody: Prosody) -> None:
    async def scene() -> None:
        async with opened(prosody, seats=3, domain="strict.test") as room:
            line = await room.come("A")
            await line.freeze()
            answers = await asyncio.gather(*(room.try_to_come("A") for _ in range(3)))

            assert sorted(answers) == ["in", HERE_ALREADY, HERE_ALREADY]
            assert room.holders() == ["A"]

    play(scene)


def test_policy_refuse_with_five_browsers_at_once(prosody: Prosody) -> None:
    async def scene() -> None:
        async with opened(prosody, seats=3, domain="strict.test") as room:
            await room.come("B")
            answers = await asyncio.gather(*(room.try_to_come("A") for _ in range(5)))

            assert sorted(answers) == ["in", *[HERE_ALREADY] * 4]
            assert room.holders() == ["A", "B"]

    play(scene)


def test_without_an_endpoint_the_site_decides(prosody: Prosody) -> None:
    async def scene() -> None:
        async with opened(prosody, seats=2) as lenient, opened(prosody, seats=2, domain="strict.test") as strict:
            assert await lenient.try_to_come("") == "in"
            assert await strict.try_to_come("") == "not-allowed: Hãy vào họp bằng đường dẫn riêng trong giấy mời."

    play(scene)
