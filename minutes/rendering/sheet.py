"""A notice laid out: every line of text as it will be printed, and the few lengths that depend on the text.

In: NoticeContent with number and date, or without them. Out: a `Sheet` that the DOCX and the PDF template both print
word for word, so that the two files cannot differ. Pure.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from minutes.notices.content import NoticeContent, NoticeItem
from minutes.notices.numbering import date_line, number_line
from minutes.rendering import form
from minutes.rendering.measure import balanced_lines, short_rule, text_width

Role = Literal["section", "heading", "text", "item", "dash", "plus"]
_CHILD_ROLES: tuple[Role, ...] = ("item", "dash", "plus")
_CHILD_MARKS = ("", "- ", "+ ")
_END_MARK = re.compile(r"\s*\./\.")
_TRAILING = re.compile(r"[\s.,;:/]+$")
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


@dataclass(frozen=True)
class Block:
    """One paragraph of the body, its number or dash included."""

    role: Role
    text: str


@dataclass(frozen=True)
class Sheet:
    """Everything that is printed. Names ending in `_mm` are millimetres; several lines are broken with a newline."""

    parent: str
    body_name: str
    body_rule_mm: float
    motto_rule_mm: float
    number: str
    place_and_date: str
    #: Where the box of place and date begins; its middle is that of the motto wherever the line is short enough.
    place_left_mm: float
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


def lay_out(
    content: NoticeContent,
    number: int | None = None,
    issued_on: date | None = None,
    *,
    year: int | None = None,
    draft: bool = False,
) -> Sheet:
    """Turn a content into what is printed; without number and date there is room for the registrar's (F15).

    Args:
        year: filled in beside a blank day and month where the context gives it.
        draft: adds the mark "Dự thảo" and the list of what is to be checked, which an issued paper never shows.
    """
    sizes = form.SIZES
    parent_lines, body_lines, subject_lines = _head_lines(content)
    number_text = number_line(number, content.symbol_suffix)
    place_and_date = date_line(content.place, issued_on, year=year)
    signer_lines = _signer_lines(content)
    return Sheet(
        parent="\n".join(parent_lines),
        body_name="\n".join(body_lines),
        body_rule_mm=short_rule(body_lines, sizes.body_name, "bold"),
        motto_rule_mm=text_width(form.MOTTO, sizes.motto, "bold"),
        number=number_text,
        place_and_date=place_and_date,
        place_left_mm=_place_left(place_and_date, number_text),
        title=content.title_type.upper(),
        subject="\n".join(subject_lines),
        subject_rule_mm=short_rule(subject_lines, sizes.subject, "bold") if content.subject else 0.0,
        blocks=_blocks(content),
        recipients=_recipients(content.recipients),
        signer_lines=signer_lines,
        signature_room_mm=_signature_room(len(signer_lines)),
        capacity=content.signer.capacity,
        signer_name=content.signer.name,
        urgency=content.urgency,
        urgency_frame_mm=form.URGENCY_FRAMES_MM.get(content.urgency, (0.0, 0.0)),
        circulation=content.circulation.upper(),
        address=content.address,
        mark=_mark(content, draft=draft),
        to_check=content.to_check if draft else (),
        author=content.issuing_body,
        description=f"{content.title_type} {content.subject}".strip(),
    )


def _head_lines(content: NoticeContent) -> tuple[tuple[str, ...], ...]:
    """Parent agency, issuing body and subject, broken into even lines."""
    column = form.LEFT_COLUMN_MM - 1
    return (
        balanced_lines(content.issuing_parent.upper(), form.SIZES.parent, "regular", column),
        balanced_lines(content.issuing_body.upper(), form.SIZES.body_name, "bold", column),
        balanced_lines(content.subject, form.SIZES.subject, "bold", form.SUBJECT_ROOM_MM),
    )


def _place_left(place_and_date: str, number: str) -> float:
    """Centre under the motto where that leaves room, else as far left as the number on the same line allows.

    The line's box runs from the end of the number to the right margin; the returned indent makes its middle that of the
    right column. "Thành phố Hồ Chí Minh" may not be shortened (V.4), so its line is wider than the motto of the state.
    """
    wide = text_width(place_and_date, form.SIZES.place, "italic") + 1
    if wide <= form.RIGHT_COLUMN_MM:
        return form.LEFT_COLUMN_MM
    number_end = form.LEFT_COLUMN_MM / 2 + text_width(number, form.SIZES.number) / 2 + 2
    return max(form.TEXT_WIDTH_MM - wide, min(number_end, form.LEFT_COLUMN_MM))


def _signer_lines(content: NoticeContent) -> tuple[str, ...]:
    lines = (*content.signer.authority_lines, content.signer.title)
    return tuple(
        part
        for line in lines
        if line
        for part in balanced_lines(line.upper(), form.SIZES.signer, "bold", form.SIGNER_COLUMN_MM - 2)
    )


def _signature_room(lines: int) -> float:
    taken = max(lines, 1) * form.line_height_mm(form.SIZES.signer)
    return max(form.SIGNATURE_ROOM_MINIMUM_MM, form.SIGNER_NAME_BELOW_TITLE_MM - taken)


def _mark(content: NoticeContent, *, draft: bool) -> str:
    if not draft:
        return ""
    return form.MACHINE_MARK if content.machine_made else form.DRAFT_MARK


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
    return _ended([block for block in blocks if block.text])


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


def _ended(blocks: list[Block]) -> tuple[Block, ...]:
    """Put `./.` behind the last word of the body and nowhere else (form 1.4; check F11)."""
    cleared = [Block(block.role, _without_end_marks(block.text)) for block in blocks]
    if not cleared:
        return ()
    last = cleared[-1]
    words = _TRAILING.sub("", last.text)
    return (*cleared[:-1], Block(last.role, f"{words}./."))


def _without_end_marks(text: str) -> str:
    return _END_MARK.sub(".", text) if "./." in text else text


def _recipients(recipients: tuple[str, ...]) -> tuple[str, ...]:
    """One line each, `- …;`, the last one with a full stop (II.9d; check F08)."""
    names = [_TRAILING.sub("", name.removeprefix("-").strip()) for name in recipients]
    names = [name for name in names if name]
    return tuple(f"- {name};" for name in names[:-1]) + tuple(f"- {name}." for name in names[-1:])


def roman(number: int) -> str:
    """1 → I. Parts of a notice are few; any positive number works."""
    letters = ""
    for value, letter in _ROMAN:
        letters += letter * (number // value)
        number %= value
    return letters
