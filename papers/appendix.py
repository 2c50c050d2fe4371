"""Appendices of a paper (forms 2.1 and 2.2, annex I III.1): numbered, titled, pointed back to their paper.

In: the appendices of a content, and number and day of their paper where it has them. Out: `Appendix`es of a sheet. On
paper (2.1) the line in brackets names number and day; in an electronic paper (2.2), which its leader signs before it
has them, both stay blank. Tables that would be too small upright turn their appendix on its side (I.2). Pure.
"""

from datetime import date

from papers import form
from papers.body import roman
from papers.content import AppendixContent, PaperContent
from papers.figures import table_blocks
from papers.header import DAY_BLANK, NUMBER_BLANK, spoken_date, symbol
from papers.measure import breakable
from papers.sheet import Appendix, Block

_INDENT_MM = form.FIRST_LINE_INDENT_MM + 1


def lay_out_appendices(
    content: PaperContent, title: str, number: int | None = None, issued_on: date | None = None
) -> tuple[Appendix, ...]:
    """All appendices; "Phụ lục" alone, or "Phụ lục I", "Phụ lục II" … where there are several."""
    several = len(content.appendices) > 1
    attached = _attached_to(content, title, number, issued_on)
    return tuple(
        _laid_out(appendix, f"Phụ lục {roman(position)}" if several else "Phụ lục", attached)
        for position, appendix in enumerate(content.appendices, start=1)
    )


def _laid_out(appendix: AppendixContent, label: str, attached: str) -> Appendix:
    upright = _tables(appendix, form.TEXT_WIDTH_MM)
    sizes = [block.table.size for block in upright if block.table]
    on_its_side = bool(sizes) and min(sizes) < form.SMALLEST_UPRIGHT_POINTS
    room = form.LANDSCAPE_WIDTH_MM if on_its_side else form.TEXT_WIDTH_MM
    return Appendix(
        label=label,
        title=breakable(appendix.title.upper(), form.SIZES.text, "bold", room),
        attached_to=attached,
        blocks=(
            *(
                Block("text", breakable(text, form.SIZES.text, "bold", room - _INDENT_MM))
                for text in appendix.paragraphs
                if text
            ),
            *(_tables(appendix, room) if on_its_side else upright),
        ),
        is_landscape=on_its_side,
    )


def _tables(appendix: AppendixContent, room: float) -> tuple[Block, ...]:
    return tuple(block for table in appendix.tables for block in table_blocks(table, room))


def _attached_to(content: PaperContent, title: str, number: int | None, issued_on: date | None) -> str:
    kind = title.capitalize() if title else "Công văn"
    of = f" của {content.issuing_body}" if content.issuing_body else ""
    if number is not None and issued_on is not None:
        return f"(Kèm theo {kind} số {symbol(number, content.symbol_suffix)} {spoken_date(issued_on)}{of})"
    return (
        f"(Kèm theo {kind} số{NUMBER_BLANK}/{content.symbol_suffix} ngày{DAY_BLANK}tháng{DAY_BLANK}năm{DAY_BLANK}{of})"
    )
