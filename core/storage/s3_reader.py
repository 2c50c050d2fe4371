"""An S3 object as a stream one can jump in: the bytes from where one stands, asked for when they are read.

In: how to ask for the bytes from an offset. Out: a raw stream. A line that is cut in the middle is taken up again at
the byte where it broke, of the same object and no other.
"""

import errno
import io
import logging
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from core.storage.contract import StorageAway

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

log = logging.getLogger(__name__)

#: Cut lines in a row, without a byte in between, before the reader gives up.
MOST_CUTS = 4
#: A jump forward by less is read over; a new request would cost more.
NEAR_BYTES = 256 * 1024


class Body(Protocol):
    """An answer's bytes as they come in."""

    def read(self, amount: int) -> bytes:
        """At most so many bytes; none at the end."""

    def close(self) -> None:
        """Hang up."""


class RangedReader(io.RawIOBase):
    """Reads one object of a known size."""

    def __init__(self, size_bytes: int, ask: Callable[[int], Body]) -> None:
        """`ask(offset)` gives the bytes from there on; raises OSError."""
        super().__init__()
        self._size = size_bytes
        self._ask = ask
        self._at = 0
        self._body: Body | None = None
        self._body_at = 0

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def tell(self) -> int:
        """Where the next byte comes from."""
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Move; nothing is asked before the next read."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise ValueError("negative seek position")
        self._at = base + offset
        return self._at

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Fill the buffer as far as one answer does. Raises OSError where the line stays cut."""
        target = memoryview(buffer).cast("B")
        wanted = min(len(target), self._size - self._at)
        if wanted <= 0:
            return 0
        for cuts in range(MOST_CUTS):
            try:
                data = self._there().read(wanted)
            except OSError as error:
                reason = error
            else:
                if data:
                    target[: len(data)] = data
                    self._at += len(data)
                    self._body_at = self._at
                    return len(data)
                reason = StorageAway(errno.EIO, "kho S3 ngắt giữa chừng")
            self._hang_up()
            log.warning("a line to the storage was cut at byte %s (%s of %s)", self._at, cuts + 1, MOST_CUTS)
        raise reason

    def close(self) -> None:
        """Hang up."""
        self._hang_up()
        super().close()

    def _there(self) -> Body:
        ahead = self._at - self._body_at
        if self._body is not None and 0 < ahead <= NEAR_BYTES:
            while self._body_at < self._at and (over := self._body.read(self._at - self._body_at)):
                self._body_at += len(over)
        if self._body is None or self._body_at != self._at:
            self._hang_up()
            self._body = self._ask(self._at)
            self._body_at = self._at
        return self._body

    def _hang_up(self) -> None:
        if self._body is not None:
            self._body.close()
            self._body = None
