"""Scores are counted honestly."""

from typing import Any

import pytest

from minutes.drafting.extract import extract_transcript
from minutes.drafting.measure import compare, recurrence
from tests.minutes.drafting.builders import meeting, transcript

SPOKEN = (
    "Khổng Văn Lực: Tôi kết luận như sau. Một là, giao Vụ Pháp chế rà soát thủ tục trước ngày 20 tháng 4. "
    "Hai là, các đơn vị gửi báo cáo nhanh trước 16 giờ hằng ngày."
)
GOLD: list[dict[str, Any]] = [
    {"unit": "Vụ Pháp chế", "coordinating": [], "task": "Rà soát thủ tục", "deadline": "2026-04-20"},
    {
        "unit": "Các đơn vị",
        "coordinating": [],
        "task": "Gửi báo cáo nhanh",
        "deadline": None,
        "recurring": "daily 16:00",
    },
]


def test_all_right_is_one() -> None:
    scores = compare(extract_transcript(transcript(SPOKEN), meeting()), GOLD)
    assert (scores.found, scores.lead, scores.coordinating, scores.deadline) == (2, 2, 2, 2)
    assert scores.f1 == 1.0


def test_directives_as_json_count_the_same() -> None:
    items = [item.to_json() for item in extract_transcript(transcript(SPOKEN), meeting()).items]
    assert compare(items, GOLD).to_json()["f1"] == 1.0
    assert (
        compare([{"kind": "decision", "lead": [], "coordinating": [], "action": "Rà soát thủ tục"}], GOLD).drafted == 0
    )


def test_wrong_leads_and_deadlines_are_not_counted_as_right() -> None:
    wrong = [GOLD[0] | {"unit": "Văn phòng Bộ", "deadline": "2026-04-21"}]
    scores = compare(extract_transcript(transcript(SPOKEN), meeting()), wrong)
    assert (scores.wanted, scores.drafted, scores.found, scores.lead, scores.deadline) == (1, 2, 1, 0, 0)
    assert scores.precision == 0.5


def test_another_task_is_not_found() -> None:
    gold = [{"unit": "Vụ Pháp chế", "task": "Tổ chức hội thao mùa hè", "deadline": None}]
    scores = compare(extract_transcript(transcript(SPOKEN), meeting()), gold)
    assert (scores.found, scores.recall, scores.f1) == (0, 0.0, 0.0)


def test_nothing_wanted_nothing_drafted() -> None:
    assert compare([], []).f1 == 1.0


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("daily 16:00", "FREQ=DAILY;BYHOUR=16;BYMINUTE=0"),
        ("weekly Friday", "FREQ=WEEKLY;BYDAY=FR"),
        ("weekly Friday afternoon", "FREQ=WEEKLY;BYDAY=FR"),
        ("quarterly", "FREQ=MONTHLY;INTERVAL=3"),
    ],
)
def test_recurrences_of_the_gold(words: str, rule: str) -> None:
    assert recurrence(words) == rule
