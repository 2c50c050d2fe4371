"""The administrator's caps: presets, add, end; the register of exceptions; planned meetings over a new cap."""

from datetime import date
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from core.clock import in_vietnam
from core.errors import Invalid, Refusal
from core.permissions import Action, Role
from core.runtime import current
from orchestrator.caps import service as caps
from orchestrator.caps.caps import Scope
from orchestrator.caps.presets import PRESETS
from orchestrator.directory import service as directory
from orchestrator.meetings.cap_exceptions import REGISTER_ROWS, exception_register
from orchestrator.meetings.cap_review import meetings_over_caps
from orchestrator.meetings.models import MeetingKind
from web import forms
from web.administrator.blueprint import blueprint
from web.screen_acts import Answer
from web.security.callers import acting
from web.security.gate import requires
from web.words import choices

Word = TypeVar("Word", bound=StrEnum)


@blueprint.route("/gioi-han", methods=["GET", "POST"])
@requires(Action.MANAGE_CAPS)
def caps_page() -> Answer:
    """Cap policies; a POST adds one as filled in."""
    if request.method == "GET":
        return _caps_page()
    try:
        with current().database.transaction() as session:
            caps.create_policy(session, acting(), _typed_policy())
    except Refusal as refusal:
        return _caps_page(refusal.sentence()), refusal.http_status
    return _added()


@blueprint.post("/gioi-han/mau/<code>")
@requires(Action.MANAGE_CAPS)
def add_preset(code: str) -> Answer:
    """Put a preset in force from today, or from the day given."""
    try:
        number = forms.optional_number("maximum", "số trần")
        valid_from = forms.optional_day("valid_from", "hiệu lực từ") or _today()
        with current().database.transaction() as session:
            caps.add_preset(session, acting(), code, valid_from, maximum=number)
    except Refusal as refusal:
        return _caps_page(refusal.sentence()), refusal.http_status
    return _added()


@blueprint.post("/gioi-han/<uuid:policy_id>/ket-thuc")
@requires(Action.MANAGE_CAPS)
def end_cap(policy_id: UUID) -> Answer:
    """Let a policy end after a day."""
    try:
        with current().database.transaction() as session:
            caps.end_policy(session, acting(), policy_id, forms.day("last_day", "hiệu lực đến"))
    except Refusal as refusal:
        return _caps_page(refusal.sentence()), refusal.http_status
    flash(_("Đã đặt ngày hết hiệu lực."), "good")
    return redirect(url_for("administrator.caps_page"))


@blueprint.get("/gioi-han/so-vuot-tran")
@requires(Action.MANAGE_CAPS)
def exceptions_page() -> str:
    """The register of exceptions, by page."""
    number = forms.page_number(request.args.get("trang", "1"))
    with current().database.transaction() as session:
        rows, total = exception_register(session, acting(), page=number)
        return render_template(
            "administrator/cap_exceptions.html",
            rows=rows,
            total=total,
            number=number,
            pages=max(1, -(-total // REGISTER_ROWS)),
            page_url=lambda page: url_for("administrator.exceptions_page", trang=page),
        )


def _added() -> Answer:
    """Say that it binds now, and how many planned meetings it leaves over the cap; none of them is touched."""
    with current().database.transaction() as session:
        over = meetings_over_caps(session, acting(), current().clock())
    flash(_("Đã thêm quy định."), "good")
    if over:
        flash(
            _("%(count)d cuộc họp đã lập đang vượt trần. Hãy xem danh sách và báo người điều hành.", count=len(over)),
            "warn",
        )
    return redirect(url_for("administrator.caps_page"))


def _typed_policy() -> caps.NewPolicy:
    return caps.NewPolicy(
        name=forms.text("name"),
        scope=forms.choice("scope", Scope, "phạm vi"),
        maximum=forms.whole_number(forms.text("maximum"), "số trần"),
        legal_basis=forms.text("legal_basis"),
        valid_from=forms.day("valid_from", "hiệu lực từ"),
        valid_until=forms.optional_day("valid_until", "hiệu lực đến"),
        kinds=[kind.value for kind in _chosen(MeetingKind, "kinds", "loại cuộc họp")],
        unit_ids=[
            unit_id
            for value in request.form.getlist("units")
            if (unit_id := forms.read_id(value, "đơn vị")) is not None
        ],
        may_exceed_roles=_chosen(Role, "may_exceed", "vai trò được cho vượt trần"),
        note=forms.text("note"),
    )


def _chosen(kind: type[Word], name: str, field: str) -> list[Word]:
    try:
        return [kind(value) for value in request.form.getlist(name) if value]
    except ValueError as error:
        raise Invalid(field=field, reason="không có trong danh sách, hãy chọn lại") from error


def _caps_page(sentence: str = "") -> str:
    with current().database.transaction() as session:
        units = directory.list_units(session, acting())
        return render_template(
            "administrator/caps.html",
            policies=caps.list_policies(session, acting()),
            unit_names={unit.id: unit.name for unit in units},
            units=units,
            presets=PRESETS,
            scopes=choices("scope"),
            kinds=choices("meeting_kind"),
            roles=[(role.value, words) for role, words in caps.ROLE_WORDS.items()],
            who=caps.who_may_exceed,
            over=meetings_over_caps(session, acting(), current().clock()),
            exceptions_total=_exceptions_total(session),
            typed=request.form,
            sentence=sentence,
            today=_today(),
        )


def _exceptions_total(session: Session) -> int:
    return exception_register(session, acting())[1]


def _today() -> date:
    return in_vietnam(current().clock()).date()
