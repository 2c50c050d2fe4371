"""Revisions saved in one go are one line for the reader."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from core.clock import VIETNAM
from minutes.notices.models import NoticeRevision, RevisionSource
from minutes.notices.sittings import FEW, PAUSE, sittings

START = datetime(2026, 4, 8, 14, 0, tzinfo=VIETNAM)
ONE, OTHER = uuid4(), uuid4()


def saved(number: int, author: UUID | None, minutes: float) -> NoticeRevision:
    source = RevisionSource.PERSON if author else RevisionSource.MACHINE
    at = START + timedelta(minutes=minutes)
    return NoticeRevision(number=number, author_id=author, source=source, created_at=at)


def spans(rows: list[NoticeRevision]) -> list[tuple[int, int]]:
    return [(one.first.number, one.last.number) for one in sittings(rows)]


def test_one_hand_without_a_pause_is_one_sitting() -> None:
    rows = [saved(1, None, 0), *(saved(number, ONE, number) for number in range(2, 12)), saved(12, OTHER, 12)]
    assert spans(rows) == [(1, 1), (2, 11), (12, 12)]


def test_a_pause_of_more_than_half_an_hour_parts_them() -> None:
    pause = PAUSE.total_seconds() / 60
    long = [saved(number, ONE, number) for number in range(1, 6)]
    assert spans([*long, saved(6, ONE, 5 + pause)]) == [(1, 6)]
    assert spans([*long, saved(6, ONE, 5.1 + pause)]) == [(1, 5), (6, 6)]


def test_a_few_and_the_machines_own_stand_alone() -> None:
    assert spans([saved(number, ONE, number) for number in range(1, FEW + 1)]) == [(1, 1), (2, 2), (3, 3)]
    assert spans([saved(number, None, 0) for number in range(1, 6)]) == [(number, number) for number in range(1, 6)]
    assert spans([]) == []
