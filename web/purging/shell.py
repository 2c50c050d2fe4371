"""What stays of a purged meeting: that it took place, who was there, and nothing of what it was about.

Who heard it must be known afterwards; so presence and roll call are kept, their free words emptied. Everything else
that leads to the meeting goes (`core.purging.extent`).
"""

from core.purging.closing import purged_of
from core.purging.erasing import Emptied
from orchestrator.meetings.models import Meeting

# Known to every process: the tasks of this room are imported by all of them.
purged_of(Meeting.__table__)  # type: ignore[arg-type]

#: Tables of the meeting that are kept, each with its reason.
KEPT: dict[str, str] = {
    "meeting_endpoint": "which endpoints were connected",
    "participant": "who was invited to be there",
    "presence_interval": "which connections were in the room, and when",
    "room_life": "when the room stood",
    "roll_entry": "who was there by the roll call",
    "head_count": "how many sat at an endpoint",
    "room_ending": "the room may still be on its way to being closed",
}
#: Where there was a title.
TITLE = "(đã tiêu hủy nội dung)"
#: Free words of what is kept: table → column of the meeting's id → new values.
EMPTIED: Emptied = {
    "meeting": (
        "id",
        {"title": TITLE, "body_name": "", "search_text": "", "time_warnings": [], "cancelled_because": ""},
    ),
    "participant": ("meeting_id", {"absence_reason": ""}),
    "roll_entry": ("meeting_id", {"reason": ""}),
    "room_ending": ("meeting_id", {"reason": ""}),
    "lifecycle_event": ("object_id", {"detail": {}}),
}
