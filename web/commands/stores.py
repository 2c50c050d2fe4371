"""The database for a command that works without the rest: the one that runs, else the embedded one while needed."""

import contextlib
import signal
from collections.abc import Iterator

from core.runtime import Runtime
from core.services import ServiceError, logs
from core.services.postgres import PostgresService
from core.services.postgres_files import data_folder
from core.services.process import end_group, spawn, wait_until
from core.services.registry import end_leftovers, installation_lock
from core.settings import Settings
from web.commands.border import BadInput

START_SECONDS = 60


@contextlib.contextmanager
def database_available(settings: Settings, *, must_exist: bool = False) -> Iterator[None]:
    """Inside the block the database of the settings answers.

    Args:
        must_exist: refuse to make a new one, since the caller only reads: the data folder is probably the wrong one.

    Raises:
        BadInput: there is no database yet.
        ServiceError: the embedded database cannot be started, or the services are just starting or stopping.
    """
    embedded = PostgresService(settings.home)
    if settings.database_url != embedded.url or embedded.is_healthy():
        yield
        return
    if must_exist and not (data_folder(settings.home) / "PG_VERSION").exists():
        raise BadInput(f"DIEMCAU_HOME: {settings.home} chưa có dữ liệu của Điểm Cầu.")
    with installation_lock(settings.home):
        end_leftovers(settings.home)
        with logs.open_log(settings.home / "logs", "database") as output:
            process = spawn(embedded.prepare(), output)
        try:
            wait_until(lambda: process.poll() is not None or embedded.is_healthy(), START_SECONDS)
            if not embedded.is_healthy():
                raise ServiceError(f"Cơ sở dữ liệu không khởi động được. Xem {settings.home / 'logs' / 'database.log'}")
            yield
        finally:
            end_group(process, signal.SIGINT, 15)
            embedded.tidy()


@contextlib.contextmanager
def runtime_for(settings: Settings, *, must_exist: bool = False) -> Iterator[Runtime]:
    """An installed runtime with a database of the newest schema; its connections are closed at the end."""
    from core.migrations import upgrade_to_head
    from web.composition import build_runtime

    with database_available(settings, must_exist=must_exist):
        upgrade_to_head(settings.database_url)
        runtime = build_runtime(settings)
        try:
            yield runtime
        finally:
            runtime.database.dispose()
