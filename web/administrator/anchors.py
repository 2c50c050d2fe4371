"""Anchors of the audit trail: a day's page to print and sign, the same as text, and a check of one that was kept."""

from datetime import date, timedelta

from flask import Response, render_template, request

from core import anchors
from core.anchors import AnchorReport, AnchorUnreadable
from core.clock import in_vietnam
from core.permissions import Action
from core.runtime import current
from papers.pdf import render_pdf
from web import forms
from web.administrator.anchor_paper import anchor_sheet
from web.administrator.blueprint import blueprint
from web.screen_acts import Answer
from web.security.gate import requires

#: An anchor is some hundred letters; what is longer is none.
LONGEST_TEXT = 4000


@blueprint.get("/nhat-ky/moc")
@requires(Action.VIEW_AUDIT)
def anchor() -> str:
    """The anchor of a full day, by default yesterday's."""
    return _page()


@blueprint.post("/nhat-ky/moc")
@requires(Action.VIEW_AUDIT)
def check_anchor() -> Answer:
    """Hold the chain against an anchor that was kept elsewhere."""
    try:
        wanted = anchors.from_text(forms.text("anchor")[:LONGEST_TEXT])
    except AnchorUnreadable as refusal:
        return _page(refusal.sentence()), refusal.http_status
    with current().database.transaction() as session:
        report = anchors.verify(session, wanted)
    return _page(report=report)


@blueprint.get("/nhat-ky/moc.txt")
@requires(Action.VIEW_AUDIT)
def anchor_text() -> Response:
    """The same as text, to be signed or kept elsewhere."""
    with current().database.transaction() as session:
        found = anchors.anchor_of(session, _day())
    answer = Response(anchors.to_text(found), mimetype="text/plain")
    answer.headers["Content-Disposition"] = f'attachment; filename="moc-nhat-ky-{found.day.isoformat()}.txt"'
    return answer


@blueprint.get("/nhat-ky/moc.pdf")
@requires(Action.VIEW_AUDIT)
def anchor_pdf() -> Response:
    """The same as a paper, to be printed and signed."""
    runtime = current()
    with runtime.database.transaction() as session:
        found = anchors.anchor_of(session, _day())
    data = render_pdf(anchor_sheet(found, runtime.settings), runtime.settings.font_directory)
    answer = Response(data, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="moc-nhat-ky-{found.day.isoformat()}.pdf"'
    return answer


def _day() -> date:
    """The day asked for; never one that is not over, whose anchor would still change."""
    yesterday = in_vietnam(current().clock()).date() - timedelta(days=1)
    try:
        return min(date.fromisoformat(request.args.get("ngay", "")), yesterday)
    except ValueError:
        return yesterday


def _page(sentence: str = "", report: AnchorReport | None = None) -> str:
    with current().database.transaction() as session:
        found = anchors.anchor_of(session, _day())
    return render_template(
        "administrator/anchor.html",
        anchor=found,
        text=anchors.to_text(found),
        report=report,
        sentence=sentence,
        typed=request.form if sentence else {},
    )
