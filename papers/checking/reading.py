"""What the form checks look at, whatever the file: pages, lines of text with their looks and places, and drawn rules.

Lengths are millimetres from the top left corner, letter sizes are points. What a format does not tell is None, and a
rule that needs it answers "không áp dụng".
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from papers.kinds import RECORD, TYPE_CODES

Column = Literal["left", "right", "full"]
Format = Literal["docx", "pdf"]

_RECORD_SIGNERS = re.compile(r"^\s*(THƯ KÝ|NGƯỜI GHI BIÊN BẢN|CHỦ TỌA|CHỦ TRÌ)\b")
RECIPIENTS = re.compile(r"^\s*nơi nhận\s*:", re.IGNORECASE)
ADDRESSED = re.compile(r"^\s*Kính gửi\b", re.IGNORECASE)
#: Where a paper without a title ends its head, if nothing says so: about a dozen lines.
_HEAD_LINES, _LONGEST_HEAD = 12, 30


@dataclass(frozen=True)
class Box:
    """A rectangle on a page."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2

    @property
    def width(self) -> float:
        return self.right - self.left


@dataclass(frozen=True)
class TextLine:
    """One line (PDF) or one paragraph or part of it between line breaks (DOCX)."""

    text: str
    size: float | None = None
    bold: bool = False
    italic: bool = False
    fonts: frozenset[str] = frozenset()
    column: Column = "full"
    page: int = 1
    box: Box | None = None
    #: Whether a paragraph begins here; lines of a PDF that only go on are False.
    begins: bool = True
    underlined: bool = False
    #: Whether it stands in a table of figures, which is no running text.
    in_table: bool = False


@dataclass(frozen=True)
class DrawnRule:
    """A horizontal line and the lines of text right above it, top to bottom, with their widths."""

    length: float
    above: tuple[TextLine, ...]
    widths: tuple[float, ...]


@dataclass(frozen=True)
class Margins:
    """Distances from the edges to the text; None where the page does not show it."""

    top: float | None
    bottom: float | None
    left: float | None
    right: float | None


@dataclass(frozen=True)
class Reading:
    """A document as the checks see it."""

    format: Format
    page_sizes: tuple[tuple[float, float], ...]
    margins: tuple[Margins, ...]
    lines: tuple[TextLine, ...]
    rules: tuple[DrawnRule, ...]
    #: Page numbers and other lines in the margins.
    furniture: tuple[TextLine, ...] = ()
    #: None where the layout does not show a block of signature.
    signature_is_whole: bool | None = None
    signer_name: str | None = None
    #: Who signs beside the other: the secretary of a record (form 1.9).
    co_signer_name: str | None = None
    #: Fonts a PDF names but does not carry.
    fonts_not_embedded: tuple[str, ...] = ()

    def recipients_at(self) -> int | None:
        """Index of the line "Nơi nhận:"."""
        return next((index for index, line in enumerate(self.lines) if RECIPIENTS.match(line.text)), None)

    def title_at(self) -> int | None:
        """Index of the line with the type of document ("THÔNG BÁO")."""
        return next((index for index, line in enumerate(self.lines) if line.text.strip() in TYPE_CODES), None)

    def kind(self) -> str:
        """The type of document as its title has it, empty where no title is known (a công văn has none)."""
        at = self.title_at()
        return "" if at is None else self.lines[at].text.strip()

    def header(self) -> tuple[TextLine, ...]:
        """Lines above the title; of a công văn, which has none, those above "Kính gửi"."""
        return self.lines[: self._head_ends()]

    def _head_ends(self) -> int:
        title = self.title_at()
        if title is not None:
            return title
        first = (at for at, line in enumerate(self.lines[:_LONGEST_HEAD]) if ADDRESSED.match(line.text))
        return next(first, _HEAD_LINES)

    def addressees(self) -> tuple[TextLine, ...]:
        """ "Kính gửi" with the lines of those it names, empty where nobody is addressed (II.9b)."""
        start, end = self._addressed()
        return self.lines[start:end]

    def _addressed(self) -> tuple[int, int]:
        lines = self.lines[: self.recipients_at()]
        start = next((at for at, line in enumerate(lines) if ADDRESSED.match(line.text)), None)
        if start is None:
            return 0, 0
        end = start + 1
        if lines[start].text.strip().endswith(":"):
            while end < len(lines) and (_is_listed(lines[end]) or _goes_on(lines[end - 1])):
                end += 1
        return start, end

    def body(self) -> tuple[TextLine, ...]:
        """Lines between the subject, or the head of a công văn, and "Nơi nhận:"; whom it addresses left out."""
        title, (addressed, text) = self.title_at(), self._addressed()
        start = self._head_ends() if title is None and text else 0 if title is None else title + 1
        while (
            start < len(self.lines)
            and title is not None
            and self.lines[start].bold
            and not self.lines[start].in_table
            and not _is_numbered(self.lines[start].text)
        ):
            start += 1
        lines = enumerate(self.lines[: self.recipients_at()])
        body = [line for at, line in lines if at >= start and not addressed <= at < text and not line.in_table]
        if self.kind() == RECORD:
            # Here the signatures stand between the body and the recipients.
            signed = next((at for at, line in enumerate(body) if is_signer_of_record(line.text)), len(body))
            body = body[:signed]
        return tuple(body)

    def body_paragraphs(self) -> tuple[str, ...]:
        """The body with lines joined to paragraphs."""
        paragraphs: list[str] = []
        for line in self.body():
            if line.begins or not paragraphs:
                paragraphs.append(line.text.strip())
            else:
                paragraphs[-1] = f"{paragraphs[-1]} {line.text.strip()}"
        return tuple(paragraph for paragraph in paragraphs if paragraph)


def plain(text: str) -> str:
    """NFC, every kind of space one ordinary space, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _is_listed(line: TextLine) -> bool:
    return line.text.lstrip().startswith("-")


def _goes_on(line: TextLine) -> bool:
    return _is_listed(line) and not line.text.rstrip().endswith((";", "."))


def is_signer_of_record(text: str) -> bool:
    """Whether a line is the office under which a record is signed (form 1.9)."""
    return _RECORD_SIGNERS.match(text) is not None


def _is_numbered(text: str) -> bool:
    return re.match(r"\s*([IVX]+|\d+)\.\s", text) is not None
