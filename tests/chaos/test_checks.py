"""That the questions asked after the smoke has cleared can be answered with no."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from sqlalchemy import text, update

from core import outbox
from core.mail.models import MailRecipient, OutgoingMail
from core.mail.states import SENT
from core.outbox import OutboxEvent
from core.runtime import Runtime
from tests.chaos.checks import broken_promises, still_open
from tests.chaos.people import GOLD, Briefing
from tests.web.builders import build_meeting, build_office, build_recording
from transcription.pipeline import states
from transcription.pipeline.models import StageRun
from transcription.recordings.models import Recording


@pytest.fixture
def recording_id(runtime: Runtime) -> Iterator[UUID]:
    meeting_id = build_meeting(runtime, build_office(runtime))
    with runtime.database.transaction() as session:
        job = build_recording(session, meeting_id)
        session.execute(update(OutboxEvent).values(delivered_at=runtime.clock()))
        recording_id = job.recording_id
    yield recording_id


def briefing(ended_as: str = "reported", *, is_bad: bool = False) -> Briefing:
    return Briefing(1, {}, GOLD.audio, is_bad, ended_as=ended_as)


def sent(runtime: Runtime, **values: object) -> None:
    with runtime.database.transaction() as session:
        mail = OutgoingMail(
            dedupe_key="một", message_id="<1@diemcau>", subject="Giấy mời", body="", state=SENT, **values
        )
        mail.recipients = [MailRecipient(position=0, address="a@bomau.example.vn", state=SENT)]
        session.add(mail)


def test_all_is_well(runtime: Runtime, recording_id: UUID) -> None:
    sent(runtime)
    ended = [briefing(), briefing("set apart: fault_worker_lost", is_bad=True)]
    assert broken_promises(runtime, ended, {"<1@diemcau>": 1}) == []
    assert still_open(runtime) == {"stage runs": 1}


def test_a_briefing_on_its_way_is_lost(runtime: Runtime) -> None:
    assert broken_promises(runtime, [briefing("stands at _issued: no answer")], {}) != []
    assert broken_promises(runtime, [briefing("reported", is_bad=True)], {}) == []


def test_a_stored_file_that_is_gone_is_lost(runtime: Runtime, recording_id: UUID) -> None:
    with runtime.database.transaction() as session:
        runtime.storage.delete(session.get_one(Recording, recording_id).object_key)
    (line,) = broken_promises(runtime, [], {})
    assert line.startswith("LOST")


def test_a_changed_row_of_the_audit_trail_is_told(runtime: Runtime, recording_id: UUID) -> None:
    with runtime.database.transaction() as session:
        session.execute(text("SET LOCAL session_replication_role = replica"))
        session.execute(text("UPDATE audit_row SET action = 'ai đó' WHERE id = (SELECT min(id) FROM audit_row)"))
    (line,) = broken_promises(runtime, [], {})
    assert line.startswith("audit chain")


def test_a_stage_that_failed_without_a_reason_or_by_our_mistake_is_told(runtime: Runtime, recording_id: UUID) -> None:
    for fault in (None, {"kind": "unexpected"}):
        with runtime.database.transaction() as session:
            session.execute(update(StageRun).values(state=states.FAILED, fault=fault))
        assert len(broken_promises(runtime, [], {})) == 1


def test_mails_are_held_against_what_was_received(runtime: Runtime) -> None:
    sent(runtime)
    assert broken_promises(runtime, [], {})[0].startswith("LOST mail")
    assert broken_promises(runtime, [], {"<1@diemcau>": 2})[0].startswith("DOUBLED mail")


def test_a_mail_that_is_marked_may_have_come_twice(runtime: Runtime) -> None:
    sent(runtime, may_be_double=True)
    assert broken_promises(runtime, [], {"<1@diemcau>": 2}) == []


def test_news_that_was_given_up_is_lost(runtime: Runtime) -> None:
    with runtime.database.transaction() as session:
        outbox.emit(session, "test.nothing", id="1")
        session.flush()
        session.execute(update(OutboxEvent).values(attempts=outbox.MAXIMUM_ATTEMPTS, delivered_at=runtime.clock()))
    assert broken_promises(runtime, [], {}) == ["LOST 1 pieces of news were given up"]
