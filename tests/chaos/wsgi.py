"""The service's own web server, by the clock that jumps."""

from core.runtime import current
from tests.chaos.clock import of_this_process
from web.wsgi import app

current().clock = of_this_process()
__all__ = ["app"]
