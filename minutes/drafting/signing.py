"""Who would sign, as a proposal: the head of the office by order, else the chair.

In: the facts of the meeting, the name of the house. Out: a `SignerBlock` a person must check; empty where nobody fits
(LANGUAGE §2.2: the
chain of a ministry is not laid down in the law, so it is never more than a proposal).
"""

from minutes.language.titles import short_title
from orchestrator.meetings.context import MeetingContext, PersonFacts
from papers.signers import SignerBlock

#: Kind of house and the head by whose order its office signs.
_HEADS = (
    ("bộ", "BỘ TRƯỞNG"),
    ("sở", "GIÁM ĐỐC"),
    ("cục", "CỤC TRƯỞNG"),
    ("tổng cục", "TỔNG CỤC TRƯỞNG"),
    ("ủy ban nhân dân", "CHỦ TỊCH"),
    ("ubnd", "CHỦ TỊCH"),
    ("học viện", "GIÁM ĐỐC"),
    ("ban", "TRƯỞNG BAN"),
)


def proposed_signer(context: MeetingContext, house: str) -> SignerBlock:
    """The head of the office if one takes part ("TL. BỘ TRƯỞNG, CHÁNH VĂN PHÒNG"), else the chair in the own name."""
    people = [person for person in (context.secretary, *context.present) if person is not None]
    office_head = next((person for person in people if short_title(person.title).lower() == "chánh văn phòng"), None)
    if office_head is not None:
        authority = _by_order(house)
        return SignerBlock(
            authority_lines=(authority,) if authority else (), title="CHÁNH VĂN PHÒNG", name=office_head.name
        )
    chair: PersonFacts | None = context.chair
    if chair is None or not chair.title:
        return SignerBlock()
    return SignerBlock(title=short_title(chair.title).upper(), name=chair.name)


def office_unit(context: MeetingContext) -> str:
    """The office that sends the notice out: the unit of the meeting or directory called "Văn phòng …"; empty if there
    is none or several."""
    for names in (context.units_present, tuple(unit.name for unit in context.units)):
        offices = tuple(dict.fromkeys(name for name in names if name.lower().startswith("văn phòng")))
        if len(offices) == 1:
            return offices[0]
    return ""


def _by_order(house: str) -> str:
    low = house.lower()
    fitting = [head for prefix, head in _HEADS if low.startswith(f"{prefix} ")]
    return f"TL. {fitting[0]}" if fitting else ""
