"""A unit's form: fill in, report, correct; what was typed is never lost on the way."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from core.errors import NotFound, Refusal
from core.permissions import Action, can
from core.runtime import current
from orchestrator.calendar.service import working_calendar
from orchestrator.reports import submissions
from orchestrator.reports.board import state_of
from orchestrator.reports.definition import FormDefinition, NilMeaning, Shape
from orchestrator.reports.models import ReportDuty, ReportPeriod, ReportRevision
from orchestrator.reports.refusals import Fault, ReportConflict, ReportInvalid
from orchestrator.reports.roster import roster_days
from orchestrator.reports.states import CANCELLED
from orchestrator.reports.submissions import Submission
from web import forms
from web.reports.blueprint import blueprint
from web.reports.fields import figures_script, raw_values, relation_words, roster_rows, typed_of
from web.screen_acts import Answer
from web.security.callers import acting
from web.security.gate import requires
from web.words import weekday


@dataclass(frozen=True)
class _Tried:
    """A form that was sent and not taken."""

    typed: Mapping[str, Any]
    note: str = ""
    reason: str = ""
    sentence: str = ""
    faults: tuple[Fault, ...] = ()
    conflict: bool = False


@dataclass(frozen=True)
class _Facts:
    """What the page is about."""

    duty: ReportDuty
    period: ReportPeriod
    definition: FormDefinition
    revisions: list[ReportRevision]
    before: ReportRevision | None
    tried: _Tried | None = field(default=None)


@blueprint.get("/ky/<uuid:period_id>/don-vi/<uuid:unit_id>")
@requires(Action.VIEW_REPORTS)
def fill(period_id: UUID, unit_id: UUID) -> str:
    """The form with what was reported, and its history."""
    with current().database.transaction() as session:
        return _page(session, _facts(session, period_id, unit_id))


@blueprint.post("/ky/<uuid:period_id>/don-vi/<uuid:unit_id>")
@requires(Action.SUBMIT_REPORT)
def submit(period_id: UUID, unit_id: UUID) -> Answer:
    """Report, or correct; a refusal comes back on the same page with everything that was typed."""
    sent = _sent(request.form)
    try:
        with current().database.transaction() as session:
            revision = submissions.submit(session, acting(), period_id, unit_id, sent)
            number, late = revision.number, revision.is_late
    except NotFound:
        raise
    except Refusal as refusal:
        tried = _Tried(
            typed=sent.values,
            note=sent.note,
            reason=sent.reason,
            sentence=refusal.sentence(),
            faults=refusal.faults if isinstance(refusal, ReportInvalid) else (),
            conflict=isinstance(refusal, ReportConflict),
        )
        with current().database.transaction() as session:
            return _page(session, _facts(session, period_id, unit_id, tried)), refusal.http_status
    if number > 1:
        flash(_("Đã nộp bản điều chỉnh số %(number)d.", number=number), "good")
    elif late:
        flash(_("Đã nộp báo cáo; đã quá hạn nên được ghi là nộp muộn."), "warn")
    else:
        flash(_("Đã nộp báo cáo đúng hạn."), "good")
    return redirect(url_for("reports.fill", period_id=period_id, unit_id=unit_id))


def _sent(form: "MultiDict[str, str]") -> Submission:
    is_nil = forms.text("action") == "nil"
    base = forms.text("base_number")
    is_roster = forms.text("shape") == Shape.ROSTER.value
    values: dict[str, Any] = {"roster": roster_rows(form)} if is_roster else raw_values(form)
    return Submission(
        values={} if is_nil else values,
        note=form.get("note", ""),
        is_nil=is_nil,
        reason=forms.text("reason"),
        base_number=int(base) if base.isascii() and base.isdigit() and len(base) < 6 else 0,
    )


def _facts(session: Session, period_id: UUID, unit_id: UUID, tried: _Tried | None = None) -> _Facts:
    actor = acting()
    duty = submissions.find_duty(session, actor, period_id, unit_id)
    period = duty.period
    return _Facts(
        duty,
        period,
        period.form_version.read(),
        list(submissions.list_revisions(session, actor, duty)),
        submissions.revision_before(session, period, unit_id),
        tried,
    )


def _page(session: Session, facts: _Facts) -> str:
    duty, period, definition, tried = facts.duty, facts.period, facts.definition, facts.tried
    newest = facts.revisions[0] if facts.revisions else None
    now = current().clock()
    days = roster_days(period.starts_on, period.ends_on, definition.roster, working_calendar(session))
    shown = typed_of(definition, newest.values if newest else {})
    return render_template(
        "reports/fill.html",
        duty=duty,
        period=period,
        definition=definition,
        days=[(day, weekday(day.weekday())) for day in days],
        revisions=[(row, typed_of(definition, row.values)) for row in facts.revisions],
        newest=newest,
        before=typed_of(definition, facts.before.values if facts.before else {}),
        values=tried.typed if tried else shown,
        theirs=shown if tried and tried.conflict else None,
        note=tried.note if tried else (newest.note if newest else ""),
        reason=tried.reason if tried else "",
        sentence=tried.sentence if tried else "",
        faults={fault.field: fault.sentence for fault in reversed(tried.faults)} if tried else {},
        fault_list=tried.faults if tried else (),
        script=figures_script(definition),
        relations=relation_words(definition),
        state=state_of(duty, period, now),
        seconds_left=int((period.cut_off_at - now).total_seconds()),
        may_submit=can(acting(), Action.SUBMIT_REPORT, duty) and period.state != CANCELLED and now >= period.opens_at,
        may_nil=definition.nil is not NilMeaning.NONE,
        nil_same=definition.nil is NilMeaning.SAME and facts.before is not None,
    )
