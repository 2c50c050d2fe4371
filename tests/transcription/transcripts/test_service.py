"""Transcripts in the database: revisions, conflicts, and what a second run of the machine may not do."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.errors import Forbidden, NotFound
from core.outbox import OutboxEvent
from core.permissions import Actor, Role
from core.runtime import Runtime
from tests.transcription.transcripts.conftest import MACHINE, new_run
from transcription.errors import TranscriptConflict
from transcription.transcripts import service
from transcription.transcripts.service import SegmentDraft

Publishing = Callable[[], UUID]


@pytest.fixture
def secretary(actor_factory: Callable[..., Actor]) -> Actor:
    return actor_factory(Role.SECRETARY)


def correct(runtime: Runtime, secretary: Actor, transcript_id: UUID, base: int, text: str) -> int:
    with runtime.database.transaction() as session:
        return service.correct_segment(session, secretary, transcript_id, base, "s0001", text=text).number


def texts(runtime: Runtime, transcript_id: UUID) -> list[str]:
    with runtime.database.transaction() as session:
        document = service.document_of(session, service.latest(session, transcript_id))
        return [line.text for line in document.segments]


def test_the_machines_text_is_revision_zero_with_its_numbers(runtime: Runtime, publishing: Publishing) -> None:
    transcript_id = publishing()
    with runtime.database.transaction() as session:
        revision = service.latest(session, transcript_id)
        assert (revision.number, revision.author_id, revision.quality) == (0, None, {"doubtful_words": 1})
        assert service.document_of(session, revision) == MACHINE


def test_publishing_one_run_twice_makes_one_transcript(runtime: Runtime, recording: tuple[UUID, UUID]) -> None:
    with runtime.database.transaction() as session:
        run_id = new_run(session, *recording)
        first, second = (
            service.publish(
                session,
                stage_run_id=run_id,
                recording_id=recording[0],
                meeting_id=recording[1],
                document=MACHINE,
                quality={},
            )
            for _ in range(2)
        )
        assert first is second
        published = select(OutboxEvent).where(OutboxEvent.topic == "transcript.published")
        assert len(session.scalars(published).all()) == 1


def test_a_correction_is_a_new_revision_and_the_old_stays(
    runtime: Runtime, publishing: Publishing, secretary: Actor
) -> None:
    transcript_id = publishing()
    assert correct(runtime, secretary, transcript_id, 0, "Tôi kết luận") == 1
    assert texts(runtime, transcript_id) == ["Tôi kết luận", "vâng ạ"]
    with runtime.database.transaction() as session:
        first, second = service.list_revisions(session, secretary, transcript_id)
        assert service.document_of(session, first) == MACHINE
        assert second.author_id == secretary.account_id


def test_saving_the_same_text_again_makes_no_revision(
    runtime: Runtime, publishing: Publishing, secretary: Actor
) -> None:
    transcript_id = publishing()
    correct(runtime, secretary, transcript_id, 0, "Tôi kết luận")
    assert correct(runtime, secretary, transcript_id, 1, "Tôi kết luận") == 1


def test_the_second_of_two_editors_gets_both_texts(runtime: Runtime, publishing: Publishing, secretary: Actor) -> None:
    transcript_id = publishing()
    correct(runtime, secretary, transcript_id, 0, "Tôi kết luận")
    with pytest.raises(TranscriptConflict) as caught:
        correct(runtime, secretary, transcript_id, 0, "Tôi kết nối")
    assert caught.value.params["yours"] == "Tôi kết nối"
    assert "Tôi kết luận" in caught.value.params["theirs"]
    assert texts(runtime, transcript_id)[0] == "Tôi kết luận"


def test_ten_editors_at_once_one_is_saved(runtime: Runtime, publishing: Publishing, secretary: Actor) -> None:
    transcript_id = publishing()

    def attempt(number: int) -> bool:
        try:
            correct(runtime, secretary, transcript_id, 0, f"bản {number}")
        except TranscriptConflict:
            return False
        return True

    with ThreadPoolExecutor(10) as pool:
        assert sum(pool.map(attempt, range(10))) == 1


def test_a_long_chain_of_corrections_reads_back_whole(
    runtime: Runtime, publishing: Publishing, secretary: Actor
) -> None:
    transcript_id = publishing()
    for number in range(service.LONGEST_CHAIN + 3):
        correct(runtime, secretary, transcript_id, number, f"bản {number}")
    assert texts(runtime, transcript_id) == [f"bản {service.LONGEST_CHAIN + 2}", "vâng ạ"]


def test_lines_can_be_split_and_removed(runtime: Runtime, publishing: Publishing, secretary: Actor) -> None:
    transcript_id = publishing()
    lines = [SegmentDraft("s0001", 1.0, 2.0, "A", "Tôi"), SegmentDraft(None, 2.0, 3.0, "A", "kết luận")]
    with runtime.database.transaction() as session:
        service.save_revision(session, secretary, transcript_id, 0, lines)
    assert texts(runtime, transcript_id) == ["Tôi", "kết luận"]


def test_an_uncorrected_transcript_gives_way_to_a_later_run(runtime: Runtime, publishing: Publishing) -> None:
    first, second = publishing(), publishing()
    with runtime.database.transaction() as session:
        assert not service.get_transcript(session, _reader(), first).is_current
        assert service.get_transcript(session, _reader(), second).is_current


def test_a_corrected_transcript_stays_until_someone_adopts_the_later(
    runtime: Runtime, publishing: Publishing, secretary: Actor, recording: tuple[UUID, UUID]
) -> None:
    first = publishing()
    correct(runtime, secretary, first, 0, "Tôi kết luận")
    second = publishing()
    with runtime.database.transaction() as session:
        current = service.current_transcript(session, secretary, recording[1])
        assert current is not None
        assert current.id == first
        assert _told(session) == [str(first)], "the waiting one is not drafted from"
        service.adopt(session, secretary, second)
    with runtime.database.transaction() as session:
        current = service.current_transcript(session, secretary, recording[1])
        assert current is not None
        assert current.id == second


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.REGISTRAR, Role.UNIT, Role.ADMINISTRATOR])
def test_others_do_not_read_it(
    runtime: Runtime, publishing: Publishing, actor_factory: Callable[..., Actor], role: Role
) -> None:
    transcript_id = publishing()
    with runtime.database.transaction() as session, pytest.raises((NotFound, Forbidden)):
        service.get_transcript(session, actor_factory(role), transcript_id)


def test_an_approver_reads_but_does_not_correct(
    runtime: Runtime, publishing: Publishing, actor_factory: Callable[..., Actor]
) -> None:
    with pytest.raises(Forbidden):
        correct(runtime, actor_factory(Role.APPROVER), publishing(), 0, "x")


def test_no_statement_changes_a_saved_revision(runtime: Runtime, publishing: Publishing) -> None:
    publishing()
    with pytest.raises(IntegrityError, match="append-only"), runtime.database.transaction() as session:
        session.execute(text("UPDATE transcript_revision SET number = 5"))


def _told(session: Session) -> list[str]:
    published = select(OutboxEvent).where(OutboxEvent.topic == "transcript.published")
    return [event.payload["transcript_id"] for event in session.scalars(published)]


def _reader() -> Actor:
    return Actor(UUID(int=1), "Thư ký", frozenset({Role.SECRETARY}))
