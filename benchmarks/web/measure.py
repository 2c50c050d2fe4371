"""Ask for a page again and again: how long the server took, how many queries it made."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import quantiles
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import Engine, event


@dataclass(frozen=True)
class Measured:
    """What one page cost; times in milliseconds of server time, without the network."""

    status: int
    size_bytes: int
    queries: int
    middle_ms: float
    p95_ms: float


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """The statements sent inside the block."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


def measure(client: FlaskClient, engine: Engine, address: str, rounds: int) -> Measured:
    """Ask `rounds` times after one round that fills the caches; fewer than two rounds count queries only."""
    client.get(address)
    with counted(engine) as statements:
        answer = client.get(address)
    cuts = [0.0] * 19
    if rounds >= 2:
        times = sorted(_milliseconds(client, address) for _ in range(rounds))
        cuts = quantiles(times, n=20, method="inclusive")
    return Measured(answer.status_code, len(answer.data), len(statements), cuts[9], cuts[18])


def _milliseconds(client: FlaskClient, address: str) -> float:
    started = time.perf_counter()
    client.get(address)
    return (time.perf_counter() - started) * 1000
