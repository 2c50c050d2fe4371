"""The composition root: knows every room, and puts a process together. Nothing below `web` imports it.

In: settings. Out: an installed `Runtime`. A room's models, tasks, subscribers and messages are found by the names of
their files, so that a new subject cannot be forgotten in a list.
"""

import importlib
import pkgutil
from collections.abc import Iterator

from core.database import Database
from core.queue import make_celery
from core.runtime import Runtime, install
from core.settings import Settings
from core.storage import open_storage

ROOMS = ("core", "papers", "orchestrator", "transcription", "minutes", "web")
#: Files that take part by being imported: tables, Celery tasks with their timetable, outbox handlers, sentences, what
#: the search finds.
REGISTERING_FILES = frozenset({"models", "tasks", "subscribers", "messages", "reconciler", "indexing"})
#: Registering modules whose name is not one of those.
OTHERS = (
    *("core.accounts", "core.audit", "core.lifecycles", "core.outbox", "web.security.throttle", "web.errors"),
    "web.retention.data_kinds",
)


def registering_modules() -> Iterator[str]:
    """Names of all modules that register something when imported."""
    yield from OTHERS
    for room in ROOMS:
        package = importlib.import_module(room)
        for found in pkgutil.walk_packages(package.__path__, f"{room}."):
            if found.name.rpartition(".")[2] in REGISTERING_FILES:
                yield found.name


def import_rooms() -> None:
    """Import whatever registers itself. Cheap: no engine, no weight and no connection is opened by it."""
    for name in registering_modules():
        importlib.import_module(name)


def build_runtime(settings: Settings) -> Runtime:
    """The parts of this process, installed as its runtime. Opens no connection yet."""
    import_rooms()
    runtime = Runtime(
        settings=settings,
        database=Database(settings.database_url),
        storage=open_storage(settings.storage_url, settings.storage_access),
        celery=make_celery(settings.broker_url),
    )
    install(runtime)
    return runtime


import_rooms()
