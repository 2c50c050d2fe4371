"""axe on every page that a role can open, with work on it; and that no page is too wide or loads too much script.

The suite looks at each page once, as the role that can do most on it, on a desk screen in the light, and whether it
fits into 360 px. `make axe` looks as every role, also in the dark and at 360 px. New routes are looked at without a
line in this file: their addresses are filled as `tests/web/access/world.py` says.
"""

import os
from functools import partial

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from tests.web.access.walking import LETTERS, NOBODY
from tests.web.axe.looking import look
from tests.web.axe.pages import Pages, as_person

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(1200)]

EVERYTHING = os.environ.get("DIEMCAU_AXE") == "all"
SCREENS: dict[str, dict[str, object]] = {
    "desk": {"viewport": {"width": 1280, "height": 800}},
    "dark telephone": {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"},
}


@pytest.mark.parametrize("screen", list(SCREENS) if EVERYTHING else ["desk"])
def test_axe_finds_nothing_on_any_page(pages: Pages, chromium: Browser, live: str, screen: str) -> None:
    axe = Axe()
    complaints: list[str] = []
    looked = 0
    wanted = list(pages.with_people(everybody=EVERYTHING))
    for letter in dict.fromkeys(item.letter for item in wanted):
        with as_person(chromium, live, pages.cookie(letter) if letter != NOBODY else "", **SCREENS[screen]) as context:
            page = context.new_page()
            foreign: list[str] = []
            context.on("request", partial(_note_foreign, live, foreign))
            page.on("console", partial(_note_error, page, complaints))
            for item in [item for item in wanted if item.letter == letter]:
                looked += 1
                found = look(page, axe, item.address, item.endpoint)
                complaints += [f"{LETTERS.get(letter, 'anybody')}: {line}" for line in found]
            complaints += [f"{letter}: asked {url}" for url in foreign]
    print(f"\naxe, {screen}: {looked} pages, {len(complaints)} complaints")  # noqa: T201
    assert not complaints, "\n".join(complaints)
    assert looked > 60, "most pages were not found"


def _note_foreign(ours: str, foreign: list[str], request: Request) -> None:
    if not request.url.startswith((ours, "data:", "blob:", "about:")):
        foreign.append(request.url)


def _note_error(page: Page, complaints: list[str], message: ConsoleMessage) -> None:
    if message.type == "error" and "Failed to load resource" not in message.text:
        complaints.append(f"console of {page.url}: {message.text}")
