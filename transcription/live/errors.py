"""Why a stream of the conference is not taken; each has the WebSocket code it is closed with."""

from typing import ClassVar

from core.errors import Refusal
from transcription.live import messages as messages  # registers the sentences


class StreamRefused(Refusal):
    """Mother of them; `close_code` is in the range the protocol leaves to applications."""

    close_code: ClassVar[int] = 4400


class StreamRoomUnknown(StreamRefused):
    """No meeting has this room, and its participants are in none either; parameter `key`."""

    code = "live_room_unknown"
    http_status = 404
    close_code = 4404


class StreamMeetingOver(StreamRefused):
    """The meeting is closed or cancelled."""

    code = "live_meeting_over"
    http_status = 410
    close_code = 4410


class StreamClassified(StreamRefused):
    """The meeting is marked mật or above: nothing of it is heard here (Decree 26/2020/NĐ-CP, art. 6)."""

    code = "classified_refused"
    http_status = 403
    close_code = 4403


class StreamTokenRefused(StreamRefused):
    """No key, or a wrong one."""

    code = "live_token_refused"
    http_status = 401
    close_code = 4401
