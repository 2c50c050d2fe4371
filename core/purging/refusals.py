"""Why a purge is refused."""

from core.errors import Refusal
from core.purging import messages as messages  # registers the sentences


class PurgeBusy(Refusal):
    """Others are writing to the same tables."""

    code = "purge_busy"
    http_status = 409


class PurgeStillRunning(Refusal):
    """A worker has something of it in hand."""

    code = "purge_still_running"
    http_status = 409


class PurgeOpenAlready(Refusal):
    """One is asked for, or on its way; parameter `meeting`: its code."""

    code = "purge_open_already"
    http_status = 409


class SecondPersonNeeded(Refusal):
    """Who asked cannot confirm."""

    code = "purge_second_person"
    http_status = 403


class CodeNotRepeated(Refusal):
    """What was typed to be sure is not the object's code."""

    code = "purge_code_not_repeated"
    http_status = 422


class RegisterUnreadable(Refusal):
    """No register of purges, or one that was changed."""

    code = "purge_register_unreadable"
    http_status = 422


class RegisterForeign(Refusal):
    """It names a meeting that is another one here; parameter `meeting`: the code in the register."""

    code = "purge_register_foreign"
    http_status = 422
