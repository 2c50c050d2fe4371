"""The same hour, server and browser as the console's tests."""

from tests.web.console.conftest import chromium, context, hour, live, page

__all__ = ["chromium", "context", "hour", "live", "page"]
