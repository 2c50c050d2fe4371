"""A clock that can be made to jump for all processes of an installation at once: the real one and what a file says.

Shifting the machine's own clock would shift it for everybody on the machine.
"""

import os
import time
from datetime import datetime, timedelta
from pathlib import Path

from core.clock import utc_now

FILE_NAME = "clock-seconds"
_LOOK_SECONDS = 0.2


def shift(home: Path, seconds: float) -> None:
    """From now on every process of this data folder is so far ahead (or behind)."""
    draft = home / f"{FILE_NAME}.new"
    draft.write_text(str(seconds))
    draft.replace(home / FILE_NAME)


class ShiftedClock:
    """The clock of one process."""

    def __init__(self, home: Path) -> None:
        self._file = home / FILE_NAME
        self._looked_at = 0.0
        self._shift = timedelta()

    def __call__(self) -> datetime:
        if time.monotonic() - self._looked_at > _LOOK_SECONDS:
            self._looked_at = time.monotonic()
            if self._file.exists():
                self._shift = timedelta(seconds=float(self._file.read_text()))
        return utc_now() + self._shift


def of_this_process() -> ShiftedClock:
    """The clock of the installation that this process belongs to."""
    return ShiftedClock(Path(os.environ["DIEMCAU_HOME"]))
