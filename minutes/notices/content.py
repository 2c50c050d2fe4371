"""What a conclusion notice says, apart from how it looks: one frozen value that drafting makes, people edit and
rendering prints.

In: plain strings of any origin (machine, browser, upload). Out: NFC text without control or direction-changing
characters, in a value that can be hashed, stored as JSON and compared. Numbers and dates of issue are not part of it:
they belong to the registrar (Decree 30/2020, art. 15).
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

#: Kinds of item, as in the contract of `diemcau extract`; "statement" is prose that assigns nothing (assessment).
ItemKind = Literal[
    "directive", "standing_duty", "prohibition", "responsibility", "commendation", "decision", "statement"
]
#: Urgency marks of Decree 30/2020, annex I, III.2b; empty is the ordinary case.
Urgency = Literal["", "KHẨN", "THƯỢNG KHẨN", "HỎA TỐC"]

_DROPPED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_SPACES = re.compile(r"[ \t\r\n\f\v\u0085\u2028\u2029]+")
MAXIMUM_ITEMS = 2000


def clean_text(text: str) -> str:
    """NFC on one line, without control, format, private-use or direction-changing characters; no-break spaces stay."""
    spaced = _SPACES.sub(" ", unicodedata.normalize("NFC", text))
    kept = "".join(letter for letter in spaced if unicodedata.category(letter) not in _DROPPED_CATEGORIES)
    return _SPACES.sub(" ", kept).strip(" ")


Line = Annotated[str, Field(max_length=4000), AfterValidator(clean_text)]
Body = Annotated[str, Field(max_length=20000), AfterValidator(clean_text)]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(_Value):
    """Where something was said: seconds from the start of the recording (characters, for items read from a text)."""

    start: float = Field(ge=0, allow_inf_nan=False)
    end: float = Field(ge=0, allow_inf_nan=False)

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.end < self.start:
            raise ValueError("end before start")
        return self


class DeadlineFacts(_Value):
    """A deadline as said (`raw`), as understood (`iso` date or date-time, or `rrule`), and its kind (LANGUAGE §1.4)."""

    raw: Line = ""
    iso: str | None = Field(default=None, max_length=40)
    kind: str = Field(default="none", max_length=40)
    rrule: str | None = Field(default=None, max_length=200)


class Paragraph(_Value):
    """A paragraph of the opening, with the spans it was written from."""

    text: Body
    evidence: tuple[Span, ...] = ()


class NoticeItem(_Value):
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


class Section(_Value):
    """A part of the body. With a heading it is printed "I. ĐÁNH GIÁ CHUNG"; its items are numbered 1., 2. …

    `numbered=False` prints the items as plain paragraphs (an assessment in prose). Items' children are printed with
    dashes, grandchildren with plus signs, as notices do.
    """

    heading: Line | None = None
    items: tuple[NoticeItem, ...] = ()
    numbered: bool = True


class SignerBlock(_Value):
    """Who signs. `authority_lines` are the TM./KT./TL./TUQ. lines above ("TL. BỘ TRƯỞNG"), `title` the signer's own
    office in capitals ("CHÁNH VĂN PHÒNG"), `capacity` another office printed above the name (II.7c: leading boards)."""

    authority_lines: tuple[Line, ...] = ()
    title: Line = ""
    name: Line = ""
    capacity: tuple[Line, ...] = ()


class NoticeContent(_Value):
    """A whole conclusion notice (form 1.4 of Decree 30/2020), without number and date."""

    issuing_parent: Line = ""
    issuing_body: Line = ""
    #: What follows "Số: 05/", e.g. "TB-BNV" or "TB-BCĐ".
    symbol_suffix: Annotated[str, Field(max_length=30), AfterValidator(clean_text)] = "TB"
    place: Line = ""
    title_type: Line = "THÔNG BÁO"
    #: At most 500 characters: field Subject of annex VI.
    subject: Annotated[str, Field(max_length=500), AfterValidator(clean_text)] = ""
    opening: tuple[Paragraph, ...] = ()
    sections: tuple[Section, ...] = ()
    closing: Body = ""
    #: Without the leading dash; the last one is the "Lưu: VT, …" line.
    recipients: tuple[Line, ...] = ()
    signer: SignerBlock = SignerBlock()
    urgency: Urgency = ""
    #: "LƯU HÀNH NỘI BỘ" or "XEM XONG TRẢ LẠI" (III.2c), empty otherwise.
    circulation: Line = ""
    #: Address line at the foot of page 1 (III.4), empty to leave it out.
    address: Line = ""
    #: Printed only on drafts, on a page of its own: "Nội dung cần kiểm tra, bổ sung".
    to_check: tuple[Line, ...] = ()
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

    def items(self) -> Iterator[NoticeItem]:
        """Every item of every section, parents before children, in the order of print."""
        for section in self.sections:
            yield from _walk(section.items)

    def directives(self) -> tuple[NoticeItem, ...]:
        """The items that become tasks."""
        return tuple(item for item in self.items() if item.kind == "directive")

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values; `from_json` gives the same content back."""
        return self.model_dump(mode="json")

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Raises pydantic.ValidationError on unknown fields, too long texts, doubled item ids."""
        return cls.model_validate(data)

    def canonical_bytes(self) -> bytes:
        """The bytes that an approval's SHA-256 is taken of: sorted keys, UTF-8, no spaces."""
        return json.dumps(self.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    def sha256(self) -> str:
        """Hexadecimal SHA-256 of the canonical bytes."""
        return hashlib.sha256(self.canonical_bytes()).hexdigest()


def _walk(items: tuple[NoticeItem, ...]) -> Iterator[NoticeItem]:
    for item in items:
        yield item
        yield from _walk(item.children)
