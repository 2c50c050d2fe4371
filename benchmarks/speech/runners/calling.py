"""The command line that all runners share, and a clock for their steps."""

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.speech.hypothesis import Stage


def parser() -> argparse.ArgumentParser:
    """`SOUND OUT --weights FOLDER --threads N`."""
    made = argparse.ArgumentParser()
    made.add_argument("sound", type=Path)
    made.add_argument("out", type=Path)
    made.add_argument("--weights", type=Path, required=True)
    made.add_argument("--threads", type=int, default=2)
    return made


class Steps:
    """Notes when each step was first and last heard of. Steps may run side by side."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._spans: dict[str, tuple[float, float]] = {}
        self._present = ""

    def note(self, name: str) -> None:
        """This step is at work now; a step that has not been heard of yet also ends the one before it."""
        now = time.monotonic() - self._began
        if name not in self._spans and self._present:
            start, _end = self._spans[self._present]
            self._spans[self._present] = (start, now)
        start, _end = self._spans.get(name, (now, now))
        self._spans[name] = (start, now)
        self._present = name

    def done(self) -> Sequence[Stage]:
        if self._present:
            self.note(self._present)
        return tuple(Stage(name, round(start, 2), round(end, 2)) for name, (start, end) in self._spans.items())
