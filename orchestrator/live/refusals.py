"""What the live hour refuses; the sentences are in `messages.py`."""

from core.errors import Refusal


class AlreadyCorrected(Refusal):
    """This line of the incident log has been corrected; the correction is the line to correct now."""

    code = "incident_already_corrected"
    http_status = 409


class TooManyChecks(Refusal):
    """An endpoint has sent more test results for one meeting than anybody needs; parameter `most`."""

    code = "too_many_checks"
    http_status = 429


class MessageTaken(Refusal):
    """Another console has handed this message over."""

    code = "message_taken"
    http_status = 409


class MeetingCancelled(Refusal):
    """Nothing is operated in a cancelled meeting."""

    code = "operated_meeting_cancelled"
    http_status = 409


class RoomUnavailable(Refusal):
    """The conference room cannot be entered by the console now; parameter `reason` (a Vietnamese sentence)."""

    code = "console_room_unavailable"
    http_status = 409
