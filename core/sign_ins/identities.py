"""Who an account is at the site's own sign-in service: linked by the person itself, found by issuer and subject.

Nobody gets an account or a role by signing in there: an identity that is not linked opens nothing.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core.accounts import Account
from core.errors import Refusal
from core.sign_ins.models import OutsideIdentity


class IdentityUnknown(Refusal):
    """Nobody here is linked with this identity, or the account is closed."""

    code = "identity_unknown"
    http_status = 403


class IdentityTaken(Refusal):
    """Another account is linked with this identity."""

    code = "identity_taken"
    http_status = 409


def account_of(session: Session, issuer: str, subject: str, now: datetime) -> Account:
    """The active account of this identity. Raises IdentityUnknown."""
    query = select(OutsideIdentity, Account).join(Account, Account.id == OutsideIdentity.account_id)
    query = query.where(OutsideIdentity.issuer == issuer, OutsideIdentity.subject == subject)
    found = session.execute(query).one_or_none()
    if found is None or not found[1].active:
        raise IdentityUnknown
    row, account = found
    row.last_used_at = account.last_sign_in_at = now
    return account


def link(session: Session, account_id: UUID, issuer: str, subject: str, now: datetime) -> OutsideIdentity:
    """From now on this identity opens this account; one it had before at the same service no longer does.

    Raises:
        IdentityTaken: it opens another account.
    """
    # Under the account's lock: the same person may click twice.
    session.get_one(Account, account_id, with_for_update=True)
    taken = select(OutsideIdentity).where(OutsideIdentity.issuer == issuer, OutsideIdentity.subject == subject)
    there = session.scalar(taken)
    if there is not None:
        if there.account_id != account_id:
            raise IdentityTaken
        return there
    unlink(session, account_id, issuer)
    row = OutsideIdentity(account_id=account_id, issuer=issuer, subject=subject, created_at=now, last_used_at=None)
    session.add(row)
    session.flush()
    return row


def unlink(session: Session, account_id: UUID, issuer: str) -> bool:
    """The account is entered by its password alone again; whether there was a link."""
    gone = delete(OutsideIdentity).where(OutsideIdentity.account_id == account_id, OutsideIdentity.issuer == issuer)
    return bool(session.execute(gone.returning(OutsideIdentity.id)).all())


def identity_of(session: Session, account_id: UUID, issuer: str) -> OutsideIdentity | None:
    """Who the account is at this service."""
    query = select(OutsideIdentity).where(OutsideIdentity.account_id == account_id)
    return session.scalar(query.where(OutsideIdentity.issuer == issuer))
