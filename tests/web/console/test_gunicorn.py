"""The web server as it is started at a site: many open consoles leave room for everybody else."""

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
import requests

from core.permissions import Role
from core.runtime import Runtime
from core.services.ports import free_port
from tests.web.console.builders import Hour
from tests.web.console.test_stream import signed_in
from web.commands import plan
from web.console.stream import MOST_STREAMS

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

ROOT = Path(__file__).parents[3]


@pytest.fixture
def site(runtime: Runtime, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """One process of the web server over the test's database, with the options of `diemcau up`."""
    port = free_port()
    settings = runtime.settings.model_copy(update={"port": port})
    monkeypatch.setattr(plan, "WEB_PROCESSES", 1)
    command = plan.web_command(settings)
    environment = {**os.environ, "DIEMCAU_HOME": str(settings.home), "DATABASE_URL": settings.database_url}
    environment |= {"BROKER_URL": "memory://", "STORAGE_URL": settings.storage_url}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) as process:
        answers = plan.web_answers(port)
        deadline = time.monotonic() + 60
        while not answers():
            assert process.poll() is None, "the web server did not start"
            assert time.monotonic() < deadline
            time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
        process.terminate()
        process.wait(20)


def test_open_consoles_do_not_block_the_service(site: str, add_account: Callable[..., UUID], hour: Hour) -> None:
    add_account("van.hanh", Role.OPERATOR)
    with signed_in(site, "van.hanh") as browser:
        address = f"{site}/dieu-hanh/{hour.meeting_id}"
        streams = [browser.get(f"{address}/su-kien", stream=True, timeout=30) for _ in range(MOST_STREAMS + 6)]
        statuses = [answer.status_code for answer in streams]
        assert statuses.count(200) == MOST_STREAMS
        assert statuses.count(503) == 6
        for _ in range(5):
            began = time.monotonic()
            assert requests.get(f"{site}/healthz", timeout=10).status_code == 200
            assert browser.get(f"{address}/trang-thai", timeout=10).status_code == 200
            assert time.monotonic() - began < 5
        for answer in streams:
            answer.close()


def test_half_of_the_threads_are_for_everybody_else() -> None:
    assert 2 * MOST_STREAMS <= plan.WEB_THREADS
