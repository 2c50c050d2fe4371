"""What the decoding process writes and its parent reads: one letter, a length, and that many bytes."""

import json
import os
import select
import struct
from dataclasses import dataclass
from typing import Any

INFO, PROGRESS, SOUND, DONE, FAULT = b"I", b"P", b"S", b"D", b"F"
_HEADER = struct.Struct("<cI")
#: A block is some seconds of at most 64 channels; whoever announces more has lost its way.
MOST_BYTES = 64 * 1024 * 1024
_READ_BYTES = 1 << 20


class ChildSilent(Exception):
    """Nothing came for as long as we wait."""


class ChildGone(Exception):
    """The pipe ended, or what came is no message."""


def write(descriptor: int, kind: bytes, content: bytes | memoryview) -> None:
    """Send one message. Raises BrokenPipeError where nobody reads any more."""
    for part in (memoryview(_HEADER.pack(kind, len(content))), memoryview(content).cast("B")):
        sent = 0
        while sent < len(part):
            sent += os.write(descriptor, part[sent:])


def write_json(descriptor: int, kind: bytes, value: dict[str, Any]) -> None:
    write(descriptor, kind, json.dumps(value).encode())


@dataclass(slots=True)
class Messages:
    """The reading end. `wait_seconds` bounds each wait for the next byte."""

    descriptor: int
    wait_seconds: float

    def next(self) -> tuple[bytes, bytes]:
        """(letter, content). Raises ChildSilent, ChildGone."""
        kind, length = _HEADER.unpack(self._exactly(_HEADER.size))
        if length > MOST_BYTES or kind not in {INFO, PROGRESS, SOUND, DONE, FAULT}:
            raise ChildGone
        return kind, self._exactly(length)

    def _exactly(self, count: int) -> bytes:
        parts = bytearray()
        while len(parts) < count:
            ready, _, _ = select.select([self.descriptor], [], [], self.wait_seconds)
            if not ready:
                raise ChildSilent
            part = os.read(self.descriptor, min(_READ_BYTES, count - len(parts)))
            if not part:
                raise ChildGone
            parts += part
        return bytes(parts)
