"""Series: the form with its preview of days, the list, one series, going on with it, ending it."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from core.clock import in_vietnam
from core.errors import ClassifiedRefused, Invalid, NotFound, Refusal
from core.permissions import Action
from core.runtime import current
from orchestrator.directory import service as directory
from orchestrator.meetings.classification import Classification, refuse_classified
from orchestrator.meetings.listing import MeetingFilter, coming_meetings, search_meetings
from orchestrator.meetings.models import MeetingKind, Urgency
from orchestrator.meetings.series.plans import NewSeries
from orchestrator.meetings.series.preview import Occurrence, preview_series
from orchestrator.meetings.series.recurrence import rule_for
from orchestrator.meetings.series.service import (
    SERIES_LISTED,
    continue_series,
    end_series,
    get_series,
    list_series,
    plan_series,
)
from orchestrator.meetings.templates.service import get_template, plan_from
from web import forms
from web.operator.blueprint import blueprint
from web.operator.choices import plan_choices
from web.operator.plan_form import Typed, plan_fields, typed_body
from web.operator.rule_words import rule_words
from web.planning import keep_trace
from web.screen_acts import Answer
from web.security.callers import acting
from web.security.gate import requires

CUSTOM = "custom"


@blueprint.get("/cuoc-hop/chuoi")
@requires(Action.PLAN_MEETING)
def series_list() -> str:
    """All series, those still running first."""
    number = forms.page_number(request.args.get("trang", "1"))
    with current().database.transaction() as session:
        rows, total = list_series(session, acting(), page=number)
        return render_template(
            "operator/series_list.html",
            rows=[(row, rule_words(row.rrule)) for row in rows],
            number=number,
            pages=max(1, -(-total // SERIES_LISTED)),
            page_url=lambda page: url_for("operator.series_list", trang=page),
        )


@blueprint.route("/cuoc-hop/chuoi/moi", methods=["GET", "POST"])
@requires(Action.PLAN_MEETING)
def new_series() -> Answer:
    """The form; `preview` shows the days without writing anything, `save` plans them all."""
    if request.method == "GET":
        return _form(_first_fields())
    try:
        with current().database.transaction() as session:
            new = _typed(session)
            if forms.text("act") != "save":
                return _form(request.form, days=preview_series(session, acting(), new))
            series, made = plan_series(session, acting(), new)
    except ClassifiedRefused as refusal:
        keep_trace(acting(), forms.choice("classification", Classification, "độ mật"))
        return render_template("operator/classified.html", sentence=refusal.sentence()), refusal.http_status
    except Refusal as refusal:
        return _refused(refusal), refusal.http_status
    flash(_("Đã lập chuỗi họp với %(count)d phiên.", count=len(made)), "good")
    return redirect(url_for("operator.series", series_id=series.id))


@blueprint.get("/cuoc-hop/chuoi/<uuid:series_id>")
@requires(Action.PLAN_MEETING)
def series(series_id: UUID) -> str:
    """One series with its meetings."""
    return _page(series_id)


@blueprint.post("/cuoc-hop/chuoi/<uuid:series_id>/tiep")
@requires(Action.PLAN_MEETING)
def go_on(series_id: UUID) -> Answer:
    """Make the meetings up to a later day."""
    try:
        excluded = frozenset(_days("excluded"))
        through = forms.day("through", "ngày cuối")
        with current().database.transaction() as session:
            made = continue_series(session, acting(), series_id, through, excluded=excluded)
    except NotFound:
        raise
    except Refusal as refusal:
        return _page(series_id, refusal.sentence()), refusal.http_status
    flash(_("Đã lập thêm %(count)d phiên.", count=len(made)), "good")
    return redirect(url_for("operator.series", series_id=series_id))


@blueprint.post("/cuoc-hop/chuoi/<uuid:series_id>/ket-thuc")
@requires(Action.PLAN_MEETING)
def end(series_id: UUID) -> Answer:
    """Call off what is still planned from a day on."""
    try:
        from_day = forms.day("from_day", "từ ngày")
        with current().database.transaction() as session:
            off = end_series(session, acting(), series_id, from_day, forms.text("reason"))
    except NotFound:
        raise
    except Refusal as refusal:
        return _page(series_id, refusal.sentence()), refusal.http_status
    flash(_("Đã kết thúc chuỗi và hủy %(count)d phiên.", count=len(off)), "good")
    return redirect(url_for("operator.series", series_id=series_id))


def _first_fields() -> Typed:
    empty: Typed = MultiDict(
        {"kind": "weekly_briefing", "urgency": "normal", "starts": "08:00", "duration": "90", "pattern": "weekly"}
    )
    template_id = forms.read_id(request.args.get("mau", ""), "mẫu")
    if template_id is None:
        return empty
    with current().database.transaction() as session:
        template = get_template(session, acting(), template_id)
        typed = plan_fields(plan_from(template, Classification.UNCLASSIFIED, current().clock()))
    for name in ("classification", "day"):
        typed.poplist(name)
    typed.update({"starts": "08:00", "duration": str(template.duration_minutes), "pattern": "weekly"})
    return typed


def _typed(session: Session) -> NewSeries:
    """Raises ClassifiedRefused before anything else is read; Invalid, SeriesRuleInvalid."""
    classification = forms.choice("classification", Classification, "độ mật")
    refuse_classified(classification)
    actor = acting()
    starts_at = forms.moment("day", "starts", "giờ bắt đầu")
    pattern = forms.text("pattern")
    first_on = in_vietnam(starts_at).date()
    new = NewSeries(
        classification=classification,
        title=forms.text("title"),
        rrule=forms.text("rrule") if pattern == CUSTOM else rule_for(pattern, first_on),
        starts_at=starts_at,
        duration_minutes=forms.whole_number(forms.text("duration"), "thời lượng"),
        body=typed_body(directory.list_endpoints(session, actor), directory.list_people(session, actor)),
        kind=forms.choice("kind", MeetingKind, "loại cuộc họp"),
        urgency=forms.choice("urgency", Urgency, "độ khẩn"),
        body_name=forms.text("body_name"),
        chair_id=forms.optional_id("chair_id", "người chủ trì"),
        secretary_id=forms.optional_id("secretary_id", "thư ký"),
        through=forms.optional_day("through", "ngày cuối"),
    )
    return replace(new, excluded=frozenset(_days("excluded")), moved=_moved())


def _days(name: str) -> list[date]:
    found = [forms.read_day(value, "ngày bỏ họp") for value in request.form.getlist(name)]
    return [day for day in found if day is not None]


def _moved() -> dict[date, date]:
    """`moved-2026-04-30` → the day it is held on instead; empty and unchanged ones are none."""
    found = {}
    for name, value in request.form.items():
        if name.startswith("moved-") and value.strip():
            day, to = forms.read_day(name.removeprefix("moved-"), "ngày dời"), forms.read_day(value, "ngày dời")
            if day is not None and to is not None and day != to:
                if abs(to - day) > timedelta(days=60):
                    raise Invalid(field="ngày dời", reason=f"phiên {day:%d/%m/%Y} chỉ dời được trong 60 ngày")
                found[day] = to
    return found


def _refused(refusal: Refusal) -> str:
    """The form again; where only one day stands in the way, with the days, so that it can be left out or moved."""
    days: tuple[Occurrence, ...] = ()
    if refusal.code == "series_occurrence":
        with current().database.transaction() as session:
            days = preview_series(session, acting(), _typed(session))
    return _form(request.form, refusal, days=days)


def _form(typed: Typed, refusal: Refusal | None = None, *, days: tuple[Occurrence, ...] = ()) -> str:
    with current().database.transaction() as session:
        return render_template(
            "operator/series_form.html",
            typed=typed,
            patterns=_patterns(),
            days=days,
            **plan_choices(session, acting(), typed, refusal),
        )


def _patterns() -> list[tuple[str, str]]:
    return [
        ("weekly", _("Hằng tuần, vào thứ của ngày đầu")),
        ("fortnightly", _("Hai tuần một lần")),
        ("monthly_weekday", _("Hằng tháng, vào thứ của ngày đầu (ví dụ Thứ Hai đầu tháng)")),
        ("monthly_day", _("Hằng tháng, vào ngày của ngày đầu")),
        ("quarterly", _("Hằng quý")),
        ("working_days", _("Từ Thứ Hai đến Thứ Sáu")),
        (CUSTOM, _("Quy tắc khác (RRULE)")),
    ]


def _page(series_id: UUID, sentence: str = "") -> str:
    number = forms.page_number(request.args.get("trang", "1"))
    with current().database.transaction() as session:
        found = get_series(session, acting(), series_id)
        now = current().clock()
        page = search_meetings(session, acting(), MeetingFilter(series_id=series_id, next_first=True), now, page=number)
        coming = coming_meetings(session, acting(), now, None, limit=1, series_id=series_id)
        return render_template(
            "operator/series.html",
            series=found,
            rule=rule_words(found.rrule),
            page=page,
            page_url=lambda other: url_for("operator.series", series_id=series_id, trang=other),
            next_one=coming[0] if coming else None,
            sentence=sentence,
            today=in_vietnam(now).date(),
        )
