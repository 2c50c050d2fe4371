"""Samples without any time of their own go in with the moment they arrived; when each was spoken comes out.

Senders leave out silence, lines stall and catch up, clocks of sound cards drift. So time runs by the samples from the
moment the first one came; where the wall clock is ahead by more than a stall can explain, a pause is believed and time
begins anew. Pure: the present is an argument.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

#: The wall clock ahead of the samples by more than this: nothing was sent meanwhile.
PAUSE = timedelta(seconds=1.0)
#: The samples ahead of the wall clock: sent faster than spoken (a stall made good, a sound card's drift).
AHEAD = timedelta(seconds=0.5)


@dataclass
class TrackClock:
    """The clock of one track."""

    sample_rate: int
    anchor: datetime | None = None
    samples: int = 0

    @property
    def now(self) -> datetime | None:
        """The moment after the last sample; None before the first."""
        return self.anchor + timedelta(seconds=self.samples / self.sample_rate) if self.anchor else None

    def arrived(self, count: int, at: datetime) -> tuple[datetime, bool]:
        """Take `count` samples that arrived now; the moment of the first, and whether a pause lies before it."""
        length = timedelta(seconds=count / self.sample_rate)
        paused = self.now is None or at - length - self.now > PAUSE
        if paused or self.now is None:
            self.anchor, self.samples = at - length, 0
        elif self.now + length - at > AHEAD:
            # Slowly back to the wall clock: a hundredth of what came, so that no word is torn.
            self.anchor = (self.anchor or at) - length / 100
        first = self.now or at
        self.samples += count
        return first, paused
