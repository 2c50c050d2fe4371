"""The Celery task that enrols voices: heavy, so it works where engines work."""

from uuid import UUID

from celery import shared_task

from core.queue import RoomTask
from core.runtime import current
from transcription.pipeline.workbench import engine_settings
from transcription.speakers.prints.enrolment import enrol
from transcription.speakers.prints.service import ENROL_TASK


@shared_task(base=RoomTask, name=ENROL_TASK)
def enrol_voices(transcript_id: str, account_id: str) -> None:
    """Enrol those of one corrected transcript who consented. A lost message is asked for again by hand."""
    from transcription.speakers.prints.embedding import VoiceEmbedder

    runtime = current()
    settings = engine_settings(runtime.settings)
    enrol(runtime, UUID(transcript_id), lambda: VoiceEmbedder(settings), enrolled_by=UUID(account_id))
