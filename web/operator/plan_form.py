"""The planning form: from the fields of a browser to a `MeetingPlan`."""

from collections.abc import Iterable
from uuid import UUID

from flask import request

from core.errors import Invalid
from orchestrator.directory.models import Endpoint, Person
from orchestrator.meetings.classification import Classification, refuse_classified
from orchestrator.meetings.models import MeetingKind, Urgency
from orchestrator.meetings.plan import MeetingPlan, PlannedEndpoint, PlannedItem, PlannedParticipant
from web import forms


def typed_plan(endpoints: Iterable[Endpoint], people: Iterable[Person]) -> MeetingPlan:
    """What the operator filled in. Classification is read and refused first, before any other field is looked at.

    Raises:
        ClassifiedRefused, Invalid.
    """
    classification = forms.choice("classification", Classification, "độ mật")
    refuse_classified(classification)
    chosen = _chosen_endpoints()
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
        endpoints=chosen,
        participants=_participants(chosen, list(endpoints), list(people)),
        agenda=_agenda(),
    )


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
