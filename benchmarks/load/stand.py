"""The two servers that are compared, each started as `diemcau up` starts the service: gunicorn, processes, threads.

The service runs over a database of its own with part of a year of meetings; its database is as safe as a site's (what
is written is on the disk), and its broker takes the messages that nobody works off.
"""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.web.passages import keep_passages
from core.migrations import upgrade_to_head
from core.runtime import Runtime, install
from core.services import postgres, valkey
from core.services.ports import free_port
from core.services.process import wait_until
from core.settings import Settings, load_settings
from web.commands.plan import ROOT, child_environment, web_answers, web_command
from web.composition import build_runtime
from web.demo.year_of_meetings.loading import load_year
from web.demo.year_of_meetings.plan import YearSize

START_SECONDS = 120
APPLICATION = "web.wsgi:app"
BARE = "benchmarks.load.bare:app"


@contextlib.contextmanager
def loaded_year(share: float) -> Iterator[Runtime]:
    """An installed runtime over `share` of a year."""
    with contextlib.ExitStack() as stack:
        database = stack.enter_context(postgres.running(options=()))
        broker = stack.enter_context(valkey.running())
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="diemcau-")))
        port = free_port()
        runtime = build_runtime(load_settings(home=home, port=port, database_url=database.url, broker_url=broker.url))
        stack.callback(install, None)
        stack.callback(runtime.database.dispose)
        upgrade_to_head(database.url)
        load_year(runtime, YearSize().scaled(share))
        with runtime.database.transaction() as session:
            keep_passages(session)
        with runtime.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            # As the database does by itself where it lives on; otherwise a year's writing would be put away meanwhile.
            connection.exec_driver_sql("VACUUM ANALYZE")
            connection.exec_driver_sql("CHECKPOINT")
        yield runtime


@contextlib.contextmanager
def served(settings: Settings, application: str = APPLICATION) -> Iterator[str]:
    """The address of this application, served as the service is; stopped afterwards.

    Raises:
        RuntimeError: it did not start; the text is the end of its log.
    """
    command = [application if word == APPLICATION else word for word in web_command(settings)]
    own = {"DATABASE_URL": settings.database_url, "BROKER_URL": settings.broker_url, "PYTHONPATH": str(ROOT)}
    log = settings.home / "web.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **child_environment(settings), **own}, stdout=output, stderr=output
        )
    try:
        answers = web_answers(settings.port)
        wait_until(lambda: process.poll() is not None or answers(), START_SECONDS, pause_seconds=0.2)
        if process.poll() is not None or not answers():
            raise RuntimeError(f"{sys.executable}: {log.read_text()[-2000:]}")
        yield f"http://127.0.0.1:{settings.port}"
    finally:
        process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(20)
        process.kill()
        process.wait()
