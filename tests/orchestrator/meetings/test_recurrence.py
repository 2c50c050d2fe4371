"""The rule of recurrence: days it gives, what it refuses and that it says why."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refusal
from orchestrator.meetings.refusals import SeriesEmpty, SeriesEndless, SeriesRuleInvalid, SeriesTooLong
from orchestrator.meetings.series.recurrence import (
    MOST_OCCURRENCES,
    PATTERNS,
    days_of,
    describe,
    last_day,
    read_rule,
    rule_for,
)

FIRST = date(2026, 4, 8)  # a Wednesday
YEAR_END = date(2026, 12, 31)


def days(text: str, through: date = YEAR_END) -> tuple[date, ...]:
    return days_of(read_rule(text), FIRST, through)


def test_a_weekly_rule_gives_its_weekday_and_counts_from_the_first_day() -> None:
    assert days("FREQ=WEEKLY;BYDAY=WE;COUNT=3") == (FIRST, date(2026, 4, 15), date(2026, 4, 22))
    assert days("RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=2") == (date(2026, 4, 13), date(2026, 4, 20))


def test_the_last_day_is_part_of_the_series_however_it_is_written() -> None:
    for until in ("20260422", "20260422T235959", "20260421T170000Z"):
        assert days(f"FREQ=WEEKLY;UNTIL={until}")[-1] == date(2026, 4, 22)
    # 16:59 in UTC is still the day before in Việt Nam: 23:59.
    assert days("FREQ=WEEKLY;UNTIL=20260421T165900Z")[-1] == date(2026, 4, 15)


def test_the_count_means_the_whole_series_and_going_on_does_not_begin_again() -> None:
    rule = read_rule("FREQ=WEEKLY;COUNT=4")
    assert days_of(rule, FIRST, YEAR_END, after=date(2026, 4, 15)) == (date(2026, 4, 22), date(2026, 4, 29))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "để trống"),
        ("hằng tuần", "TÊN=GIÁ TRỊ"),
        ("FREQ=HOURLY", "dưới một ngày"),
        ("FREQ=MINUTELY;COUNT=5", "dưới một ngày"),
        ("FREQ=SECONDLY", "dưới một ngày"),
        ("FREQ=LUNAR", "thiếu FREQ"),
        ("INTERVAL=2", "thiếu FREQ"),
        ("FREQ=WEEKLY;BYDAY=XX", "MO TU WE"),
        ("FREQ=WEEKLY;INTERVAL=0", "INTERVAL"),
        ("FREQ=WEEKLY;INTERVAL=-1", "INTERVAL"),
        ("FREQ=WEEKLY;COUNT=0", "COUNT"),
        ("FREQ=WEEKLY;COUNT=-3", "COUNT"),
        ("FREQ=WEEKLY;COUNT=3;UNTIL=20260501", "một trong hai"),
        ("FREQ=WEEKLY;UNTIL=hết năm", "20260630"),
        ("FREQ=WEEKLY;FREQ=DAILY", "hai lần"),
        ("FREQ=DAILY;BYHOUR=8,9,10", "BYHOUR"),
        ("DTSTART:20260101T000000\nRRULE:FREQ=DAILY", "TÊN=GIÁ TRỊ|DTSTART"),
        ("FREQ=WEEKLY;TZID=Mars/Olympus", "TZID"),
        ("FREQ=WEEKLY;" + "X" * 400, "dài quá"),
    ],
)
def test_what_cannot_be_used_is_refused_with_what_to_do(text: str, said: str) -> None:
    with pytest.raises(SeriesRuleInvalid, match=said) as caught:
        read_rule(text)
    assert "Hãy sửa" in caught.value.sentence()


def test_a_series_of_ten_thousand_is_refused_by_count_and_by_span() -> None:
    with pytest.raises(SeriesTooLong, match=str(MOST_OCCURRENCES)):
        read_rule("FREQ=DAILY;COUNT=10000")
    with pytest.raises(SeriesTooLong):
        days("FREQ=DAILY")
    assert len(days(f"FREQ=DAILY;COUNT={MOST_OCCURRENCES}")) == MOST_OCCURRENCES


def test_a_rule_without_end_needs_a_horizon_and_the_horizon_is_bounded() -> None:
    endless = read_rule("FREQ=MONTHLY")
    with pytest.raises(SeriesEndless, match="ngày cuối"):
        last_day(endless, FIRST, None)
    for wrong in (date(2036, 1, 1), date(2026, 4, 7)):
        with pytest.raises(SeriesEndless):
            last_day(endless, FIRST, wrong)
    assert last_day(endless, FIRST, YEAR_END) == YEAR_END
    assert last_day(read_rule("FREQ=WEEKLY;UNTIL=20260501"), FIRST, None) == date(2026, 5, 1)


def test_a_rule_that_never_comes_true_ends_and_says_so() -> None:
    with pytest.raises(SeriesEmpty, match="08/04/2026"):
        days("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")


@pytest.mark.parametrize("pattern", PATTERNS)
def test_every_pattern_of_the_form_is_a_rule_that_begins_on_the_first_day(pattern: str) -> None:
    text = rule_for(pattern, FIRST)
    assert days(text, date(2026, 7, 31))[0] == FIRST
    assert describe(text)


def test_the_fifth_monday_means_the_last_one() -> None:
    assert rule_for("monthly_weekday", date(2026, 3, 30)) == "FREQ=MONTHLY;BYDAY=-1MO"
    with pytest.raises(SeriesRuleInvalid):
        rule_for("mỗi khi rảnh", FIRST)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("FREQ=WEEKLY;BYDAY=MO", "Hằng tuần vào Thứ Hai"),
        ("FREQ=MONTHLY;INTERVAL=3;BYDAY=1TU", "3 tháng một lần vào Thứ Ba lần thứ 1"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=4", "Hằng tháng vào ngày cuối tháng, 4 phiên"),
        ("FREQ=WEEKLY;BYDAY=FR;UNTIL=20260630", "Hằng tuần vào Thứ Sáu, đến 30/06/2026"),
    ],
)
def test_a_rule_is_told_in_words(text: str, words: str) -> None:
    assert describe(text) == words


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        rule = read_rule(text)
    except Refusal as refused:
        assert refused.sentence()
    else:
        assert read_rule(rule.text) == rule
