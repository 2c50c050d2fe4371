"""Accounts as the administrator keeps them: made with a password that is shown once, closed, given a new one."""

import secrets
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import audit
from core.accounts import Account, change_password, change_roles, create_account
from core.errors import Invalid, NotFound
from core.permissions import Action, Actor, Role, require
from core.sign_ins import second_factor
from orchestrator.directory.models import Person, Unit, UnitMembership
from orchestrator.directory.service import add_membership
from orchestrator.words import checked_code, checked_name

_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"


def generated_password() -> str:
    """Four groups of five letters: long enough against guessing, short enough to be read over the telephone."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(4))


def add_account(
    session: Session, actor: Actor, *, login: str, display_name: str, roles: set[Role], unit_ids: Sequence[UUID]
) -> tuple[Account, str]:
    """A new account and its password, which is kept nowhere else. Raises Invalid, LoginTaken, UnknownReference."""
    require(actor, Action.MANAGE_ACCOUNTS)
    if not roles:
        raise Invalid(field="vai trò", reason="cần chọn ít nhất một")
    if Role.UNIT in roles and not unit_ids:
        raise Invalid(field="đơn vị", reason="tài khoản đơn vị phải thuộc ít nhất một đơn vị")
    password = generated_password()
    account = create_account(
        session,
        login=checked_code(login, "tên đăng nhập"),
        password=password,
        display_name=checked_name(display_name, "họ tên"),
        roles=roles,
    )
    audit.record(session, actor, "account.created", "account", account.id, roles=sorted(roles))
    for unit_id in unit_ids:
        add_membership(session, actor, account.id, unit_id)
    return account, password


def give_new_password(session: Session, actor: Actor, account_id: UUID) -> tuple[Account, str]:
    """Replace a password and end the account's sessions. Raises NotFound."""
    require(actor, Action.MANAGE_ACCOUNTS)
    account = _get(session, account_id)
    password = generated_password()
    change_password(account, password)
    audit.record(session, actor, "account.password_reset", "account", account.id)
    return account, password


def remove_second_factor(session: Session, actor: Actor, account_id: UUID) -> Account:
    """For who lost the telephone and the paper: the password alone opens again. Raises NotFound."""
    require(actor, Action.MANAGE_ACCOUNTS)
    account = _get(session, account_id)
    second_factor.remove(session, account.id)
    account.session_epoch += 1
    audit.record(session, actor, "account.second_factor_off", "account", account.id)
    return account


def set_active(session: Session, actor: Actor, account_id: UUID, *, active: bool) -> Account:
    """Close or open an account; closing ends its sessions. Raises NotFound, Invalid for one's own."""
    require(actor, Action.MANAGE_ACCOUNTS)
    account = _get(session, account_id)
    if account.id == actor.account_id and not active:
        raise Invalid(field="tài khoản", reason="không thể tự khóa tài khoản đang dùng, hãy nhờ quản trị viên khác")
    if account.active != active:
        account.active = active
        account.session_epoch += 1
        audit.record(session, actor, "account.opened" if active else "account.closed", "account", account.id)
    return account


def set_roles(
    session: Session, actor: Actor, account_id: UUID, roles: set[Role], unit_ids: Sequence[UUID] = ()
) -> tuple[Account, bool]:
    """Other roles, and more units; every session of the account ends, so that no page keeps rights it had.

    Returns the account and whether anything changed.

    Raises:
        NotFound. Invalid: no role; a unit's role without a unit; one's own right to keep accounts given away.
    """
    require(actor, Action.MANAGE_ACCOUNTS)
    account = _get(session, account_id)
    if not roles:
        raise Invalid(field="vai trò", reason="cần chọn ít nhất một")
    if account.id == actor.account_id and Role.ADMINISTRATOR not in roles:
        raise Invalid(field="vai trò", reason="không thể tự bỏ vai trò quản trị, hãy nhờ quản trị viên khác")
    known = set(session.scalars(select(UnitMembership.unit_id).where(UnitMembership.account_id == account.id)))
    if Role.UNIT in roles and not (known or unit_ids):
        raise Invalid(field="đơn vị", reason="tài khoản đơn vị phải thuộc ít nhất một đơn vị")
    before, joined = sorted(account.roles), [unit_id for unit_id in unit_ids if unit_id not in known]
    changed = change_roles(account, roles)
    if changed:
        audit.record(session, actor, "account.roles_changed", "account", account.id, roles=sorted(roles), before=before)
    for unit_id in joined:
        add_membership(session, actor, account.id, unit_id)
    if joined and not changed:
        account.session_epoch += 1
    return account, changed or bool(joined)


def list_accounts(session: Session, actor: Actor) -> list[tuple[Account, list[str]]]:
    """All accounts by login, each with the names of its units."""
    require(actor, Action.MANAGE_ACCOUNTS)
    names: dict[UUID, list[str]] = {}
    pairs = select(UnitMembership.account_id, Unit.name).join(Unit, Unit.id == UnitMembership.unit_id)
    for account_id, name in session.execute(pairs.order_by(Unit.name)):
        names.setdefault(account_id, []).append(name)
    accounts = session.scalars(select(Account).order_by(Account.login))
    return [(account, names.get(account.id, [])) for account in accounts]


def people_of_accounts(session: Session, actor: Actor) -> dict[UUID, str]:
    """Whose own account it is, by account; accounts of scripts and of shared desks are nobody's."""
    require(actor, Action.MANAGE_ACCOUNTS)
    pairs = session.execute(select(Person.account_id, Person.full_name).where(Person.account_id.is_not(None)))
    return {account_id: name for account_id, name in pairs if account_id}


def accounts_to_choose(session: Session, actor: Actor, person: Person) -> list[tuple[UUID, str]]:
    """Accounts that may be this person's own: open ones that are nobody else's, and the present one."""
    require(actor, Action.MANAGE_ACCOUNTS)
    taken = select(Person.account_id).where(Person.account_id.is_not(None), Person.id != person.id)
    query = select(Account).where(Account.id.not_in(taken), Account.active | (Account.id == person.account_id))
    found = session.scalars(query.order_by(Account.display_name, Account.login))
    return [(account.id, f"{account.display_name} ({account.login})") for account in found]


def _get(session: Session, account_id: UUID) -> Account:
    account = session.get(Account, account_id, with_for_update=True)
    if account is None:
        raise NotFound
    return account
