"""A year of a busy ministry as plain values: which meetings, when, over which endpoints. Invented, repeatable, no I/O.

In: how much, and the moment that counts as now. Out: meetings that never double-book an endpoint or a chair, all but
the last ones over.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from core.clock import VIETNAM, in_vietnam

_FAMILY = (
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Huỳnh",
    "Vũ",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
)
_MIDDLE = (
    "Thị",
    "Văn",
    "Đức",
    "Minh",
    "Ngọc",
    "Quốc",
    "Thanh",
    "Hữu",
    "Thùy",
    "Xuân",
    "Đình",
    "Kim",
)
_GIVEN = (
    "Anh",
    "Bình",
    "Châu",
    "Dũng",
    "Giang",
    "Hạnh",
    "Khánh",
    "Lan",
    "Mai",
    "Nam",
    "Oanh",
    "Phúc",
    "Quỳnh",
    "Sơn",
    "Thảo",
    "Uyên",
    "Vinh",
    "Yến",
)
_SORTS = ("Vụ", "Cục", "Trung tâm", "Viện", "Sở")
_FIELDS = (
    "Tổ chức cán bộ",
    "Kế hoạch - Tài chính",
    "Pháp chế",
    "Hợp tác quốc tế",
    "Cải cách hành chính",
    "Chính quyền địa phương",
    "Công chức - Viên chức",
    "Tiền lương",
    "Thanh niên",
    "Thi đua - Khen thưởng",
)
_MATTERS = (
    "tiến độ nhiệm vụ tháng",
    "chuyển đổi số",
    "phòng, chống dịch",
    "ngân sách",
    "cải cách thủ tục",
    "đào tạo, bồi dưỡng",
)
_TITLES = ("Vụ trưởng", "Phó Vụ trưởng", "Giám đốc", "Chánh Văn phòng", "Trưởng phòng", "Chuyên viên")
#: Beginnings of the meetings of a day, and how many run side by side.
_HOURS = (time(8), time(10), time(14), time(16))
_SIDE_BY_SIDE = 2
_LENGTH = timedelta(minutes=90)
#: How many of a hundred meetings are still to come.
_AHEAD_PERCENT = 8


@dataclass(frozen=True)
class YearSize:
    """How much to make; the default is what the screens are measured with."""

    units: int = 50
    endpoints: int = 200
    meetings: int = 2_000
    presence: int = 100_000

    def scaled(self, share: float) -> "YearSize":
        """The same mix, smaller; the directory never falls below one page of it."""
        return YearSize(
            max(4, int(self.units * share)),
            max(8, int(self.endpoints * share)),
            max(1, int(self.meetings * share)),
            int(self.presence * share),
        )

    @property
    def endpoints_per_meeting(self) -> int:
        """A dozen, or as many as meetings side by side leave each other."""
        return min(12, self.endpoints // _SIDE_BY_SIDE)

    @property
    def people(self) -> int:
        """Six people to a unit."""
        return self.units * 6


@dataclass(frozen=True)
class YearMeeting:
    """One meeting; endpoints and people by their place in the directory lists, the first of each central or chair."""

    number: int
    title: str
    starts_at: datetime
    ends_at: datetime
    endpoints: tuple[int, ...]
    people: tuple[int, ...]
    agenda: tuple[str, ...]


def unit_name(number: int) -> str:
    """`Cục Pháp chế`, and a numeral where the words have run out."""
    sort, field = _SORTS[number % len(_SORTS)], _FIELDS[number // len(_SORTS) % len(_FIELDS)]
    again = number // (len(_SORTS) * len(_FIELDS))
    return f"{sort} {field}" + (f" {again + 1}" if again else "")


def person_name(number: int) -> str:
    """A full name; the same number gives the same one."""
    chance = random.Random(number)  # noqa: S311 (invented names, nothing secret)
    return f"{chance.choice(_FAMILY)} {chance.choice(_MIDDLE)} {chance.choice(_GIVEN)}"


def person_title(number: int) -> str:
    """An office title."""
    return _TITLES[number % len(_TITLES)]


def meetings_of_year(size: YearSize, now: datetime) -> Iterator[YearMeeting]:
    """The meetings from the oldest to the last planned one; most lie before `now`, none on that day."""
    slots = _slots(size.meetings, now)
    for number, (starts_at, side) in enumerate(slots):
        chance = random.Random(number)  # noqa: S311
        mine = [place for place in range(size.endpoints) if place % _SIDE_BY_SIDE == side]
        people = [place for place in range(size.people) if place % _SIDE_BY_SIDE == side]
        matter = chance.choice(_MATTERS)
        yield YearMeeting(
            number,
            f"Họp trực tuyến về {matter} số {number + 1}",
            starts_at,
            starts_at + _LENGTH,
            tuple(chance.sample(mine, size.endpoints_per_meeting)),
            tuple(chance.sample(people, min(15, len(people)))),
            tuple(f"Báo cáo {point}" for point in chance.sample(_MATTERS, 3)),
        )


def _slots(count: int, now: datetime) -> list[tuple[datetime, int]]:
    """(beginning, side) of `count` meetings on weekdays: most of them over, the rest in the weeks to come."""
    ahead = count * _AHEAD_PERCENT // 100
    today = in_vietnam(now).date()
    past = _weekday_slots(today - timedelta(days=1), timedelta(days=-1))
    to_come = _weekday_slots(today + timedelta(days=1), timedelta(days=1))
    return sorted([*islice(past, count - ahead), *islice(to_come, ahead)])


def _weekday_slots(day: date, step: timedelta) -> Iterator[tuple[datetime, int]]:
    while True:
        if day.weekday() < 5:
            for hour in _HOURS:
                yield from ((datetime.combine(day, hour, VIETNAM), side) for side in range(_SIDE_BY_SIDE))
        day += step
