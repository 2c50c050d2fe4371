"""A real browser for the walks, and the application on a port of loopback."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.web.console.conftest import ARGUMENTS, CHROMIUM, live
from tests.web.walks.watching import NO_OTHER_HOST

__all__ = ["live"]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The system's browser, which finds no host but this machine."""
    if not CHROMIUM.exists():
        pytest.fail(f"no browser at {CHROMIUM}: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, NO_OTHER_HOST])
        yield browser
        browser.close()
