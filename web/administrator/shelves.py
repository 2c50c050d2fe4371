"""The three lists of the directory as the administrator's screens know them: addresses, words, forms, services."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import request
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _many
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from core.permissions import Actor
from orchestrator.directory import editing, searching, service
from orchestrator.directory.entries import DEFAULT_RANK, NewEndpoint, NewPerson, NewUnit
from orchestrator.directory.models import Endpoint, EndpointKind, Person, Unit
from orchestrator.directory.searching import Page, Wanted
from web import forms

Entry = Unit | Person | Endpoint


@dataclass(frozen=True)
class Shelf:
    """One list: how it is addressed and called, and what its forms do."""

    slug: str
    #: Name of the kind in imports and exports.
    kind: str
    model: type[Entry]
    title: LazyString
    one: LazyString
    add: LazyString
    #: Fields of the form with their labels, in their order.
    labels: Mapping[str, LazyString]
    search: Callable[[Session, Actor, Wanted], Page[Any]]
    get: Callable[[Session, Actor, UUID], Any]
    read: Callable[[], Any]
    create: Callable[[Session, Actor, Any], Any]
    change: Callable[[Session, Actor, UUID, Any, int], Any]


_CODE, _UNIT = _l("Mã"), _l("Đơn vị")
_UNIT_LABELS = {
    "code": _CODE,
    "name": _l("Tên đơn vị"),
    "abbreviations": _l("Chữ viết tắt"),
    "aliases": _l("Tên gọi khác"),
    "parent_id": _l("Trực thuộc"),
    "kind": _l("Loại"),
}
_PERSON_LABELS = {
    "code": _CODE,
    "full_name": _l("Họ và tên"),
    "title": _l("Chức vụ"),
    "unit_id": _UNIT,
    "protocol_rank": _l("Thứ tự giới thiệu"),
    "email": _l("Thư điện tử"),
    "phone": _l("Điện thoại"),
}
_ENDPOINT_LABELS = {
    "code": _CODE,
    "name": _l("Tên điểm cầu"),
    "kind": _l("Loại"),
    "unit_id": _UNIT,
    "allowed_units": _l("Đơn vị được dùng chung"),
    "location": _l("Địa điểm"),
    "room_capacity": _l("Sức chứa (chỗ ngồi)"),
    "equipment": _l("Trang thiết bị"),
    "contact": _l("Đầu mối kỹ thuật"),
    "contact_phone": _l("Điện thoại đầu mối"),
    "contact_email": _l("Thư điện tử đầu mối"),
}


def _typed_unit() -> NewUnit:
    return NewUnit(
        code=forms.text("code"),
        name=forms.text("name"),
        abbreviations=forms.words("abbreviations"),
        aliases=forms.words("aliases"),
        parent_id=forms.optional_id("parent_id", "đơn vị cấp trên"),
        kind=forms.text("kind"),
    )


def _typed_person() -> NewPerson:
    rank = forms.optional_number("protocol_rank", "thứ tự")
    return NewPerson(
        code=forms.text("code"),
        full_name=forms.text("full_name"),
        title=forms.text("title"),
        unit_id=forms.optional_id("unit_id", "đơn vị"),
        email=forms.text("email") or None,
        phone=forms.text("phone"),
        protocol_rank=DEFAULT_RANK if rank is None else rank,
    )


def _typed_endpoint() -> NewEndpoint:
    chosen = (forms.read_id(value, "đơn vị dùng chung") for value in request.form.getlist("allowed_units"))
    return NewEndpoint(
        code=forms.text("code"),
        name=forms.text("name"),
        kind=forms.choice("kind", EndpointKind, "loại điểm cầu"),
        unit_id=forms.optional_id("unit_id", "đơn vị"),
        location=forms.text("location"),
        room_capacity=forms.optional_number("room_capacity", "sức chứa"),
        equipment=[part.strip() for line in forms.lines("equipment") for part in line.split(";") if part.strip()],
        contact=forms.text("contact"),
        contact_phone=forms.text("contact_phone"),
        contact_email=forms.text("contact_email") or None,
        allowed_unit_ids=[unit_id for unit_id in chosen if unit_id],
    )


SHELVES = {
    shelf.slug: shelf
    for shelf in (
        Shelf(
            *("don-vi", "units", Unit, _many("list", "Đơn vị"), _l("đơn vị"), _l("Thêm đơn vị"), _UNIT_LABELS),
            *(searching.search_units, service.get_unit, _typed_unit, service.create_unit, editing.change_unit),
        ),
        Shelf(
            *("nguoi", "people", Person, _l("Người dự họp"), _l("người"), _l("Thêm người"), _PERSON_LABELS),
            *(searching.search_people, service.get_person, _typed_person),
            *(service.create_person, editing.change_person),
        ),
        Shelf(
            *("diem-cau", "endpoints", Endpoint, _l("Điểm cầu"), _l("điểm cầu"), _l("Thêm điểm cầu")),
            *(_ENDPOINT_LABELS, searching.search_endpoints, service.get_endpoint, _typed_endpoint),
            *(service.create_endpoint, editing.change_endpoint),
        ),
    )
}


def name_of(entry: Entry) -> str:
    """What an entry is called."""
    return entry.full_name if isinstance(entry, Person) else entry.name


def typed_of(entry: Entry, shelf: Shelf) -> MultiDict[str, str]:
    """The fields of the form as the entry fills them."""
    typed: MultiDict[str, str] = MultiDict()
    for field in shelf.labels:
        value = getattr(entry, field)
        if field == "allowed_units":
            typed.setlist(field, [str(unit.id) for unit in value])
        elif field == "equipment":
            typed[field] = "\n".join(value)
        else:
            typed[field] = ", ".join(value) if isinstance(value, list) else "" if value is None else str(value)
    return typed


def shown(typed: MultiDict[str, str], field: str, units: Sequence[Unit]) -> str:
    """A field of the form as words, for comparing two of them."""
    names = {str(unit.id): unit.name for unit in units}
    values = typed.getlist(field)
    if field in ("parent_id", "unit_id", "allowed_units"):
        return ", ".join(sorted(names.get(value, value) for value in values if value))
    return " ".join(" ".join(values).split())
