"""The administrator's other screens: overview, accounts."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import func, select
from werkzeug.wrappers import Response

from core.accounts import Account
from core.errors import NotFound, Refusal
from core.permissions import Action, Role
from core.runtime import current
from core.sign_ins import second_factor
from orchestrator.directory import service as directory
from orchestrator.directory.models import Endpoint, Person, Unit
from web import forms
from web.administrator import accounts as account_service
from web.administrator.blueprint import blueprint
from web.security.actors import actor_of
from web.security.callers import acting, start_session
from web.security.gate import requires
from web.words import choices

Answer = str | Response | tuple[str, int]


@blueprint.get("/")
@requires(Action.MANAGE_DIRECTORY)
def index() -> str:
    """What there is to keep, with numbers."""
    with current().database.transaction() as session:
        counts = {
            name: session.scalar(select(func.count()).select_from(model)) or 0
            for name, model in (("units", Unit), ("people", Person), ("endpoints", Endpoint), ("accounts", Account))
        }
    return render_template("administrator/index.html", counts=counts)


@blueprint.route("/tai-khoan", methods=["GET", "POST"])
@requires(Action.MANAGE_ACCOUNTS)
def accounts() -> Answer:
    """Accounts; the password of a new one is shown on this one answer and nowhere else."""
    if request.method == "GET":
        return _accounts_page()
    try:
        with current().database.transaction() as session:
            account, password = account_service.add_account(
                session,
                acting(),
                login=forms.text("login"),
                display_name=forms.text("display_name"),
                roles=_chosen_roles(),
                unit_ids=_chosen_units(),
            )
    except Refusal as refusal:
        return _accounts_page(refusal.sentence()), refusal.http_status
    return _accounts_page(shown=(account.login, password))


@blueprint.post("/tai-khoan/<uuid:account_id>/mat-khau")
@requires(Action.MANAGE_ACCOUNTS)
def reset_password(account_id: UUID) -> str:
    """A new password, shown once."""
    with current().database.transaction() as session:
        account, password = account_service.give_new_password(session, acting(), account_id)
    return _accounts_page(shown=(account.login, password))


@blueprint.post("/tai-khoan/<uuid:account_id>/hai-buoc/tat")
@requires(Action.MANAGE_ACCOUNTS)
def remove_second_factor(account_id: UUID) -> Answer:
    """Help who lost the telephone; all sessions of the account end."""
    with current().database.transaction() as session:
        account_service.remove_second_factor(session, acting(), account_id)
    return redirect(url_for("administrator.accounts"))


@blueprint.post("/tai-khoan/<uuid:account_id>/trang-thai")
@requires(Action.MANAGE_ACCOUNTS)
def set_active(account_id: UUID) -> Answer:
    """Close or open an account."""
    with current().database.transaction() as session:
        account_service.set_active(session, acting(), account_id, active=forms.text("active") == "yes")
    return redirect(url_for("administrator.accounts"))


@blueprint.post("/tai-khoan/<uuid:account_id>/vai-tro")
@requires(Action.MANAGE_ACCOUNTS)
def set_roles(account_id: UUID) -> Answer:
    """Other roles: all sessions of the account end; one's own browser goes on with a new one."""
    try:
        with current().database.transaction() as session:
            account, changed = account_service.set_roles(
                session, acting(), account_id, _chosen_roles(), _chosen_units()
            )
    except NotFound:
        raise
    except Refusal as refusal:
        return _accounts_page(refusal.sentence()), refusal.http_status
    if changed and account.id == acting().account_id:
        with current().database.transaction() as session:
            actor = actor_of(session, account)
        start_session(account, actor)
    if changed:
        flash(_("Đã đổi vai trò của “%(login)s”; mọi phiên đăng nhập cũ đã kết thúc.", login=account.login), "good")
    return redirect(url_for("administrator.accounts"))


def _chosen_roles() -> set[Role]:
    return {Role(role) for role in request.form.getlist("roles") if role in list(Role)}


def _chosen_units() -> list[UUID]:
    ids = (forms.read_id(value, "đơn vị") for value in request.form.getlist("unit_ids"))
    return [unit_id for unit_id in ids if unit_id]


def _accounts_page(sentence: str = "", shown: tuple[str, str] | None = None) -> str:
    refused_new = sentence and request.endpoint == "administrator.accounts"
    with current().database.transaction() as session:
        return render_template(
            "administrator/accounts.html",
            accounts=account_service.list_accounts(session, acting()),
            people=account_service.people_of_accounts(session, acting()),
            with_second_factor=second_factor.accounts_with_one(session),
            units=directory.list_units(session, acting()),
            roles=choices("role"),
            typed=request.form if refused_new else {},
            chosen_roles=request.form.getlist("roles") if refused_new else [],
            chosen_units=request.form.getlist("unit_ids") if refused_new else [],
            sentence=sentence,
            shown=shown,
        )
