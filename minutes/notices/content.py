"""What a conclusion notice says, apart from how it looks: one frozen value that drafting makes, people edit and
rendering prints.

In: plain strings of any origin (machine, browser, upload). Out: NFC text without control or direction-changing
characters, in a value that can be hashed, stored as JSON and compared. Numbers and dates of issue are not part of it:
they belong to the registrar (Decree 30/2020, art. 15).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from papers.content import PaperContent
from papers.values import Body, Line, Symbol, Value

#: Kinds of item, as in the contract of `diemcau extract`; "statement" is prose that assigns nothing (assessment).
ItemKind = Literal[
    "directive", "standing_duty", "prohibition", "responsibility", "commendation", "decision", "statement"
]
MAXIMUM_ITEMS = 2000


class Span(Value):
    """Where something was said: seconds from the start of the recording (characters, for items read from a text)."""

    start: float = Field(ge=0, allow_inf_nan=False)
    end: float = Field(ge=0, allow_inf_nan=False)

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.end < self.start:
            raise ValueError("end before start")
        return self


class DeadlineFacts(Value):
    """A deadline as said (`raw`), as understood (`iso` date or date-time, or `rrule`), and its kind (LANGUAGE §1.4)."""

    raw: Line = ""
    iso: str | None = Field(default=None, max_length=40)
    kind: str = Field(default="none", max_length=40)
    rrule: str | None = Field(default=None, max_length=200)


class Paragraph(Value):
    """A paragraph of the opening, with the spans it was written from."""

    text: Body
    evidence: tuple[Span, ...] = ()


class NoticeItem(Value):
    """One conclusion. `text` is what is printed; lead, action and deadline are what the register of tasks is made of.

    `heading` makes a bold line of its own above (a topic, or the unit whose tasks are the `children`). `id` is stable
    from revision to revision, so that comments, evidence and tasks keep pointing at the same item. `lead_unit_ids`
    names the units of the directory where they are certain; a collective lead ("các đơn vị") leaves them empty.
    """

    id: str = Field(min_length=1, max_length=64)
    text: Body = ""
    kind: ItemKind = "statement"
    heading: Line = ""
    lead: tuple[Line, ...] = ()
    coordinating: tuple[Line, ...] = ()
    action: Body = ""
    deadline: DeadlineFacts | None = None
    references: tuple[Line, ...] = ()
    evidence: tuple[Span, ...] = ()
    children: tuple[NoticeItem, ...] = ()
    lead_unit_ids: tuple[UUID, ...] = ()
    coordinating_unit_ids: tuple[UUID, ...] = ()


class Section(Value):
    """A part of the body. With a heading it is printed "I. ĐÁNH GIÁ CHUNG"; its items are numbered 1., 2. …

    `numbered=False` prints the items as plain paragraphs (an assessment in prose). Items' children are printed with
    dashes, grandchildren with plus signs, as notices do.
    """

    heading: Line | None = None
    items: tuple[NoticeItem, ...] = ()
    numbered: bool = True


class NoticeContent(PaperContent):
    """A whole conclusion notice (form 1.4 of Decree 30/2020), without number and date."""

    symbol_suffix: Symbol = "TB"
    title_type: Line = "THÔNG BÁO"
    opening: tuple[Paragraph, ...] = ()
    sections: tuple[Section, ...] = ()
    closing: Body = ""
    #: "Kính gửi" of a công văn (form 1.5), which has no title; a notice has none.
    addressees: tuple[Line, ...] = ()
    #: True until a person has saved a revision: drafts then carry the mark "Dự thảo do máy lập".
    machine_made: bool = False

    @model_validator(mode="after")
    def _is_of_sane_size(self) -> Self:
        ids = [item.id for item in self.items()]
        if len(ids) > MAXIMUM_ITEMS:
            raise ValueError(f"more than {MAXIMUM_ITEMS} items")
        if len(set(ids)) != len(ids):
            raise ValueError("item ids are not unique")
        return self

    @property
    def is_letter(self) -> bool:
        """Whether this is a công văn: addressed to somebody, without a title (form 1.5)."""
        return bool(self.addressees) and not self.title_type

    def items(self) -> Iterator[NoticeItem]:
        """Every item of every section, parents before children, in the order of print."""
        for section in self.sections:
            yield from _walk(section.items)

    def directives(self) -> tuple[NoticeItem, ...]:
        """The items that become tasks."""
        return tuple(item for item in self.items() if item.kind == "directive")


def _walk(items: tuple[NoticeItem, ...]) -> Iterator[NoticeItem]:
    for item in items:
        yield item
        yield from _walk(item.children)
