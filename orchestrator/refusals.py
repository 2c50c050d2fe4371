"""What the orchestrator refuses, one class per way of failing; the sentences are in `messages.py`."""

from core.errors import Refusal
from core.messages import phrase


class DuplicateCode(Refusal):
    """A unit, endpoint or the like with this code exists; parameters `taken`, `what`."""

    code = "duplicate_code"
    http_status = 409


class UnknownReference(Refusal):
    """A plan names something that is not in the directory; parameters `what`, `id`."""

    code = "unknown_reference"
    http_status = 422


class CapExceeded(Refusal):
    """Too many for a cap.

    Parameters `place`, `counted`, `maximum`, `surplus`, `policy`, `basis`, `policy_id`, `exceed`. `policy_id` is None
    for the chairs of a room; `exceed` says who may let the meeting exceed it, or is empty.
    """

    code = "cap_exceeded"
    http_status = 409

    def sentence(self, locale: str = "") -> str:
        """The words of the scope, and who may let this meeting exceed the cap."""
        exceed = phrase(str(self.params.get("exceed", "")).strip(), locale)
        return " ".join(part for part in (super().sentence(locale), exceed) if part)


class RoomCapExceeded(CapExceeded):
    """Too many people in the room of one endpoint."""

    code = "cap_exceeded_room"


class MeetingCapExceeded(CapExceeded):
    """Too many people over all rooms of the meeting."""

    code = "cap_exceeded_meeting"


class ConnectionCapExceeded(CapExceeded):
    """Too many connections for one conference room."""

    code = "cap_exceeded_connections"


class Overlap(Refusal):
    """Something is in another meeting at that time; parameters `title`, `number`, `starts`, `ends` of the other one."""

    code = "overlap"
    http_status = 409


class EndpointTaken(Overlap):
    """The endpoint takes part in another meeting; parameter `endpoint`."""

    code = "endpoint_taken"


class ChairTaken(Overlap):
    """The chair chairs another meeting; parameter `chair`."""

    code = "chair_taken"


class MeetingOver(Refusal):
    """The plan of a closed or cancelled meeting no longer changes."""

    code = "meeting_over"
    http_status = 409


class HookUnauthorised(Refusal):
    """A hook was called without its key, or with a wrong one."""

    code = "hook_unauthorised"
    http_status = 401


class HookUnreadable(Refusal):
    """A hook's body lacks what it must have; parameter `reason`."""

    code = "hook_unreadable"
    http_status = 400
