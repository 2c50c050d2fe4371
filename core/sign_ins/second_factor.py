"""The second factor: six figures of an authenticator app (TOTP, RFC 6238), or a code on paper that works once.

The app's secret is sealed with a key derived from the installation's; a code that was used is not good again.
"""

import secrets
from datetime import datetime
from hashlib import sha256
from uuid import UUID

import pyotp
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from core.accounts import Account
from core.errors import Refusal
from core.sealing import Sealer
from core.settings import Settings
from core.sign_ins.models import RecoveryCode, SecondFactor

STEP_SECONDS = 30
#: The app's clock may be one step off (RFC 6238 §5.2).
DRIFT_STEPS = 1
RECOVERY_CODES = 10
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is mistaken for another on paper


class SecondFactorRefused(Refusal):
    """The code is wrong, or was used before."""

    code = "second_factor_refused"
    http_status = 401


class SecondFactorNeeded(Refusal):
    """The password was right; the code is missing."""

    code = "second_factor_needed"
    http_status = 401


def is_on(session: Session, account_id: UUID) -> bool:
    """Whether this account must give a code."""
    row = session.get(SecondFactor, account_id)
    return row is not None and row.confirmed_at is not None


def accounts_with_one(session: Session) -> set[UUID]:
    """Accounts that must give a code."""
    return set(session.scalars(select(SecondFactor.account_id).where(SecondFactor.confirmed_at.is_not(None))))


def begin(session: Session, account: Account, settings: Settings) -> str:
    """A new secret (base32) for the app, replacing one that was never confirmed. It counts from `confirm` on.

    Raises:
        SecondFactorRefused: the account has a second factor already.
    """
    if is_on(session, account.id):
        raise SecondFactorRefused
    secret = pyotp.random_base32()
    row = session.get(SecondFactor, account.id) or SecondFactor(account_id=account.id, confirmed_at=None, last_step=0)
    row.sealed_secret = _sealer(settings).seal(secret.encode(), bound_to=str(account.id))
    session.add(row)
    return secret


def unconfirmed(session: Session, account_id: UUID, settings: Settings) -> str | None:
    """The secret that waits for its first code, if there is one."""
    row = session.get(SecondFactor, account_id)
    return None if row is None or row.confirmed_at is not None else _secret(row, settings)


def address_for_app(account: Account, secret: str, organisation: str) -> str:
    """The `otpauth://` address that the app reads from the picture."""
    return pyotp.TOTP(secret).provisioning_uri(name=account.login, issuer_name=f"Điểm Cầu, {organisation}")


def confirm(session: Session, account: Account, code: str, settings: Settings, now: datetime) -> tuple[str, ...]:
    """The app shows the right code: from now on it is asked for. Returns the codes for paper, shown only here.

    Raises:
        SecondFactorRefused: wrong code, or nothing to confirm.
    """
    row = _locked(session, account.id)
    if row is None or row.confirmed_at is not None or not _is_app_code(row, code, settings, now):
        raise SecondFactorRefused
    row.confirmed_at = now
    codes = tuple(_paper_code() for _ in range(RECOVERY_CODES))
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    session.add_all(RecoveryCode(account_id=account.id, code_hash=_hashed(code), used_at=None) for code in codes)
    return codes


def check(session: Session, account: Account, code: str, settings: Settings, now: datetime) -> None:
    """Accept a code of the app or one of paper, each once.

    Raises:
        SecondFactorRefused: neither, or used before.
    """
    row = _locked(session, account.id)
    if row is None or row.confirmed_at is None:
        raise SecondFactorRefused
    if _is_app_code(row, code, settings, now):
        return
    query = select(RecoveryCode).where(RecoveryCode.account_id == account.id, RecoveryCode.used_at.is_(None))
    paper = session.scalar(query.where(RecoveryCode.code_hash == _hashed(code)).with_for_update())
    if paper is None:
        raise SecondFactorRefused
    paper.used_at = now


def codes_left(session: Session, account_id: UUID) -> int:
    """How many paper codes are unused."""
    query = select(func.count()).where(RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None))
    return session.scalar(query) or 0


def remove(session: Session, account_id: UUID) -> None:
    """The account needs its password alone again."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    session.execute(delete(SecondFactor).where(SecondFactor.account_id == account_id))


def _locked(session: Session, account_id: UUID) -> SecondFactor | None:
    # Under lock: two requests with the same code must not both find it unused.
    return session.get(SecondFactor, account_id, with_for_update=True, populate_existing=True)


def _is_app_code(row: SecondFactor, code: str, settings: Settings, now: datetime) -> bool:
    app, present = pyotp.TOTP(_secret(row, settings)), int(now.timestamp()) // STEP_SECONDS
    given = "".join(code.split())
    for step in range(present - DRIFT_STEPS, present + DRIFT_STEPS + 1):
        if step > row.last_step and secrets.compare_digest(app.at(step * STEP_SECONDS).encode(), given.encode()):
            row.last_step = step
            return True
    return False


def _secret(row: SecondFactor, settings: Settings) -> str:
    return _sealer(settings).unseal(row.sealed_secret, bound_to=str(row.account_id)).decode()


def _paper_code() -> str:
    letters = [secrets.choice(_LETTERS) for _ in range(12)]
    return "-".join("".join(letters[start : start + 4]) for start in (0, 4, 8))


def _hashed(code: str) -> str:
    # Sixty random bits: a plain hash is enough, nothing could be guessed from it.
    return sha256("".join(letter for letter in code.lower() if letter.isalnum()).encode()).hexdigest()


def _sealer(settings: Settings) -> Sealer:
    return Sealer(settings.secret_key.get_secret_value(), "diemcau second factor 1")
