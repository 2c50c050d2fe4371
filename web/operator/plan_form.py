"""The planning form both ways: from the fields of a browser to a `MeetingPlan`, and from a plan to the fields."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from flask import request
from werkzeug.datastructures import MultiDict

from core.clock import in_vietnam
from core.errors import Invalid, Refusal
from orchestrator.directory.models import Endpoint, Person
from orchestrator.meetings.classification import Classification, refuse_classified
from orchestrator.meetings.models import MeetingKind, Urgency
from orchestrator.meetings.plan import (
    MeetingPlan,
    PlannedDocument,
    PlannedEndpoint,
    PlannedException,
    PlannedItem,
    PlannedParticipant,
)
from orchestrator.meetings.plan_body import PlanBody
from web import forms

Typed = MultiDict[str, str]

#: Where a refusal about a named value is shown: the Vietnamese name of the value → the field of the form.
_FIELDS = {
    "tên cuộc họp": "title",
    "loại cuộc họp": "kind",
    "độ khẩn": "urgency",
    "cơ quan họp": "body_name",
    "giờ bắt đầu": "starts",
    "giờ kết thúc": "ends",
    "thời gian họp": "day",
    "người chủ trì": "chair_id",
    "thư ký": "secretary_id",
    "điểm cầu": "endpoints",
    "điểm cầu trung tâm": "endpoints",
    "số người dự": "endpoints",
    "người dự": "people",
    "nội dung chương trình": "agenda",
    "đơn vị trình bày": "agenda",
    "lý do cho vượt trần": "exception_reason",
    "số được phép": "exception_allowed",
    "tên mẫu": "name",
    "thời lượng": "duration",
    "họp sau": "in_minutes",
    "ngày cuối": "through",
}
_CODES = {
    "endpoint_taken": "endpoints",
    "room_taken": "endpoints",
    "chair_taken": "chair_id",
    "cap_exceeded_room": "endpoints",
    "cap_exceeded_meeting": "endpoints",
    "cap_exceeded_connections": "endpoints",
    "series_rule_invalid": "rrule",
    "series_too_long": "through",
    "series_endless": "through",
    "series_empty": "through",
    "template_name_taken": "name",
}


def faulty_field(refusal: Refusal | None) -> str:
    """The field a refusal belongs to; empty where it belongs to the whole form."""
    if refusal is None:
        return ""
    if isinstance(refusal, Invalid):
        return _FIELDS.get(str(refusal.params.get("field", "")), "")
    return _CODES.get(refusal.code, "")


def faulty_place(refusal: Refusal | None) -> str:
    """The name of the endpoint or room a refusal names; its row is marked."""
    if refusal is None:
        return ""
    return str(refusal.params.get("place") or refusal.params.get("endpoint") or "")


def typed_plan(endpoints: Iterable[Endpoint], people: Iterable[Person]) -> MeetingPlan:
    """What the operator filled in. Classification is read and refused first, before any other field is looked at.

    Raises:
        ClassifiedRefused, Invalid.
    """
    classification = forms.choice("classification", Classification, "độ mật")
    refuse_classified(classification)
    body = typed_body(endpoints, people)
    return MeetingPlan(
        classification=classification,
        title=forms.text("title"),
        kind=forms.choice("kind", MeetingKind, "loại cuộc họp"),
        urgency=forms.choice("urgency", Urgency, "độ khẩn"),
        body_name=forms.text("body_name"),
        starts_at=forms.moment("day", "starts", "giờ bắt đầu"),
        ends_at=forms.moment("day", "ends", "giờ kết thúc"),
        chair_id=forms.optional_id("chair_id", "người chủ trì"),
        secretary_id=forms.optional_id("secretary_id", "thư ký"),
        endpoints=body.endpoints,
        participants=body.participants,
        agenda=body.agenda,
        documents=body.documents,
        exceptions=_exceptions(),
    )


def typed_body(endpoints: Iterable[Endpoint], people: Iterable[Person]) -> PlanBody:
    """Endpoints, people, agenda and papers as filled in. Raises Invalid."""
    chosen = _chosen_endpoints()
    return PlanBody(
        endpoints=tuple(chosen),
        participants=tuple(_participants(chosen, list(endpoints), list(people))),
        agenda=tuple(_agenda()),
        documents=tuple(_documents()),
    )


def body_fields(body: PlanBody) -> Typed:
    """The fields of a body, as `typed_body` would read them."""
    typed: Typed = MultiDict()
    for item in body.endpoints:
        typed.add("endpoint", str(item.endpoint_id))
        typed[f"heads-{item.endpoint_id}"] = str(item.head_count)
        if item.is_central:
            typed["central"] = str(item.endpoint_id)
    for person in body.participants:
        typed.add("participant", str(person.person_id))
    for point in body.agenda:
        typed.add("agenda_title", point.title)
        typed.add("agenda_unit", str(point.unit_id or ""))
    for paper in body.documents:
        typed.add("document_symbol", paper.symbol)
        typed.add("document_subject", paper.subject)
        typed.add("document_day", paper.issued_on.isoformat() if paper.issued_on else "")
    return typed


def plan_fields(plan: MeetingPlan) -> Typed:
    """The fields of a whole plan."""
    body = PlanBody(plan.endpoints, plan.participants, plan.agenda, plan.documents)
    typed = body_fields(body)
    starts, ends = in_vietnam(plan.starts_at), in_vietnam(plan.ends_at)
    typed.update(
        {
            "classification": plan.classification.value,
            "title": plan.title,
            "kind": plan.kind.value,
            "urgency": plan.urgency.value,
            "body_name": plan.body_name,
            "day": starts.date().isoformat(),
            "starts": f"{starts:%H:%M}",
            "ends": f"{ends:%H:%M}",
            "chair_id": str(plan.chair_id or ""),
            "secretary_id": str(plan.secretary_id or ""),
        }
    )
    return typed


def kept_seats(body: PlanBody, stored: Iterable[PlannedParticipant]) -> tuple[PlannedParticipant, ...]:
    """People of a form with the seat and the part they had: the form asks only who takes part.

    Whoever sat at an endpoint that is no longer chosen gets the seat of their unit.
    """
    known = {item.person_id: item for item in stored}
    chosen = {item.endpoint_id for item in body.endpoints}

    def seated(item: PlannedParticipant) -> PlannedParticipant:
        before = known.get(item.person_id)
        if before is None:
            return item
        stays = before.endpoint_id is None or before.endpoint_id in chosen
        return replace(before, endpoint_id=before.endpoint_id if stays else item.endpoint_id)

    return tuple(seated(item) for item in body.participants)


def _chosen_endpoints() -> list[PlannedEndpoint]:
    central = forms.optional_id("central", "điểm cầu trung tâm")
    chosen = []
    for value in request.form.getlist("endpoint"):
        endpoint_id = forms.read_id(value, "điểm cầu")
        if endpoint_id is None:
            continue
        heads = forms.whole_number(request.form.get(f"heads-{value}", "") or "1", "số người dự")
        chosen.append(PlannedEndpoint(endpoint_id, heads, endpoint_id == central))
    if central is not None and not any(item.is_central for item in chosen):
        raise Invalid(field="điểm cầu trung tâm", reason="chưa được chọn tham gia cuộc họp")
    return chosen


def _participants(
    chosen: list[PlannedEndpoint], endpoints: list[Endpoint], people: list[Person]
) -> list[PlannedParticipant]:
    """Named people, each at the chosen endpoint of their own unit where there is one."""
    taking_part = {item.endpoint_id for item in chosen}
    seat_of_unit: dict[UUID, UUID] = {}
    for endpoint in endpoints:
        if endpoint.id in taking_part and endpoint.unit_id:
            seat_of_unit.setdefault(endpoint.unit_id, endpoint.id)
    unit_of = {person.id: person.unit_id for person in people}
    named = []
    for value in request.form.getlist("participant"):
        person_id = forms.read_id(value, "người dự")
        if person_id is not None:
            unit_id = unit_of.get(person_id)
            named.append(PlannedParticipant(person_id, seat_of_unit.get(unit_id) if unit_id else None))
    return named


def _agenda() -> list[PlannedItem]:
    titles = request.form.getlist("agenda_title")
    units = request.form.getlist("agenda_unit")
    units += [""] * (len(titles) - len(units))
    return [
        PlannedItem(title.strip(), forms.read_id(unit, "đơn vị trình bày"))
        for title, unit in zip(titles, units, strict=False)
        if title.strip()
    ]


def _documents() -> list[PlannedDocument]:
    symbols = request.form.getlist("document_symbol")
    subjects = request.form.getlist("document_subject")
    days = request.form.getlist("document_day")
    subjects += [""] * (len(symbols) - len(subjects))
    days += [""] * (len(symbols) - len(days))
    return [
        PlannedDocument(symbol.strip(), forms.read_day(day, "ngày tài liệu"), subject.strip())
        for symbol, subject, day in zip(symbols, subjects, days, strict=False)
        if symbol.strip()
    ]


def _exceptions() -> list[PlannedException]:
    policy_id = forms.optional_id("exception_policy", "quy định")
    if policy_id is None or not forms.text("exception_reason"):
        return []
    allowed = forms.whole_number(forms.text("exception_allowed"), "số được phép")
    return [PlannedException(policy_id, allowed, forms.text("exception_reason"))]
