"""A corrected transcript and the sound it came from go in, sealed prints of those who consented are kept."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.runtime import Runtime
from transcription.engines.contract import FloatArray
from transcription.pipeline import states
from transcription.pipeline.graph import Stage
from transcription.pipeline.models import StageRun, TranscriptionJob
from transcription.speakers.prints.confirmed import confirmed_stretches
from transcription.speakers.prints.service import consenting, keep_print
from transcription.stages.sound import SoundFile
from transcription.transcripts.models import RevisionSource, Transcript, TranscriptRevision
from transcription.transcripts.service import document_of, latest


class Embedder(Protocol):
    """The network that makes prints (`embedding.VoiceEmbedder`)."""

    model: str

    def embed(self, stretches: list[FloatArray]) -> tuple[float, ...]:
        """One print of several stretches; empty where they are too short."""
        ...


@dataclass(frozen=True)
class _Due:
    consent_id: UUID
    stretches: tuple[tuple[float, float], ...]

    @property
    def seconds(self) -> float:
        return sum(end - start for start, end in self.stretches)


def enrol(
    runtime: Runtime, transcript_id: UUID, make_embedder: Callable[[], Embedder], *, enrolled_by: UUID | None = None
) -> int:
    """Enrol everybody with consent and enough confirmed speech; returns how many. May run any number of times.

    Raises:
        ArtifactDamaged: the normalised sound is not what was written.
    """
    with runtime.database.transaction() as session:
        due, sound_key = _due(session, transcript_id)
    if not due or not sound_key:
        return 0
    embedder = make_embedder()
    kept = 0
    with runtime.storage.local_copy(sound_key) as path, SoundFile(path) as sound:
        for item in due:
            vector = embedder.embed([sound.read(start, end) for start, end in item.stretches])
            if not vector:
                continue
            with runtime.database.transaction() as session:
                kept += keep_print(
                    session, item.consent_id, transcript_id, model=embedder.model, vector=vector,
                    seconds=item.seconds, enrolled_by=enrolled_by,
                )  # fmt: skip
    return kept


def _due(session: Session, transcript_id: UUID) -> tuple[list[_Due], str]:
    """(who is to be enrolled from which stretches, key of the normalised sound)."""
    transcript = session.get(Transcript, transcript_id)
    if transcript is None or transcript.recording_id is None:
        return [], ""  # heard live: there is no sound to take a print from
    newest = latest(session, transcript.id)
    if newest.source is not RevisionSource.PERSON:
        return [], ""
    first = session.scalars(
        select(TranscriptRevision).where(
            TranscriptRevision.transcript_id == transcript.id, TranscriptRevision.number == 0
        )
    ).one()
    machine, corrected = document_of(session, first), document_of(session, newest)
    due = []
    for consent_id, name in consenting(session, transcript.meeting_id):
        stretches = confirmed_stretches(machine, corrected, name)
        if stretches:
            due.append(_Due(consent_id, stretches))
    return due, _sound_key(session, transcript.recording_id)


def _sound_key(session: Session, recording_id: UUID) -> str:
    query = (
        select(StageRun.artifact_key)
        .join(TranscriptionJob, TranscriptionJob.id == StageRun.job_id)
        .where(
            TranscriptionJob.recording_id == recording_id,
            StageRun.stage == Stage.NORMALISE,
            StageRun.state == states.DONE,
        )
        .order_by(StageRun.finished_at.desc())
        .limit(1)
    )
    return session.scalar(query) or ""
