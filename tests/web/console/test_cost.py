"""What the console costs: queries do not grow with endpoints, people, lines or connections."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import event

from core.permissions import Role
from core.runtime import Runtime
from orchestrator.live import checks, incidents
from orchestrator.live.models import CheckResult, IncidentKind
from orchestrator.live.readiness import Measured
from tests.conftest import MOMENT
from tests.web.builders import system
from tests.web.conftest import Browser
from tests.web.console.builders import Hour, build_hour, come

FINE = checks.Report(Measured(CheckResult.GOOD, CheckResult.GOOD, CheckResult.GOOD, 9000, 9000, 9))


@contextmanager
def counted(runtime: Runtime) -> Iterator[list[str]]:
    """Statements sent to the database meanwhile."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(runtime.database.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(runtime.database.engine, "before_cursor_execute", note)


def filled(runtime: Runtime, days: int, places: int) -> Hour:
    """A meeting of so many endpoints, each checked, each come, some with an incident."""
    hour = build_hour(runtime, MOMENT + timedelta(days=days, minutes=5), places=places)
    for number in range(places):
        come(runtime, hour, number, MOMENT - timedelta(minutes=20), left_at=MOMENT - timedelta(minutes=10))
        come(runtime, hour, number, MOMENT - timedelta(minutes=9))
        with runtime.database.transaction() as session:
            checks.record_browser_check(session, hour.tokens[number], FINE)
            line = incidents.NewLine(IncidentKind.ECHO, hour.places[number])
            incidents.log_incident(session, system(Role.OPERATOR), hour.meeting_id, line)
    return hour


def test_queries_do_not_grow_and_the_page_is_quick(browser_of: Callable[..., Browser], runtime: Runtime) -> None:
    small, large = filled(runtime, 0, 3), filled(runtime, 1, 60)
    browser = browser_of(Role.OPERATOR)
    for part in ("", "/man-hinh", "/chua-san-sang", "/nhat-ky", "/chua-san-sang.csv"):
        numbers = []
        for hour in (small, large):
            browser.get(f"/dieu-hanh/{hour.meeting_id}{part}")
            with counted(runtime) as sent:
                assert browser.get(f"/dieu-hanh/{hour.meeting_id}{part}").status_code == 200
            numbers.append(len(sent))
        assert numbers[0] == numbers[1], (part, numbers)
        assert numbers[1] < 40, (part, numbers)
    times = []
    for _ in range(20):
        began = time.perf_counter()
        browser.get(f"/dieu-hanh/{large.meeting_id}")
        times.append(time.perf_counter() - began)
    # The figure of the design (100 ms) is measured by `make bench-web`; this bound only catches a slip.
    assert sorted(times)[10] < 0.5
    print(f"console of 60 endpoints: {numbers} queries, median {sorted(times)[10] * 1000:.0f} ms")  # noqa: T201
