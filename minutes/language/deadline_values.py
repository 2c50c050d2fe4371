"""What a deadline is, and the shape of a rule that reads one.

Kinds (LANGUAGE §1.4), and what `iso` then holds:

| kind | said | iso |
|---|---|---|
| before_date | trước ngày, chậm nhất ngày, đến (hết) ngày | the named day |
| on_date | vào ngày, trong ngày mai | that day |
| before_time | trước 15h00 ngày 15/6/2026 | local time with +07:00 |
| in_week / in_month / in_quarter / in_half_year / in_year | trong tuần này, trong tháng 6 … | last day of it |
| before_month / before_quarter | trước tháng 6/2018 | last day before it |
| working_days / days | trong thời hạn 03 ngày làm việc kể từ ngày kết thúc cuộc họp | the counted day |
| recurring | trước 16h00 hàng ngày | null; `rrule` (RFC 5545) with the cut-off as BYHOUR, BYMINUTE |
| window | từ ngày 10/5 đến hết ngày 14/5 | interval "start/end" |
| start | bắt đầu từ thứ Hai tuần tới | first day |
| next_meeting | tại cuộc họp giao ban tiếp theo | null: follows from the plan |
| vague | cuối quý I, đầu quý II | null, ask |
| none | khẩn trương, sớm | null: no deadline was set |
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from orchestrator.calendar.working_days import WEEKENDS_ONLY, WorkingCalendar

DeadlineKind = Literal[
    "before_date", "on_date", "before_time", "in_week", "in_month", "in_quarter", "in_half_year", "in_year",
    "before_month", "before_quarter", "working_days", "days", "recurring", "window", "start", "next_meeting", "vague",
    "none",
]  # fmt: skip


@dataclass(frozen=True)
class Deadline:
    """`raw` as said (spoken numbers in figures), `iso` day, time or interval, `rrule` for what recurs."""

    raw: str
    iso: str | None
    kind: DeadlineKind
    rrule: str | None = None


@dataclass(frozen=True)
class Today:
    """What relative words are measured from: the day of the meeting (None if unknown) and the working calendar."""

    day: date | None
    calendar: WorkingCalendar = WEEKENDS_ONLY


@dataclass(frozen=True)
class Reading:
    """What a rule made of its words; `question` is a sentence for the secretary when they cannot stand as they are."""

    kind: DeadlineKind
    iso: str | None = None
    rrule: str | None = None
    question: str | None = None


@dataclass(frozen=True)
class Example:
    """What one says, at which meeting, and what it must be read as (`None` for `iso` with kind kept)."""

    said: str
    meeting: date
    iso: str | None = None
    rrule: str | None = None
    kind: DeadlineKind | None = None


@dataclass(frozen=True)
class Form:
    """One way of naming a deadline: a pattern, how to read it, and examples that the tests run."""

    kind: DeadlineKind
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], Today], Reading | None]
    examples: tuple[Example, ...] = field(default=())


@dataclass(frozen=True)
class FoundDeadline:
    """A deadline and where it stands in the text (characters, `end` exclusive)."""

    deadline: Deadline
    start: int
    end: int
    question: str | None = None


def form(
    kind: DeadlineKind, source: str, read: Callable[[re.Match[str], Today], Reading | None], *examples: Example
) -> Form:
    """A form from a verbose pattern source; letters of either case, whole words only.

    Layout in `source` is free; "_" stands for the gap between two words.
    """
    compact = re.sub(r"\s+", "", source).replace("_", r"\s+")
    return Form(kind, re.compile(rf"(?<!\w){compact}(?!\w)", re.IGNORECASE), read, examples)
