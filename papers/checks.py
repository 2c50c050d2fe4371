"""The fifteen form checks F01–F15 on any DOCX or PDF; `diemcau check` and the editor call `check_file`."""

from pathlib import Path

from papers.checking import body_rules, ending_rules, fact_rules, header_rules, page_rules
from papers.checking.docx_reading import read_docx
from papers.checking.fact_rules import MeetingFacts, facts_of
from papers.checking.pdf_reading import read_pdf
from papers.checking.reading import Reading
from papers.checking.results import CheckResult
from papers.refusals import UnreadableDocument

__all__ = ["CheckResult", "MeetingFacts", "UnreadableDocument", "check_file", "check_reading", "facts_of_invitation"]

_DOCX_START, _PDF_START = b"PK", b"%PDF-"


def check_file(path: Path, facts: MeetingFacts | None = None) -> list[CheckResult]:
    """All fifteen, in order. The kind of file is told by its first bytes, not by its name.

    Args:
        facts: what the meeting was, for F13; without it that check does not apply.

    Raises:
        UnreadableDocument: missing, empty, no DOCX or PDF, broken, locked or too large.
    """
    return check_reading(read(path), facts)


def facts_of_invitation(path: Path) -> MeetingFacts:
    """Day and chair of the meeting as its invitation gives them, for F13 of the papers after it.

    Raises:
        UnreadableDocument: as `check_file`.
    """
    return facts_of(read(path))


def check_reading(reading: Reading, facts: MeetingFacts | None = None) -> list[CheckResult]:
    """The checks on a document that was read already."""
    return [
        page_rules.check_paper(reading),
        page_rules.check_margins(reading),
        page_rules.check_letters(reading),
        header_rules.check_motto(reading),
        header_rules.check_rules(reading),
        header_rules.check_number_and_date(reading),
        header_rules.check_place(reading),
        ending_rules.check_recipients(reading),
        ending_rules.check_signer(reading),
        body_rules.check_citations(reading),
        ending_rules.check_end_mark(reading),
        page_rules.check_signature_block(reading),
        fact_rules.check_facts(reading, facts),
        body_rules.check_numbering(reading),
        header_rules.check_blanks(reading),
    ]


def read(path: Path) -> Reading:
    """The document as the checks see it. Raises UnreadableDocument."""
    try:
        with path.open("rb") as stream:
            start = stream.read(len(_PDF_START))
    except OSError as error:
        raise UnreadableDocument(name=path.name, reason="không mở được tệp") from error
    if start.startswith(_DOCX_START):
        return read_docx(path)
    if start.startswith(_PDF_START):
        return read_pdf(path)
    raise UnreadableDocument(name=path.name, reason="tệp rỗng hoặc không phải DOCX, PDF")
