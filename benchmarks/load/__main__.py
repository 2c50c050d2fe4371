"""`python -m benchmarks.load`: 200 signed-in people over a working day's mix against gunicorn, then a bare page.

Prints a table; the bare page, served the same way to the same people, is the limit of this machine, and the ratio is
the figure to keep. Exit code 1 when a request failed. It ends by itself.
"""

import argparse
import logging
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from benchmarks.load import days, people, stand
from benchmarks.web.pages import pages
from core.accounts import create_account
from core.clock import utc_now
from core.permissions import Role
from core.runtime import Runtime
from orchestrator.directory.models import Endpoint, Unit, UnitMembership
from web.app import create_app

PASSWORD = "đo tải một ngày làm việc"  # noqa: S105 (lives for one run, in a database that is thrown away)


@dataclass(frozen=True)
class Result:
    """What came out of one server.

    Attributes:
        seconds: of each request, by step.
        sign_ins: seconds of each sign-in (its page and its answer; the password's hash is dear on purpose).
        errors: what went wrong, counted.
        lasted: seconds from the first person to the last.
    """

    seconds: dict[str, list[float]]
    sign_ins: list[float]
    errors: Counter[str]
    lasted: float

    @property
    def all(self) -> list[float]:
        """Seconds of every request, rising."""
        return sorted(value for values in self.seconds.values() for value in values)


@dataclass(frozen=True)
class Both:
    """The service and the limit, with the same people."""

    service: Result
    bare: Result

    @property
    def ratio(self) -> float:
        """How many times the limit the service needs at the 95th percentile."""
        return share_of(self.service.all, 0.95) / share_of(self.bare.all, 0.95)


def main() -> int:
    """Load, ask, print."""
    arguments = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    arguments.add_argument("--users", type=int, default=200)
    arguments.add_argument("--seconds", type=float, default=60, help="of work, after everybody has come in")
    arguments.add_argument("--pause", type=float, default=10, help="seconds between two steps of one, on average")
    arguments.add_argument("--share", type=float, default=1.0, help="part of a year of meetings to load")
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    logging.disable(logging.CRITICAL)
    both = run(options.users, options.seconds, options.pause, options.share, options.seed)
    _print(both, options.users, options.pause)
    return 1 if both.service.errors or both.bare.errors else 0


def run(users: int, seconds: float, pause: float, share: float, seed: int = 1) -> Both:
    """Both servers, one after the other, asked by the same people in the same order of steps."""
    with stand.loaded_year(share) as runtime:
        crew = _people(runtime, users)
        results = []
        for application in (stand.APPLICATION, stand.BARE):
            with stand.served(runtime.settings, application) as address:
                there = [person.at(address) for person in crew]
                lasted = people.work(there, seconds=seconds, pause=pause, seed=seed)
                results.append(_result(there, lasted))
    return Both(*results)


def share_of(rising: Sequence[float], share: float) -> float:
    """The value that so great a share of all values does not exceed; 0 where there are none."""
    return rising[min(len(rising) - 1, int(share * len(rising)))] if rising else 0.0


def _people(runtime: Runtime, users: int) -> list[people.Person]:
    app = create_app(runtime, testing=True)
    first_hour = (utc_now() + timedelta(days=30)).astimezone(UTC).replace(hour=1, minute=0, second=0, microsecond=0)
    crew = []
    with runtime.database.transaction() as session:
        addresses: dict[str, list[str]] = defaultdict(list)
        for page in pages(app, session):
            addresses[page.route].append(page.address)
        unit_id = session.scalars(select(Unit.id).order_by(Unit.code)).first()
        endpoints = [str(found) for found in session.scalars(select(Endpoint.id).order_by(Endpoint.code))]
        for role, count in days.shares(users).items():
            for number in range(count):
                login = f"tai.{role}-{number}"
                account = create_account(
                    session, login=login, password=PASSWORD, display_name=f"Người thử {role} {number}", roles={role}
                )
                if role is Role.UNIT:
                    session.add(UnitMembership(account_id=account.id, unit_id=unit_id))
                steps = days.steps_of(role, addresses)
                crew.append(_person(login, steps, endpoints[number % len(endpoints)], first_hour))
    return crew


def _person(login: str, steps: list[days.Step], endpoint_id: str, first_hour: datetime) -> people.Person:
    return people.Person("", login, PASSWORD, steps, endpoint_id, first_hour)


def _result(crew: Sequence[people.Person], lasted: float) -> Result:
    seconds: dict[str, list[float]] = defaultdict(list)
    for person in crew:
        for name, value in person.outcome.seconds:
            seconds[name].append(value)
    sign_ins = sorted(value for person in crew for value in person.outcome.sign_ins)
    return Result(dict(seconds), sign_ins, Counter(error for person in crew for error in person.outcome.errors), lasted)


def _print(both: Both, users: int, pause: float) -> None:
    print(f"{users} people, a step every {pause:g} s each on average; milliseconds")
    print(f"{'step':28} {'n':>6} {'p50':>8} {'p95':>8} {'worst':>8} {'bare p95':>9} {'ratio':>6}")
    for name in sorted(both.service.seconds):
        _line(name, sorted(both.service.seconds[name]), sorted(both.bare.seconds.get(name, [])))
    _line("all steps", both.service.all, both.bare.all)
    _line("sign in", both.service.sign_ins, both.bare.sign_ins)
    for name, result in (("service", both.service), ("bare page", both.bare)):
        count = len(result.all) + len(result.sign_ins)
        print(f"{name}: {count} in {result.lasted:.0f} s, errors {result.errors.total()} {dict(result.errors) or ''}")
    print(f"p95 of the service is {both.ratio:.1f} times that of a bare page")


def _line(name: str, ours: Sequence[float], bare: Sequence[float]) -> None:
    limit = share_of(bare, 0.95)
    ratio = f"{share_of(ours, 0.95) / limit:6.1f}" if limit else "     –"
    figures = " ".join(f"{1000 * share_of(ours, share):8.0f}" for share in (0.5, 0.95, 1.0))
    print(f"{name:28} {len(ours):6} {figures} {1000 * limit:9.0f} {ratio}")


if __name__ == "__main__":
    sys.exit(main())
