"""A browser that finds no host but this machine, a meeting to send recordings to, and the bundle that sends them."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Browser, sync_playwright

from core.runtime import Runtime
from tests.web.builders import build_meeting, build_office
from tests.web.console.conftest import ARGUMENTS, CHROMIUM, live
from tests.web.walks.watching import NO_OTHER_HOST
from web.uploads.page import BUNDLES

__all__ = ["live"]

STATIC = Path(__file__).parents[3] / "web" / "static"


@pytest.fixture
def meeting_id(runtime: Runtime) -> UUID:
    return build_meeting(runtime, build_office(runtime))


@pytest.fixture(scope="session")
def bundle() -> None:
    """Skips where npm has built nothing: the page works without it, which other tests show."""
    if not all((STATIC / bundle).is_file() for bundle in BUNDLES):
        pytest.skip("no bundle in web/static/built: make frontend")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.fail(f"no browser at {CHROMIUM}: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, NO_OTHER_HOST])
        yield browser
        browser.close()
