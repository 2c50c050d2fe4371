"""Phrases of the rooms in English: found by their words, by their shape, as sentences, as days; or left alone."""

import pytest
from flask import Flask

from core.errors import Invalid
from orchestrator import messages as messages  # registers the sentences
from tests.conftest import MOMENT
from web.errors import readable_bytes
from web.languages.phrases import in_english
from web.languages.plurals import settled
from web.operator.rule_words import rule_words
from web.templating import about_time, day, iso_day, long_day, moment

IN_ENGLISH = {"Accept-Language": "en"}


@pytest.mark.parametrize(
    ("said", "english"),
    [
        ("còn để trống", "is empty"),
        ("phải từ 1 đến 12 phút", "must be from 1 to 12 minutes"),
        (
            "dài 300 ký tự, tối đa 250 ký tự, hãy viết gọn lại",
            "has 300 characters, at most 250 are allowed; please shorten it",
        ),
        ("Hãy đăng nhập để tiếp tục.", "Sign in to continue."),
        ("08/04/2026", "8 Apr 2026"),
        ("14:00 ngày 08/04/2026", "14:00, 8 Apr 2026"),
        ("tuần 06/04/2026 – 12/04/2026", "week 6 Apr 2026 – 12 Apr 2026"),
        ("Người duyệt, Điều hành kỹ thuật", "Approver, Operator"),
        ("31/02/2026", "31/02/2026"),
        ("Vụ Kế hoạch - Tài chính", "Vụ Kế hoạch - Tài chính"),
        ("", ""),
    ],
)
def test_a_phrase_in_english(said: str, english: str) -> None:
    assert in_english(said) == english


def test_a_value_inside_a_shape_may_be_ours_too() -> None:
    told = in_english("Công thức của “Tổng số ca”: thiếu số hoặc mã chỉ tiêu.")
    assert told == "Formula of “Tổng số ca”: a number or an indicator code is missing."


@pytest.mark.usefixtures("app")  # the screens say who reads
def test_a_refusal_says_field_and_reason_in_its_language() -> None:
    refusal = Invalid(field="tên đơn vị", reason="còn để trống")
    assert (
        refusal.sentence("en") == "The value of “name of the unit” is not valid: is empty. Correct it and send again."
    )
    assert "tên đơn vị" in str(refusal)


@pytest.mark.parametrize(
    ("count", "told"), [(0, "0 meetings"), (1, "1 meeting"), ("1", "1 meeting"), (12, "12 meetings")]
)
def test_one_and_many(count: object, told: str) -> None:
    assert settled("%(count)s meeting{count:s}", {"count": count}) % {"count": count} == told


def test_one_and_many_of_odd_words() -> None:
    words = "%(n)s {n:person|people}"
    assert [settled(words, {"n": n}) % {"n": n} for n in (1, 2)] == ["1 person", "2 people"]


def test_days_sizes_and_stretches(app: Flask) -> None:
    with app.test_request_context(headers=IN_ENGLISH):
        assert moment(MOMENT) == "14:00, 8 Apr 2026"
        assert (day(MOMENT), long_day(MOMENT), iso_day("2026-04-30")) == (
            "8 Apr 2026",
            "Wednesday, 8 Apr 2026",
            "30 Apr 2026",
        )
        assert (about_time(61), about_time(4000)) == ("about 1 minute", "about 1 hour 5 minutes")
        assert readable_bytes(1536) == "1.5 KB"
    with app.test_request_context():
        assert (moment(MOMENT), day(MOMENT), readable_bytes(1536)) == ("14:00 ngày 08/04/2026", "08/04/2026", "1,5 KB")


@pytest.mark.parametrize(
    ("rule", "english", "vietnamese"),
    [
        ("FREQ=WEEKLY;BYDAY=MO", "Every week on Monday", "Hằng tuần vào Thứ Hai"),
        (
            "FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO",
            "Every 3 months on the first Monday",
            "3 tháng một lần vào Thứ Hai lần thứ 1",
        ),
        ("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=5", "Every month on day the last, 5 sessions", None),
        ("FREQ=YEARLY;BYMONTH=12;UNTIL=20270101", "Every year in Dec, until 1 Jan 2027", None),
    ],
)
def test_the_rule_of_a_series(app: Flask, rule: str, english: str, vietnamese: str | None) -> None:
    with app.test_request_context(headers=IN_ENGLISH):
        assert rule_words(rule) == english
    with app.test_request_context():
        assert vietnamese is None or rule_words(rule) == vietnamese
