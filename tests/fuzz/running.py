"""Sends what `inputs.py` makes and looks at what becomes of it: no breakdown, no hang, no file left behind."""

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select

from core.database import Base
from core.runtime import Runtime
from tests.fuzz.inputs import Sent, requests
from tests.web.access.walking import LETTERS
from tests.web.access.world import World
from tests.web.conftest import Browser
from transcription.transcripts.models import TranscriptRevision

#: An answer that takes longer is a hang: sound ones take a fraction of a second, on a busy machine a few.
LONGEST_SECONDS = 30.0


@dataclass
class Outcome:
    """What was answered, and what must not have been."""

    statuses: Counter[int] = field(default_factory=Counter)
    complaints: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")

    @property
    def count(self) -> int:
        return sum(self.statuses.values())


class Attack:
    """Signed-in browsers of those who may send files, and the secrets of the conference."""

    def __init__(self, app: Flask, runtime: Runtime, world: World) -> None:
        self._app, self._world = app, world
        settings = runtime.settings
        families = ("hook", "events", "recordings")
        self._secrets = {name: getattr(settings, f"jitsi_{name}_secret").get_secret_value() for name in families}
        self._browsers = {letter: Browser(app.test_client()) for letter in "OSAMU"}
        self._tokens = {}
        for letter, browser in self._browsers.items():
            assert browser.sign_in(f"nguoi.{LETTERS[letter]}").status_code == 302
            self._tokens[letter] = browser.token()
        self._nobody = app.test_client()

    def run(self, inputs: int, seed: int) -> Outcome:
        """Send so many; a complaint names the seed's request by its number."""
        outcome = Outcome()
        made = requests(seed, self._world, self._secrets)
        for number in range(inputs):
            sent = next(made)
            began = time.monotonic()
            status = self._send(sent)
            took = time.monotonic() - began
            outcome.statuses[status] += 1
            outcome.slowest = max(outcome.slowest, (took, f"{sent.door} ({number})"))
            if status >= 500 or took > LONGEST_SECONDS:
                outcome.complaints.append(f"seed {seed}, request {number}: {sent.door} {sent.path[:80]} → {status}")
        return outcome

    def _send(self, sent: Sent) -> int:
        body = dict(sent.body)
        headers = {}
        client = self._nobody
        if sent.who.startswith("hook:"):
            headers["Authorization"] = f"Bearer {self._secrets[sent.who.removeprefix('hook:')]}"
        elif sent.who != "-":
            client = self._browsers[sent.who].client
            headers["X-CSRFToken"] = self._tokens[sent.who]
        with client.open(sent.path, method=sent.method, headers=headers, **body) as answer:
            return answer.status_code


def stray_files(runtime: Runtime, objects: Path, home: Path) -> list[str]:
    """Files that no row knows, and what was put aside while a body was read."""
    known = set(_keys(runtime))
    stored = {str(path.relative_to(objects)) for path in objects.rglob("*") if path.is_file()}
    aside = [str(path) for path in (home / "uploads").rglob("*")]
    return sorted(stored - known) + aside


def _keys(runtime: Runtime) -> Iterator[Any]:
    """Every storage key that stands in some row: columns named for it, in all tables."""
    with runtime.database.transaction() as session:
        for mapper in Base.registry.mappers:
            for column in mapper.columns:
                if column.key.endswith(("_key", "key_object", "picture_object")) and column.type.python_type is str:
                    yield from session.scalars(select(column).where(column.is_not(None)))
        qualities = session.scalars(select(TranscriptRevision.quality)).all()
        yield from (quality["object_key"] for quality in qualities if "object_key" in quality)
