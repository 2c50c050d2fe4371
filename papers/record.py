"""The record of a meeting (biên bản, form 1.9 of Decree 30/2020): what it says, and how it stands on the page.

In: RecordContent with or without a number. Out: a `Sheet`. The form has no line of place and date; the secretary signs
on the left, the chair on the right, the recipients stand below both. Nothing is made up: what is empty leaves room.
"""

from typing import Self

from pydantic import AwareDatetime, model_validator

from papers import form
from papers.body import dashed, ended
from papers.content import PaperContent
from papers.layout import beside_secretary, lay_out_paper
from papers.sheet import Block, Sheet
from papers.signers import SignerBlock
from papers.times import spoken_day, spoken_hour
from papers.values import Body, Line, Symbol, Value

TITLE = "BIÊN BẢN"
MAXIMUM_LINES = 500


class RecordPart(Value):
    """A point of the agenda, and what happened there."""

    heading: Line = ""
    paragraphs: tuple[Body, ...] = ()


class RecordContent(PaperContent):
    """A whole record, without its number. `signer` is the chair, `secretary_signer` the secretary."""

    symbol_suffix: Symbol = "BB"
    starts_at: AwareDatetime | None = None
    ends_at: AwareDatetime | None = None
    places: tuple[Line, ...] = ()
    attendees: tuple[Line, ...] = ()
    absentees: tuple[Line, ...] = ()
    chair: Line = ""
    secretary: Line = ""
    parts: tuple[RecordPart, ...] = ()
    secretary_signer: SignerBlock = SignerBlock(title="THƯ KÝ")

    @model_validator(mode="after")
    def _is_sound(self) -> Self:
        if max(len(self.attendees), len(self.parts), len(self.places), len(self.absentees)) > MAXIMUM_LINES:
            raise ValueError(f"more than {MAXIMUM_LINES} lines")
        return self


def lay_out_record(content: RecordContent, number: int | None = None, *, draft: bool = False) -> Sheet:
    """Turn a record into what is printed; without a number there is room for the registrar's."""
    sheet = lay_out_paper(
        content, title=TITLE, blocks=_blocks(content), number=number, mark=form.DRAFT_MARK if draft else "", dated=False
    )
    return beside_secretary(sheet, content.secretary_signer)


def _blocks(content: RecordContent) -> tuple[Block, ...]:
    blocks = [
        Block("text", f"Thời gian bắt đầu: {_moment(content)}"),
        *_listed("Địa điểm:", content.places),
        *_listed("Thành phần tham dự:", content.attendees),
        *(_listed("Vắng mặt:", content.absentees) if content.absentees else ()),
        Block("text", f"Chủ trì (chủ tọa): {content.chair or form.DOTS}"),
        Block("text", f"Thư ký (người ghi biên bản): {content.secretary or form.DOTS}"),
        Block("text", "Nội dung (theo diễn biến cuộc họp):"),
    ]
    for position, part in enumerate(content.parts, start=1):
        if part.heading:
            blocks.append(Block("heading", f"{position}. {part.heading}"))
        blocks += [Block("text", paragraph) for paragraph in part.paragraphs if paragraph]
    blocks.append(Block("text", f"Cuộc họp kết thúc vào {_end(content)}"))
    return ended(blocks)


def _listed(label: str, lines: tuple[str, ...]) -> list[Block]:
    kept = [line for line in lines if line]
    if len(kept) > 1:
        return [Block("text", label), *(Block("dash", line) for line in dashed(kept))]
    return [Block("text", f"{label} {kept[0] if kept else form.DOTS}")]


def _moment(content: RecordContent) -> str:
    start = content.starts_at
    return f"{spoken_hour(start)}, {spoken_day(start)}" if start else form.DOTS


def _end(content: RecordContent) -> str:
    end = content.ends_at
    return f"{spoken_hour(end)}, {spoken_day(end).partition(', ')[2]}" if end else form.DOTS
