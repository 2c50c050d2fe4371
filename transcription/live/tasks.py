"""The sweep over closed meetings: what the live process heard and could not publish itself is published here."""

import logging

from celery import shared_task

from core.queue import RoomTask, every
from transcription.live import policy
from transcription.live.publishing import publish_due

log = logging.getLogger(__name__)

PUBLISH = "transcription.publish_live"


@shared_task(base=RoomTask, name=PUBLISH)
def publish_live_transcripts() -> None:
    """Publish what is due."""
    count = publish_due()
    if count:
        log.info("published %s live transcripts that the live process had left", count)


every(policy.RECONCILE_SECONDS, PUBLISH)
