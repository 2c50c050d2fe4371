"""Every screen over a small and a larger part of the invented year."""

import pytest

from benchmarks.web.__main__ import run
from web.demo.year_of_meetings.plan import YearSize


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_no_page_breaks_or_asks_more_when_there_is_more_to_show() -> None:
    small, large = (run(YearSize().scaled(share), rounds=0) for share in (0.03, 0.1))
    assert {name: measured.status for name, (_, measured) in large.items() if measured.status >= 500} == {}
    # Only like is compared with like: a refusal asks less than a page.
    assert {name: measured.status for name, (_, measured) in large.items()} == {
        name: measured.status for name, (_, measured) in small.items()
    }
    assert {
        name: (small[name][1].queries, measured.queries)
        for name, (_, measured) in large.items()
        if measured.queries > small[name][1].queries
    } == {}
