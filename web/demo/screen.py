"""What the rehearsal shows: numbered steps, bars that redraw in place, plain lines where there is no terminal."""

import sys
from collections.abc import Mapping
from typing import TextIO

import click

BAR_CELLS = 28
LABEL_CELLS = 26


class Screen:
    """Steps and bars on one stream."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stdout
        self.is_terminal = self.stream.isatty()
        self.steps = 0
        self._drawn = 0
        self._told: dict[str, str] = {}

    def step(self, title: str) -> None:
        """Begin the next step."""
        self._finish_bars()
        self.steps += 1
        self._say(click.style(f"\n{self.steps:>2}. {title}", bold=True))

    def line(self, text: str) -> None:
        """One line of result."""
        self._finish_bars()
        self._say(f"    {text}")

    def refusal(self, sentence: str) -> None:
        """A sentence with which the service refused something."""
        self._finish_bars()
        self._say(click.style(f"    ✗ {sentence}", fg="yellow"))

    def bars(self, shares: Mapping[str, tuple[float, str]]) -> None:
        """Draw one bar per label (0..1 and a word) over those drawn before; without a terminal tell changes only."""
        if not self.is_terminal:
            self._tell_changes(shares)
            return
        if self._drawn:
            self.stream.write(f"\x1b[{self._drawn}A")
        for label, (share, word) in shares.items():
            self.stream.write(f"\x1b[2K    {bar(label, share)} {word}\n")
        self.stream.flush()
        self._drawn = len(shares)

    def _tell_changes(self, shares: Mapping[str, tuple[float, str]]) -> None:
        for label, (share, word) in shares.items():
            # Quarters are enough for a log.
            state = f"{int(share * 4)}{word}"
            if share > 0 and self._told.get(label) != state:
                self._told[label] = state
                self._say(f"    {bar(label, share)} {word}")

    def _finish_bars(self) -> None:
        self._drawn = 0
        self._told.clear()

    def _say(self, text: str) -> None:
        click.echo(text, file=self.stream)


def bar(label: str, share: float) -> str:
    """`Nhận dạng lời nói  [█████░░░]  62 %`."""
    full = round(max(0.0, min(1.0, share)) * BAR_CELLS)
    return f"{label:<{LABEL_CELLS}} [{'█' * full}{'░' * (BAR_CELLS - full)}] {round(share * 100):>3} %"
