"""From a content and its body to a sheet: what every kind of paper lays out in the same way. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from papers import form
from papers.appendix import lay_out_appendices
from papers.body import dashed
from papers.content import PaperContent
from papers.header import (
    agency_lines,
    date_line,
    number_line,
    place_left_mm,
    reference_lines,
    subject_lines,
)
from papers.measure import breakable, short_rule, text_width
from papers.sheet import Block, Sheet
from papers.signers import SignerBlock, printed_offices, signature_room
from papers.standing import addressees_gap_mm, addressees_left_mm, urgency_gap_mm

_INDENT_MM = form.FIRST_LINE_INDENT_MM + 1
_RECIPIENT_ROOM_MM = form.RECIPIENTS_COLUMN_MM - 2
_SIGNER_ROOM_MM = form.SIGNER_COLUMN_MM - 2


def lay_out_paper(
    content: PaperContent,
    *,
    title: str,
    blocks: Sequence[Block],
    number: int | None = None,
    issued_on: date | None = None,
    year: int | None = None,
    addressees: tuple[str, ...] = (),
    mark: str = "",
    letter: bool = False,
    dated: bool = True,
) -> Sheet:
    """The body of a kind of paper inside the frame that the decree draws around it.

    Args:
        title: type of paper in capitals.
        number, issued_on: the registrar's; without them there is room for both (F15).
        year: filled in beside a blank day and month where the context gives it.
        dated: False in forms without a line of place and date (1.9).
        letter: a công văn (form 1.5): no title, its subject stands as "V/v …" below the number.
        mark: printed in the top margin of a draft; with it comes the list of what is to be checked.
    """
    parent, body = agency_lines(content.issuing_parent, content.issuing_body)
    subject = () if letter else subject_lines(content.subject)
    reference = reference_lines(content.subject) if letter else ()
    number_text = number_line(number, content.symbol_suffix)
    place_and_date = date_line(content.place, issued_on, year=year) if dated else ""
    return Sheet(
        parent="\n".join(parent),
        body_name="\n".join(body),
        body_rule_mm=short_rule(body, form.SIZES.body_name, "bold"),
        number=number_text,
        place_and_date=place_and_date,
        place_left_mm=place_left_mm(place_and_date, number_text),
        title=title,
        subject="\n".join(subject),
        subject_rule_mm=short_rule(subject, form.SIZES.subject, "bold") if subject and content.subject else 0.0,
        reference="\n".join(reference),
        addressees=tuple(_fitted(line, form.ADDRESSEE_ROOM_MM) for line in addressees),
        addressees_gap_mm=addressees_gap_mm(parent + body, reference) if letter else 0.0,
        addressees_left_mm=addressees_left_mm(addressees),
        urgency_gap_mm=urgency_gap_mm(parent + body, subject, reference, addressees, letter=letter),
        blocks=tuple(replace(block, text=_fitted(block.text, form.TEXT_WIDTH_MM - _INDENT_MM)) for block in blocks),
        recipients=_recipients(content),
        mark=mark,
        to_check=tuple(_fitted(line, form.TEXT_WIDTH_MM - _INDENT_MM) for line in content.to_check if mark),
        appendices=lay_out_appendices(content, title, number, issued_on),
        **_carried(content, title),
    )


def beside_secretary(sheet: Sheet, secretary: SignerBlock) -> Sheet:
    """The same sheet with a second signature on the left (form 1.9)."""
    offices = printed_offices(secretary)
    return replace(
        sheet,
        left_signer_lines=offices,
        left_signer_name=_fitted(secretary.name, form.HALF_MM - 2),
        signature_room_mm=min(sheet.signature_room_mm, signature_room(len(offices))),
    )


def printed_addressees(names: Sequence[str]) -> tuple[str, ...]:
    """ "Kính gửi": one on the line of the label, several on a line each (II.9b)."""
    listed = dashed(names)
    if len(listed) == 1:
        return (f"{form.ADDRESSEES_LABEL} {listed[0].removeprefix('- ').removesuffix('.')}",)
    return (form.ADDRESSEES_LABEL, *listed) if listed else ()


def _fitted(text: str, room: float, size: float = form.SIZES.text) -> str:
    """The text with places to break in words longer than their line; measured bold, the widest face."""
    return breakable(text, size, "bold", room)


def _recipients(content: PaperContent) -> tuple[str, ...]:
    return tuple(_fitted(line, _RECIPIENT_ROOM_MM, form.SIZES.recipients) for line in dashed(content.recipients))


def _carried(content: PaperContent, title: str) -> dict[str, Any]:
    """Parts that are printed as they are given."""
    offices = printed_offices(content.signer)
    return {
        "signer_lines": offices,
        "signature_room_mm": signature_room(len(offices)),
        "motto_rule_mm": text_width(form.MOTTO, form.SIZES.motto, "bold"),
        "capacity": tuple(_fitted(line, _SIGNER_ROOM_MM) for line in content.signer.capacity),
        "signer_name": _fitted(content.signer.name, _SIGNER_ROOM_MM),
        "urgency": content.urgency,
        "urgency_frame_mm": form.URGENCY_FRAMES_MM.get(content.urgency, (0.0, 0.0)),
        "circulation": _fitted(content.circulation.upper(), form.CIRCULATION_FRAME_MM[0] - 2, form.SIZES.urgency),
        "address": _fitted(content.address, form.TEXT_WIDTH_MM, form.SIZES.address),
        "author": content.issuing_body,
        "description": f"{title} {content.subject}".strip(),
    }
