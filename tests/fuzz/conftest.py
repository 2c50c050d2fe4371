"""The fixtures of the screens, for tests that send them what nobody should."""

from tests.web.conftest import add_account, app, applications, browser_of

__all__ = ["add_account", "app", "applications", "browser_of"]
