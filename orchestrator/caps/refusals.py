"""What the caps refuse beside an excess itself; the sentences are in `messages.py`."""

from core.errors import Refusal


class CapInForce(Refusal):
    """The same policy binds already; parameters `name`, `basis`."""

    code = "cap_in_force"
    http_status = 409


class ExceptionNotAllowed(Refusal):
    """The actor's roles may not let a meeting exceed this policy; parameters `policy`, `basis`, `who`."""

    code = "exception_not_allowed"
    http_status = 403


class ExceptionNotNeeded(Refusal):
    """The policy does not bind the meeting; parameter `policy`."""

    code = "exception_not_needed"
    http_status = 409
