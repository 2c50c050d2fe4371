"""What this room refuses, one class for each way of failing; the sentences are in `messages.py`."""

from core.errors import Refusal
from transcription import messages as messages  # registers the sentences


class TranscriptConflict(Refusal):
    """Somebody saved after the revision the caller started from; parameters `base`, `current`, `yours`, `theirs`."""

    code = "transcript_conflict"
    http_status = 409


class SegmentUnknown(Refusal):
    """The revision has no segment of that id; parameter `segment`."""

    code = "segment_unknown"
    http_status = 404


class NothingToCarry(Refusal):
    """No other transcript of the recording is in use, or nobody has corrected it."""

    code = "nothing_to_carry"
    http_status = 409


class RerunRefused(Refusal):
    """A stage of the job is waiting or running, so its inputs are about to change; parameter `stage`."""

    code = "rerun_refused"
    http_status = 409


class CancelRefused(Refusal):
    """The job is not under way."""

    code = "cancel_refused"
    http_status = 409


class ResumeRefused(Refusal):
    """The job is under way, done, or something of it has not stopped yet."""

    code = "resume_refused"
    http_status = 409


class RecordingNotKept(Refusal):
    """The storage could not take the file; parameter `reason`."""

    code = "recording_not_kept"
    http_status = 507


class RoomUnknown(Refusal):
    """A recorder's folder names a room that no meeting has; parameter `room`."""

    code = "recording_room_unknown"
    http_status = 404


class RecorderFolderInvalid(Refusal):
    """The path lies outside the recorder's folder, or holds no video."""

    code = "recording_folder_invalid"
    http_status = 422


class RecordingDamaged(Refusal):
    """A recorder's file is not what its own SHA-256 says; parameter `name`."""

    code = "recording_damaged"
    http_status = 422


class RecordingGrowing(Refusal):
    """A recorder still writes to the file, so what was read is not all of it; parameter `name`."""

    code = "recording_growing"
    http_status = 409
