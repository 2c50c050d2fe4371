"""What a running process holds: settings, database, storage, queue, clock; put together by the composition root."""

from dataclasses import dataclass, field

from celery import Celery

from core.clock import Clock, utc_now
from core.database import Database
from core.settings import Settings
from core.storage import Storage


@dataclass
class Runtime:
    """The parts every room may ask for."""

    settings: Settings
    database: Database
    storage: Storage
    celery: Celery
    clock: Clock = field(default=utc_now)


_installed: Runtime | None = None


def install(runtime: Runtime | None) -> None:
    """Make this the process's runtime; `None` takes it away again (tests)."""
    global _installed  # one per process by design: Celery tasks have no other way to reach it
    _installed = runtime


def current() -> Runtime:
    """The process's runtime. Raises RuntimeError when nothing was installed, which is a fault of the start-up code."""
    if _installed is None:
        raise RuntimeError("no runtime installed: the composition root has not run")
    return _installed
