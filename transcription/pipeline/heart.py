"""Signs of life: a thread that writes heartbeat and progress while a run or a piece is being worked on.

It only updates the row that still carries its token; when no row does, the attempt no longer counts and the working
thread is told so at its next report.
"""

import logging
import threading
from dataclasses import dataclass, field
from types import TracebackType
from typing import Protocol, Self
from uuid import UUID

from sqlalchemy import Update
from sqlalchemy.exc import SQLAlchemyError

from core.runtime import Runtime
from transcription.pipeline import policy

log = logging.getLogger(__name__)


class ClaimLost(Exception):
    """This attempt is no longer the one that counts; stop and write nothing."""


class Held(Protocol):
    """The right to work on something, and the row to say so on."""

    @property
    def run_id(self) -> UUID:
        """The run, for the log."""
        ...

    def still_mine(self) -> Update:
        """An update of the row, if it still carries the token; the values are set by the heart."""
        ...

    def signs(self, progress: float) -> dict[str, float]:
        """What is written beside the heartbeat."""
        ...


@dataclass(slots=True)
class Heart:
    """Use as a context manager around the work."""

    runtime: Runtime
    held: Held
    progress: float = 0.0
    is_lost: bool = False
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._beat, name=f"heart-{self.held.run_id}", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def report(self, share: float) -> None:
        """Note how much of the work is done, 0..1, and stop if the attempt no longer counts."""
        self.progress = min(1.0, max(0.0, share))
        self.check()

    def check(self) -> None:
        """Raise ClaimLost if another attempt has begun, or the work was cancelled."""
        if self.is_lost:
            raise ClaimLost

    def _beat(self) -> None:
        while not self._stop.wait(policy.HEARTBEAT_SECONDS):
            try:
                self.is_lost = not self._write()
            except SQLAlchemyError:
                # A database that is away for a moment: the next beat tries again; the reconciler cannot write either.
                log.warning("heartbeat of stage run %s not written", self.held.run_id)
            if self.is_lost:
                return

    def _write(self) -> bool:
        values = {"heartbeat_at": self.runtime.clock(), **self.held.signs(self.progress)}
        with self.runtime.database.transaction() as session:
            result = session.execute(self.held.still_mine().values(**values))
            return bool(result.rowcount)  # type: ignore[attr-defined]
