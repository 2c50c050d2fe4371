"""Series of numbers, and the clock of five working days."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from minutes.notices import numbering
from minutes.notices.deadline_clock import ClockLevel, notice_clock
from orchestrator.calendar.working_days import WorkingCalendar


@dataclass(frozen=True)
class Rule:
    """A row of the configuration."""

    body: str
    document_type: str
    series_key: str


@pytest.mark.parametrize(("suffix", "code"), [("TB-BCĐ", "TB"), ("TB", "TB"), ("GM-VP", "GM"), ("", "*"), ("/x", "*")])
def test_the_type_of_a_symbol(suffix: str, code: str) -> None:
    assert numbering.type_code(suffix) == code


def test_each_body_and_type_counts_by_itself_without_rules() -> None:
    keys = {
        numbering.series_key([], body=body, suffix=suffix)
        for body in ("Bộ Mẫu", "Ban Chỉ đạo chuyển đổi số của Bộ Mẫu")
        for suffix in ("TB-BM", "GM-BM")
    }
    assert len(keys) == 4
    assert numbering.series_key([], body=" BỘ  MẪU", suffix="TB-X") == numbering.series_key(
        [], body="Bộ Mẫu", suffix="TB-BM"
    )


def test_the_most_exact_rule_wins_body_before_type() -> None:
    rules = [
        Rule("*", "*", "chung"),
        Rule("*", "TB", "mọi thông báo"),
        Rule("Bộ Mẫu", "*", "của Bộ"),
        Rule("Bộ Mẫu", "TB", "thông báo của Bộ"),
    ]

    def key(body: str, suffix: str) -> str:
        return numbering.series_key(rules, body=body, suffix=suffix)

    assert key("BỘ MẪU", "TB-BM") == "thông báo của Bộ"
    assert key("Bộ Mẫu", "GM-BM") == "của Bộ"
    assert key("Cục Khác", "TB-CK") == "mọi thông báo"
    assert key("Cục Khác", "BB-CK") == "chung"


def test_boards_are_told_from_agencies() -> None:
    assert numbering.is_board("Ban  Chỉ đạo phòng, chống thiên tai")
    assert numbering.is_board("TỔ CÔNG TÁC của Thủ tướng")
    assert not numbering.is_board("Ban Tôn giáo Chính phủ")


MEETING = datetime(2026, 4, 8, 9, 0, tzinfo=UTC)  # a Wednesday


@pytest.mark.parametrize(
    ("now", "elapsed", "level"),
    [
        (datetime(2026, 4, 8, 16, 59, tzinfo=UTC), 0, ClockLevel.ON_TIME),
        (datetime(2026, 4, 8, 17, 0, tzinfo=UTC), 1, ClockLevel.ON_TIME),
        (datetime(2026, 4, 12, 12, 0, tzinfo=UTC), 2, ClockLevel.ON_TIME),
        (datetime(2026, 4, 14, 1, 0, tzinfo=UTC), 4, ClockLevel.ALARM),
        (datetime(2026, 4, 15, 16, 59, tzinfo=UTC), 5, ClockLevel.ALARM),
        (datetime(2026, 4, 15, 17, 0, tzinfo=UTC), 6, ClockLevel.BREACH),
        (datetime(2026, 4, 1, 0, 0, tzinfo=UTC), 0, ClockLevel.ON_TIME),
    ],
)
def test_the_clock_counts_working_days_in_hanoi(now: datetime, elapsed: int, level: ClockLevel) -> None:
    clock = notice_clock(MEETING, now)
    assert (clock.elapsed_working_days, clock.level) == (elapsed, level)
    assert clock.due_on == date(2026, 4, 15)


def test_holidays_stop_the_clock() -> None:
    calendar = WorkingCalendar(off=frozenset({date(2026, 4, 30), date(2026, 5, 1)}))
    meeting = datetime(2026, 4, 29, 9, 0, tzinfo=UTC)
    clock = notice_clock(meeting, datetime(2026, 5, 4, 9, 0, tzinfo=UTC), calendar=calendar)
    assert clock.elapsed_working_days == 1
    assert clock.due_on == date(2026, 5, 8)


def test_an_urgent_notice_is_late_after_one_day() -> None:
    later = datetime(2026, 4, 10, 9, 0, tzinfo=UTC)
    assert notice_clock(MEETING, later, urgent=True).level is ClockLevel.LATE_FOR_URGENT
    assert notice_clock(MEETING, later).level is ClockLevel.ON_TIME


def test_a_naive_moment_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="naive"):
        notice_clock(MEETING, datetime(2026, 4, 9))  # noqa: DTZ001
