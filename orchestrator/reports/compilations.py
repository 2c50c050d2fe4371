"""Compiling a period: the reports as they stand, frozen in a row. A correction or a late report after that makes a new
compiled revision by itself, so that the newest one is always true and the old one stays to be seen.
"""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, lazyload

from core import lifecycles
from core.errors import NotFound
from core.permissions import Action, Actor, require
from core.runtime import current
from orchestrator.directory.models import Unit
from orchestrator.reports.compiled import Before, Compiled, UnitReport, put_together, totals_of
from orchestrator.reports.models import (
    Compilation,
    CompiledBecause,
    ReportDuty,
    ReportPeriod,
    ReportRevision,
)
from orchestrator.reports.refusals import NothingReported
from orchestrator.reports.sight import require_office
from orchestrator.reports.states import CANCELLED, PERIOD
from orchestrator.reports.values import stored


def compile_period(session: Session, actor: Actor, period_id: UUID) -> Compilation:
    """Put the reports together now; where nothing has changed since the last time, that one is given back.

    Raises: NotFound, Forbidden, NothingReported, TransitionRefused (a cancelled period).
    """
    period = session.get(ReportPeriod, period_id)
    if period is None:
        raise NotFound
    require(actor, Action.VIEW_REPORTS, period)
    require(actor, Action.COMPILE_REPORT, period)
    session.refresh(period, with_for_update={"of": ReportPeriod})
    content = content_of(session, period)
    if not content.reported:
        raise NothingReported
    newest = newest_compilation(session, period)
    if newest is not None and newest.sha256 == content.sha256():
        return newest
    return _write(session, actor, period, content, CompiledBecause.ASKED, newest, None)


def compile_after(session: Session, actor: Actor, period: ReportPeriod, revision: ReportRevision) -> Compilation:
    """The new compiled revision that a later report makes necessary; the caller holds the period's lock."""
    because = CompiledBecause.CORRECTION if revision.number > 1 else CompiledBecause.LATE
    newest = newest_compilation(session, period)
    return _write(session, actor, period, content_of(session, period), because, newest, revision)


def content_of(session: Session, period: ReportPeriod) -> Compiled:
    """The compiled report as it would be now; nothing is written."""
    definition = period.form_version.read()
    earlier = _period_before(session, period)
    before = None
    if earlier is not None:
        totals = totals_of(earlier.form_version.read(), unit_reports(session, earlier))
        known = earlier.form_version.read().by_code
        before = Before(earlier.name, {code: str(stored(known[code], number)) for code, number in totals.items()})
    return put_together(
        definition,
        unit_reports(session, period),
        before,
        form_name=period.form.name,
        period_name=period.name,
        starts_on=period.starts_on.isoformat(),
        ends_on=period.ends_on.isoformat(),
        cut_off_at=period.cut_off_at.isoformat(),
        addressee=period.form.addressee,
        signer_title=period.form.signer_title,
        signer_name=period.form.signer_name,
    )


def unit_reports(session: Session, period: ReportPeriod) -> list[UnitReport]:
    """What each unit of the period says now, by the units' codes; one query."""
    query = (
        select(ReportDuty, Unit.code, Unit.name, ReportRevision)
        .join(Unit, Unit.id == ReportDuty.unit_id)
        .outerjoin(
            ReportRevision,
            (ReportRevision.duty_id == ReportDuty.id) & (ReportRevision.number == ReportDuty.revision_count),
        )
        .where(ReportDuty.period_id == period.id)
        .options(lazyload(ReportDuty.unit))
        .order_by(Unit.code)
    )
    return [_unit_report(duty, code, name, revision) for duty, code, name, revision in session.execute(query)]


def _unit_report(duty: ReportDuty, code: str, name: str, revision: ReportRevision | None) -> UnitReport:
    bare = UnitReport(str(duty.unit_id), code, name)
    if revision is None or duty.first_submitted_at is None:
        return bare
    return replace(
        bare,
        revision=revision.number,
        values=revision.values,
        is_nil=revision.is_nil,
        is_late=duty.is_late,
        submitted_at=duty.first_submitted_at.isoformat(),
        corrected_at=revision.submitted_at.isoformat() if revision.number > 1 else "",
        reason=revision.reason,
        author=revision.author_name,
        note=revision.note,
    )


def newest_compilation(session: Session, period: ReportPeriod) -> Compilation | None:
    """The compiled report that counts."""
    query = select(Compilation).where(Compilation.period_id == period.id).order_by(Compilation.number.desc()).limit(1)
    return session.scalars(query).one_or_none()


def list_compilations(session: Session, actor: Actor, period: ReportPeriod) -> Sequence[Compilation]:
    """All compiled revisions, newest first; the office's, for they show every unit's figures."""
    require_office(actor)
    query = select(Compilation).where(Compilation.period_id == period.id)
    return session.scalars(query.order_by(Compilation.number.desc())).all()


def get_compilation(session: Session, actor: Actor, compilation_id: UUID) -> Compilation:
    """One compiled revision. Raises NotFound for strangers."""
    require_office(actor)
    found = session.get(Compilation, compilation_id)
    if found is None:
        raise NotFound
    return found


def _period_before(session: Session, period: ReportPeriod) -> ReportPeriod | None:
    """The latest earlier period of the form on which anybody has reported."""
    reported = select(ReportDuty.id).where(ReportDuty.period_id == ReportPeriod.id, ReportDuty.revision_count > 0)
    query = (
        select(ReportPeriod)
        .where(
            ReportPeriod.form_id == period.form_id,
            ReportPeriod.starts_on < period.starts_on,
            ReportPeriod.state != CANCELLED,
            reported.exists(),
        )
        .order_by(ReportPeriod.starts_on.desc())
        .limit(1)
    )
    return session.scalars(query).one_or_none()


def _write(
    session: Session,
    actor: Actor,
    period: ReportPeriod,
    content: Compiled,
    because: CompiledBecause,
    newest: Compilation | None,
    revision: ReportRevision | None,
) -> Compilation:
    row = Compilation(
        period_id=period.id,
        number=newest.number + 1 if newest else 1,
        content=content.to_json(),
        sha256=content.sha256(),
        because=because,
        revision_id=revision.id if revision else None,
        compiled_at=current().clock(),
        author_id=actor.account_id,
        author_name=actor.name,
    )
    session.add(row)
    lifecycles.apply(session, PERIOD, period, "compiled", actor=actor, number=row.number, because=because.value)
    return row
