"""What the directory refuses; the sentences are in `messages.py`."""

from core.errors import Refusal


class UnitCircle(Refusal):
    """A unit would stand below itself; parameters `unit`, `parent`."""

    code = "unit_circle"
    http_status = 409


class StillInUse(Refusal):
    """The entry is referred to and can only be retired; parameters `what`, `name`."""

    code = "still_in_use"
    http_status = 409


class HasActiveUnits(Refusal):
    """A unit with active units below it cannot be retired; parameters `unit`, `count`, `names`."""

    code = "has_active_units"
    http_status = 409


class EntryRetired(Refusal):
    """The entry referred to is no longer used; parameters `what`, `name`."""

    code = "entry_retired"
    http_status = 409


class TableUnreadable(Refusal):
    """A file of the directory cannot be read as a table; parameters `file`, `reason`."""

    code = "table_unreadable"
    http_status = 422


class ImportRefused(Refusal):
    """The table has faults and nothing was written; parameters `file`, `count`, `first`."""

    code = "import_refused"
    http_status = 422
