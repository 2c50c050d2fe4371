"""Shared fixtures: one embedded PostgreSQL for the whole run, a fresh database and data folder for each test."""

import importlib
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from uuid import UUID, uuid4

import pytest
from argon2 import PasswordHasher
from hypothesis import settings as hypothesis_settings
from sqlalchemy.orm import Session
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

# Before anything heavy is imported: no telemetry, no hub.
os.environ.update({"HF_HUB_OFFLINE": "1", "PYANNOTE_METRICS_ENABLED": "0", "ORT_DISABLE_TELEMETRY": "1"})

from core import accounts
from core.database import Database, create_everything
from core.permissions import Actor, Role
from core.queue import make_celery
from core.runtime import Runtime, install
from core.services.postgres import FORGETFUL, running
from core.settings import Settings, load_settings
from core.storage import FolderStorage
from tests.compiled import compiled_once
from tests.databases import TEMPLATE, Databases, command, with_name

# The same examples in every run, so that a red one can be repeated, and no clock: a loaded machine is no fault.
# To look for others: pytest --hypothesis-profile explore
hypothesis_settings.register_profile("house", deadline=None, derandomize=True)
hypothesis_settings.register_profile("explore", deadline=None)
hypothesis_settings.load_profile("house")

#: A Wednesday afternoon in Hà Nội; tests that need another moment set `fixed_clock.now`.
MOMENT = datetime(2026, 4, 8, 7, 0, tzinfo=UTC)


class FixedClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


#: Folders whose tests share something dear: a whole installation, a Prosody, the loaded engines.
SHARED_FOLDERS = ("journeys", "prosody", "engines")


#: Files and shared folders that take longest, dearest first (minutes to a quarter of one). Begun first, they end beside
#: the many short ones; by the number of their tests, they would begin last and end alone.
DEAR = (
    "journeys",
    "tests/web/axe/test_every_page.py",
    "tests/web/walks/test_walk.py",
    "tests/commands/test_up.py",
    "tests/commands/test_backup.py",
    "tests/web/uploads/test_browser.py",
    "tests/commands/test_directory_and_audit.py",
    "tests/benchmarks/test_web.py",
    "tests/commands/test_script.py",
    "tests/web/access/test_every_door.py",
    "engines",
    "tests/web/uploads/test_proof.py",
    "tests/web/axe/test_first_sight.py",
    "tests/web/notices/test_editor_merge.py",
    "tests/minutes/drafting/test_practice_and_held_out.py",
    "tests/minutes/notices/test_issuing.py",
    "tests/fuzz/test_api_document.py",
)


class TogetherByFile(LoadScopeScheduling):
    """Where tests run side by side, those of one file stay together, and so do those of a shared folder."""

    def _assign_work_unit(self, node: WorkerController) -> None:
        dearest = next((scope for scope in DEAR if scope in self.workqueue), None)
        if dearest is not None:
            self.workqueue.move_to_end(dearest, last=False)
        super()._assign_work_unit(node)

    def _split_scope(self, nodeid: str) -> str:
        path = PurePosixPath(nodeid.partition("::")[0])
        return path.parent.name if path.parent.name in SHARED_FOLDERS else str(path)


#: Tests that drive other processes over time: a browser, a Prosody, a whole installation (docs/decisions/0008).
DRIVING = ("browser", "prosody", "journey")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What drives other processes may have a second attempt; the summary names each that needed it."""
    for item in items:
        if any(item.get_closest_marker(name) for name in DRIVING):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> TogetherByFile:
    return TogetherByFile(config, log)


@pytest.fixture(scope="session", autouse=True)
def _cheap_passwords() -> Iterator[None]:
    """Argon2 with its least cost: thousands of invented accounts need no protection against guessing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture(scope="session", autouse=True)
def _no_waiting_for_the_disk() -> Iterator[None]:
    """What a test writes need not survive a failing machine, as with the database (`FORGETFUL`)."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _descriptor: None)
        yield


@pytest.fixture(scope="session", autouse=True)
def _compiled_once() -> Iterator[None]:
    """Applications share the code of their routes and templates."""
    with compiled_once():
        yield


@pytest.fixture(scope="session")
def server_url() -> Iterator[str]:
    """Address of a running PostgreSQL whose template database holds the newest schema."""
    with running(options=(*FORGETFUL, "-c", "autovacuum=off")) as service:
        url = service.url
        importlib.import_module("web.composition")
        command(url, f"CREATE DATABASE {TEMPLATE}")
        template = Database(with_name(url, TEMPLATE))
        create_everything(template)
        template.dispose()
        yield url


@pytest.fixture(scope="session")
def databases(server_url: str) -> Iterator[Databases]:
    """The databases of this run's tests."""
    databases = Databases(server_url)
    yield databases
    databases.drop()


@pytest.fixture
def database(databases: Databases) -> Iterator[Database]:
    """An empty database with the whole schema."""
    yield databases.take()
    databases.give_back()


@pytest.fixture
def fixed_clock() -> FixedClock:
    return FixedClock(MOMENT)


@pytest.fixture
def storage(tmp_path: Path) -> FolderStorage:
    return FolderStorage(tmp_path / "objects")


@pytest.fixture
def settings(tmp_path: Path, database: Database) -> Settings:
    return load_settings(
        home=tmp_path, database_url=database.url, broker_url="memory://", storage_url=(tmp_path / "objects").as_uri()
    )


@pytest.fixture
def runtime(
    settings: Settings, database: Database, storage: FolderStorage, fixed_clock: FixedClock
) -> Iterator[Runtime]:
    """An installed runtime; messages go to a queue in memory that nobody works off."""
    runtime = Runtime(settings, database, storage, make_celery("memory://"), fixed_clock)
    install(runtime)
    yield runtime
    install(None)


@pytest.fixture
def session(runtime: Runtime) -> Iterator[Session]:
    """A session that commits at the end of the test, as a request would."""
    with runtime.database.transaction() as session:
        yield session


@pytest.fixture
def actor_factory() -> Callable[..., Actor]:
    """`actor_factory(Role.SECRETARY, unit_ids=[…])` → an Actor that needs no account."""

    def make(*roles: Role, unit_ids: "list[UUID] | set[UUID] | tuple[UUID, ...]" = ()) -> Actor:
        return Actor(uuid4(), "Nguyễn Thị Thử", frozenset(roles), frozenset(unit_ids))

    return make
