"""The report (báo cáo, a paper with a title by form 1.4): paragraphs and tables, and how they stand on the page.

In: ReportContent with number and date, or without them. Out: a `Sheet`. Figures are given as numbers and printed the
Vietnamese way; nothing is added up here: a total row is given by whoever keeps the figures. Pure.
"""

from datetime import date
from typing import Self

from pydantic import model_validator

from papers import form
from papers.body import ended, roman
from papers.content import PaperContent
from papers.figures import MAXIMUM_COLUMNS, MAXIMUM_ROWS, Cell, ReportColumn, ReportTable, table_blocks
from papers.layout import lay_out_paper, printed_addressees
from papers.refusals import TableTooLarge
from papers.sheet import Block, Sheet
from papers.values import Body, Line, Symbol, Value

__all__ = [
    "MAXIMUM_COLUMNS",
    "MAXIMUM_ROWS",
    "Cell",
    "ReportColumn",
    "ReportContent",
    "ReportSection",
    "ReportTable",
    "lay_out_report",
]


#: Rows of all tables of one report together.
MAXIMUM_REPORT_ROWS = 1000


class ReportSection(Value):
    """A part of the body: its paragraphs, then its tables. With a heading it is printed "I. TÌNH HÌNH CHUNG"."""

    heading: Line = ""
    paragraphs: tuple[Body, ...] = ()
    tables: tuple[ReportTable, ...] = ()


class ReportContent(PaperContent):
    """A whole report, without number and date."""

    symbol_suffix: Symbol = "BC"
    title_type: Line = "BÁO CÁO"
    #: "Kính gửi" (II.9b: reports to a higher agency); empty where the report is for the own house.
    addressees: tuple[Line, ...] = ()
    opening: tuple[Body, ...] = ()
    sections: tuple[ReportSection, ...] = ()
    closing: Body = ""

    @model_validator(mode="after")
    def _is_of_sane_size(self) -> Self:
        rows = sum(len(table.rows) for section in self.sections for table in section.tables)
        if rows > MAXIMUM_REPORT_ROWS:
            raise TableTooLarge(rows=rows, columns=1, most_rows=MAXIMUM_REPORT_ROWS, most_columns=MAXIMUM_COLUMNS)
        return self


def lay_out_report(
    content: ReportContent,
    number: int | None = None,
    issued_on: date | None = None,
    *,
    year: int | None = None,
    draft: bool = False,
) -> Sheet:
    """Turn a report into what is printed; arguments as for an invitation."""
    return lay_out_paper(
        content,
        title=content.title_type.upper(),
        blocks=_blocks(content),
        number=number,
        issued_on=issued_on,
        year=year,
        addressees=printed_addressees(content.addressees),
        mark=form.DRAFT_MARK if draft else "",
    )


def _blocks(content: ReportContent) -> tuple[Block, ...]:
    blocks = [Block("text", text) for text in content.opening]
    part = 0
    for section in content.sections:
        if section.heading:
            part += 1
            blocks.append(Block("section", f"{roman(part)}. {section.heading.upper()}"))
        blocks += [Block("text", text) for text in section.paragraphs]
        for table in section.tables:
            blocks += table_blocks(table)
    blocks.append(Block("text", content.closing))
    blocks = [block for block in blocks if block.text or block.table]
    # The end mark stands behind words of the body, never inside a table or behind the note to one.
    if blocks and blocks[-1].role in ("table", "note"):
        blocks.append(Block("text", f"Trên đây là báo cáo của {content.issuing_body or form.DOTS}"))
    return ended(blocks)
