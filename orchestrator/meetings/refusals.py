"""What the planning of meetings refuses, one class per way of failing; the sentences are in `messages.py`."""

from core.errors import Refusal
from orchestrator.refusals import Overlap


class RoomTaken(Overlap):
    """The physical room of an endpoint holds another meeting; parameters `room`, `endpoint`."""

    code = "room_taken"


class MeetingNotPlanned(Refusal):
    """The plan of an open meeting is not edited."""

    code = "meeting_not_planned"
    http_status = 409


class NotExtendable(Refusal):
    """Only an open meeting is extended."""

    code = "not_extendable"
    http_status = 409


class ExtensionBlocked(Overlap):
    """Another meeting needs an endpoint, the chair or a room; parameters `minutes`, `what`, `advice`."""

    code = "extension_blocked"


class SeriesRuleInvalid(Refusal):
    """The text of a recurrence rule cannot be used; parameters `rule`, `reason`."""

    code = "series_rule_invalid"
    http_status = 422


class SeriesTooLong(Refusal):
    """More meetings than a series may have at once; parameter `most`."""

    code = "series_too_long"
    http_status = 422


class SeriesEndless(Refusal):
    """A rule without an end needs a last day to plan for; parameter `days`."""

    code = "series_endless"
    http_status = 422


class SeriesEmpty(Refusal):
    """The rule gives no day; parameters `first`, `last`."""

    code = "series_empty"
    http_status = 422


class SeriesOver(Refusal):
    """The series was ended."""

    code = "series_over"
    http_status = 409


class SeriesOccurrenceRefused(Refusal):
    """One meeting of a series is not possible; parameters `day`, `sentence`, `because` (code of the refusal)."""

    code = "series_occurrence"
    http_status = 409


class TemplateNameTaken(Refusal):
    """A template in use has this name; parameter `name`."""

    code = "template_name_taken"
    http_status = 409


class TemplateRetired(Refusal):
    """The template is no longer used."""

    code = "template_retired"
    http_status = 409


class RoomNameTaken(Refusal):
    """A physical room has this name; parameter `name`."""

    code = "room_name_taken"
    http_status = 409


class RoomInUse(Refusal):
    """Two planned meetings would need the same room at once; parameter `room`."""

    code = "room_in_use"
    http_status = 409
