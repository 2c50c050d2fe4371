"""From an account to an actor: its roles, and the units it speaks for in the directory."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.accounts import Account
from core.permissions import Actor
from orchestrator.directory.models import UnitMembership


def actor_of(session: Session, account: Account) -> Actor:
    """The account as the value that every service asks for."""
    unit_ids = session.scalars(select(UnitMembership.unit_id).where(UnitMembership.account_id == account.id))
    return Actor(account.id, account.display_name, account.role_set, frozenset(unit_ids))
