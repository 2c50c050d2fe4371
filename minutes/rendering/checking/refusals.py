"""Ways in which a check is refused."""

import minutes.messages  # noqa: F401  (registers the sentences)
from core.errors import Refusal


class UnreadableDocument(Refusal):
    """Not a DOCX or PDF, broken, encrypted or unreasonably large; parameters `name` and `reason`."""

    code = "unreadable_document"
    http_status = 422
