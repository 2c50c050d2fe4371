"""`python -m benchmarks.web`: every screen with a tenth of a year and with the whole of it, side by side.

Prints a table and, with `--json`, one line of JSON for each page. Exit code 1 when a page needs more than the limit at
the 95th percentile, or more queries for more rows.
"""

import argparse
import gc
import json
import logging
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from flask.testing import FlaskClient

from benchmarks.web.measure import Measured, measure
from benchmarks.web.pages import Page, pages
from benchmarks.web.passages import keep_passages
from core.accounts import create_account
from core.migrations import upgrade_to_head
from core.permissions import Role
from core.runtime import Runtime, install
from core.services.postgres import running
from core.settings import load_settings
from orchestrator.directory.models import Unit, UnitMembership
from web.app import create_app
from web.composition import build_runtime
from web.demo.year_of_meetings.loading import load_year
from web.demo.year_of_meetings.plan import YearSize

LIMIT_MS = 100.0
#: How often a slow page is asked again, each time with as many requests.
AGAIN = 2
#: An answer that costs next to nothing: how long it takes is the noise of the machine.
BARE = Page("service.healthz", "(bare answer)", "/healthz")
SMALL_SHARE = 0.1
_PASSWORD = "đo tốc độ các trang"  # noqa: S105 (lives for one run, in a database that is thrown away)


@dataclass(frozen=True)
class Line:
    """One page as one person sees it, small and large."""

    person: str
    page: Page
    small: Measured
    large: Measured

    @property
    def is_slow(self) -> bool:
        """Over the limit with the whole year."""
        return self.large.p95_ms > LIMIT_MS

    @property
    def grows(self) -> bool:
        """Whether more rows make more queries."""
        return self.large.queries > self.small.queries


def main() -> int:
    """Load, ask, print."""
    arguments = argparse.ArgumentParser(prog="python -m benchmarks.web", description=__doc__)
    arguments.add_argument("--rounds", type=int, default=40, help="requests for each page")
    arguments.add_argument("--share", type=float, default=1.0, help="part of a year to load for the large run")
    arguments.add_argument("--json", action="store_true", help="one line of JSON for each page")
    arguments.add_argument("--only", default="", help="routes whose names begin so")
    options = arguments.parse_args()
    logging.disable(logging.CRITICAL)
    small = run(YearSize().scaled(options.share * SMALL_SHARE), rounds=0, only=options.only)
    large = run(YearSize().scaled(options.share), rounds=options.rounds, only=options.only)
    # The same routes in the same order; the addresses differ by their ids.
    lines = [Line(person, page, measured, large[person, name][1]) for (person, name), (page, measured) in small.items()]
    _print(lines, as_json=options.json)
    return 1 if any(line.is_slow or line.grows or line.large.status >= 500 for line in lines) else 0


def run(size: YearSize, *, rounds: int, only: str = "") -> dict[tuple[str, str], tuple[Page, Measured]]:
    """(person, name of the page) → the page and what it cost, over an installation with so much of a year."""
    with _installation(size) as runtime:
        app = create_app(runtime, testing=True)
        with runtime.database.transaction() as session:
            found = [page for page in [BARE, *pages(app, session)] if page.route.startswith(only) or page is BARE]
        gc.collect()
        gc.freeze()  # as the web server does when it has started
        clients = _people(runtime, app.test_client(), app.test_client())
        result = {
            (person, page.name): (page, measure(client, runtime.database.engine, page.address, rounds))
            for person, client in clients.items()
            for page in found
        }
        for _ in range(AGAIN):
            for (person, name), (page, first) in result.items():
                if first.p95_ms > LIMIT_MS:
                    again = measure(clients[person], runtime.database.engine, page.address, rounds)
                    result[person, name] = (page, min(first, again, key=lambda seen: seen.p95_ms))
        return result


@contextmanager
def _installation(size: YearSize) -> Iterator[Runtime]:
    with running() as server, tempfile.TemporaryDirectory() as folder:
        runtime = build_runtime(load_settings(home=Path(folder), database_url=server.url, broker_url="memory://"))
        try:
            upgrade_to_head(server.url)
            load_year(runtime, size)
            with runtime.database.transaction() as session:
                keep_passages(session)
            with runtime.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("VACUUM ANALYZE")  # as the database does by itself where it lives on
            yield runtime
        finally:
            runtime.database.dispose()
            install(None)


def _people(runtime: Runtime, staff: FlaskClient, unit: FlaskClient) -> dict[str, FlaskClient]:
    """Somebody with every office of the house, and somebody who speaks for one unit."""
    with runtime.database.transaction() as session:
        create_account(
            session, login="do.can-bo", password=_PASSWORD, display_name="Cán bộ", roles=set(Role) - {Role.UNIT}
        )
        account = create_account(
            session, login="do.don-vi", password=_PASSWORD, display_name="Đơn vị", roles={Role.UNIT}
        )
        session.add(
            UnitMembership(account_id=account.id, unit_id=session.query(Unit.id).order_by(Unit.code).first()[0])
        )
    for client, login in ((staff, "do.can-bo"), (unit, "do.don-vi")):
        _sign_in(client, login)
    return {"staff": staff, "unit": unit}


def _sign_in(client: FlaskClient, login: str) -> None:
    page = client.get("/dang-nhap").text
    token = page.split('name="csrf_token" value="', 1)[1].split('"', 1)[0]
    answer = client.post("/dang-nhap", data={"login": login, "password": _PASSWORD, "csrf_token": token})
    if answer.status_code != 302:
        raise RuntimeError(f"sign-in of {login} answered {answer.status_code}")


def _print(lines: list[Line], *, as_json: bool) -> None:
    if as_json:
        for line in lines:
            print(json.dumps({**asdict(line), "slow": line.is_slow, "grows": line.grows}, ensure_ascii=False))
        return
    print(f"{'page':44} {'as':6} {'':>4} {'kB':>6} {'queries':>9} {'p50 ms':>8} {'p95 ms':>8}")
    for line in sorted(lines, key=lambda line: -line.large.p95_ms):
        seen = line.large
        notes = " SLOW" * line.is_slow + " GROWS" * line.grows
        queries = f"{line.small.queries}→{seen.queries}"
        print(
            f"{line.page.name:44} {line.person:6} {seen.status:>4} {seen.size_bytes / 1000:6.0f} {queries:>9} "
            f"{seen.middle_ms:8.1f} {seen.p95_ms:8.1f}{notes}"
        )
    slow, grown = sum(line.is_slow for line in lines), sum(line.grows for line in lines)
    print(f"{len(lines)} pages, {slow} over {LIMIT_MS:.0f} ms, {grown} with more queries for more rows")


if __name__ == "__main__":
    sys.exit(main())
