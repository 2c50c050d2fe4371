"""What is due, who has reported and who has not, and the reports of the past."""

from datetime import timedelta
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from core.errors import NotFound, Refusal
from core.permissions import Action
from core.runtime import current
from orchestrator.reports import board as boards
from orchestrator.reports import reminders
from orchestrator.reports.sight import sees_every_unit
from web.reports.blueprint import blueprint
from web.screen_acts import Answer
from web.security.callers import acting
from web.security.gate import requires

#: After this long a board stands still and is no longer asked for.
LIVE_FOR = timedelta(hours=12)


@blueprint.get("/")
@requires(Action.VIEW_REPORTS)
def index() -> str:
    """A unit's duties, and the periods of these days."""
    actor, now = acting(), current().clock()
    with current().database.transaction() as session:
        duties = boards.own_duties(session, actor, now, open_only=True)[0] if actor.unit_ids else []
        return render_template(
            "reports/index.html",
            duties=duties,
            periods=boards.current_periods(session, actor, now),
            is_office=sees_every_unit(actor),
        )


@blueprint.get("/ky/<uuid:period_id>")
@requires(Action.VIEW_REPORTS)
def board(period_id: UUID) -> str:
    """Who has reported and who has not."""
    return _board(period_id, "reports/board.html")


@blueprint.get("/ky/<uuid:period_id>/bang")
@requires(Action.VIEW_REPORTS)
def board_fragment(period_id: UUID) -> str:
    """The same, for the page to keep itself fresh."""
    return _board(period_id, "reports/_board.html")


@blueprint.post("/ky/<uuid:period_id>/don-doc")
@requires(Action.COMPILE_REPORT)
def remind(period_id: UUID) -> Answer:
    """Write to those who have not reported."""
    try:
        with current().database.transaction() as session:
            told = reminders.remind_by_hand(session, acting(), period_id)
    except NotFound:
        raise
    except Refusal as refusal:
        return _board(period_id, "reports/board.html", refusal.sentence()), refusal.http_status
    flash(
        ngettext("Đã gửi thư đôn đốc %(num)d đơn vị.", "Đã gửi thư đôn đốc %(num)d đơn vị.", told)
        if told
        else _("Không có đơn vị nào cần đôn đốc, hoặc vừa được đôn đốc."),
        "good" if told else "",
    )
    return redirect(url_for("reports.board", period_id=period_id))


@blueprint.get("/lich-su")
@requires(Action.VIEW_REPORTS)
def history() -> str:
    """Reports of the past: a unit's own, the office's by period."""
    actor, now = acting(), current().clock()
    page = _page_number()
    with current().database.transaction() as session:
        if sees_every_unit(actor):
            periods, more = boards.past_periods(session, actor, now, page=page)
            return render_template("reports/history.html", periods=periods, duties=[], more=more, page=page)
        duties, more = boards.own_duties(session, actor, now, page=page)
        states = {duty.id: boards.state_of(duty, duty.period, now) for duty in duties}
        return render_template("reports/history.html", periods=[], duties=duties, states=states, more=more, page=page)


def _page_number() -> int:
    asked = request.args.get("trang", "1")
    return min(int(asked), 10_000) if asked.isascii() and asked.isdigit() and asked != "0" else 1


def _board(period_id: UUID, template: str, sentence: str = "") -> str:
    with current().database.transaction() as session:
        return render_board(session, period_id, template, sentence)


def render_board(session: Session, period_id: UUID, template: str, sentence: str = "") -> str:
    """The board within a transaction that is already open."""
    actor, now = acting(), current().clock()
    found = boards.board(session, actor, period_id)
    left = found.period.cut_off_at - now
    return render_template(
        template,
        board=found,
        period=found.period,
        counts=found.counts,
        seconds_left=int(left.total_seconds()),
        is_live=abs(left) < LIVE_FOR,
        is_office=sees_every_unit(actor),
        own_units=actor.unit_ids,
        sentence=sentence,
    )
