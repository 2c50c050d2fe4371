"""Entries of the directory as filled in, and the rules of their fields.

In: what a person typed, a script sent or a file said. Out: the values of the columns, tidied, or a refusal that names
the field. References to other entries are checked where the database is at hand (`references.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from core.errors import Invalid
from orchestrator.directory.models import EndpointKind
from orchestrator.words import checked_code, checked_name

MOST_NAMES = 30
LAST_RANK = 1_000_000
MOST_CHAIRS = 10_000
DEFAULT_RANK = 1000
_PHONE_LETTERS = frozenset("0123456789+().-/ ")


@dataclass(frozen=True)
class NewUnit:
    """A unit as filled in."""

    code: str
    name: str
    abbreviations: Sequence[str] = ()
    aliases: Sequence[str] = ()
    parent_id: UUID | None = None
    kind: str = ""


@dataclass(frozen=True)
class NewPerson:
    """A person as filled in; a smaller `protocol_rank` is listed first, an empty code is made from the name."""

    full_name: str
    title: str = ""
    unit_id: UUID | None = None
    email: str | None = None
    protocol_rank: int = DEFAULT_RANK
    account_id: UUID | None = None
    code: str = ""
    phone: str = ""


@dataclass(frozen=True)
class NewEndpoint:
    """An endpoint as filled in; `room_capacity` counts chairs, None where unknown; `contact` is a name."""

    code: str
    name: str
    kind: EndpointKind = EndpointKind.COMPONENT
    unit_id: UUID | None = None
    location: str = ""
    room_capacity: int | None = None
    contact: str = ""
    equipment: Sequence[str] = ()
    contact_phone: str = ""
    contact_email: str | None = None
    allowed_unit_ids: Sequence[UUID] = ()


def unit_values(new: NewUnit) -> dict[str, Any]:
    """Columns of a unit. Raises Invalid."""
    return {
        "code": checked_code(new.code),
        "name": checked_name(new.name, "tên đơn vị"),
        "abbreviations": checked_names(new.abbreviations, "chữ viết tắt"),
        "aliases": checked_names(new.aliases, "tên gọi khác"),
        "parent_id": new.parent_id,
        "kind": checked_name(new.kind, "loại đơn vị", optional=True),
    }


def person_values(new: NewPerson) -> dict[str, Any]:
    """Columns of a person; `code` is missing where none was typed. Raises Invalid."""
    values = {
        "full_name": checked_name(new.full_name, "họ và tên"),
        "title": checked_name(new.title, "chức vụ", optional=True),
        "unit_id": new.unit_id,
        "email": checked_email(new.email),
        "phone": checked_phone(new.phone),
        "protocol_rank": checked_rank(new.protocol_rank),
    }
    return values | ({"code": checked_code(new.code)} if new.code.strip() else {})


def endpoint_values(new: NewEndpoint) -> dict[str, Any]:
    """Columns of an endpoint, without the units allowed. Raises Invalid."""
    return {
        "code": checked_code(new.code),
        "name": checked_name(new.name, "tên điểm cầu"),
        "kind": new.kind,
        "unit_id": new.unit_id,
        "location": checked_name(new.location, "địa điểm", optional=True),
        "room_capacity": checked_capacity(new.room_capacity),
        "equipment": checked_names(new.equipment, "trang thiết bị"),
        "contact": checked_name(new.contact, "đầu mối kỹ thuật", optional=True),
        "contact_phone": checked_phone(new.contact_phone),
        "contact_email": checked_email(new.contact_email),
    }


def checked_names(values: Sequence[str], field: str) -> list[str]:
    """Names, each once, in their order. Raises Invalid."""
    if len(values) > MOST_NAMES:
        raise Invalid(field=field, reason=f"nhiều hơn {MOST_NAMES} tên")
    if any(";" in value or "|" in value for value in values):
        # Both part the names of one cell when the directory is written to a file and read again.
        raise Invalid(field=field, reason="có dấu ; hoặc | trong một tên, hãy tách thành hai tên hoặc bỏ dấu")
    return list(dict.fromkeys(checked_name(value, field) for value in values if value.strip()))


def checked_email(email: str | None) -> str | None:
    """An address, or None where nothing was typed. Raises Invalid."""
    address = (email or "").strip()
    if not address:
        return None
    name, _, domain = address.partition("@")
    if not name or "." not in domain.strip(".") or any(letter.isspace() or letter in ',;<>"' for letter in address):
        raise Invalid(field="thư điện tử", reason="không phải một địa chỉ, ví dụ ten@donvi.gov.vn")
    return checked_name(address, "thư điện tử")


def checked_phone(phone: str) -> str:
    """A telephone number as people write it: `024 3976 4116`, `(+84) 912.345.678`. Raises Invalid."""
    number = checked_name(phone, "điện thoại", optional=True)
    if number and (set(number) - _PHONE_LETTERS or sum(letter.isdigit() for letter in number) < 3 or len(number) > 40):
        raise Invalid(field="điện thoại", reason="chỉ gồm chữ số và các dấu + ( ) . - /, ví dụ 024 3976 4116")
    return number


def checked_rank(rank: int) -> int:
    """A place in the order of protocol. Raises Invalid."""
    if not 0 <= rank <= LAST_RANK:
        raise Invalid(field="thứ tự", reason=f"phải từ 0 đến {LAST_RANK}")
    return rank


def checked_capacity(chairs: int | None) -> int | None:
    """Chairs in a room, None where unknown. Raises Invalid."""
    if chairs is not None and not 1 <= chairs <= MOST_CHAIRS:
        reason = "phải từ 1 chỗ trở lên, hoặc để trống nếu chưa biết" if chairs < 1 else f"quá {MOST_CHAIRS} chỗ"
        raise Invalid(field="sức chứa", reason=reason)
    return chairs
