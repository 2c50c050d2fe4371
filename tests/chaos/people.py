"""The six users of one briefing, who know only what the service shows them and press again where it gave no answer.

In: an address and signed-in people. Out: a meeting that reached its end, or where it stands and why.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import requests

from web.demo.gold import load_gold
from web.demo.journey import _plan_body
from web.demo.ministry import ACCOUNTS

TIMEOUT_SECONDS = 20
PAUSE_SECONDS = 0.4
GOLD = load_gold()
#: What the names of recordings begin with that kill their worker, and that hang.
POISON, HANGS = "doc-", "treo-"


class NoAnswer(Exception):
    """The service was away, or broke: nobody knows whether the deed was done."""


class Refused(Exception):
    """The service said no."""


class Person:
    """A signed-in caller of the API."""

    def __init__(self, address: str, token: str) -> None:
        self.address = address
        self.headers = {"Authorization": f"Bearer {token}"}

    def get(self, path: str) -> Any:
        return self._ask("GET", path)

    def post(self, path: str, body: object | None = None, **options: Any) -> Any:
        return self._ask("POST", path, **(options or {"json": body or {}}))

    def _ask(self, method: str, path: str, **options: Any) -> Any:
        try:
            answer = requests.request(
                method, f"{self.address}/api/v1{path}", headers=self.headers, timeout=TIMEOUT_SECONDS, **options
            )
        except requests.RequestException as error:
            raise NoAnswer(type(error).__name__) from error
        if answer.status_code >= 500:
            raise NoAnswer(str(answer.status_code))
        if answer.status_code >= 400:
            raise Refused(f"{method} {path}: {answer.status_code} {answer.text[:200]}")
        return answer.json() if answer.content else {}


def sign_in(address: str, sign_ins: dict[str, str]) -> dict[str, Person]:
    """Everybody of the sample, before the first shot."""
    people = {}
    for account in ACCOUNTS:
        told = {"login": account.login, "password": sign_ins[account.login]}
        answer = requests.post(f"{address}/api/v1/sessions", json=told, timeout=TIMEOUT_SECONDS)
        answer.raise_for_status()
        people[account.login] = Person(address, answer.json()["token"])
    return people


@dataclass
class Briefing:
    """One meeting on its way from the plan to the reported task."""

    number: int
    people: dict[str, Person]
    recording: Path
    #: Whether its recording never becomes a transcript; then the way ends with the reason.
    is_bad: bool = False
    id: str = ""
    job_id: str = ""
    notice_id: str = ""
    unanswered: int = 0
    refusals: list[str] = field(default_factory=list)
    reruns: int = 0
    ended_as: str = ""

    @property
    def title(self) -> str:
        return f"{GOLD.title} (lần {self.number})"

    def go(self, is_over: Callable[[], bool]) -> None:
        """Step by step; each is asked for again until what it brings is seen."""
        steps = [self._plan, self._invite, self._hold, self._upload, self._transcribed]
        if not self.is_bad:
            steps += [self._drafted, self._issued, self._distributed, self._reported]
        for step in steps:
            while not self._try(step):
                if is_over():
                    self.ended_as = f"stands at {step.__name__}: {self.refusals[-1:] or 'no answer'}"
                    return
                time.sleep(PAUSE_SECONDS)
            if self.ended_as:
                return
        self.ended_as = "reported"

    def _try(self, step: Callable[[], bool]) -> bool:
        try:
            return step()
        except NoAnswer:
            self.unanswered += 1
        except Refused as refusal:
            # Often only because the unanswered deed had been done; the next look shows.
            self.refusals.append(str(refusal))
        return False

    def _plan(self) -> bool:
        operator = self.people["van.hanh"]
        found = [item for item in operator.get("/meetings")["items"] if item["title"] == self.title]
        if found:
            self.id = found[0]["id"]
            return True
        people = {item["full_name"]: item for item in operator.get("/people")["items"]}
        endpoints = {item["code"]: item for item in operator.get("/endpoints")["items"]}
        body = _plan_body(GOLD, people, endpoints)
        # Next year, on a day of its own: no two of them want one room at one hour.
        day = datetime.fromisoformat(body["starts_at"]) + timedelta(days=365 + self.number)
        body |= {"title": self.title, "starts_at": day.isoformat(), "ends_at": (day + timedelta(hours=1)).isoformat()}
        self.id = operator.post("/meetings", body)["id"]
        return True

    def _invite(self) -> bool:
        self.people["van.hanh"].post(f"/meetings/{self.id}/invitations/send")
        return True

    def _hold(self) -> bool:
        operator = self.people["van.hanh"]
        state = operator.get(f"/meetings/{self.id}")["state"]
        if state == "planned":
            operator.post(f"/meetings/{self.id}/open")
        elif state == "open":
            operator.post(f"/meetings/{self.id}/close")
        return state not in ("planned", "open")

    def _upload(self) -> bool:
        operator = self.people["van.hanh"]
        found = operator.get(f"/meetings/{self.id}/recordings")["items"]
        if not found:
            with self.recording.open("rb") as stream:
                operator.post(f"/meetings/{self.id}/recordings", files={"file": (self.recording.name, stream)})
            return False
        self.job_id = found[0]["job_id"]
        return True

    def _transcribed(self) -> bool:
        job = self.people["van.hanh"].get(f"/jobs/{self.job_id}")
        if job["state"] == "failed":
            faults = [stage["fault"]["code"] for stage in job["stages"] if stage["state"] == "failed"]
            if self.is_bad:
                self.ended_as = f"set apart: {', '.join(faults)}"
                return True
            # Three deaths in a row can also be bad luck; the operator has it run again.
            self.reruns += 1
            self.people["van.hanh"].post(f"/jobs/{self.job_id}/resume")
        return bool(job["state"] == "done")

    def _drafted(self) -> bool:
        self.notice_id = self.people["thu.ky"].get(f"/meetings/{self.id}/notice")["id"]
        return True

    def _issued(self) -> bool:
        notice = self.people["thu.ky"].get(f"/notices/{self.notice_id}")
        acts = {
            "drafting": lambda: self.people["thu.ky"].post(f"/notices/{self.notice_id}/submit"),
            "in_review": lambda: self.people["lanh.dao"].post(
                f"/notices/{self.notice_id}/approve", {"revision_id": notice["revision"]["id"]}
            ),
            "approved": lambda: self.people["van.thu"].post(f"/notices/{self.notice_id}/issue"),
        }
        if notice["state"] in acts:
            acts[notice["state"]]()
        return bool(notice["state"] == "issued")

    def _distributed(self) -> bool:
        self.people["van.thu"].post(f"/notices/{self.notice_id}/distribute")
        return True

    def _reported(self) -> bool:
        unit = self.people["tttt"]
        for delivery in unit.get("/deliveries")["items"]:
            if delivery["notice_id"] == self.notice_id and not delivery.get("acknowledged_at"):
                unit.post(f"/deliveries/{delivery['id']}/acknowledge")
        tasks = [task for task in unit.get("/tasks")["items"] if task["notice_id"] == self.notice_id]
        waiting = [task for task in tasks if task["state"] != "done"]
        if waiting:
            unit.post(f"/tasks/{waiting[0]['id']}/reports", {"text": "Đã hoàn thành.", "done": True})
        return bool(tasks) and not waiting
