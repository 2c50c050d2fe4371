"""What can go wrong when we ask a part of the site's Jitsi, one class per way; sentences are in `messages.py`."""

from core.errors import Refusal


class JitsiUnavailable(Refusal):
    """A part does not answer, or not in time; parameters `part`, `reason`. Nothing is known, nothing was changed."""

    code = "jitsi_unavailable"
    http_status = 503


class JitsiAnswerUnreadable(JitsiUnavailable):
    """A part answers, but not with what its contract says; parameters `part`, `reason`."""

    code = "jitsi_answer_unreadable"


class PartNotConfigured(JitsiUnavailable):
    """The site has not named an address of this part; parameters `part`, `setting`."""

    code = "jitsi_not_configured"


class RoomNotLive(Refusal):
    """Nobody is in the room: a recorder that came first would make it without cap and end (CONTRACTS §3, way 1)."""

    code = "recording_room_not_live"
    http_status = 409


class RecordingRuns(Refusal):
    """The meeting is being recorded, or a start is under way."""

    code = "recording_runs_already"
    http_status = 409


class NothingRecorded(Refusal):
    """There is no recording of ours that could be stopped."""

    code = "recording_not_running"
    http_status = 409
