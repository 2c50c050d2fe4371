"""When a task is due and whether it is late. Pure: a deadline as the drafter understood it, the clock as an argument.

A named day is kept until its end in Vietnam. What recurs, what waits for the next meeting and what was left vague has
no single due moment and is never late by itself.
"""

from datetime import UTC, date, datetime, time, timedelta

from core.clock import VIETNAM


def due_at(iso: str | None) -> datetime | None:
    """The last moment of a deadline: `2026-04-15`, `2026-06-15T15:00+07:00`, or the end of `2026-05-10/2026-05-14`.

    None for None and for anything that is no such value; a broken date must not stop an issue.
    """
    last = (iso or "").rpartition("/")[2].strip()
    if not last:
        return None
    try:
        return _moment(last)
    except ValueError:
        return None


def is_overdue(due: datetime | None, state_is_open: bool, now: datetime) -> bool:
    """Late: still open after its due moment."""
    return state_is_open and due is not None and now > due


def _moment(text: str) -> datetime:
    if len(text) == len("2026-04-15"):
        following = date.fromisoformat(text) + timedelta(days=1)
        end = datetime.combine(following, time.min, VIETNAM) - timedelta(seconds=1)
        return end.astimezone(UTC)
    moment = datetime.fromisoformat(text)
    local = moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)
    return local.astimezone(UTC)
