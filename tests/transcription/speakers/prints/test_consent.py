"""Consents and prints in the database: who may, what is kept, and that erased is erased."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.audit import AuditRow
from core.errors import Forbidden, Invalid, NotFound
from core.permissions import Actor, Role
from core.purging.register import Erasure
from core.runtime import Runtime
from orchestrator.directory.models import Person
from orchestrator.meetings.models import Participant
from tests.conftest import MOMENT, FixedClock
from tests.transcription import sounds
from tests.transcription.conftest import add_meeting
from transcription.document import Segment, TranscriptDocument
from transcription.engines.contract import FloatArray
from transcription.pipeline.graph import Stage
from transcription.pipeline.models import StageRun, TranscriptionJob
from transcription.recordings.models import Recording, RecordingSource
from transcription.speakers.models import VoiceConsent, VoicePrint
from transcription.speakers.prints import service
from transcription.speakers.prints.enrolment import enrol
from transcription.speakers.prints.erasures import erase_again, erasures_of
from transcription.speakers.prints.errors import ConsentStands, NoConsent
from transcription.transcripts.service import SegmentDraft, publish, save_revision

NAME = "Trần Quang Hải"


class FakeEmbedder:
    """Every voice sounds the same."""

    model = "m1"

    def __init__(self) -> None:
        self.seconds = 0.0

    def embed(self, stretches: list[FloatArray]) -> tuple[float, ...]:
        self.seconds = sum(map(len, stretches)) / 16_000
        return (0.6, 0.8)


@pytest.fixture
def session(runtime: Runtime) -> Iterator[Session]:
    """A session that a test may commit: enrolment works in transactions of its own."""
    with Session(runtime.database.engine, expire_on_commit=False) as session:
        yield session
        session.commit()


@pytest.fixture
def person_id(session: Session) -> UUID:
    person = Person(full_name=NAME, title="Thứ trưởng", email=None, unit_id=None)
    session.add(person)
    session.flush()
    return person.id


@pytest.fixture
def meeting_of(runtime: Runtime, session: Session, person_id: UUID) -> UUID:
    meeting_id = add_meeting(runtime, "giong-noi-a1b2")
    session.add(Participant(meeting_id=meeting_id, person_id=person_id, position=1))
    session.flush()
    return meeting_id


def published(runtime: Runtime, session: Session, meeting_id: UUID, seconds: float = 40.0) -> UUID:
    """A transcript with one long line, as the pipeline leaves it, with its normalised sound."""
    path = sounds.write_wav(runtime.settings.home / "s.wav", sounds.noise(seconds))
    with path.open("rb") as stream:
        stored = runtime.storage.put(stream, prefix="artifacts")
    recording = Recording(
        meeting_id=meeting_id, source=RecordingSource.UPLOAD, original_name="a.wav", object_key=stored.key,
        sha256=uuid4().hex, size_bytes=1, state="verified", duration_seconds=seconds, received_from=None,
    )  # fmt: skip
    session.add(recording)
    session.flush()
    job = TranscriptionJob(recording_id=recording.id, meeting_id=meeting_id, state="running", finished_at=None)
    session.add(job)
    session.flush()
    heard = StageRun(
        job_id=job.id, stage=Stage.NORMALISE, run_number=1, state="done", artifact_key=stored.key, finished_at=MOMENT
    )
    run = StageRun(job_id=job.id, stage=Stage.PUBLISH, run_number=1, state="waiting")
    session.add_all([heard, run])
    session.flush()
    document = TranscriptDocument("x", seconds, (Segment("s0001", 1.0, 31.0, "Người nói 1", "tôi kết luận"),))
    return publish(
        session, stage_run_id=run.id, recording_id=recording.id, meeting_id=meeting_id, document=document, quality={}
    ).id


def corrected(runtime: Runtime, session: Session, actor: Actor, meeting_id: UUID) -> UUID:
    transcript_id = published(runtime, session, meeting_id)
    draft = SegmentDraft("s0001", 1.0, 31.0, NAME, "tôi kết luận")
    save_revision(session, actor, transcript_id, 0, [draft])
    session.commit()
    return transcript_id


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.APPROVER, Role.REGISTRAR, Role.UNIT])
def test_others_may_not_touch_consents(
    session: Session, actor_factory: Callable[..., Actor], person_id: UUID, role: Role
) -> None:
    with pytest.raises((Forbidden, NotFound)):
        service.give_consent(session, actor_factory(role), person_id, paper="Số 1")


def test_a_consent_names_its_paper_and_stands_once(session: Session, secretary: Actor, person_id: UUID) -> None:
    for paper in ("  ", "x" * 301, "a\u0007"):
        with pytest.raises(Invalid):
            service.give_consent(session, secretary, person_id, paper=paper)
    with pytest.raises(Invalid):
        service.give_consent(session, secretary, person_id, paper="Số 1", given_at=MOMENT + timedelta(days=1))
    with pytest.raises(NotFound):
        service.give_consent(session, secretary, uuid4(), paper="Số 1")
    consent = service.give_consent(session, secretary, person_id, paper="Phiếu số 12 ngày 01/4/2026")
    with pytest.raises(ConsentStands):
        service.give_consent(session, secretary, person_id, paper="Phiếu số 13")
    assert [(c.name, c.prints) for c in service.list_consents(session, secretary)] == [(NAME, 0)]
    service.withdraw_consent(session, secretary, consent.id)
    service.give_consent(session, secretary, person_id, paper="Phiếu số 14")
    assert [c.withdrawn_at is None for c in service.list_consents(session, secretary)] == [True, False]


def test_a_corrected_meeting_enrols_those_who_consented(
    runtime: Runtime, session: Session, secretary: Actor, person_id: UUID, meeting_of: UUID
) -> None:
    transcript_id = corrected(runtime, session, secretary, meeting_of)
    with pytest.raises(NoConsent):
        service.request_enrolment(session, secretary, transcript_id)
    assert enrol(runtime, transcript_id, FakeEmbedder) == 0
    consent = service.give_consent(session, secretary, person_id, paper="Phiếu số 12")
    assert service.request_enrolment(session, secretary, transcript_id) == (NAME,)
    session.commit()
    embedder = FakeEmbedder()
    assert enrol(runtime, transcript_id, lambda: embedder) == 1
    assert embedder.seconds == pytest.approx(30.0)
    assert enrol(runtime, transcript_id, lambda: embedder) == 1
    row = session.scalars(select(VoicePrint)).one()
    assert (row.consent_id, row.seconds, row.model) == (consent.id, 30.0, "m1")
    (enrolled,) = service.enrolled_people(session, meeting_of, "m1")
    assert enrolled.name == NAME
    assert enrolled.vector == pytest.approx((0.6, 0.8))
    assert service.enrolled_people(session, meeting_of, "another model") == ()
    assert service.enrolled_people(session, add_meeting(runtime, "hop-khac-c3d4"), "m1") == ()


def test_what_no_person_confirmed_enrols_nobody(
    runtime: Runtime, session: Session, secretary: Actor, person_id: UUID, meeting_of: UUID
) -> None:
    service.give_consent(session, secretary, person_id, paper="Phiếu số 12")
    transcript_id = published(runtime, session, meeting_of)
    session.commit()
    assert enrol(runtime, transcript_id, FakeEmbedder) == 0
    assert enrol(runtime, uuid4(), FakeEmbedder) == 0


def test_withdrawing_erases_for_good(
    runtime: Runtime, session: Session, secretary: Actor, person_id: UUID, meeting_of: UUID, fixed_clock: FixedClock
) -> None:
    transcript_id = corrected(runtime, session, secretary, meeting_of)
    consent = service.give_consent(session, secretary, person_id, paper="Phiếu số 12")
    session.commit()
    enrol(runtime, transcript_id, FakeEmbedder)
    fixed_clock.now += timedelta(days=1)
    assert service.withdraw_consent(session, secretary, consent.id) == 1
    assert session.scalars(select(VoicePrint)).all() == []
    kept = session.scalars(select(VoiceConsent)).one()
    assert (kept.withdrawn_at, kept.withdrawn_by) == (fixed_clock.now, secretary.account_id)
    session.commit()
    # The worker that was already on its way finds the door shut.
    assert enrol(runtime, transcript_id, FakeEmbedder) == 0
    assert service.withdraw_consent(session, secretary, consent.id) == 0
    actions = set(session.scalars(select(AuditRow.action)))
    assert {"voice_consent.given", "voice_print.enrolled", "voice_consent.withdrawn"} <= actions


def test_erasing_keeps_the_consent(
    runtime: Runtime, session: Session, secretary: Actor, person_id: UUID, meeting_of: UUID
) -> None:
    transcript_id = corrected(runtime, session, secretary, meeting_of)
    consent = service.give_consent(session, secretary, person_id, paper="Phiếu số 12")
    session.commit()
    enrol(runtime, transcript_id, FakeEmbedder)
    assert service.erase_prints(session, secretary, consent.id) == 1
    assert service.list_consents(session, secretary)[0].withdrawn_at is None
    for act in (service.erase_prints, service.withdraw_consent):
        with pytest.raises(NotFound):
            act(session, secretary, uuid4())


def test_what_an_older_backup_brings_back_is_erased_again_and_nothing_younger(
    runtime: Runtime, session: Session, secretary: Actor, person_id: UUID, meeting_of: UUID
) -> None:
    transcript_id = corrected(runtime, session, secretary, meeting_of)
    consent = service.give_consent(session, secretary, person_id, paper="Phiếu số 12")
    session.commit()
    enrol(runtime, transcript_id, FakeEmbedder)
    enrolled_at = session.scalars(select(VoicePrint.created_at)).one()

    def erasure(minutes: int, *, ends_consent: bool) -> Erasure:
        at = enrolled_at + timedelta(minutes=minutes)
        return Erasure(
            consent_id=consent.id, erased_at=at, erased_by_id=secretary.account_id, ends_consent=ends_consent
        )

    assert erase_again(session, erasure(-1, ends_consent=False)) == 0
    assert erase_again(session, erasure(1, ends_consent=False)) == 1
    assert service.list_consents(session, secretary)[0].withdrawn_at is None
    assert erase_again(session, erasure(2, ends_consent=True)) == 0
    session.refresh(consent)
    assert (consent.withdrawn_at, consent.withdrawn_by) == (enrolled_at + timedelta(minutes=2), secretary.account_id)
    assert {item.ends_consent for item in erasures_of(session)} == {False, True}
    stranger = erasure(3, ends_consent=True).model_copy(update={"consent_id": uuid4()})
    assert erase_again(session, stranger) == 0


def test_a_changed_secret_makes_prints_unreadable_and_breaks_nothing(
    runtime: Runtime, session: Session, secretary: Actor, person_id: UUID, meeting_of: UUID
) -> None:
    transcript_id = corrected(runtime, session, secretary, meeting_of)
    service.give_consent(session, secretary, person_id, paper="Phiếu số 12")
    session.commit()
    enrol(runtime, transcript_id, FakeEmbedder)
    row = session.scalars(select(VoicePrint)).one()
    row.sealed = bytes([row.sealed[0] ^ 1]) + row.sealed[1:]
    session.flush()
    assert service.enrolled_people(session, meeting_of, "m1") == ()
