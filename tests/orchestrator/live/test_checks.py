"""Checks kept: through the personal link without an account, over the telephone by an operator."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from core.errors import Forbidden, Invalid, NotFound
from core.permissions import Actor, Role
from orchestrator.invitations.service import create_links
from orchestrator.live import checks
from orchestrator.live.models import CheckResult, CheckSource
from orchestrator.live.readiness import Measured
from orchestrator.live.refusals import TooManyChecks
from orchestrator.meetings.models import Meeting
from orchestrator.meetings.service import close_meeting
from orchestrator.refusals import MeetingOver
from tests.conftest import FixedClock

GOOD, BAD = CheckResult.GOOD, CheckResult.BAD
FINE = Measured(GOOD, GOOD, GOOD, 20_000, 8_000, 12)


@pytest.fixture
def token(session: Session, operator: Actor, meeting: Meeting) -> str:
    return create_links(session, operator, meeting)[1][1]


def test_the_newest_check_of_the_endpoint_counts(
    session: Session, operator: Actor, meeting: Meeting, token: str, fixed_clock: FixedClock
) -> None:
    place = meeting.endpoints[1]
    first = checks.record_browser_check(
        session, token, checks.Report(Measured(BAD, GOOD, GOOD, 900, 800, 30), camera_name="Camera USB\x00\n 2.0")
    )
    assert (first.meeting_endpoint_id, first.endpoint_id) == (place.id, place.endpoint_id)
    assert first.problems == ["camera_bad", "down_slow", "up_slow"]
    assert first.camera_name == "Camera USB 2.0"
    fixed_clock.now += timedelta(minutes=1)
    second = checks.record_telephone_check(
        session, operator, meeting.id, place.id, checks.Report(FINE, note="Nghe rõ qua điện thoại")
    )
    assert (second.source, second.actor_id) == (CheckSource.TELEPHONE, operator.account_id)
    assert checks.latest_checks(session, meeting.id) == {place.id: second}


def test_a_replaced_or_invented_link_is_no_proof(
    session: Session, operator: Actor, meeting: Meeting, token: str
) -> None:
    create_links(session, operator, meeting)
    for wrong in (token, "", "x" * 500, "nào đó"):
        with pytest.raises(NotFound):
            checks.record_browser_check(session, wrong, checks.Report(FINE))


def test_a_meeting_that_is_over_takes_no_more_checks(
    session: Session, operator: Actor, meeting: Meeting, token: str
) -> None:
    close_meeting(session, operator, meeting.id)
    with pytest.raises(MeetingOver):
        checks.record_browser_check(session, token, checks.Report(FINE))


def test_an_endpoint_cannot_fill_the_table(session: Session, token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "MOST_CHECKS", 2)
    for _ in range(2):
        checks.record_browser_check(session, token, checks.Report(FINE))
    with pytest.raises(TooManyChecks, match="2 kết quả"):
        checks.record_browser_check(session, token, checks.Report(FINE))


@pytest.mark.parametrize("figures", [(-1, 0, 0), (0, -5, 0), (0, 0, 10**9), (10**12, 0, 0)])
def test_impossible_figures_are_refused(session: Session, token: str, figures: tuple[int, int, int]) -> None:
    with pytest.raises(Invalid):
        checks.record_browser_check(session, token, checks.Report(Measured(GOOD, GOOD, GOOD, *figures)))


def test_telephone_checks_are_the_technical_operators(
    session: Session, meeting: Meeting, secretary: Actor, operator: Actor, actor_factory: Callable[..., Actor]
) -> None:
    place_id = meeting.endpoints[0].id
    with pytest.raises(Forbidden):
        checks.record_telephone_check(session, secretary, meeting.id, place_id, checks.Report(FINE))
    with pytest.raises(NotFound):
        checks.record_telephone_check(session, actor_factory(Role.UNIT), meeting.id, place_id, checks.Report(FINE))
    with pytest.raises(NotFound):
        checks.record_telephone_check(session, operator, meeting.id, uuid4(), checks.Report(FINE))
