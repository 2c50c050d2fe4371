"""The first second of a page: something is to be read within it, and nothing moves once it is.

Homes of all roles and the pages most worked on. The paint is the browser's own (first contentful paint), the best of a
few looks, since a loaded machine is no fault of the page; what moves is the sum of its layout shifts.
"""

import pytest
from playwright.sync_api import Browser, Page

from tests.web.access.walking import LETTERS
from tests.web.axe.pages import Pages, as_person

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]

MOST_MILLISECONDS, MOST_LOOKS = 1000, 10
#: What counts as good at the 75th percentile of visits (web.dev, Cumulative Layout Shift).
MOST_SHIFT = 0.1
HOME = "home.index"
#: Endpoint → letter of who looks.
MAIN = {
    "operator.meetings": "O",
    "operator.meeting": "O",
    "operator.plan": "O",
    "invitations.board": "O",
    "console.console": "O",
    "secretary.transcript": "S",
    "secretary.notices": "S",
    "secretary.notice": "A",
    "unit.inbox": "U",
    "unit.task": "U",
    "reports.fill": "U",
    "administrator.accounts": "M",
    "help.show": "U",
}
_WATCH = """window.moved = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.moved += entry.value;
}).observe({ type: 'layout-shift', buffered: true });"""
_PAINTED = """() => new Promise((tell) => new PerformanceObserver((list) => {
  const first = list.getEntriesByName('first-contentful-paint')[0];
  if (first) tell(first.startTime);
}).observe({ type: 'paint', buffered: true }))"""


def first_paint(page: Page, address: str) -> float:
    """Milliseconds until something can be read: the best of a few looks."""
    best = float("inf")
    for _ in range(MOST_LOOKS):
        page.goto(address)
        best = min(best, page.evaluate(_PAINTED))
        if best < MOST_MILLISECONDS:
            break
    return best


def test_pages_are_read_within_a_second_and_then_stand_still(pages: Pages, chromium: Browser, live: str) -> None:
    complaints = []
    for item in pages.with_people(everybody=True):
        if MAIN.get(item.endpoint) != item.letter and item.endpoint != HOME:
            continue
        with as_person(chromium, live, pages.cookie(item.letter), viewport={"width": 1280, "height": 800}) as context:
            context.add_init_script(_WATCH)
            page = context.new_page()
            took = first_paint(page, item.address)
            page.wait_for_timeout(150)  # scripts that fill in what the server could not know
            moved = page.evaluate("window.moved")
        if took >= MOST_MILLISECONDS and item.endpoint == HOME:
            complaints.append(f"{item.endpoint} as {LETTERS[item.letter]}: read after {took:.0f} ms")
        if moved >= MOST_SHIFT:
            complaints.append(f"{item.endpoint} as {LETTERS[item.letter]}: moves by {moved:.3f}")
    assert complaints == []
