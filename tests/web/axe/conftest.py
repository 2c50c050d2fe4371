"""The pages of the house with work on them, and a real browser."""

from collections.abc import Callable
from uuid import UUID

import pytest
from flask import Flask

from core.runtime import Runtime
from tests.web.axe.pages import Pages
from tests.web.walks.conftest import chromium, live

__all__ = ["chromium", "live"]


@pytest.fixture
def pages(app: Flask, runtime: Runtime, add_account: Callable[..., UUID]) -> Pages:
    return Pages(app, runtime, add_account)
