"""A unit reports, and corrects what it has reported. Nothing is overwritten: every submission is a row of its own.

The period's row is locked while a report is taken, so that two at once get two numbers and a compiled report never
misses the one that came in beside it.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import audit, outbox
from core.errors import NotFound
from core.permissions import Action, Actor, require
from core.runtime import current
from orchestrator.calendar.service import working_calendar
from orchestrator.reports.compilations import compile_after
from orchestrator.reports.definition import FormDefinition, NilMeaning, Shape
from orchestrator.reports.models import ReportDuty, ReportPeriod, ReportRevision
from orchestrator.reports.refusals import (
    Fault,
    NilNotAllowed,
    PeriodCancelled,
    PeriodNotOpen,
    ReasonMissing,
    ReportConflict,
    ReportInvalid,
)
from orchestrator.reports.roster import read_roster, roster_days
from orchestrator.reports.schedule import is_late
from orchestrator.reports.states import CANCELLED, COMPILED
from orchestrator.reports.values import read_figures, read_note
from orchestrator.words import checked_name, vietnamese_moment


@dataclass(frozen=True)
class Submission:
    """A report as sent: raw values by code (a roster under `roster`).

    `base_number` is the revision the sender saw (0: none yet); None where the sender does not compare.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""
    is_nil: bool = False
    reason: str = ""
    base_number: int | None = None


def submit(session: Session, actor: Actor | None, period_id: UUID, unit_id: UUID, sent: Submission) -> ReportRevision:
    """Take a report, or a correction with its reason. The same content sent twice is one revision.

    Raises:
        NotFound: no such period, or not a unit of the actor. Forbidden: an office account.
        PeriodNotOpen, PeriodCancelled, NilNotAllowed.
        ReportInvalid: with every fault beside its field.
        ReportConflict: somebody has reported after `base_number`. ReasonMissing: a correction without a reason.
    """
    now = current().clock()
    duty, period = _locked(session, actor, period_id, unit_id)
    if period.state == CANCELLED:
        raise PeriodCancelled(period=period.name)
    if now < period.opens_at:
        raise PeriodNotOpen(period=period.name, opens=vietnamese_moment(period.opens_at))
    values, note = _read(session, period, duty, sent)
    digest = _sha256(period.version_id, values, note, sent.is_nil)
    newest = newest_revision(session, duty)
    if newest is not None and newest.sha256 == digest:
        return newest
    reason = _checked_reason(duty, newest, sent)
    if actor is None:
        raise NotFound
    revision = ReportRevision(
        duty_id=duty.id,
        number=duty.revision_count + 1,
        version_id=period.version_id,
        values=values,
        note=note,
        is_nil=sent.is_nil,
        reason=reason,
        is_late=is_late(now, period.cut_off_at),
        submitted_at=now,
        sha256=digest,
        author_id=actor.account_id,
        author_name=actor.name,
    )
    _note(session, actor, duty, period, revision)
    return revision


def newest_revision(session: Session, duty: ReportDuty) -> ReportRevision | None:
    """What the unit says now; None while it has not reported."""
    if not duty.revision_count:
        return None
    return session.scalars(
        select(ReportRevision).where(ReportRevision.duty_id == duty.id, ReportRevision.number == duty.revision_count)
    ).one()


def find_duty(session: Session, actor: Actor | None, period_id: UUID, unit_id: UUID) -> ReportDuty:
    """The duty of one unit in one period. Raises NotFound for strangers."""
    query = select(ReportDuty).where(ReportDuty.period_id == period_id, ReportDuty.unit_id == unit_id)
    duty = session.scalars(query).one_or_none()
    if duty is None:
        raise NotFound
    require(actor, Action.VIEW_REPORTS, duty)
    return duty


def list_revisions(session: Session, actor: Actor | None, duty: ReportDuty) -> Sequence[ReportRevision]:
    """Report and corrections, newest first."""
    require(actor, Action.VIEW_REPORTS, duty)
    query = select(ReportRevision).where(ReportRevision.duty_id == duty.id)
    return session.scalars(query.order_by(ReportRevision.number.desc())).all()


def revision_before(session: Session, period: ReportPeriod, unit_id: UUID) -> ReportRevision | None:
    """What the unit last reported on an earlier period of the same form."""
    query = (
        select(ReportRevision)
        .join(ReportDuty, ReportDuty.id == ReportRevision.duty_id)
        .join(ReportPeriod, ReportPeriod.id == ReportDuty.period_id)
        .where(
            ReportPeriod.form_id == period.form_id,
            ReportPeriod.starts_on < period.starts_on,
            ReportPeriod.state != CANCELLED,
            ReportDuty.unit_id == unit_id,
            ReportRevision.number == ReportDuty.revision_count,
        )
        .order_by(ReportPeriod.starts_on.desc())
        .limit(1)
    )
    return session.scalars(query).one_or_none()


def nil_values(definition: FormDefinition, before: Mapping[str, Any]) -> dict[str, Any]:
    """The figures a nil report stands for: all 0, or those of the period before. Raises NilNotAllowed."""
    if definition.nil is NilMeaning.NONE:
        raise NilNotAllowed
    same = before if definition.nil is NilMeaning.SAME else {}
    return {
        item.code: _as_typed(0 if item.within_period else same.get(item.code, 0))
        for item in definition.entered
        if item.is_figure
    }


def _as_typed(value: Any) -> Any:
    # Stored decimals are text with a point; typed ones have a comma.
    return value.replace(".", ",") if isinstance(value, str) else value


def _locked(session: Session, actor: Actor | None, period_id: UUID, unit_id: UUID) -> tuple[ReportDuty, ReportPeriod]:
    duty = find_duty(session, actor, period_id, unit_id)
    require(actor, Action.SUBMIT_REPORT, duty)
    period = session.scalars(
        select(ReportPeriod)
        .where(ReportPeriod.id == period_id)
        .with_for_update(of=ReportPeriod)
        .execution_options(populate_existing=True)
    ).one()
    session.refresh(duty)
    return duty, period


def _read(session: Session, period: ReportPeriod, duty: ReportDuty, sent: Submission) -> tuple[dict[str, Any], str]:
    definition = period.form_version.read()
    note, faults = read_note(definition, sent.note)
    if definition.shape is Shape.ROSTER:
        values, found = _roster(session, period, definition, sent)
    else:
        values, found = _figures(session, period, duty, definition, sent)
    if faults or found:
        raise ReportInvalid.of((*found, *faults))
    return values, note


def _figures(
    session: Session, period: ReportPeriod, duty: ReportDuty, definition: FormDefinition, sent: Submission
) -> tuple[dict[str, Any], tuple[Fault, ...]]:
    raw = sent.values
    if sent.is_nil:
        before = revision_before(session, period, duty.unit_id)
        raw = nil_values(definition, before.values if before else {})
        loose = tuple(item if item.is_figure else replace(item, required=False) for item in definition.indicators)
        definition = replace(definition, indicators=loose)
    reading = read_figures(definition, raw)
    return reading.values, reading.faults


def _roster(
    session: Session, period: ReportPeriod, definition: FormDefinition, sent: Submission
) -> tuple[dict[str, Any], tuple[Fault, ...]]:
    if sent.is_nil:
        raise NilNotAllowed
    rows = sent.values.get("roster")
    if not isinstance(rows, list) or set(sent.values) != {"roster"}:
        return {}, (Fault("roster", "Lịch trực gửi lên không đúng mẫu: cần danh sách ngày, họ tên, lãnh đạo."),)
    days = roster_days(period.starts_on, period.ends_on, definition.roster, working_calendar(session))
    people, faults = read_roster(rows, days, definition.roster)
    return {"roster": [person.to_json() for person in people]}, faults


def _checked_reason(duty: ReportDuty, newest: ReportRevision | None, sent: Submission) -> str:
    if sent.base_number is not None and sent.base_number != duty.revision_count:
        raise ReportConflict(
            base=sent.base_number,
            current=duty.revision_count,
            author=newest.author_name if newest else "",
            at=vietnamese_moment(newest.submitted_at) if newest else "",
        )
    if newest is None:
        return ""
    reason = checked_name(sent.reason, "lý do điều chỉnh", optional=True)
    if not reason:
        raise ReasonMissing
    return reason


def _note(session: Session, actor: Actor, duty: ReportDuty, period: ReportPeriod, revision: ReportRevision) -> None:
    session.add(revision)
    first = duty.revision_count == 0
    duty.revision_count = revision.number
    duty.last_submitted_at = revision.submitted_at
    duty.is_nil = revision.is_nil
    if first:
        duty.first_submitted_at, duty.is_late = revision.submitted_at, revision.is_late
    session.flush()
    audit.record(
        session,
        actor,
        "report.submitted" if first else "report.corrected",
        "report_duty",
        duty.id,
        revision=revision.number,
        late=revision.is_late,
    )
    outbox.emit(session, "report.submitted" if first else "report.corrected", id=revision.id)
    if period.state == COMPILED:
        compile_after(session, actor, period, revision)


def _sha256(version_id: UUID, values: Mapping[str, Any], note: str, is_nil: bool) -> str:
    said = json.dumps([str(version_id), values, note, is_nil], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def is_open_for(period: ReportPeriod, now: datetime) -> bool:
    """Whether reports are taken."""
    return period.state != CANCELLED and now >= period.opens_at
