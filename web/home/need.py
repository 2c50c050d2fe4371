"""What stands on the first screen: a thing to do, a list of such things, and how far away its hour is. Values only."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from flask_babel import gettext as _

from core.clock import in_vietnam
from web.templating import about_time

MOST_SHOWN = 8
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Need:
    """One thing to do."""

    text: str
    url: str
    note: str = ""
    badge: str = ""
    tone: str = ""
    #: The moment it is about, where it has one: it then stands among what is due today.
    at: datetime | None = None
    #: What to say of it there, beside the moment.
    why: str = ""


@dataclass(frozen=True)
class NeedList:
    """Things of one kind, and what is said when there are none. `total` counts also those not shown."""

    title: str
    needs: Sequence[Need]
    empty: str
    total: int = 0
    #: Where all of them are.
    url: str = ""
    #: Due before the day ends, or late; of all, not only of those shown here.
    pressing: Sequence[Need] = field(default=())

    @property
    def count(self) -> int:
        """How many there are in all."""
        return max(self.total, len(self.needs))


def how_far(at: datetime, now: datetime) -> str:
    """`còn khoảng 20 phút`, `quá khoảng 2 giờ`, `quá 3 ngày`."""
    gap = abs(at - now)
    time = _("%(days)d ngày", days=gap.days) if gap >= 2 * _DAY else about_time(gap.total_seconds())
    return _("còn %(time)s", time=time) if at > now else _("quá %(time)s", time=time)


def is_today(at: datetime, now: datetime) -> bool:
    """Still to come on this day in Việt Nam, or gone by no more than a day."""
    return now - _DAY <= at and in_vietnam(at).date() <= in_vietnam(now).date()
