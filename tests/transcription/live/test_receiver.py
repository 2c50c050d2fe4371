"""Streams of a conference from their coming to the transcript: with real rows and files, stand-ins for the engines."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from core.permissions import Role
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.service import close_meeting, declare_classified
from tests.conftest import MOMENT, FixedClock
from tests.transcription.live.stand import Stand, build_stand, silence, speech
from tests.web.builders import system
from transcription.live import policy, store
from transcription.live.errors import StreamMeetingOver, StreamRefused, StreamRoomUnknown
from transcription.live.frames import Frame, Samples
from transcription.live.models import LivePhrase, LiveStream, LiveUtterance
from transcription.live.refining import FIRST_WORDS
from transcription.live.streams import Stream
from transcription.speakers.models import EndpointSpeech
from transcription.transcripts.models import RevisionSource, Transcript, TranscriptRevision


class Line:
    """A connection of the conference at a receiver; sound passes the clock on."""

    def __init__(self, stand: Stand, clock: FixedClock, stream: Stream) -> None:
        self.stand, self.clock, self.stream = stand, clock, stream

    async def say(self, nick: str, *sounds: Samples) -> None:
        for sound in sounds:
            for first in range(0, len(sound), 1600):
                part = sound[first : first + 1600]
                self.clock.now += timedelta(seconds=len(part) / 16_000)
                await self.stand.receiver.hear(self.stream, Frame(nick, "vi", part))


class Connect:
    """`await line_of(stand, name)` → a connection; what connections were closed with is in `closed`."""

    def __init__(self, clock: FixedClock) -> None:
        self.clock = clock
        self.closed: list[int] = []

    async def __call__(self, stand: Stand, *names: str) -> Line:
        async def close(refusal: StreamRefused) -> None:
            self.closed.append(refusal.close_code)

        return Line(stand, self.clock, await stand.receiver.come(names or (stand.hour.room,), close))


@pytest.fixture
def line_of(fixed_clock: FixedClock) -> Connect:
    return Connect(fixed_clock)


async def settled(stand: Stand) -> None:
    """Until every utterance is a row."""
    for _ in range(3000):
        await stand.receiver.write()
        if not stand.listener.unfinished():
            return
        await asyncio.sleep(0.01)
    pytest.fail("utterances never became rows")


def rows(stand: Stand) -> list[LiveUtterance]:
    with stand.runtime.database.transaction() as session:
        return list(session.scalars(select(LiveUtterance).order_by(LiveUtterance.number)))


def count(stand: Stand, table: type) -> int:
    with stand.runtime.database.transaction() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_what_is_said_is_shown_while_it_is_said_and_stays_as_a_row(stand: Stand, line_of: Connect) -> None:
    async def run() -> None:
        line = await line_of(stand)
        await line.say(stand.nicks[1], silence(0.5), speech(2.2))
        await stand.receiver.write()
        with stand.runtime.database.transaction() as session:
            (phrase,) = store.phrases_of(session, stand.hour.meeting_id)
        assert phrase.text == "Tiếng0 tiếng1"
        await line.say(stand.nicks[1], silence(1.0))
        await stand.receiver.look()
        await settled(stand)

    asyncio.run(run())
    (row,) = rows(stand)
    assert (row.text, row.engine, row.track) == ("Câu số 1.", "thử", stand.nicks[1])
    assert row.began_at == pytest.approx(MOMENT + timedelta(seconds=0.2), abs=timedelta(seconds=0.1))
    assert count(stand, LivePhrase) == 0
    assert list(stand.journal.leftovers()) == []


def test_an_endpoint_is_known_by_its_place_in_the_room(stand: Stand, line_of: Connect) -> None:
    async def run() -> None:
        line = await line_of(stand)
        await line.say(stand.nicks[2], speech(0.5))
        await stand.receiver.look()
        await line.say(stand.nicks[2], silence(1.0), speech(2), silence(1))
        await settled(stand)

    asyncio.run(run())
    # Also the one that began before anybody had asked.
    assert [row.meeting_endpoint_id for row in rows(stand)] == [stand.hour.places[2]] * 2


def test_at_the_close_the_transcript_is_there_with_names_and_the_room_remembers(stand: Stand, line_of: Connect) -> None:
    async def run() -> None:
        line = await line_of(stand)
        for nick in (stand.nicks[1], stand.nicks[2], stand.nicks[1]):
            await line.say(nick, speech(3), silence(1))
            await stand.receiver.look()
        await line.say(stand.nicks[1], speech(2))  # still speaking when the meeting is closed
        close(stand)
        await stand.receiver.look()

    asyncio.run(run())
    assert line_of.closed == [StreamMeetingOver.close_code]
    with stand.runtime.database.transaction() as session:
        transcript = session.scalars(select(Transcript)).one()
        revision = session.scalars(select(TranscriptRevision)).one()
        assert (transcript.is_current, transcript.recording_id) == (True, None)
        assert revision.source is RevisionSource.LIVE
        segments = (revision.document or {})["segments"]
        assert [item["text"] for item in segments] == [f"Câu số {n}." for n in (1, 2, 3, 4)]
        # Two people sit at two endpoints: the registered ones speak from there.
        assert len({item["speaker"] for item in segments}) == 2
        spoken = session.scalars(select(EndpointSpeech).order_by(EndpointSpeech.started_at)).all()
        assert [item.meeting_endpoint_id for item in spoken] == [stand.hour.places[n] for n in (1, 2, 1, 1)]
        assert session.scalars(select(LiveStream)).one().ended_at is not None


def test_a_killed_process_leaves_sound_and_its_successor_finishes_it(stand: Stand, line_of: Connect) -> None:
    async def killed() -> None:
        line = await line_of(stand)
        await line.say(stand.nicks[1], speech(3))

    async def successor(other: Stand) -> None:
        task = asyncio.create_task(other.receiver.run())
        for _ in range(3000):
            await asyncio.sleep(0.01)
            if rows(other):
                break
        task.cancel()

    asyncio.run(killed())
    assert rows(stand) == []
    other = build_stand(stand.runtime, stand.hour, stand.nicks)
    other.refiner.start()
    asyncio.run(successor(other))
    other.refiner.stop()
    other.listener.close()
    (row,) = rows(stand)
    assert row.text == "Câu số 1."
    assert (row.ended_at - row.began_at).total_seconds() == pytest.approx(3.0, abs=0.1)


def test_rows_that_cannot_be_written_now_are_written_later(
    stand: Stand, line_of: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def run() -> None:
        line = await line_of(stand)
        with monkeypatch.context() as patch:
            patch.setattr(store, "write", _away)
            await line.say(stand.nicks[1], speech(2), silence(1))
            for _ in range(3):
                with pytest.raises(OperationalError):
                    await stand.receiver.write()
        await settled(stand)

    asyncio.run(run())
    assert [row.text for row in rows(stand)] == ["Câu số 1."]


def _away(*_: object) -> None:
    raise OperationalError("INSERT", {}, Exception("the database is away"))


def test_a_line_that_comes_again_takes_over_and_nothing_is_heard_twice(stand: Stand, line_of: Connect) -> None:
    async def run() -> None:
        old = await line_of(stand)
        await old.say(stand.nicks[1], speech(1.5))
        new = await line_of(stand)
        await new.say(stand.nicks[1], speech(1.5))
        # The old line hangs and still delivers.
        await stand.receiver.hear(old.stream, Frame(stand.nicks[1], "vi", speech(1.5)))
        await stand.receiver.go(old.stream)
        await new.say(stand.nicks[1], silence(1.0))
        await settled(stand)

    asyncio.run(run())
    seconds = sum((row.ended_at - row.began_at).total_seconds() for row in rows(stand))
    assert seconds == pytest.approx(3.2, abs=0.3)


def test_a_stream_named_by_chance_belongs_to_the_meeting_of_its_participants(stand: Stand, line_of: Connect) -> None:
    async def run() -> Stream:
        line = await line_of(stand, str(UUID(int=7)))
        await line.say(stand.nicks[1], speech(2))
        assert line.stream.meeting_id is None
        await stand.receiver.look()
        await line.say(stand.nicks[1], silence(1))
        await settled(stand)
        return line.stream

    assert asyncio.run(run()).meeting_id == stand.hour.meeting_id
    assert [row.text for row in rows(stand)] == ["Câu số 1."]


def test_a_stream_nobody_knows_is_refused_after_a_while(stand: Stand, line_of: Connect) -> None:
    async def run() -> None:
        line = await line_of(stand, "phong-la")
        with pytest.raises(StreamRoomUnknown):
            await line.say("ffffffff", speech(31))

    asyncio.run(run())
    assert rows(stand) == []


def test_a_meeting_that_turns_out_to_be_classified_is_forgotten_at_once(stand: Stand, line_of: Connect) -> None:
    async def run() -> None:
        line = await line_of(stand)
        await line.say(stand.nicks[1], speech(3))
        await stand.receiver.write()
        with stand.runtime.database.transaction() as session:
            declare_classified(session, system(Role.OPERATOR), stand.hour.meeting_id, Classification.SECRET)
        await stand.receiver.look()
        with pytest.raises(StreamRefused):
            await line_of(stand, str(stand.hour.meeting_id))

    asyncio.run(run())
    assert line_of.closed == [4403]
    assert (rows(stand), count(stand, LivePhrase), count(stand, Transcript)) == ([], 0, 0)
    assert list(stand.journal.leftovers()) == []


def test_a_closed_meeting_takes_no_stream(stand: Stand, line_of: Connect) -> None:
    close(stand)
    with pytest.raises(StreamMeetingOver):
        asyncio.run(line_of(stand))


def test_two_hours_without_a_close_hold_nothing_in_memory(stand: Stand, line_of: Connect) -> None:
    """Muted and speaking by turns; what is open stays one utterance whatever the length."""

    async def run() -> int:
        line = await line_of(stand)
        most = 0
        for _ in range(24):
            await line.say(stand.nicks[1], speech(2), silence(1))
            line.clock.now += timedelta(minutes=5)
            stand.listener.tick(line.clock.now)
            await settled(stand)
            most = max(most, stand.listener.unfinished())
        return most

    assert asyncio.run(run()) == 0
    assert len(rows(stand)) == 24


def test_who_is_muted_in_the_middle_has_finished(stand: Stand, line_of: Connect) -> None:
    async def run() -> None:
        line = await line_of(stand)
        await line.say(stand.nicks[1], speech(2))
        line.clock.now += timedelta(seconds=2)
        await settled(stand)

    asyncio.run(run())
    assert [row.text for row in rows(stand)] == ["Câu số 1."]


def test_where_the_recogniser_cannot_follow_the_first_words_count(
    stand: Stand, line_of: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand.refiner.stop()  # nobody works anything off
    monkeypatch.setattr(policy, "REFINING_AFTER_CLOSE_SECONDS", 0.2)

    async def run() -> None:
        line = await line_of(stand)
        await line.say(stand.nicks[1], speech(3), silence(1))
        stand.ears.is_stuck = True  # and the last words of the stream never come
        await line.say(stand.nicks[1], speech(4))
        close(stand)
        await stand.receiver.look()

    asyncio.run(run())
    assert [row.engine for row in rows(stand)] == [FIRST_WORDS, FIRST_WORDS]
    assert rows(stand)[1].text == "Tiếng0 tiếng1 tiếng2 tiếng3"
    assert count(stand, Transcript) == 1


def test_a_recogniser_that_breaks_costs_its_capitals_only(stand: Stand, line_of: Connect) -> None:
    stand.hearer.is_broken = True

    async def run() -> None:
        line = await line_of(stand)
        await line.say(stand.nicks[1], speech(3), silence(1))
        await settled(stand)

    asyncio.run(run())
    assert [(row.engine, row.text) for row in rows(stand)] == [(FIRST_WORDS, "Tiếng0 tiếng1 tiếng2")]


def test_too_much_waiting_sends_the_oldest_on_with_first_words(
    stand: Stand, line_of: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand.refiner.stop()
    monkeypatch.setattr(policy, "MOST_WAITING_SECONDS", 5.0)

    async def run() -> None:
        line = await line_of(stand)
        for _ in range(3):
            await line.say(stand.nicks[1], speech(2), silence(1))
        await stand.receiver.write()

    asyncio.run(run())
    assert len(rows(stand)) == 1
    assert stand.listener.unfinished() == 2


def test_a_line_that_broke_off_has_ended_once_its_words_are_rows(stand: Stand, line_of: Connect) -> None:
    async def run() -> None:
        line = await line_of(stand)
        await line.say(stand.nicks[1], speech(3))
        await stand.receiver.go(line.stream)
        await settled(stand)
        await stand.receiver.look()

    asyncio.run(run())
    with stand.runtime.database.transaction() as session:
        assert session.scalars(select(LiveStream)).one().ended_at is not None
    assert len(rows(stand)) == 1


def test_engines_are_loaded_before_the_hour_and_given_back_long_after(stand: Stand, fixed_clock: FixedClock) -> None:
    async def run(minutes: int) -> int:
        fixed_clock.now = MOMENT + timedelta(minutes=minutes)
        await stand.receiver.prepare()
        return stand.ears.warmed

    # Planned for an hour and a half.
    assert asyncio.run(run(-16)) == 0
    assert asyncio.run(run(-14)) == 1
    assert asyncio.run(run(104)) == 2
    assert asyncio.run(run(106)) == 2
    assert asyncio.run(run(140)) == 0


def close(stand: Stand) -> None:
    with stand.runtime.database.transaction() as session:
        close_meeting(session, system(Role.OPERATOR), stand.hour.meeting_id)
