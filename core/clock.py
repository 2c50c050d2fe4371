"""Time. Everything is aware and in UTC; people read Asia/Ho_Chi_Minh. Rules take the present as an argument."""

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The present, aware, in UTC."""
    return datetime.now(UTC)


def in_vietnam(moment: datetime) -> datetime:
    """The same moment on a wall clock in Hà Nội; refuses a naive value, which would be read as one zone or another."""
    if moment.tzinfo is None:
        raise ValueError("naive datetime: every moment needs its zone")
    return moment.astimezone(VIETNAM)
