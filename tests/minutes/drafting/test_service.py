"""From a published transcript to the first revision of a notice, on the database."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.errors import Forbidden, NotFound
from core.permissions import Actor, Role
from minutes.drafting.models import Draft
from minutes.drafting.refusals import NothingToDraftFrom
from minutes.drafting.service import draft_from_latest, draft_from_transcript, latest_draft
from minutes.drafting.subscribers import draft_published
from minutes.notices.models import NoticeRevision, RevisionSource
from orchestrator.directory.models import Person, Unit
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.models import Meeting, Participant, ParticipantRole
from tests.minutes.drafting.builders import transcript
from transcription.document import TranscriptDocument
from transcription.pipeline.graph import Stage
from transcription.pipeline.models import StageRun, TranscriptionJob
from transcription.recordings.models import Recording, RecordingSource
from transcription.transcripts import service as transcripts
from transcription.transcripts.models import Transcript

TALK = (
    "Khổng Văn Lực: Tôi kết luận như sau. Một là, giao Trung tâm Thông tin chủ trì, phối hợp với Văn phòng Bộ "
    "khắc phục đường truyền trước ngày 15 tháng 4.",
)


@pytest.fixture
def chaired(session: Session, meeting: Meeting, units: dict[str, Unit]) -> Meeting:
    """The meeting with a chair by name."""
    chair = Person(full_name="Khổng Văn Lực", title="Thứ trưởng", protocol_rank=1)
    session.add(chair)
    session.flush()
    session.add(Participant(meeting_id=meeting.id, person_id=chair.id, role=ParticipantRole.CHAIR, position=1))
    meeting.chair_id = chair.id
    session.flush()
    session.refresh(meeting)
    return meeting


@pytest.fixture
def publish(session: Session) -> Callable[[UUID, TranscriptDocument], Transcript]:
    """Publish a text as the pipeline would."""

    def run(meeting_id: UUID, document: TranscriptDocument) -> Transcript:
        recording = Recording(
            meeting_id=meeting_id, source=RecordingSource.UPLOAD, original_name="hop.flac", object_key="k",
            sha256=uuid4().hex * 2, size_bytes=1, state="verified", duration_seconds=10.0, received_from=None,
        )  # fmt: skip
        session.add(recording)
        session.flush()
        job = TranscriptionJob(recording_id=recording.id, meeting_id=meeting_id, state="running", finished_at=None)
        session.add(job)
        session.flush()
        stage = StageRun(job_id=job.id, stage=Stage.PUBLISH, run_number=1, state="waiting")
        session.add(stage)
        session.flush()
        return transcripts.publish(
            session,
            stage_run_id=stage.id,
            recording_id=recording.id,
            meeting_id=meeting_id,
            document=document,
            quality={},
        )

    return run


@pytest.fixture
def secretary(actor_factory: Callable[..., Actor]) -> Actor:
    return actor_factory(Role.SECRETARY)


def count(session: Session, model: type[Draft] | type[NoticeRevision]) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def payload_of(session: Session, published: Transcript) -> dict[str, str]:
    """What the outbox hands over when this transcript is published."""
    revision = transcripts.latest(session, published.id)
    return {
        "transcript_id": str(published.id),
        "meeting_id": str(published.meeting_id),
        "revision_id": str(revision.id),
    }


def test_strangers_and_others_may_not_draft(
    session: Session, chaired: Meeting, actor_factory: Callable[..., Actor]
) -> None:
    with pytest.raises((NotFound, Forbidden)):
        draft_from_latest(session, actor_factory(Role.UNIT), chaired.id)
    with pytest.raises((NotFound, Forbidden)):
        draft_from_latest(session, actor_factory(Role.REGISTRAR), chaired.id)


def test_an_unknown_meeting_is_not_found(session: Session, secretary: Actor) -> None:
    with pytest.raises(NotFound):
        draft_from_latest(session, secretary, uuid4())


def test_without_a_transcript_there_is_nothing_to_draft_from(
    session: Session, chaired: Meeting, secretary: Actor
) -> None:
    with pytest.raises(NothingToDraftFrom):
        draft_from_latest(session, secretary, chaired.id)


def test_a_secretary_drafts_from_the_newest_text(
    session: Session,
    chaired: Meeting,
    units: dict[str, Unit],
    secretary: Actor,
    publish: Callable[[UUID, TranscriptDocument], Transcript],
) -> None:
    publish(chaired.id, transcript(*TALK))
    revision = draft_from_latest(session, secretary, chaired.id)
    content = revision.read()
    (task,) = content.directives()
    assert task.lead == ("Trung tâm Thông tin",)
    assert task.lead_unit_ids == (units["TTTT"].id,)
    assert task.coordinating_unit_ids == (units["VPB"].id,)
    assert task.evidence
    assert content.machine_made
    assert revision.source is RevisionSource.MACHINE
    kept = latest_draft(session, chaired.id)
    assert kept is not None
    assert kept.extraction["items"][0]["action"] == "Khắc phục đường truyền"
    assert kept.author_id == secretary.account_id


def test_the_same_text_twice_makes_one_revision_and_one_row(
    session: Session,
    chaired: Meeting,
    secretary: Actor,
    publish: Callable[[UUID, TranscriptDocument], Transcript],
) -> None:
    publish(chaired.id, transcript(*TALK))
    first = draft_from_latest(session, secretary, chaired.id)
    second = draft_from_latest(session, secretary, chaired.id)
    assert first.id == second.id
    assert count(session, Draft) == 1


def test_a_correction_gives_the_next_revision(
    session: Session,
    chaired: Meeting,
    secretary: Actor,
    publish: Callable[[UUID, TranscriptDocument], Transcript],
) -> None:
    published = publish(chaired.id, transcript(*TALK))
    first = draft_from_latest(session, secretary, chaired.id)
    corrected = TALK[0].split(": ", 1)[1].replace("15 tháng 4", "20 tháng 4")
    transcripts.correct_segment(session, secretary, published.id, 0, "s0000", text=corrected)
    second = draft_from_latest(session, secretary, chaired.id)
    assert second.number == first.number + 1
    (task,) = second.read().directives()
    assert task.deadline is not None
    assert task.deadline.iso == "2026-04-20"


def test_no_speech_leaves_an_empty_draft_with_the_reason(
    session: Session,
    chaired: Meeting,
    publish: Callable[[UUID, TranscriptDocument], Transcript],
) -> None:
    published = publish(chaired.id, TranscriptDocument("test", 60.0, ()))
    revision = transcripts.latest(session, published.id)
    content = draft_from_transcript(session, None, chaired.id, revision).read()
    assert content.sections == ()
    assert "không có tiếng nói" in content.to_check[0]
    kept = latest_draft(session, chaired.id)
    assert kept is not None
    assert kept.reason is not None


def test_publishing_makes_the_machine_draft_once(
    session: Session, chaired: Meeting, publish: Callable[[UUID, TranscriptDocument], Transcript]
) -> None:
    payload = payload_of(session, publish(chaired.id, transcript(*TALK)))
    draft_published(session, payload)
    draft_published(session, payload)
    assert count(session, NoticeRevision) == 1
    (draft,) = session.scalars(select(Draft)).all()
    assert draft.author_id is None


def test_a_text_that_waits_beside_a_corrected_one_is_not_drafted(
    session: Session, chaired: Meeting, publish: Callable[[UUID, TranscriptDocument], Transcript]
) -> None:
    waiting = publish(chaired.id, transcript(*TALK))
    waiting.is_current = False
    session.flush()
    draft_published(session, payload_of(session, waiting))
    assert count(session, Draft) == 0


def test_a_classified_meeting_is_never_drafted(
    session: Session, chaired: Meeting, publish: Callable[[UUID, TranscriptDocument], Transcript]
) -> None:
    payload = payload_of(session, publish(chaired.id, transcript(*TALK)))
    chaired.classification = Classification.CONFIDENTIAL
    session.flush()
    draft_published(session, payload)
    assert count(session, Draft) == 0
    session.rollback()


def test_a_draft_row_is_never_changed(
    session: Session,
    chaired: Meeting,
    secretary: Actor,
    publish: Callable[[UUID, TranscriptDocument], Transcript],
) -> None:
    from sqlalchemy.exc import DBAPIError

    publish(chaired.id, transcript(*TALK))
    draft_from_latest(session, secretary, chaired.id)
    draft = latest_draft(session, chaired.id)
    assert draft is not None
    draft.reason = "khác"
    with pytest.raises(DBAPIError, match="append-only"):
        session.flush()
    session.rollback()
