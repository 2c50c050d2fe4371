"""Patience with personal links: whoever tries many that do not exist, or changes an answer without end, has to wait.

Counted in the rows of the sign-in throttle under names of their own, so that a wrong link never closes the sign-in.
"""

import hashlib
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import Refusal
from core.messages import register
from web.security.throttle import WINDOW_SECONDS, SignInFailure, judge, remember_failure

#: An office behind one address may click a few old links; a machine that guesses clicks thousands.
LIMIT_UNKNOWN = 30
LIMIT_ANSWERS = 40

register(
    {
        "too_many_links": (
            "Có quá nhiều lần thử trong thời gian ngắn. Hãy chờ {minutes} phút rồi mở lại đường dẫn trong giấy mời.",
            "Too many attempts in a short time. Wait {minutes} minutes and open the link of the invitation again.",
        )
    }
)


class TooManyLinks(Refusal):
    """Too many unknown links from one address, or too many answers by one link; parameter `minutes`."""

    code = "too_many_links"
    http_status = 429


def require_patience(session: Session, address: str, now: datetime) -> None:
    """Raise TooManyLinks where this address has tried too many links that do not exist."""
    _require(session, _address_key(address), LIMIT_UNKNOWN, now)


def remember_unknown(session: Session, address: str, now: datetime) -> None:
    """Count one link that does not exist."""
    remember_failure(session, _address_key(address), _address_key(address), now)


def count_answer(session: Session, token: str, now: datetime) -> None:
    """Count one answer by a link. Raises TooManyLinks."""
    key = f"answer {hashlib.sha256(token.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}"
    _require(session, key, LIMIT_ANSWERS, now)
    remember_failure(session, key, key, now)


def _require(session: Session, key: str, limit: int, now: datetime) -> None:
    since = now - timedelta(seconds=WINDOW_SECONDS)
    tries = session.scalars(select(SignInFailure.at).where(SignInFailure.login == key, SignInFailure.at > since))
    verdict = judge(list(tries), limit, now)
    if not verdict.is_open:
        raise TooManyLinks(minutes=max(1, ceil(verdict.wait_seconds / 60)))


def _address_key(address: str) -> str:
    return f"link {address}"
