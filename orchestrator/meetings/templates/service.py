"""Templates: keep them, and plan a meeting from one in a single short form."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core import audit
from core.errors import Invalid, NotFound, VersionConflict
from core.permissions import Action, Actor, require
from core.runtime import current
from orchestrator.meetings.classification import Classification, refuse_classified
from orchestrator.meetings.editing import plan_of
from orchestrator.meetings.models import Meeting, MeetingKind, Urgency
from orchestrator.meetings.plan import MeetingPlan, checked_plan
from orchestrator.meetings.plan_body import PlanOutline, body_from_json, body_of
from orchestrator.meetings.refusals import TemplateNameTaken, TemplateRetired
from orchestrator.meetings.service import get_meeting, plan_meeting
from orchestrator.meetings.templates.models import MeetingTemplate
from orchestrator.meetings.writing import check_in_use, check_references
from orchestrator.words import checked_name

#: A start is rounded up to the next full five minutes: nobody is told 14:03.
ROUND = timedelta(minutes=5)
SOONEST_MINUTES, LATEST_MINUTES = 5, 7 * 24 * 60


@dataclass(frozen=True, kw_only=True)
class NewTemplate(PlanOutline):
    """A template as filled in."""

    name: str


@dataclass(frozen=True)
class QuickPlan:
    """The short form: what the template does not know. Empty title and chair are those of the template."""

    classification: Classification
    template_id: UUID
    in_minutes: int = 30
    title: str = ""
    chair_id: UUID | None = None
    urgency: Urgency = Urgency.EXPRESS


def create_template(session: Session, actor: Actor | None, new: NewTemplate) -> MeetingTemplate:
    """Keep a template. Raises TemplateNameTaken, Invalid, UnknownReference (people, units)."""
    require(actor, Action.PLAN_MEETING)
    template = MeetingTemplate(retired_at=None, version=1, **_checked(session, new))
    _write(session, template)
    audit.record(session, actor, "template.created", "template", template.id)
    return template


def update_template(
    session: Session, actor: Actor | None, template_id: UUID, new: NewTemplate, *, expected_version: int | None = None
) -> MeetingTemplate:
    """Write a template anew. Raises NotFound, TemplateRetired, VersionConflict, and as `create_template`."""
    template = _locked(session, actor, template_id)
    if expected_version is not None and template.version != expected_version:
        raise VersionConflict
    for name, value in _checked(session, new).items():
        setattr(template, name, value)
    template.version += 1
    _write(session, template)
    audit.record(session, actor, "template.changed", "template", template.id)
    return template


def retire_template(session: Session, actor: Actor | None, template_id: UUID) -> None:
    """Take a template out of use; its name is free again. Raises NotFound, TemplateRetired."""
    template = _locked(session, actor, template_id)
    template.retired_at = current().clock()
    audit.record(session, actor, "template.retired", "template", template.id)


def template_from_meeting(session: Session, actor: Actor | None, meeting_id: UUID, name: str) -> MeetingTemplate:
    """Keep the plan of a meeting as a template. Raises NotFound, Forbidden, TemplateNameTaken, Invalid."""
    require(actor, Action.PLAN_MEETING)
    meeting: Meeting = get_meeting(session, actor, meeting_id)
    refuse_classified(meeting.classification)
    plan = plan_of(meeting)
    new = NewTemplate(
        name=name,
        title=plan.title,
        duration_minutes=int((plan.ends_at - plan.starts_at) / timedelta(minutes=1)),
        body=body_of(plan),
        kind=plan.kind,
        urgency=plan.urgency,
        body_name=plan.body_name,
        chair_id=plan.chair_id,
        secretary_id=plan.secretary_id,
    )
    return create_template(session, actor, new)


def list_templates(session: Session, actor: Actor | None) -> Sequence[MeetingTemplate]:
    """Templates in use, the urgent kinds first, then by name."""
    require(actor, Action.VIEW_DIRECTORY)
    query = select(MeetingTemplate).where(MeetingTemplate.retired_at.is_(None)).order_by(MeetingTemplate.name)
    found = session.scalars(query).all()
    return sorted(found, key=lambda item: item.kind is not MeetingKind.EXTRAORDINARY)


def get_template(session: Session, actor: Actor | None, template_id: UUID) -> MeetingTemplate:
    """One template. Raises NotFound."""
    require(actor, Action.VIEW_DIRECTORY)
    template = session.get(MeetingTemplate, template_id)
    if template is None:
        raise NotFound
    return template


def plan_quickly(session: Session, actor: Actor | None, quick: QuickPlan) -> Meeting:
    """Plan a meeting from a template, minutes from now. Raises TemplateRetired, and as `plan_meeting`."""
    require(actor, Action.PLAN_MEETING)
    refuse_classified(quick.classification)
    template = get_template(session, actor, quick.template_id)
    if template.retired_at is not None:
        raise TemplateRetired
    if isinstance(quick.in_minutes, bool) or not SOONEST_MINUTES <= quick.in_minutes <= LATEST_MINUTES:
        raise Invalid(field="họp sau", reason="phải từ 5 phút đến 7 ngày; xa hơn hãy dùng màn hình lập kế hoạch")
    starts_at = soon(current().clock(), quick.in_minutes)
    plan = plan_from(template, quick.classification, starts_at)
    chair_id = quick.chair_id or plan.chair_id
    return plan_meeting(
        session,
        actor,
        replace(
            plan,
            title=quick.title.strip() or plan.title,
            urgency=quick.urgency,
            chair_id=chair_id,
            secretary_id=plan.secretary_id if plan.secretary_id != chair_id else None,
        ),
    )


def plan_from(template: MeetingTemplate, classification: Classification, starts_at: datetime) -> MeetingPlan:
    """The plan a template gives for a start."""
    outline = PlanOutline(
        title=template.title,
        duration_minutes=template.duration_minutes,
        body=body_from_json(template.body),
        kind=template.kind,
        urgency=template.urgency,
        body_name=template.body_name,
        chair_id=template.chair_id,
        secretary_id=template.secretary_id,
    )
    return outline.plan_at(classification, starts_at)


def soon(now: datetime, minutes: int) -> datetime:
    """So many minutes from now, rounded up to full five minutes."""
    exact = now + timedelta(minutes=minutes)
    past = timedelta(minutes=exact.minute % 5, seconds=exact.second, microseconds=exact.microsecond)
    return exact + (ROUND - past if past else timedelta())


def _checked(session: Session, new: NewTemplate) -> dict[str, object]:
    new.check_length()
    now = current().clock()
    plan = checked_plan(new.plan_at(Classification.UNCLASSIFIED, now), now)
    check_references(session, plan)
    check_in_use(session, plan)
    return {
        "name": checked_name(new.name, "tên mẫu"),
        "title": plan.title,
        "kind": plan.kind,
        "urgency": plan.urgency,
        "duration_minutes": new.duration_minutes,
        "body_name": plan.body_name,
        "chair_id": plan.chair_id,
        "secretary_id": plan.secretary_id,
        "body": body_of(plan).to_json(),
    }


def _write(session: Session, template: MeetingTemplate) -> None:
    name = template.name
    try:
        with session.begin_nested():
            session.add(template)
            session.flush()
    except IntegrityError as error:
        raise TemplateNameTaken(name=name) from error


def _locked(session: Session, actor: Actor | None, template_id: UUID) -> MeetingTemplate:
    require(actor, Action.PLAN_MEETING)
    template = session.get(
        MeetingTemplate, template_id, with_for_update={"of": MeetingTemplate}, populate_existing=True
    )
    if template is None:
        raise NotFound
    if template.retired_at is not None:
        raise TemplateRetired
    return template
