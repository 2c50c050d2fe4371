"""From rows to the transcript: names by track, one publication, and what the recording's own pass makes of it."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import numpy as np
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.outbox import OutboxEvent
from core.permissions import Actor, Role
from core.runtime import Runtime
from orchestrator.live import rooms
from orchestrator.meetings.service import close_meeting
from tests.conftest import MOMENT, FixedClock
from tests.transcription.live.stand import hold_briefing
from tests.transcription.transcripts.conftest import MACHINE, new_run
from tests.web.builders import system
from tests.web.console.builders import Hour
from transcription.document import Word
from transcription.engines.contract import Quality, Utterance
from transcription.live import store
from transcription.live.journal import Beginning
from transcription.live.models import LivePublication, LiveUtterance, LiveVoice
from transcription.live.publishing import due_meetings, publish_due, publish_meeting, remember_meeting
from transcription.live.refining import Finished, Understood
from transcription.live.store import Batch
from transcription.recordings.models import Recording, RecordingSource
from transcription.speakers.models import EndpointSpeech
from transcription.transcripts import service
from transcription.transcripts.models import RevisionSource, Transcript


@pytest.fixture
def hour(runtime: Runtime) -> Hour:
    return hold_briefing(runtime, MOMENT)[0]


def say(
    session: Session, hour: Hour, start: float, text: str, *, place: int | None = 0, seconds: float = 2.0,
    track: str = "", voice: tuple[float, ...] = (), quality: Quality | None = None,
) -> UUID:  # fmt: skip
    """An utterance as the live process writes it."""
    began_at = MOMENT + timedelta(seconds=start)
    endpoint_id = None if place is None else hour.places[place]
    beginning = Beginning(uuid4(), hour.meeting_id, track or f"track{place}", endpoint_id, began_at)
    finished = Finished(beginning, seconds, 0.1, np.zeros(1, dtype=np.int16), ())
    said = text.split()
    step = seconds / len(said)
    words = tuple(Word(n * step, (n + 1) * step, word, 0.9) for n, word in enumerate(said))
    heard = (Utterance(0.0, seconds, words, quality or Quality(-0.2, 0.01, 1.0)),)
    store.write(session, Batch(understood=[Understood(finished, heard, "thử", voice, "mark" if voice else "")]))
    return beginning.utterance_id


def close(runtime: Runtime, hour: Hour) -> None:
    with runtime.database.transaction() as session:
        close_meeting(session, system(Role.OPERATOR), hour.meeting_id)


def lines(session: Session, transcript: Transcript | None) -> list[tuple[str, str]]:
    assert transcript is not None
    document = service.document_of(session, service.latest(session, transcript.id))
    return [(segment.speaker, segment.text) for segment in document.segments]


def published(session: Session) -> int:
    query = select(func.count()).select_from(OutboxEvent).where(OutboxEvent.topic == "transcript.published")
    return session.scalar(query) or 0


def test_words_stand_under_who_sits_at_the_track_in_the_order_of_time(session: Session, hour: Hour) -> None:
    say(session, hour, 10.0, "thưa đồng chí", place=2)
    say(session, hour, 0.0, "kính thưa các đồng chí", place=1)
    say(session, hour, 20.0, "xin chào", place=None, track="ffffffff")
    transcript = publish_meeting(session, hour.meeting_id)
    told = lines(session, transcript)
    assert [text for _speaker, text in told] == ["Kính thưa các đồng chí.", "Thưa đồng chí.", "Xin chào."]
    assert told[2][0].startswith("Người nói")
    assert len({speaker for speaker, _text in told}) == 3


def test_two_who_speak_at_once_keep_their_own_words(session: Session, hour: Hour) -> None:
    say(session, hour, 0.0, "kính thưa các đồng chí", place=1, seconds=5.0)
    say(session, hour, 1.0, "tôi xin báo cáo ngay", place=2, seconds=5.0)
    transcript = publish_meeting(session, hour.meeting_id)
    assert [text for _speaker, text in lines(session, transcript)] == [
        "Kính thưa các đồng chí.",
        "Tôi xin báo cáo ngay.",
    ]
    assert transcript is not None
    document = service.document_of(session, service.latest(session, transcript.id))
    assert all("overlap" in segment.flags for segment in document.segments)


def test_people_at_one_microphone_are_told_apart_and_their_prints_go(session: Session, hour: Hour) -> None:
    one, other = np.eye(192)[0], np.eye(192)[1]
    for number, voice in enumerate((one, other, one)):
        say(session, hour, 5.0 * number, f"câu {number}", place=0, voice=tuple(map(float, voice)))
    assert session.scalar(select(func.count()).select_from(LiveVoice)) == 3
    told = lines(session, publish_meeting(session, hour.meeting_id))
    assert told[0][0] == told[2][0] != told[1][0]
    assert session.scalar(select(func.count()).select_from(LiveVoice)) == 0


def test_a_guest_known_only_later_is_named_by_the_late_event(session: Session, hour: Hour) -> None:
    say(session, hour, 0.0, "kính thưa các đồng chí", place=None, track="0123abcd")
    jid = "0123abcd-0000-4000-8000-000000000000@meet.example.vn/x"
    rooms.note_stay(session, hour.meeting_id, rooms.Stay(jid, MOMENT, None, hour.places[2]))
    ((speaker, _text),) = lines(session, publish_meeting(session, hour.meeting_id))
    assert hour.names[2] in speaker or not speaker.startswith("Người nói")


def test_publishing_again_without_news_changes_nothing(session: Session, hour: Hour) -> None:
    say(session, hour, 0.0, "một")
    assert publish_meeting(session, hour.meeting_id) is not None
    assert publish_meeting(session, hour.meeting_id) is None
    assert (published(session), session.scalar(select(func.count()).select_from(LivePublication))) == (1, 1)


def test_what_comes_after_the_close_makes_a_new_one_in_its_place(session: Session, hour: Hour) -> None:
    say(session, hour, 0.0, "một")
    first = publish_meeting(session, hour.meeting_id)
    say(session, hour, 5.0, "hai")
    second = publish_meeting(session, hour.meeting_id)
    assert first is not None
    assert second is not None
    assert (first.is_current, second.is_current) == (False, True)
    assert published(session) == 2


def test_a_corrected_live_transcript_is_never_pushed_aside(
    session: Session, hour: Hour, actor_factory: Callable[..., Actor]
) -> None:
    secretary = actor_factory(Role.SECRETARY)
    say(session, hour, 0.0, "một")
    first = publish_meeting(session, hour.meeting_id)
    assert first is not None
    service.correct_segment(session, secretary, first.id, 0, "s0001", text="Mốt")
    say(session, hour, 5.0, "hai")
    second = publish_meeting(session, hour.meeting_id)
    third = record(session, hour)
    assert second is not None
    assert (first.is_current, second.is_current, third.is_current) == (True, False, False)
    service.adopt(session, secretary, third.id)
    assert (first.is_current, third.is_current) == (False, True)
    assert [text for _speaker, text in lines(session, first)] == ["Mốt"]


def test_the_recordings_own_pass_takes_the_place_of_the_live_text(session: Session, hour: Hour) -> None:
    say(session, hour, 0.0, "một")
    live = publish_meeting(session, hour.meeting_id)
    recorded = record(session, hour)
    assert live is not None
    assert (live.is_current, recorded.is_current) == (False, True)
    assert service.latest(session, live.id).source is RevisionSource.LIVE
    # And live words that come late do not push the recording's aside.
    say(session, hour, 5.0, "hai")
    late = publish_meeting(session, hour.meeting_id)
    assert late is not None
    assert (late.is_current, recorded.is_current) == (False, True)
    assert published(session) == 2


def record(session: Session, hour: Hour) -> Transcript:
    """The pipeline publishes a recording of the meeting."""
    row = Recording(
        meeting_id=hour.meeting_id, source=RecordingSource.UPLOAD, original_name="a.flac", object_key="k",
        sha256="0" * 64, size_bytes=1, state="verified", duration_seconds=10.0, received_from=None,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return service.publish(
        session, stage_run_id=new_run(session, row.id, hour.meeting_id), recording_id=row.id,
        meeting_id=hour.meeting_id, document=MACHINE, quality={},
    )  # fmt: skip


def test_phantoms_are_set_aside_and_never_said(session: Session, hour: Hour) -> None:
    say(session, hour, 0.0, "kính thưa các đồng chí")
    doubtful = Quality(-1.5, 0.9, 1.0)
    say(session, hour, 10.0, "hãy subscribe cho kênh ghiền mì gõ để không bỏ lỡ những video hấp dẫn", quality=doubtful)
    transcript = publish_meeting(session, hour.meeting_id)
    assert transcript is not None
    document = service.document_of(session, service.latest(session, transcript.id))
    assert [segment.text for segment in document.spoken_segments] == ["Kính thưa các đồng chí."]


def test_the_sweep_publishes_what_a_dead_process_left_but_not_while_one_lives(
    runtime: Runtime, fixed_clock: FixedClock, hour: Hour
) -> None:
    with runtime.database.transaction() as session:
        say(session, hour, 0.0, "một")
        store.begin_stream(session, hour.meeting_id, MOMENT)
    assert publish_due() == 0  # not closed
    close(runtime, hour)
    fixed_clock.now = MOMENT + timedelta(seconds=20)
    assert publish_due() == 0  # exactly at the limit it still counts as living
    fixed_clock.now += timedelta(seconds=1)
    assert publish_due() == 1
    assert publish_due() == 0


def test_a_meeting_nobody_closed_is_published_once_it_is_long_over(
    runtime: Runtime, fixed_clock: FixedClock, hour: Hour
) -> None:
    with runtime.database.transaction() as session:
        say(session, hour, 3600.0, "một")
    for minutes, due in ((90, 0), (119, 0), (121, 1)):  # planned for an hour and a half
        fixed_clock.now = MOMENT + timedelta(minutes=minutes)
        with runtime.database.transaction() as session:
            assert len(due_meetings(session, fixed_clock.now)) == due


def test_the_room_remembers_who_was_loudest_once(session: Session, hour: Hour) -> None:
    say(session, hour, 0.0, "một", place=1)
    say(session, hour, 1.0, "hai", place=2)
    say(session, hour, 100.0, "ba", place=1)
    assert remember_meeting(session, hour.meeting_id, MOMENT + timedelta(seconds=60)) == 2
    assert remember_meeting(session, hour.meeting_id, MOMENT + timedelta(seconds=60)) == 0
    publish_meeting(session, hour.meeting_id)
    rows = session.scalars(select(EndpointSpeech).order_by(EndpointSpeech.started_at)).all()
    assert [row.meeting_endpoint_id for row in rows] == [hour.places[1], hour.places[2], hour.places[1]]


def test_a_row_written_twice_is_one(session: Session, hour: Hour) -> None:
    say(session, hour, 0.0, "một")
    row = session.scalars(select(LiveUtterance)).one()
    finished = Finished(
        Beginning(row.id, hour.meeting_id, row.track, None, MOMENT), 2.0, 0.1, np.zeros(1, dtype=np.int16), ()
    )
    store.write(session, Batch(understood=[Understood(finished, (Utterance(0.0, 1.0, (Word(0, 1, "hai"),)),), "thử")]))
    assert [item.text for item in session.scalars(select(LiveUtterance))] == ["Một"]
