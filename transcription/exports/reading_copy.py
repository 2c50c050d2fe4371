"""A transcript and a few facts go in, a text to read comes out: plain (UTF-8) or Word. It is no administrative paper.

Whether a person has gone over the words stands at the top: a machine's text must never be taken for a record.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from transcription.document import TranscriptDocument
from transcription.exports.turns import clock, speeches
from transcription.exports.vtt import NO_SPEECH_NOTE

FONT = "Times New Roman"
NOTHING = NO_SPEECH_NOTE.removeprefix("NOTE ")
#: Word files carry a moment of their making; a fixed one makes the same text the same bytes.
_MADE_AT = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Heading:
    """What stands above the text: a title, and lines under it (when, which revision, whether people went over it)."""

    title: str
    lines: Sequence[str]

    @classmethod
    def of(cls, meeting: str, when: str, revision: int) -> "Heading":
        """Of the transcript of a meeting; revision 0 is the machine's."""
        read = f"Bản {revision}, đã có người sửa" if revision else "Máy gỡ, chưa có người xác nhận"
        return cls(f"Bản gỡ băng: {meeting}", [when, read])


def to_txt(document: TranscriptDocument, heading: Heading) -> str:
    """Plain text; every speech is a paragraph `[12:05] Name: words`."""
    told = [f"[{clock(speech.start)}] {_named(speech.speaker)}{speech.text}" for speech in speeches(document)]
    return "\n".join([heading.title, *heading.lines, "", *(told or [NOTHING])]) + "\n"


def to_docx(document: TranscriptDocument, heading: Heading) -> bytes:
    """The same as a Word file: A4, the margins of office papers, the speaker's name bold, the time in grey."""
    paper = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = section.right_margin = Mm(20)
    section.left_margin = Mm(30)
    style = paper.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(13)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    title = paper.add_paragraph()
    title.add_run(_printable(heading.title)).bold = True
    for line in heading.lines:
        paper.add_paragraph().add_run(_printable(line)).italic = True
    found = list(speeches(document))
    for speech in found:
        paragraph = paper.add_paragraph()
        paragraph.add_run(f"[{clock(speech.start)}] ").font.size = Pt(10)
        paragraph.add_run(_printable(_named(speech.speaker))).bold = True
        paragraph.add_run(_printable(speech.text))
    if not found:
        paper.add_paragraph(NOTHING)
    told = paper.core_properties
    told.title, told.author, told.language = _printable(heading.title)[:250], "", "vi-VN"
    told.created = told.modified = _MADE_AT
    buffer = BytesIO()
    paper.save(buffer)
    return buffer.getvalue()


def _named(speaker: str) -> str:
    return f"{speaker}: " if speaker else ""


def _printable(text: str) -> str:
    """What XML 1.0 can hold; imported captions may bring anything."""
    return "".join(letter for letter in text if letter.isprintable())
