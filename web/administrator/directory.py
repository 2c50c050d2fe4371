"""Screens of the directory: a list with search and pages, a form for one entry, retiring and deleting.

A refusal comes back with what was typed; where somebody else has saved in between, both are shown.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from core.accounts import Account
from core.audit import AuditRow
from core.errors import NotFound, Refusal, VersionConflict
from core.permissions import Action
from core.runtime import current
from orchestrator.directory import editing, service
from orchestrator.directory.models import EndpointKind, Person, Unit
from orchestrator.directory.searching import Use, Wanted
from orchestrator.directory.tree import below, in_tree_order
from web import forms
from web.administrator.accounts import accounts_to_choose
from web.administrator.blueprint import blueprint
from web.administrator.shelves import SHELVES, Entry, Shelf, name_of, shown, typed_of
from web.security.callers import acting
from web.security.gate import requires
from web.words import choices, word

Answer = str | Response | tuple[str, int]
HISTORY_ROWS = 10
#: Addresses of the three lists; `slug` is one of them.
SLUGS = '<any("don-vi", "nguoi", "diem-cau"):slug>'
_ACTS = {"ngung": editing.retire, "khoi-phuc": editing.restore}


@blueprint.get(f"/{SLUGS}")
@requires(Action.MANAGE_DIRECTORY)
def entries(slug: str) -> str:
    """One of the lists, fifty rows a page."""
    shelf, wanted = SHELVES[slug], _wanted()
    with current().database.transaction() as session:
        page = shelf.search(session, acting(), wanted)
        return render_template(
            "administrator/entries.html",
            shelf=shelf,
            page=page,
            wanted=wanted,
            units=service.list_units(session, acting()),
            kinds=choices("endpoint_kind"),
            uses=choices("use"),
        )


@blueprint.get(f"/{SLUGS}/them")
@requires(Action.MANAGE_DIRECTORY)
def new_entry(slug: str) -> str:
    """An empty form."""
    with current().database.transaction() as session:
        return _form(session, SHELVES[slug], MultiDict())


@blueprint.post(f"/{SLUGS}")
@requires(Action.MANAGE_DIRECTORY)
def add_entry(slug: str) -> Answer:
    """Add an entry."""
    shelf = SHELVES[slug]
    try:
        with current().database.transaction() as session:
            name = name_of(shelf.create(session, acting(), shelf.read()))
    except Refusal as refusal:
        with current().database.transaction() as session:
            return _form(session, shelf, request.form, refusal.sentence()), refusal.http_status
    flash(_("Đã thêm “%(name)s”.", name=name), "good")
    return redirect(url_for("administrator.entries", slug=slug))


@blueprint.get(f"/{SLUGS}/<uuid:entry_id>")
@requires(Action.MANAGE_DIRECTORY)
def entry(slug: str, entry_id: UUID) -> str:
    """One entry in its form."""
    shelf = SHELVES[slug]
    with current().database.transaction() as session:
        found = shelf.get(session, acting(), entry_id)
        return _form(session, shelf, typed_of(found, shelf), entry=found)


@blueprint.post(f"/{SLUGS}/<uuid:entry_id>")
@requires(Action.MANAGE_DIRECTORY)
def change_entry(slug: str, entry_id: UUID) -> Answer:
    """Save what was typed over the version it was typed on."""
    shelf = SHELVES[slug]
    try:
        with current().database.transaction() as session:
            changed = shelf.change(session, acting(), entry_id, shelf.read(), _version())
            name = name_of(changed)
    except NotFound:
        raise
    except Refusal as refusal:
        return _refused(shelf, entry_id, refusal)
    flash(_("Đã lưu “%(name)s”.", name=name), "good")
    return redirect(url_for("administrator.entries", slug=slug))


@blueprint.post(f'/{SLUGS}/<uuid:entry_id>/<any("ngung", "khoi-phuc", "xoa"):act>')
@requires(Action.MANAGE_DIRECTORY)
def act_on_entry(slug: str, entry_id: UUID, act: str) -> Answer:
    """Retire, restore or delete."""
    shelf = SHELVES[slug]
    try:
        with current().database.transaction() as session:
            if act == "xoa":
                editing.delete(session, acting(), shelf.model, entry_id, _version())
            else:
                _ACTS[act](session, acting(), shelf.model, entry_id, _version())
    except NotFound:
        raise
    except Refusal as refusal:
        return _refused(shelf, entry_id, refusal)
    flash(_("Đã xóa.") if act == "xoa" else _("Đã lưu."), "good")
    if act == "xoa":
        return redirect(url_for("administrator.entries", slug=slug))
    return redirect(url_for("administrator.entry", slug=slug, entry_id=entry_id))


@blueprint.post("/nguoi/<uuid:entry_id>/tai-khoan")
@requires(Action.MANAGE_ACCOUNTS)
def link_account(entry_id: UUID) -> Answer:
    """Say which account is this person's own."""
    try:
        with current().database.transaction() as session:
            account_id = forms.optional_id("account_id", "tài khoản")
            person = editing.link_account(session, acting(), entry_id, account_id, _version())
            name = person.full_name
    except NotFound:
        raise
    except Refusal as refusal:
        return _refused(SHELVES["nguoi"], entry_id, refusal)
    told = (
        _("Đã gắn tài khoản cho “%(name)s”.", name=name)
        if account_id
        else _("Đã gỡ tài khoản khỏi “%(name)s”.", name=name)
    )
    flash(told, "good")
    return redirect(url_for("administrator.entry", slug="nguoi", entry_id=entry_id))


def _wanted() -> Wanted:
    """What the address asks for; what cannot be read is taken as not asked."""
    asked = request.args
    use = asked.get("use", "")
    kind = asked.get("kind", "")
    page = asked.get("page", "")
    return Wanted(
        text=asked.get("q", "").strip()[:200],
        use=Use(use) if use in list(Use) else Use.ACTIVE,
        unit_id=asked.get("unit", type=UUID),
        kind=EndpointKind(kind) if kind in list(EndpointKind) else None,
        number=int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
    )


def _version() -> int:
    return forms.whole_number(forms.text("version"), "phiên bản")


def _refused(shelf: Shelf, entry_id: UUID, refusal: Refusal) -> tuple[str, int]:
    """The form again with what was typed; after a conflict also with what stands there now."""
    with current().database.transaction() as session:
        found = shelf.get(session, acting(), entry_id)
        now = typed_of(found, shelf)
        typed = request.form if "code" in request.form else now
        sentence = refusal.sentence()
        conflict = None
        if isinstance(refusal, VersionConflict):
            units = session.scalars(select(Unit)).all()
            pairs = [(shelf.labels[f], shown(now, f, units), shown(typed, f, units)) for f in shelf.labels]
            conflict = [pair for pair in pairs if pair[1] != pair[2]]
            sentence = _(
                "Người khác vừa lưu mục này. Nội dung bạn nhập vẫn còn ở dưới; hãy so sánh rồi lưu lại nếu vẫn cần."
            )
        return _form(session, shelf, typed, sentence, found, conflict), refusal.http_status


def _form(
    session: Session,
    shelf: Shelf,
    typed: MultiDict[str, str],
    sentence: str = "",
    entry: Entry | None = None,
    conflict: list[tuple[Any, str, str]] | None = None,
) -> str:
    units = service.list_units(session, acting())
    tree = in_tree_order(units, lambda unit: unit.id, lambda unit: unit.parent_id)
    parents = {unit.id: unit.parent_id for unit in units}
    hidden = below(parents, entry.id) | {entry.id} if isinstance(entry, Unit) else set()
    return render_template(
        "administrator/entry.html",
        shelf=shelf,
        entry=entry,
        title=name_of(entry) if entry else shelf.add,
        typed=typed,
        sentence=sentence,
        conflict=conflict,
        unit_options=[(unit.id, "– " * depth + unit.name) for unit, depth in tree if unit.id not in hidden],
        kinds=choices("endpoint_kind"),
        history=_history(session, shelf, entry) if entry else [],
        accounts=accounts_to_choose(session, acting(), entry) if isinstance(entry, Person) else [],
    )


def _history(session: Session, shelf: Shelf, entry: Entry) -> list[Mapping[str, Any]]:
    """The newest changes of an entry, each field with what was before and what is after."""
    kind = shelf.model.__tablename__
    found = select(AuditRow, Account.display_name).outerjoin(Account, Account.id == AuditRow.actor_id)
    found = found.where(AuditRow.object_type == kind, AuditRow.object_id == entry.id)
    rows = session.execute(found.order_by(AuditRow.id.desc()).limit(HISTORY_ROWS)).all()
    names = {str(unit_id): name for unit_id, name in session.execute(select(Unit.id, Unit.name))}
    return [
        {"at": row.at, "who": who, "verb": row.action.partition(".")[2], "changes": _changes(shelf, row.detail, names)}
        for row, who in rows
    ]


def _changes(shelf: Shelf, detail: Mapping[str, Any], names: Mapping[str, str]) -> list[tuple[Any, str, str]]:
    before, after = detail.get("before") or {}, detail.get("after") or {}
    return [
        (shelf.labels[field], _said(field, before.get(field), names), _said(field, value, names))
        for field, value in after.items()
        if field in shelf.labels
    ]


def _said(field: str, value: Any, names: Mapping[str, str]) -> str:
    if value is None:
        return ""
    if field in ("parent_id", "unit_id"):
        return names.get(value, value)
    if field == "kind" and value in list(EndpointKind):
        return str(word(value, "endpoint_kind"))
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
