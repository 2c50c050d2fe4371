"""Every table of this room, in one import for the composition root and the migrations."""

from transcription.pipeline.models import FinishedPiece, StageRun, TranscriptionJob
from transcription.recordings.models import Recording
from transcription.transcripts.models import Transcript, TranscriptRevision

__all__ = ["FinishedPiece", "Recording", "StageRun", "Transcript", "TranscriptRevision", "TranscriptionJob"]
