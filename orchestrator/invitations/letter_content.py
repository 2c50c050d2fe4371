"""The words of the giấy mời (form 1.7), put together from the plan and from what the office has added. Pure.

Nothing is made up: what neither the plan nor the office says stays blank on the paper.
"""

from dataclasses import dataclass

from orchestrator.invitations.models import InvitationLetter
from orchestrator.meetings.models import Meeting, MeetingEndpoint, Urgency
from papers.invitation import InvitationContent
from papers.signers import SignerBlock
from papers.values import Urgency as Mark

#: Proposed to the office with a new letter; it may change or strike them.
DEFAULT_NOTES = (
    "Đề nghị các điểm cầu trả lời việc tham dự và kiểm tra kỹ thuật trước giờ họp theo đường dẫn riêng gửi kèm "
    "thư điện tử.",
)
DEFAULT_RECIPIENTS = ("Các cơ quan, đơn vị, cá nhân được mời;", "Lưu: VT.")

_MARKS: dict[Urgency, Mark] = {
    Urgency.NORMAL: "",
    Urgency.URGENT: "KHẨN",
    Urgency.VERY_URGENT: "THƯỢNG KHẨN",
    Urgency.EXPRESS: "HỎA TỐC",
}


@dataclass(frozen=True)
class House:
    """Who issues, as the settings say it."""

    name: str
    parent: str
    code: str
    place: str


def letter_content(meeting: Meeting, letter: InvitationLetter, house: House) -> InvitationContent:
    """What the letter says. Raises pydantic.ValidationError where the plan is too large for a letter."""
    board = meeting.body_name.casefold().startswith("ban chỉ đạo")
    code = "BCĐ" if board else house.code
    return InvitationContent(
        issuing_parent=house.name if meeting.body_name else house.parent,
        issuing_body=meeting.body_name or house.name,
        symbol_suffix=f"GM-{code}" if code else "GM",
        place=house.place,
        subject=meeting.title,
        inviter=letter.inviter,
        invitees=_invitees(meeting),
        occasion=_occasion(meeting.title),
        agenda=tuple(_point(item.title, item.unit.name if item.unit else "") for item in meeting.agenda),
        chair=f"{meeting.chair.title} {meeting.chair.full_name}".strip() if meeting.chair else "",
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        places=_places(meeting),
        notes=tuple(letter.notes),
        contact=letter.contact,
        recipients=tuple(_bare(line) for line in letter.recipients),
        signer=SignerBlock(
            authority_lines=tuple(letter.signer_authority), title=letter.signer_title, name=letter.signer_name
        ),
        urgency=_MARKS[meeting.urgency],
    )


def place_name(place: MeetingEndpoint) -> str:
    """Where an endpoint sits: its name, and the room if that says more."""
    location = place.endpoint.location
    return (
        f"{place.endpoint.name} ({location})" if location and location != place.endpoint.name else place.endpoint.name
    )


def _invitees(meeting: Meeting) -> tuple[str, ...]:
    """The unit of each endpoint once, then people who sit at none of them."""
    units = [place.endpoint.unit.name if place.endpoint.unit else place.endpoint.name for place in meeting.endpoints]
    people = [
        f"{item.person.full_name}, {item.person.title}" if item.person.title else item.person.full_name
        for item in meeting.participants
        if item.meeting_endpoint_id is None and item.person_id not in (meeting.chair_id, meeting.secretary_id)
    ]
    return tuple(dict.fromkeys([*units, *people]))


def _places(meeting: Meeting) -> tuple[str, ...]:
    central = meeting.central_endpoint
    others = [place_name(place) for place in meeting.endpoints if place is not central]
    first = [f"Điểm cầu trung tâm: {place_name(central)}"] if central else []
    return (*first, *(f"Điểm cầu {name}" if not name.casefold().startswith("điểm cầu") else name for name in others))


def _occasion(title: str) -> str:
    """`Họp giao ban …` → `cuộc họp giao ban …`; other titles keep their words, with a small first letter."""
    small = title[:1].lower() + title[1:]
    return f"cuộc {small}" if small.startswith("họp ") else small


def _point(title: str, unit: str) -> str:
    return f"{title} ({unit})" if unit else title


def _bare(line: str) -> str:
    """Lines of the list of recipients are punctuated in print."""
    return line.strip().lstrip("-").strip().rstrip(";.").strip()
