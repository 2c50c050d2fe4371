"""The administrator's screen of cap policies: add, end."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from core.errors import Refusal
from core.permissions import Action
from core.runtime import current
from orchestrator.caps import service as caps
from orchestrator.caps.caps import Scope
from web import forms
from web.administrator.blueprint import blueprint
from web.screen_acts import Answer
from web.security.callers import acting
from web.security.gate import requires
from web.words import choices


@blueprint.route("/gioi-han", methods=["GET", "POST"])
@requires(Action.MANAGE_CAPS)
def caps_page() -> Answer:
    """Cap policies."""
    if request.method == "GET":
        return _caps_page()
    try:
        with current().database.transaction() as session:
            caps.create_policy(session, acting(), _typed_policy())
    except Refusal as refusal:
        return _caps_page(refusal.sentence()), refusal.http_status
    flash(_("Đã thêm quy định."), "good")
    return redirect(url_for("administrator.caps_page"))


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


def _typed_policy() -> caps.NewPolicy:
    return caps.NewPolicy(
        name=forms.text("name"),
        scope=forms.choice("scope", Scope, "phạm vi"),
        maximum=forms.whole_number(forms.text("maximum"), "số trần"),
        legal_basis=forms.text("legal_basis"),
        valid_from=forms.day("valid_from", "hiệu lực từ"),
        valid_until=forms.optional_day("valid_until", "hiệu lực đến"),
    )


def _caps_page(sentence: str = "") -> str:
    with current().database.transaction() as session:
        return render_template(
            "administrator/caps.html",
            policies=caps.list_policies(session, acting()),
            scopes=choices("scope"),
            typed=request.form,
            sentence=sentence,
            today=current().clock().date(),
        )
