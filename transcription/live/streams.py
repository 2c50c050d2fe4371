"""One connection of the conference as the receiver knows it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from transcription.live.errors import StreamRefused
from transcription.live.frames import Frame

#: Ends the connection, with the reason.
Close = Callable[[StreamRefused], Awaitable[None]]


@dataclass
class Stream:
    """One connection. Its frames wait in `held` until it is known which meeting it belongs to."""

    number: int
    names: tuple[str, ...]
    close: Close
    began_at: datetime
    meeting_id: UUID | None = None
    row_id: UUID | None = None
    held: list[tuple[Frame, datetime]] = field(default_factory=list)

    @property
    def held_bytes(self) -> int:
        """Size of the sound that waits."""
        return sum(frame.samples.nbytes for frame, _at in self.held)
