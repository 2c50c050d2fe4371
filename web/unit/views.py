"""Screens of a unit; the list of tasks is also the office's."""

from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _

from core.permissions import Action
from core.runtime import current
from minutes.delivery import service as delivery
from minutes.delivery.receipts import subjects_of
from minutes.followups import service as followups
from minutes.followups.report_files import ReportFile
from minutes.followups.states import OPEN
from minutes.notices.models import NoticeKind
from minutes.notices.sheet import lay_out
from minutes.notices.successors import issued_successors
from orchestrator.meetings.models import Meeting
from web import forms
from web.screen_acts import Answer, act_or_show
from web.security.callers import acting
from web.security.gate import requires

blueprint = Blueprint("unit", __name__)


@blueprint.get("/thong-bao-den")
@requires(Action.ACKNOWLEDGE_NOTICE)
def inbox() -> str:
    """Issued notices that came to the person's units."""
    with current().database.transaction() as session:
        rows = delivery.list_deliveries(session, acting())
        return render_template("unit/inbox.html", rows=rows, subjects=subjects_of(session, rows))


@blueprint.get("/thong-bao-den/<uuid:delivery_id>")
@requires(Action.ACKNOWLEDGE_NOTICE)
def received(delivery_id: UUID) -> str:
    """One received notice; opening it is noted."""
    return _received_page(delivery_id)


@blueprint.post("/thong-bao-den/<uuid:delivery_id>/xac-nhan")
@requires(Action.ACKNOWLEDGE_NOTICE)
def acknowledge(delivery_id: UUID) -> Answer:
    """Confirm receipt for the unit."""
    return act_or_show(
        lambda session: delivery.acknowledge(session, acting(), delivery_id),
        then=url_for("unit.received", delivery_id=delivery_id),
        show=lambda sentence: _received_page(delivery_id, sentence),
        done=_("Đã xác nhận nhận thông báo."),
    )


@blueprint.get("/nhiem-vu")
@requires(Action.VIEW_TASKS)
def tasks() -> str:
    """Tasks: those still open by due date, then those done."""
    with current().database.transaction() as session:
        found = followups.list_tasks(session, acting())
        still_open = [task for task in found if task.state in OPEN]
        done = [task for task in found if task.state not in OPEN]
        return render_template("unit/tasks.html", still_open=still_open, done=done)


@blueprint.get("/nhiem-vu/<uuid:task_id>")
@requires(Action.VIEW_TASKS)
def task(task_id: UUID) -> str:
    """One task with its reports."""
    return task_page(task_id)


@blueprint.post("/nhiem-vu/<uuid:task_id>/bao-cao")
@requires(Action.REPORT_TASK)
def report(task_id: UUID) -> Answer:
    """Report progress, or that it is done."""
    text, done = forms.text("text"), forms.text("done") == "yes"
    files = [ReportFile(file.filename, file.read()) for file in request.files.getlist("files") if file.filename]
    return act_or_show(
        lambda session: followups.report(session, acting(), task_id, text, done, files),
        then=url_for("unit.task", task_id=task_id),
        show=lambda sentence: task_page(task_id, sentence, typed=text),
        done=_("Đã gửi báo cáo."),
    )


def _received_page(delivery_id: UUID, sentence: str = "") -> str:
    actor = acting()
    with current().database.transaction() as session:
        row = delivery.open_delivery(session, actor, delivery_id)
        tasks_here = followups.list_tasks(session, actor, notice_id=row.notice_id)
        later = issued_successors(session, row.notice_id)
        withdrawn = any(notice.kind == NoticeKind.WITHDRAWAL for notice, _issue in later)
        # What was called back is not read here any more, as its files are not given out any more.
        page = None if withdrawn else lay_out(row.issue.revision.read(), row.issue.number, row.issue.issued_on)
        return render_template(
            "unit/received.html", row=row, page=page, tasks=tasks_here, later=later, sentence=sentence
        )


def task_page(task_id: UUID, sentence: str = "", typed: str = "") -> str:
    """The page of one task. Raises NotFound."""
    with current().database.transaction() as session:
        found = followups.get_task(session, acting(), task_id)
        meeting = session.get_one(Meeting, found.meeting_id)
        return render_template("unit/task.html", task=found, meeting=meeting, sentence=sentence, typed=typed)
