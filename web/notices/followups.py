"""Follow-up of tasks: files of reports, extensions, statistics, the register as a table, letters of reminder."""

from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from core.clock import in_vietnam
from core.errors import NotFound, Refusal
from core.permissions import Action, can
from core.runtime import current
from minutes.followups import extensions, service
from minutes.followups.exports import MEDIA_TYPES, TableKind, register_file
from minutes.followups.reminder_letter import draft_reminder
from minutes.followups.report_files import read_file
from minutes.followups.statistics import month_of, statistics
from web import forms
from web.files import send_bytes
from web.notices.blueprint import blueprint
from web.notices.page import notice_page
from web.screen_acts import Answer, act_or_show
from web.security.callers import acting
from web.security.gate import requires
from web.unit.views import task_page


@blueprint.get("/nhiem-vu/<uuid:task_id>/tep/<uuid:file_id>")
@requires(Action.VIEW_TASKS)
def task_file(task_id: UUID, file_id: UUID) -> Response:
    """A file that came with a report, always as a download."""
    with current().database.transaction() as session:
        file = read_file(session, acting(), task_id, file_id)
    return send_bytes(file.data, file.name, "application/octet-stream")


@blueprint.post("/nhiem-vu/<uuid:task_id>/gia-han")
@requires(Action.REPORT_TASK)
def ask_extension(task_id: UUID) -> Answer:
    """Ask for more time."""
    reason = forms.text("reason")
    return act_or_show(
        lambda session: extensions.ask(session, acting(), task_id, forms.day("until", "ngày xin gia hạn"), reason),
        then=url_for("unit.task", task_id=task_id),
        show=lambda sentence: task_page(task_id, sentence),
        done=_("Đã gửi đề nghị gia hạn."),
    )


@blueprint.post("/nhiem-vu/<uuid:task_id>/gia-han/<uuid:extension_id>")
@requires(Action.DECIDE_EXTENSION)
def decide_extension(task_id: UUID, extension_id: UUID) -> Answer:
    """Grant it or refuse it."""
    granted, answer = forms.text("decision") == "grant", forms.text("answer")
    return act_or_show(
        lambda session: extensions.decide(
            session, acting(), extension_id, granted=granted, answer=answer, task_id=task_id
        ),
        then=url_for("unit.task", task_id=task_id),
        show=lambda sentence: task_page(task_id, sentence),
        done=_("Đã gia hạn.") if granted else _("Đã trả lời không gia hạn."),
    )


@blueprint.get("/nhiem-vu/thong-ke")
@requires(Action.VIEW_TASKS)
def task_statistics() -> str:
    """How the tasks stand over a period; this month where none is asked for."""
    first, last = month_of(in_vietnam(current().clock()).date())
    sentence = ""
    try:
        first = forms.read_day(request.args.get("tu", ""), "từ ngày") or first
        last = forms.read_day(request.args.get("den", ""), "đến ngày") or last
    except Refusal as refusal:
        sentence = refusal.sentence()
    with current().database.transaction() as session:
        actor = acting()
        found = statistics(session, actor, first, last)
        asked = extensions.waiting(session, actor) if can(actor, Action.DECIDE_EXTENSION) else []
        return render_template("notices/statistics.html", found=found, asked=asked, sentence=sentence)


@blueprint.get("/nhiem-vu/so.<any(xlsx, csv):kind>")
@requires(Action.VIEW_TASKS)
def task_register(kind: str) -> Response:
    """The register as a table, of the tasks that this person sees."""
    table = TableKind(kind)
    now = current().clock()
    with current().database.transaction() as session:
        data = register_file(service.list_tasks(session, acting()), table, now)
    return send_bytes(data, f"so-theo-doi-nhiem-vu-{in_vietnam(now):%Y-%m-%d}.{table}", MEDIA_TYPES[table])


@blueprint.post("/thong-bao/<uuid:notice_id>/don-doc")
@requires(Action.EDIT_NOTICE)
def remind_units(notice_id: UUID) -> Answer:
    """Draft a letter to the units that are late."""
    try:
        with current().database.transaction() as session:
            letter = draft_reminder(session, acting(), notice_id).id
    except NotFound:
        raise
    except Refusal as refusal:
        return notice_page(notice_id, refusal.sentence()), refusal.http_status
    flash(_("Đã soạn công văn đôn đốc. Hãy đọc lại rồi trình duyệt."), "good")
    return redirect(url_for("secretary.notice", notice_id=letter))
