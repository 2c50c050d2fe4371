"""Sign-ins made for this installation: generated passwords, kept in `sign-ins.json` (mode 600) until it is deleted.

There is no default password anywhere. The first start makes the administrator; the sample adds its own accounts.
"""

import json
import os
import secrets
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.accounts import Account, create_account
from core.permissions import Actor
from web.demo.ministry import ADMINISTRATOR, SampleAccount

FILE_NAME = "sign-ins.json"
PASSWORD_BYTES = 12


def read_sign_ins(home: Path) -> dict[str, str]:
    """Login → password of what was generated here; empty when the file was deleted, as it should be at a site."""
    path = home / FILE_NAME
    return dict(json.loads(path.read_text())) if path.exists() else {}


def ensure_account(session: Session, home: Path, wanted: SampleAccount) -> Account:
    """The account of this login, made with a generated password that is noted in the file if there is none yet."""
    account = session.scalar(select(Account).where(Account.login == wanted.login))
    if account is not None:
        return account
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    account = create_account(
        session, login=wanted.login, password=password, display_name=wanted.display_name, roles={wanted.role}
    )
    _note(home, wanted.login, password)
    return account


def ensure_administrator(session: Session, home: Path) -> Actor:
    """The first account of every installation, as an actor for what a command does on its behalf."""
    account = ensure_account(session, home, ADMINISTRATOR)
    return Actor(account.id, account.display_name, account.role_set)


def _note(home: Path, login: str, password: str) -> None:
    known = {**read_sign_ins(home), login: password}
    draft = home / f".{FILE_NAME}.{os.getpid()}"
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as stream:
        json.dump(known, stream, indent=1)
    draft.replace(home / FILE_NAME)
