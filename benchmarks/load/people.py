"""People at their browsers: each signs in, then takes steps with a pause between them until the time is over.

In: an address, who and what they do. Out: how long each request took and what went wrong. Everybody waits for an
answer before going on, as people do, so the server is asked no faster than it answers.
"""

import random
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import requests

from benchmarks.load.days import PLAN, Step

#: Longest anybody waits for an answer, seconds.
PATIENCE = 60
_FIELD = 'name="csrf_token" value="'


@dataclass
class Outcome:
    """What one person met with: seconds by step, and sentences about what went wrong."""

    seconds: list[tuple[str, float]] = field(default_factory=list)
    sign_ins: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@dataclass
class Person:
    """One account with its cookies.

    Attributes:
        endpoint_id: the endpoint that this person alone plans with.
        first_hour: when the first planned meeting begins; each further one an hour later.
    """

    address: str
    login: str
    password: str
    steps: Sequence[Step]
    endpoint_id: str
    first_hour: datetime
    outcome: Outcome = field(default_factory=Outcome)
    _planned: int = 0
    _csrf: str = ""
    _browser: requests.Session = field(default_factory=requests.Session)

    def at(self, address: str) -> "Person":
        """The same person with a new browser, before another server."""
        return Person(address, self.login, self.password, self.steps, self.endpoint_id, self.first_hour)

    def come(self, delay: float) -> None:
        """Sign in after `delay` seconds."""
        time.sleep(delay)
        try:
            self._sign_in()
        except (requests.RequestException, IndexError) as error:
            self.outcome.errors.append(f"sign in: {type(error).__name__}")

    def work(self, seed: int, until: float, pause: float) -> None:
        """At least one step, then on until the moment `until` (monotonic), with `pause` seconds between on average."""
        chance = random.Random(seed)  # noqa: S311 (the same order of steps in every run)
        time.sleep(chance.uniform(0, pause))
        while True:
            step = chance.choice(self.steps)
            try:
                self._take(step)
            except requests.RequestException as error:
                self.outcome.errors.append(f"{step.name}: {type(error).__name__}")
            rest = until - time.monotonic()
            if rest <= 0:
                break
            time.sleep(min(chance.uniform(0.5, 1.5) * pause, rest))
        self._browser.close()

    def _sign_in(self) -> None:
        begin = time.monotonic()
        self._browser.trust_env = False
        page = self._browser.get(f"{self.address}/dang-nhap", timeout=PATIENCE).text
        form = {"login": self.login, "password": self.password, "csrf_token": _token(page)}
        answer = self._browser.post(f"{self.address}/dang-nhap", data=form, timeout=PATIENCE, allow_redirects=False)
        self._check("sign in", answer)
        self.outcome.sign_ins.append(time.monotonic() - begin)
        self._csrf = _token(self._browser.get(f"{self.address}/tai-khoan", timeout=PATIENCE).text)

    def _take(self, step: Step) -> None:
        url = self.address + step.path
        begin = time.monotonic()
        if step.name == PLAN:
            headers = {"X-CSRFToken": self._csrf}
            answer = self._browser.post(
                url, json=self._meeting(), headers=headers, timeout=PATIENCE, allow_redirects=False
            )
        else:
            answer = self._browser.get(url, timeout=PATIENCE, allow_redirects=False)
        self.outcome.seconds.append((step.name, time.monotonic() - begin))
        self._check(step.name, answer)

    def _check(self, name: str, answer: requests.Response) -> None:
        # Whoever is not signed in is sent to the sign-in: that is no page.
        if answer.status_code not in ((200, 302) if name == "sign in" else (200, 201)):
            self.outcome.errors.append(f"{name}: {answer.status_code}")

    def _meeting(self) -> dict[str, Any]:
        starts_at = self.first_hour + timedelta(hours=self._planned)
        self._planned += 1
        return {
            "classification": "unclassified",
            "title": f"Họp thử tải của {self.login}",
            "starts_at": starts_at.isoformat(),
            "ends_at": (starts_at + timedelta(minutes=30)).isoformat(),
            "endpoints": [{"endpoint_id": self.endpoint_id}],
        }


def _token(page: str) -> str:
    return page.split(_FIELD, 1)[1].split('"', 1)[0]


def work(people: Sequence[Person], *, seconds: float, pause: float, seed: int) -> float:
    """Everybody comes in over the length of a pause; when all are there, they work side by side.

    Gives the seconds the work lasted, which ends by itself however slow the server is.
    """
    # Two who sign in before the others: what a server does once, at its first request, is not the day's mix.
    for person in people[:2]:
        person.come(0)
    _side_by_side([(person.come, (pause * number / len(people),)) for number, person in enumerate(people[2:])])
    begin = time.monotonic()
    _side_by_side([(person.work, (seed + number, begin + seconds, pause)) for number, person in enumerate(people)])
    return time.monotonic() - begin


def _side_by_side(calls: Sequence[tuple[Callable[..., None], tuple[Any, ...]]]) -> None:
    threads = [threading.Thread(target=function, args=arguments, daemon=True) for function, arguments in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
