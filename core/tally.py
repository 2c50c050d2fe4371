"""Small counts and last moments that no table is worth, kept in the broker beside the queues for all processes.

In: what happened. Out: numbers since the broker was last emptied, and when something was last seen. Nothing rests on
them: where the broker is away or was emptied, a monitoring shows less, and no work waits for it.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from core.runtime import current

log = logging.getLogger(__name__)

_COUNTS, _SEEN = "diemcau:counts", "diemcau:seen"
#: After a failure nobody is kept waiting by another one for so long.
_PAUSE_SECONDS = 30.0
#: Who was not seen for so long is forgotten: a machine that was taken away, a task that has another name now.
FORGOTTEN_AFTER = timedelta(days=14)


class _Line:
    """Until when the broker is not asked, after it did not answer."""

    away_until = 0.0


_line = _Line()


def count(what: str, kind: str) -> None:
    """One more of this kind: `count("join", "full")`."""
    _ask(lambda client: client.hincrby(_COUNTS, f"{what} {kind}", 1))


def counts(what: str) -> dict[str, int] | None:
    """How many of each kind; None where the broker cannot be asked."""
    found = _ask(lambda client: client.hgetall(_COUNTS))
    return None if found is None else {kind: int(number) for kind, number in _of(what, found)}


def note_seen(what: str, name: str) -> None:
    """It is there, or has just ended well: `note_seen("worker", "speech@…")`."""
    moment = current().clock().astimezone(UTC).isoformat()
    _ask(lambda client: client.hset(_SEEN, f"{what} {name}", moment))


def last_seen(what: str) -> dict[str, datetime] | None:
    """When each was last seen; None where the broker cannot be asked."""
    found = _ask(lambda client: client.hgetall(_SEEN))
    if found is None:
        return None
    oldest = current().clock() - FORGOTTEN_AFTER
    moments = {name: datetime.fromisoformat(moment) for name, moment in _of(what, found)}
    return {name: moment for name, moment in moments.items() if moment >= oldest}


def _of(what: str, found: dict[Any, Any]) -> Iterator[tuple[str, str]]:
    for key, value in found.items():
        kind, _, name = _text(key).partition(" ")
        if kind == what:
            yield name, _text(value)


def _text(raw: bytes | str) -> str:
    return raw.decode() if isinstance(raw, bytes) else raw


def _ask(question: Callable[[Any], Any]) -> Any:
    """The broker's answer; None where it gives none. Never raises, never makes anybody wait twice."""
    if time.monotonic() < _line.away_until:
        return None
    try:
        with _client() as client:
            return question(client) if client is not None else None
    except (OperationalError, RedisError, OSError) as error:
        _line.away_until = time.monotonic() + _PAUSE_SECONDS
        log.warning("nothing is counted, the broker does not answer: %s", type(error).__name__)
        return None


@contextmanager
def _client() -> Iterator[Any]:
    """The broker's own client behind Celery's connection; None where the broker is of another kind."""
    pool: Any = current().celery.pool
    with pool.acquire(block=True, timeout=2) as connection:
        # One try: left to itself the connection would go on for seconds, and somebody waits for the answer.
        connection.ensure_connection(max_retries=1, interval_start=0, timeout=1)
        yield getattr(connection.default_channel, "client", None)
