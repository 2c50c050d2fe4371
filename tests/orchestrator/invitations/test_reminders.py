"""Reminders: the rule of when, and that each goes out exactly once to whom it concerns."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from core.clock import VIETNAM
from core.permissions import Actor
from orchestrator.calendar.working_days import WorkingCalendar
from orchestrator.invitations.answers import GivenAnswer, give_answer
from orchestrator.invitations.links import create_links
from orchestrator.invitations.models import Answer
from orchestrator.invitations.reminder_rules import Invited, ReminderKind, Timetable, due_reminder
from orchestrator.invitations.reminding import remind
from orchestrator.invitations.sending import send_invitations
from orchestrator.meetings.models import Meeting
from orchestrator.meetings.service import cancel_meeting, reschedule_meeting
from tests.conftest import FixedClock
from tests.orchestrator.conftest import STARTS, shifted
from tests.orchestrator.invitations.conftest import Arrived

Post = Callable[[], list[Arrived]]

#: A Monday afternoon; the Friday before is a day off, the Saturday before it is worked.
MONDAY = datetime(2026, 6, 8, 14, 0, tzinfo=VIETNAM)
CALENDAR = WorkingCalendar(off=frozenset({MONDAY.date() - timedelta(days=3)}))
TIMETABLE = Timetable(unanswered_days=(2, 1), coming_hours=(24, 2))
LONG_AGO = MONDAY - timedelta(days=30)


def invited(**changes: object) -> Invited:
    values: dict[str, object] = {
        "starts_at": MONDAY, "informed_at": LONG_AGO, "is_answered": False, "is_coming": False,
    } | changes  # fmt: skip
    return Invited(**values)  # type: ignore[arg-type]


def due(moment: datetime, **changes: object) -> tuple[ReminderKind, int] | None:
    found = due_reminder(invited(**changes), TIMETABLE, CALENDAR, moment)
    return (found.kind, found.step) if found else None


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 6, day, hour, minute, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (at(3, 7, 59), None),
        (at(3, 8), (ReminderKind.ANSWER, 2)),
        (at(4, 7, 59), (ReminderKind.ANSWER, 2)),
        (at(4, 8), (ReminderKind.ANSWER, 1)),
        (at(7, 12), (ReminderKind.ANSWER, 1)),
        (at(8, 14), None),
        (at(9, 8), None),
    ],
)
def test_who_has_not_answered_is_reminded_on_working_mornings(
    moment: datetime, expected: tuple[ReminderKind, int] | None
) -> None:
    assert due(moment) == expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (at(7, 13, 59), None),
        (at(7, 14), (ReminderKind.COME, 24)),
        (at(8, 11, 59), (ReminderKind.COME, 24)),
        (at(8, 12), (ReminderKind.COME, 2)),
        (at(8, 14), None),
    ],
)
def test_who_comes_is_reminded_hours_before(moment: datetime, expected: tuple[ReminderKind, int] | None) -> None:
    assert due(moment, is_answered=True, is_coming=True) == expected


def test_who_declined_is_left_alone() -> None:
    assert due(at(8, 12), is_answered=True) is None


def test_nobody_is_reminded_of_what_they_were_sent_a_moment_ago() -> None:
    assert due(at(4, 9), informed_at=at(4, 8, 30)) is None
    assert due(at(8, 12, 5), informed_at=at(8, 12, 1), is_answered=True, is_coming=True) is None
    assert due(at(8, 12, 5), informed_at=at(8, 11, 59), is_answered=True, is_coming=True) == (ReminderKind.COME, 2)


def test_an_empty_timetable_reminds_nobody() -> None:
    assert due_reminder(invited(), Timetable((), ()), CALENDAR, at(8, 12)) is None


@pytest.fixture
def far(session: Session, operator: Actor, meeting: Meeting, post: Post) -> Meeting:
    """The meeting, moved to a Tuesday thirteen days on; everybody has been invited."""
    reschedule_meeting(session, operator, meeting.id, *shifted(24 * 13))
    send_invitations(session, operator, meeting.id)
    assert len(post()) == 3
    return meeting


def test_each_reminder_goes_out_once_to_those_it_concerns(
    session: Session, operator: Actor, far: Meeting, post: Post, fixed_clock: FixedClock
) -> None:
    token = next(token for place, token in create_links(session, operator, far, only=[far.endpoints[1].id]))
    give_answer(session, token, GivenAnswer(Answer.COMING, 4), fixed_clock.now)
    start = far.starts_at
    fixed_clock.now = start - timedelta(hours=23)
    assert remind(session, fixed_clock.now) == 3
    arrived = {item.to: item for item in post()}
    assert arrived["binh@bo.example"].subject.startswith("Nhắc họp lúc 16:00 ngày 21/04/2026: ")
    assert "/join/" in arrived["binh@bo.example"].text
    for late in ("an@bo.example", "chi@bo.example"):
        assert arrived[late].subject.startswith("Đề nghị trả lời giấy mời: ")
        assert "/tra-loi/" in arrived[late].text
    for _ in range(3):
        assert remind(session, fixed_clock.now) == 0
        fixed_clock.now += timedelta(minutes=5)
    assert post() == []
    fixed_clock.now = start - timedelta(hours=2)
    assert remind(session, fixed_clock.now) == 1
    assert [item.to for item in post()] == ["binh@bo.example"]


def test_a_meeting_that_was_moved_is_reminded_of_anew(
    session: Session, operator: Actor, far: Meeting, post: Post, fixed_clock: FixedClock
) -> None:
    fixed_clock.now = far.starts_at - timedelta(hours=23)
    assert remind(session, fixed_clock.now) == 3
    post()
    reschedule_meeting(session, operator, far.id, *shifted(24 * 20))
    post()
    session.expire_all()
    fixed_clock.now = far.starts_at - timedelta(hours=23)
    assert remind(session, fixed_clock.now) == 3


def test_what_does_not_take_place_or_was_not_sent_is_not_reminded_of(
    session: Session, operator: Actor, meeting: Meeting, fixed_clock: FixedClock
) -> None:
    fixed_clock.now = STARTS - timedelta(hours=1)
    assert remind(session, fixed_clock.now) == 0
    send_invitations(session, operator, meeting.id)
    cancel_meeting(session, operator, meeting.id, "Hoãn")
    assert remind(session, fixed_clock.now + timedelta(minutes=30)) == 0


def test_a_reminder_left_lying_is_not_sent_after_the_meeting_began(
    session: Session, far: Meeting, post: Post, fixed_clock: FixedClock
) -> None:
    fixed_clock.now = far.starts_at - timedelta(hours=1)
    assert remind(session, fixed_clock.now) == 3
    fixed_clock.now = far.starts_at.astimezone(UTC)
    assert post() == []
