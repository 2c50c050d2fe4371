"""A published transcript to correct."""

from tests.transcription.transcripts.conftest import publishing, recording

__all__ = ["publishing", "recording"]
