"""The invitation letter (giấy mời, form 1.7 of Decree 30/2020): what it says, and how it stands on the page.

In: InvitationContent with number and date, or without them. Out: a `Sheet`. Nothing is made up: a part that is empty
leaves its dotted room on the page, as the form has it. Decision 45/2018/QĐ-TTg also asks for the subject of the meeting
and for what is asked of those who come: `substance`, `agenda`, `notes`. Pure.
"""

from datetime import date
from typing import Self

from pydantic import AwareDatetime, model_validator

from papers import form
from papers.body import dashed, ended
from papers.content import PaperContent
from papers.layout import lay_out_paper
from papers.sheet import Block, Sheet
from papers.times import spoken_span
from papers.values import Body, Line, Symbol

TITLE = "GIẤY MỜI"
MAXIMUM_LINES = 300
_INVITES = "trân trọng kính mời"
_FAREWELL = "Trân trọng kính mời."


class InvitationContent(PaperContent):
    """A whole invitation letter, without number and date. Lists are of at most 300 lines each."""

    symbol_suffix: Symbol = "GM"
    #: Who invites, as the sentence says it ("Bộ trưởng Bộ Mẫu"); the issuing body where it is empty.
    inviter: Line = ""
    #: One is printed on the line of the invitation, several on a line each.
    invitees: tuple[Line, ...] = ()
    #: What to come to: "cuộc họp giao ban trực tuyến tháng 11 năm 2026 của Bộ".
    occasion: Line = ""
    substance: Body = ""
    agenda: tuple[Line, ...] = ()
    chair: Line = ""
    starts_at: AwareDatetime | None = None
    ends_at: AwareDatetime | None = None
    #: One place, or the central endpoint and those that join it ("Điểm cầu trung tâm: …").
    places: tuple[Line, ...] = ()
    #: Address of the online room, printed as it is given.
    link: Line = ""
    #: Paragraphs on papers to bring, answers wanted, dress.
    notes: tuple[Body, ...] = ()
    #: "Ông Lò Văn Páo, Trung tâm Thông tin, điện thoại …".
    contact: Line = ""
    closing: Body = ""

    @model_validator(mode="after")
    def _is_sound(self) -> Self:
        if max(len(self.invitees), len(self.agenda), len(self.places), len(self.notes)) > MAXIMUM_LINES:
            raise ValueError(f"more than {MAXIMUM_LINES} lines")
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValueError("the meeting ends before it begins")
        return self


def lay_out_invitation(
    content: InvitationContent,
    number: int | None = None,
    issued_on: date | None = None,
    *,
    year: int | None = None,
    draft: bool = False,
) -> Sheet:
    """Turn an invitation into what is printed; without number and date there is room for the registrar's (F15).

    Args:
        year: filled in beside a blank day and month where the context gives it.
        draft: adds the mark "Dự thảo" and the list of what is to be checked.
    """
    return lay_out_paper(
        content,
        title=TITLE,
        blocks=_blocks(content),
        number=number,
        issued_on=issued_on,
        year=year,
        mark=form.DRAFT_MARK if draft else "",
    )


def _blocks(content: InvitationContent) -> tuple[Block, ...]:
    blocks = [
        *_listed(f"{content.inviter or content.issuing_body or form.DOTS} {_INVITES}:", content.invitees),
        Block("text", f"Tới dự {content.occasion or form.DOTS}"),
        *_subject_matter(content),
        Block("text", f"Chủ trì: {content.chair or form.DOTS}"),
        Block("text", f"Thời gian: {spoken_span(content.starts_at, content.ends_at)}"),
        *_listed("Địa điểm:", content.places),
    ]
    if content.link:
        blocks.append(Block("text", f"Đường dẫn vào họp trực tuyến: {content.link}"))
    blocks += [Block("text", note) for note in content.notes if note]
    if content.contact:
        blocks.append(Block("text", f"Đầu mối liên hệ: {content.contact}"))
    # An end mark behind an address would become part of it.
    closing = content.closing or (_FAREWELL if _ends_in_address(blocks[-1].text) else "")
    if closing:
        blocks.append(Block("text", closing))
    return ended([_stopped(block) for block in blocks])


def _subject_matter(content: InvitationContent) -> list[Block]:
    if not content.substance and not content.agenda:
        return []
    if not content.agenda:
        return [Block("text", f"Nội dung: {content.substance}")]
    label = f"Nội dung: {content.substance}" if content.substance else "Nội dung:"
    return [Block("text", label), *(Block("dash", line) for line in dashed(content.agenda))]


def _listed(label: str, lines: tuple[str, ...]) -> list[Block]:
    """One on the line of the label, several below it, room to write where there is none."""
    kept = [line for line in lines if line]
    if len(kept) > 1:
        return [Block("text", label), *(Block("dash", line) for line in dashed(kept))]
    return [Block("text", f"{label} {kept[0] if kept else form.DOTS}")]


def _stopped(block: Block) -> Block:
    """A full stop behind a line that ends in a letter; addresses and labels keep their end."""
    if block.role != "text" or not block.text[-1:].isalnum() or _ends_in_address(block.text):
        return block
    return Block("text", f"{block.text}.")


def _ends_in_address(text: str) -> bool:
    """Whether the last word is an address of a page or of a mailbox."""
    last = text.rsplit(" ", 1)[-1]
    return "://" in last or "@" in last
