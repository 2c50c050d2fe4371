"""Ways in which drafting is refused. Sentences are in messages.py beside this file."""

import minutes.drafting.messages  # noqa: F401  (registers the sentences)
from core.errors import Refusal


class UnreadableInput(Refusal):
    """A file given for reading cannot be: missing, too big, damaged, of another kind. Parameters `name` and
    `reason`."""

    code = "unreadable_input"
    http_status = 422


class NothingToDraftFrom(Refusal):
    """A draft was asked for a meeting without a transcript."""

    code = "nothing_to_draft_from"
    http_status = 409
