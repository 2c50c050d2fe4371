"""A conclusion notice laid out (form 1.4): numbering of parts and items, dashes, the end mark.

In: NoticeContent with number and date, or without them. Out: a `Sheet` that the DOCX and the PDF both print. Pure.
"""

from datetime import date

from minutes.notices.content import NoticeContent, NoticeItem
from papers import form
from papers.body import ended, roman
from papers.layout import lay_out_paper, printed_addressees
from papers.sheet import Block, Role, Sheet

_CHILD_ROLES: tuple[Role, ...] = ("item", "dash", "plus")
_CHILD_MARKS = ("", "- ", "+ ")


def lay_out(
    content: NoticeContent,
    number: int | None = None,
    issued_on: date | None = None,
    *,
    year: int | None = None,
    draft: bool = False,
    confirmed: bool = False,
) -> Sheet:
    """Turn a content into what is printed; without number and date there is room for the registrar's (F15).

    Args:
        year: filled in beside a blank day and month where the context gives it.
        draft: adds the mark "Dự thảo" and the list of what is to be checked, which an issued paper never shows.
        confirmed: a person has sent the draft on, so it is no longer the machine's alone.
    """
    return lay_out_paper(
        content,
        title=content.title_type.upper(),
        blocks=_blocks(content),
        number=number,
        issued_on=issued_on,
        year=year,
        mark=_mark(draft=draft, by_machine=content.machine_made and not confirmed),
        addressees=printed_addressees(content.addressees),
        letter=content.is_letter,
    )


def _mark(*, draft: bool, by_machine: bool) -> str:
    if not draft:
        return ""
    return form.MACHINE_MARK if by_machine else form.DRAFT_MARK


def _blocks(content: NoticeContent) -> tuple[Block, ...]:
    blocks = [Block("text", paragraph.text) for paragraph in content.opening]
    part, count = 0, 0
    for section in content.sections:
        if section.heading:
            part, count = part + 1, 0
            blocks.append(Block("section", f"{roman(part)}. {section.heading.upper()}"))
        for item in section.items:
            if section.numbered and (item.text or item.heading):
                count += 1
                blocks += _numbered(item, count)
            else:
                blocks += _plain(item)
    blocks.append(Block("text", content.closing))
    return ended([block for block in blocks if block.text])


def _numbered(item: NoticeItem, number: int) -> list[Block]:
    if item.heading:
        return [Block("heading", f"{number}. {item.heading}"), *_own_text(item), *_children(item, 1)]
    return [Block("item", f"{number}. {item.text}"), *_children(item, 1)]


def _plain(item: NoticeItem) -> list[Block]:
    heading = [Block("heading", item.heading)] if item.heading else []
    return [*heading, *_own_text(item), *_children(item, 1)]


def _own_text(item: NoticeItem) -> list[Block]:
    return [Block("text", item.text)] if item.text else []


def _children(item: NoticeItem, level: int) -> list[Block]:
    depth = min(level, len(_CHILD_ROLES) - 1)
    blocks: list[Block] = []
    for child in item.children:
        words = ": ".join(part for part in (child.heading, child.text) if part)
        if words:
            blocks.append(Block(_CHILD_ROLES[depth], f"{_CHILD_MARKS[depth]}{words}"))
        blocks += _children(child, level + 1)
    return blocks
