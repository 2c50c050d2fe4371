"""A paper laid out: every line of text as it will be printed, and the few lengths that depend on the text.

One `Sheet` is what the DOCX and the PDF template both print word for word, so that the two files cannot differ, and
what a screen shows. It is made by the kinds of paper (`invitation`, `report`, the notice of the minutes). Plain data.
"""

from dataclasses import dataclass
from typing import Literal

Role = Literal["section", "heading", "text", "item", "dash", "plus", "table", "note"]
Align = Literal["left", "centre", "right"]


@dataclass(frozen=True)
class TableColumn:
    """One column: its heading, its width on paper and how its cells stand."""

    heading: str
    width_mm: float
    align: Align = "left"


@dataclass(frozen=True)
class TableRow:
    """The printed words of one row; `strong` is a sum, printed bold."""

    cells: tuple[str, ...]
    strong: bool = False
    #: Only a row too high for a page: it may run over two.
    may_break: bool = False


@dataclass(frozen=True)
class Table:
    """A table inside the margins; its row of headings comes again on every page it runs over.

    `size`: letters in points. `unit`: what the numbers count, printed above on the right ("Đơn vị tính: người").
    """

    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow, ...]
    size: float
    unit: str = ""


@dataclass(frozen=True)
class Block:
    """One paragraph of the body, its number or dash included. With a `table`, `text` is the caption above it."""

    role: Role
    text: str
    table: Table | None = None


@dataclass(frozen=True)
class Appendix:
    """An appendix in the same file (III.1, form 2.2): on pages of its own, which count from 1 again."""

    #: "Phụ lục", or "Phụ lục I" where there are several.
    label: str
    title: str
    #: "(Kèm theo Thông báo số … ngày …)"; number and day stay blank in an electronic paper.
    attached_to: str
    blocks: tuple[Block, ...]
    #: On its side, where its tables need the width.
    is_landscape: bool = False


@dataclass(frozen=True)
class Sheet:
    """Everything that is printed. Names ending in `_mm` are millimetres; several lines are broken with a newline."""

    parent: str
    body_name: str
    body_rule_mm: float
    motto_rule_mm: float
    number: str
    #: Empty in the forms that have no such line (1.9).
    place_and_date: str
    #: Where the box of place and date begins; its middle is that of the motto wherever the line is short enough.
    place_left_mm: float
    #: Type of paper in capitals; empty for a công văn (form 1.5).
    title: str
    subject: str
    subject_rule_mm: float
    blocks: tuple[Block, ...]
    recipients: tuple[str, ...]
    signer_lines: tuple[str, ...]
    signature_room_mm: float
    capacity: tuple[str, ...]
    signer_name: str
    urgency: str
    urgency_frame_mm: tuple[float, float]
    circulation: str
    address: str
    mark: str
    to_check: tuple[str, ...]
    #: For the properties of the file.
    author: str
    description: str
    #: "Kính gửi: …" on one line, or "Kính gửi:" and a line each (II.9b); empty where the form has none.
    addressees: tuple[str, ...] = ()
    #: Between the head of a paper without a title and its addressees; and from the edge of the text to their label.
    addressees_gap_mm: float = 0.0
    addressees_left_mm: float = 0.0
    #: Above the mark of urgency.
    urgency_gap_mm: float = 0.0
    #: "V/v …" below the number, in a công văn (form 1.5, II.5b); empty where the subject stands under a title.
    reference: str = ""
    #: Who signs on the left, beside the other (form 1.9: THƯ KÝ | CHỦ TỌA); the recipients then stand below both.
    left_signer_lines: tuple[str, ...] = ()
    left_signer_name: str = ""
    appendices: tuple[Appendix, ...] = ()
