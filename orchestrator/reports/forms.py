"""Forms: make one, give it a new version, change who reports and when. A report keeps the version it was written in.

Every function takes the session and the actor, checks the right first and never commits.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from core import audit
from core.errors import NotFound
from core.permissions import Action, Actor, can, require
from core.runtime import current
from orchestrator.directory.models import Unit
from orchestrator.refusals import UnknownReference
from orchestrator.reports.checking import check_definition
from orchestrator.reports.definition import FormDefinition
from orchestrator.reports.models import ReportForm, ReportFormUnit, ReportFormVersion
from orchestrator.reports.periods import keep_form
from orchestrator.reports.refusals import FormCodeTaken, FormWithoutUnits
from orchestrator.reports.schedule import Schedule
from orchestrator.reports.sight import require_office
from orchestrator.words import checked_code, checked_name


@dataclass(frozen=True)
class FormPlan:
    """Name, rhythm and units of a form as filled in."""

    name: str
    unit_ids: Sequence[UUID]
    schedule: Schedule = field(default_factory=Schedule)
    addressee: str = ""
    active: bool = True
    signer_title: str = ""
    signer_name: str = ""


def create_form(
    session: Session, actor: Actor | None, code: str, plan: FormPlan, definition: FormDefinition
) -> ReportForm:
    """A new form with version 1 and its first periods.

    Raises:
        DefinitionInvalid: with every fault of the definition.
        FormCodeTaken, FormWithoutUnits, UnknownReference (unit), Invalid.
    """
    require(actor, Action.MANAGE_REPORTS)
    check_definition(definition)
    _check_units(session, plan)
    form = ReportForm(
        code=checked_code(code),
        name=checked_name(plan.name, "tên biểu mẫu"),
        schedule=plan.schedule.to_json(),
        addressee=checked_name(plan.addressee, "nơi nhận báo cáo", optional=True),
        signer_title=checked_name(plan.signer_title, "chức vụ người ký", optional=True),
        signer_name=checked_name(plan.signer_name, "họ tên người ký", optional=True),
        active=plan.active,
    )
    try:
        with session.begin_nested():
            session.add(form)
    except IntegrityError as error:
        raise FormCodeTaken(taken=form.code) from error
    _set_units(session, form, plan)
    audit.record(session, actor, "report_form.created", "report_form", form.id, code=form.code)
    revise_form(session, actor, form.id, definition)
    return form


def revise_form(session: Session, actor: Actor | None, form_id: UUID, definition: FormDefinition) -> ReportFormVersion:
    """A new version; asked with what the newest already says, the newest. Raises DefinitionInvalid, NotFound."""
    require(actor, Action.MANAGE_REPORTS)
    check_definition(definition)
    form = _locked(session, form_id)
    newest = latest_version(session, form) if form.version_number else None
    if newest is not None and newest.read() == definition:
        return newest
    if actor is None:
        raise NotFound
    form.version_number += 1
    version = ReportFormVersion(
        form_id=form.id,
        number=form.version_number,
        definition=definition.to_json(),
        author_id=actor.account_id,
        author_name=actor.name,
    )
    session.add(version)
    audit.record(session, actor, "report_form.revised", "report_form", form.id, version=version.number)
    keep_form(session, form.id, current().clock())
    return version


def change_form(session: Session, actor: Actor | None, form_id: UUID, plan: FormPlan) -> ReportForm:
    """Change name, rhythm, units, or give the form up (`active`); periods that nobody has reported on follow.

    Raises: FormWithoutUnits, UnknownReference (unit), Invalid, NotFound.
    """
    require(actor, Action.MANAGE_REPORTS)
    _check_units(session, plan)
    form = _locked(session, form_id)
    form.name = checked_name(plan.name, "tên biểu mẫu")
    form.addressee = checked_name(plan.addressee, "nơi nhận báo cáo", optional=True)
    form.signer_title = checked_name(plan.signer_title, "chức vụ người ký", optional=True)
    form.signer_name = checked_name(plan.signer_name, "họ tên người ký", optional=True)
    form.schedule = plan.schedule.to_json()
    form.active = plan.active
    _set_units(session, form, plan)
    audit.record(session, actor, "report_form.changed", "report_form", form.id, active=form.active)
    keep_form(session, form.id, current().clock())
    return form


def list_forms(session: Session, actor: Actor | None) -> Sequence[ReportForm]:
    """All forms by name, those in use first, with their units."""
    _require_sight(actor)
    query = select(ReportForm).options(selectinload(ReportForm.units))
    return session.scalars(query.order_by(ReportForm.active.desc(), ReportForm.name)).all()


def get_form(session: Session, actor: Actor | None, form_id: UUID) -> ReportForm:
    """One form. Raises NotFound."""
    _require_sight(actor)
    form = session.get(ReportForm, form_id)
    if form is None:
        raise NotFound
    return form


def latest_version(session: Session, form: ReportForm) -> ReportFormVersion:
    """What the form asks from now on."""
    query = select(ReportFormVersion).where(
        ReportFormVersion.form_id == form.id, ReportFormVersion.number == form.version_number
    )
    return session.scalars(query).one()


def latest_definitions(session: Session, rows: Sequence[ReportForm]) -> dict[UUID, FormDefinition]:
    """What each of these forms asks from now on; one query."""
    query = (
        select(ReportFormVersion)
        .join(ReportForm, ReportForm.id == ReportFormVersion.form_id)
        .where(ReportForm.id.in_([row.id for row in rows]), ReportFormVersion.number == ReportForm.version_number)
    )
    return {version.form_id: version.read() for version in session.scalars(query)}


def list_versions(session: Session, form: ReportForm) -> Sequence[ReportFormVersion]:
    """All versions, newest first."""
    query = select(ReportFormVersion).where(ReportFormVersion.form_id == form.id)
    return session.scalars(query.order_by(ReportFormVersion.number.desc())).all()


def _require_sight(actor: Actor | None) -> None:
    # A unit may see boards and its own reports, not how the forms are kept.
    if not can(actor, Action.MANAGE_REPORTS):
        require_office(actor)


def _locked(session: Session, form_id: UUID) -> ReportForm:
    form = session.get(ReportForm, form_id, with_for_update=True, populate_existing=True)
    if form is None:
        raise NotFound
    return form


def _check_units(session: Session, plan: FormPlan) -> None:
    wanted = set(plan.unit_ids)
    if not wanted and plan.active:
        raise FormWithoutUnits
    known = set(session.scalars(select(Unit.id).where(Unit.id.in_(wanted))))
    if wanted - known:
        raise UnknownReference(what="đơn vị", id=next(iter(wanted - known)))


def _set_units(session: Session, form: ReportForm, plan: FormPlan) -> None:
    kept = {row.unit_id: row for row in form.units}
    form.units = [
        kept.get(unit_id) or ReportFormUnit(form_id=form.id, unit_id=unit_id) for unit_id in set(plan.unit_ids)
    ]
    session.flush()
