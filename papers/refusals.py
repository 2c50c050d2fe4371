"""Ways in which printing or reading a paper is refused."""

import papers.messages  # noqa: F401  (registers the sentences)
from core.errors import Refusal


class UnprintableText(Refusal):
    """Letters that the font cannot show; parameter `letters`."""

    code = "unprintable_text"
    http_status = 422


class FontMissing(Refusal):
    """No font with Vietnamese letters is installed; the sentence names the package."""

    code = "font_missing"
    http_status = 503


class TemplateRefused(Refusal):
    """A template names an unknown field, is not valid Jinja, or tries to leave the sandbox; parameter `reason`."""

    code = "template_refused"
    http_status = 422


class TableTooLarge(Refusal):
    """A table of more rows or columns than a paper may have; parameters `rows`, `columns`, `most_rows`,
    `most_columns`."""

    code = "table_too_large"
    http_status = 422


class UnreadableDocument(Refusal):
    """Not a DOCX or PDF, broken, encrypted or unreasonably large; parameters `name` and `reason`."""

    code = "unreadable_document"
    http_status = 422
