"""The same hour, server and browser as the console's tests; patience for what renders and merges."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.web.console.conftest import chromium, context, hour, live, page

__all__ = ["chromium", "context", "hour", "live", "page"]


@pytest.fixture
def patient() -> Iterator[None]:
    """Saves go through two transactions and a merge: on a busy machine that takes more than the usual five seconds."""
    expect.set_options(timeout=20_000)
    yield
    expect.set_options(timeout=5_000)
