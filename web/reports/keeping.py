"""Forms: from a preset or from nothing, with a preview before anybody has to fill them in."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import NotFound, Refusal
from core.permissions import Action
from core.runtime import current
from orchestrator.directory.models import Unit
from orchestrator.reports import forms
from orchestrator.reports.checking import check_definition
from orchestrator.reports.definition import FormDefinition, Shape
from orchestrator.reports.forms import FormPlan
from orchestrator.reports.models import ReportForm
from orchestrator.reports.presets import PRESETS, find_preset
from orchestrator.reports.refusals import DefinitionInvalid, Fault
from orchestrator.reports.schedule import Schedule
from web import forms as fields
from web.reports.blueprint import blueprint
from web.reports.definition_form import Typed, empty_row, fields_of, read_form, typed_fields
from web.reports.fields import relation_words
from web.screen_acts import Answer
from web.security.callers import acting
from web.security.gate import requires


@blueprint.get("/bieu-mau")
@requires(Action.MANAGE_REPORTS)
def form_list() -> str:
    """All forms, and the presets to begin with."""
    with current().database.transaction() as session:
        rows = forms.list_forms(session, acting())
        taken = {row.code for row in rows}
        return render_template("reports/forms.html", rows=rows, presets=PRESETS, taken=taken)


@blueprint.get("/bieu-mau/moi")
@requires(Action.MANAGE_REPORTS)
def new_form() -> str:
    """An empty form, or a preset (`?mau=cach-ly`) with all units chosen."""
    preset = find_preset(request.args.get("mau", ""))
    with current().database.transaction() as session:
        units = _units(session)
        everybody = tuple(unit.id for unit in units)
        if preset is None:
            return _page(session, None, fields_of("", FormPlan("", everybody, Schedule()), FormDefinition()))
        plan = FormPlan(preset.name, everybody, preset.schedule)
        return _page(session, None, fields_of(preset.key, plan, preset.definition))


@blueprint.post("/bieu-mau/moi")
@requires(Action.MANAGE_REPORTS)
def create_form() -> Answer:
    """Save a new form, or show how it would look."""
    return _keep(None)


@blueprint.get("/bieu-mau/<uuid:form_id>")
@requires(Action.MANAGE_REPORTS)
def form(form_id: UUID) -> str:
    """One form as it stands, with its versions."""
    with current().database.transaction() as session:
        row = forms.get_form(session, acting(), form_id)
        units = tuple(unit.unit_id for unit in row.units)
        signer = (row.signer_title, row.signer_name)
        plan = FormPlan(row.name, units, row.plan(), row.addressee, row.active, *signer)
        return _page(session, row, fields_of(row.code, plan, forms.latest_version(session, row).read()))


@blueprint.post("/bieu-mau/<uuid:form_id>")
@requires(Action.MANAGE_REPORTS)
def change_form(form_id: UUID) -> Answer:
    """Save changes: a new version where the questions differ."""
    return _keep(form_id)


@blueprint.get("/bieu-mau/<uuid:form_id>/phien-ban/<int:number>")
@requires(Action.MANAGE_REPORTS)
def form_version(form_id: UUID, number: int) -> str:
    """An earlier version, to be read."""
    with current().database.transaction() as session:
        row = forms.get_form(session, acting(), form_id)
        found = next((item for item in forms.list_versions(session, row) if item.number == number), None)
        if found is None:
            raise NotFound
        definition = found.read()
        return render_template(
            "reports/version.html", row=row, version=found, definition=definition, relations=relation_words(definition)
        )


def _keep(form_id: UUID | None) -> Answer:
    typed = typed_fields(request.form)
    try:
        read = read_form(request.form)
        if fields.text("action") == "preview":
            check_definition(read.definition)
            return _again(form_id, typed, preview=read.definition)
        with current().database.transaction() as session:
            if form_id is None:
                form_id = forms.create_form(session, acting(), typed.text["code"], read.plan, read.definition).id
            else:
                forms.revise_form(session, acting(), form_id, read.definition)
                forms.change_form(session, acting(), form_id, read.plan)
    except NotFound:
        raise
    except Refusal as refusal:
        faults = refusal.faults if isinstance(refusal, DefinitionInvalid) else ()
        return _again(form_id, typed, sentence=refusal.sentence(), faults=faults), refusal.http_status
    flash(_("Đã lưu biểu mẫu. Các kỳ tới chưa có báo cáo dùng ngay phiên bản mới."), "good")
    return redirect(url_for("reports.form", form_id=form_id))


def _again(form_id: UUID | None, typed: Typed, **shown: Any) -> str:
    with current().database.transaction() as session:
        row = forms.get_form(session, acting(), form_id) if form_id else None
        return _page(session, row, typed, **shown)


def _units(session: Session) -> list[Unit]:
    return list(session.scalars(select(Unit).where(Unit.active).order_by(Unit.code)))


def _page(
    session: Session,
    row: ReportForm | None,
    typed: Typed,
    *,
    sentence: str = "",
    faults: tuple[Fault, ...] = (),
    preview: FormDefinition | None = None,
) -> str:
    indicators = [item for item in typed.indicators if item["code"] or item["label"]]
    indicators += [empty_row() for _ in range(1 if indicators else 3)]
    constraints = [item for item in typed.constraints if item["text"]]
    return render_template(
        "reports/form.html",
        row=row,
        text=typed.text,
        indicators=indicators,
        constraints=[*constraints, {"text": "", "scope": "unit", "binding": "yes"}],
        chosen=typed.unit_ids,
        is_roster=typed.text["shape"] == Shape.ROSTER.value,
        units=_units(session),
        versions=forms.list_versions(session, row) if row else [],
        sentence=sentence,
        faults=faults,
        preview=preview,
        relations=relation_words(preview) if preview else [],
    )
