"""Templates: kept, retired, and an urgent meeting planned from one with three values."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from core.errors import ClassifiedRefused, Forbidden, Invalid, NotFound, VersionConflict
from core.permissions import Actor, Role
from orchestrator.meetings import service as meetings
from orchestrator.meetings.classification import Classification
from orchestrator.meetings.models import MeetingKind, Urgency
from orchestrator.meetings.plan import PlannedEndpoint, PlannedItem
from orchestrator.meetings.plan_body import PlanBody, body_from_json
from orchestrator.meetings.refusals import TemplateNameTaken, TemplateRetired
from orchestrator.meetings.templates.service import (
    NewTemplate,
    QuickPlan,
    create_template,
    get_template,
    list_templates,
    plan_quickly,
    retire_template,
    soon,
    template_from_meeting,
    update_template,
)
from orchestrator.refusals import UnknownReference
from tests.conftest import MOMENT
from tests.orchestrator.conftest import Ministry, plan_of


def template_of(ministry: Ministry, **changes: Any) -> NewTemplate:
    new = NewTemplate(
        name="Họp khẩn Ban Chỉ đạo",
        title="Họp khẩn phòng, chống dịch",
        duration_minutes=60,
        body=PlanBody(
            endpoints=tuple(PlannedEndpoint(item.id, 3) for item in ministry.endpoints),
            agenda=(PlannedItem("Tình hình", ministry.units[0].id),),
        ),
        kind=MeetingKind.EXTRAORDINARY,
        chair_id=ministry.chair.id,
        secretary_id=ministry.secretary.id,
    )
    return replace(new, **changes)


def test_three_values_plan_an_urgent_meeting(session: Session, operator: Actor, ministry: Ministry) -> None:
    template = create_template(session, operator, template_of(ministry))
    quick = QuickPlan(Classification.UNCLASSIFIED, template.id, title="Họp khẩn về ổ dịch mới")
    meeting = plan_quickly(session, operator, quick)
    assert (meeting.title, meeting.urgency, meeting.kind) == (
        "Họp khẩn về ổ dịch mới",
        Urgency.EXPRESS,
        MeetingKind.EXTRAORDINARY,
    )
    assert meeting.starts_at == MOMENT + timedelta(minutes=30)
    assert (len(meeting.endpoints), meeting.chair_id) == (4, ministry.chair.id)
    assert [item.title for item in meeting.agenda] == ["Tình hình"]
    assert meeting.time_warnings == [], "the three days do not bind what is urgent"


def test_another_chair_may_be_named_even_the_secretary(session: Session, operator: Actor, ministry: Ministry) -> None:
    template = create_template(session, operator, template_of(ministry))
    quick = QuickPlan(Classification.UNCLASSIFIED, template.id, chair_id=ministry.secretary.id)
    meeting = plan_quickly(session, operator, quick)
    assert (meeting.chair_id, meeting.secretary_id) == (ministry.secretary.id, None)


@pytest.mark.parametrize("minutes", [0, -30, 4, 100_000, True])
def test_a_start_that_is_none_is_refused(session: Session, operator: Actor, ministry: Ministry, minutes: int) -> None:
    template = create_template(session, operator, template_of(ministry))
    with pytest.raises(Invalid, match="họp sau"):
        plan_quickly(session, operator, QuickPlan(Classification.UNCLASSIFIED, template.id, minutes))


def test_classification_comes_first(session: Session, operator: Actor) -> None:
    with pytest.raises(ClassifiedRefused):
        plan_quickly(session, operator, QuickPlan(Classification.SECRET, uuid4()))


@pytest.mark.parametrize(("minute", "starts"), [(0, 30), (1, 35), (4, 35), (5, 35)])
def test_a_start_is_a_full_five_minutes(minute: int, starts: int) -> None:
    begin = datetime(2026, 4, 8, 7, 0, tzinfo=UTC)
    assert soon(begin + timedelta(minutes=minute), 30) == begin + timedelta(minutes=starts)
    assert soon(begin + timedelta(seconds=1), 30) == begin + timedelta(minutes=35)


def test_a_meeting_is_kept_as_a_template(session: Session, operator: Actor, ministry: Ministry) -> None:
    meeting = meetings.plan_meeting(session, operator, plan_of(ministry))
    template = template_from_meeting(session, operator, meeting.id, "Giao ban tuần")
    body = body_from_json(template.body)
    assert [item.endpoint_id for item in body.endpoints] == [item.id for item in ministry.endpoints]
    assert {item.person_id for item in body.participants} == {ministry.chair.id, ministry.secretary.id}
    assert (template.title, template.duration_minutes) == (meeting.title, 90)


def test_a_template_is_changed_under_its_version_and_retired(
    session: Session, operator: Actor, ministry: Ministry
) -> None:
    template = create_template(session, operator, template_of(ministry))
    with pytest.raises(TemplateNameTaken):
        create_template(session, operator, template_of(ministry))
    update_template(session, operator, template.id, template_of(ministry, duration_minutes=45), expected_version=1)
    with pytest.raises(VersionConflict):
        update_template(session, operator, template.id, template_of(ministry), expected_version=1)
    assert [item.duration_minutes for item in list_templates(session, operator)] == [45]
    retire_template(session, operator, template.id)
    assert list_templates(session, operator) == []
    for act in (
        lambda: retire_template(session, operator, template.id),
        lambda: plan_quickly(session, operator, QuickPlan(Classification.UNCLASSIFIED, template.id)),
    ):
        with pytest.raises(TemplateRetired):
            act()
    create_template(session, operator, template_of(ministry))


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"name": " "}, Invalid),
        ({"name": "x" * 300}, Invalid),
        ({"title": "x" * 300}, Invalid),
        ({"duration_minutes": 0}, Invalid),
        ({"duration_minutes": 10**15}, Invalid),
        ({"duration_minutes": -(10**40)}, Invalid),
        ({"body": PlanBody()}, Invalid),
        ({"chair_id": uuid4()}, UnknownReference),
    ],
)
def test_wrong_templates_are_refused(
    session: Session, operator: Actor, ministry: Ministry, changes: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        create_template(session, operator, template_of(ministry, **changes))


def test_who_may_and_what_does_not_exist(
    session: Session, operator: Actor, ministry: Ministry, actor_factory: Callable[..., Actor]
) -> None:
    with pytest.raises(Forbidden):
        create_template(session, actor_factory(Role.SECRETARY), template_of(ministry))
    with pytest.raises(NotFound):
        get_template(session, operator, uuid4())
    with pytest.raises(NotFound):
        plan_quickly(session, operator, QuickPlan(Classification.UNCLASSIFIED, uuid4()))
