"""An open descriptor goes in, a file of fixed size for the decoder comes out, and a look at how an mp4 is built."""

import os
import struct


class BoundedFile:
    """A file as it was when it was opened: what is written behind that end meanwhile does not exist."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self.size = os.fstat(descriptor).st_size
        self._at = 0

    def read(self, count: int) -> bytes:
        part = os.pread(self._descriptor, max(0, min(count, self.size - self._at)), self._at)
        self._at += len(part)
        return part

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self.size}[whence]
        self._at = max(0, start + offset)
        return self._at

    def tell(self) -> int:
        return self._at

    def has_changed(self) -> bool:
        """Whether somebody wrote to it, or cut it, since."""
        return os.fstat(self._descriptor).st_size != self.size


def lacks_index(file: BoundedFile) -> bool:
    """Walk the top-level boxes of an ISO file (ISO/IEC 14496-12 §4.2): `ftyp` or `mdat`, but no `moov`."""
    seen: set[bytes] = set()
    position = 0
    while position + 8 <= file.size and len(seen) < 64:
        file.seek(position)
        header = file.read(16)
        length, name = struct.unpack(">I4s", header[:8])
        if length == 1 and len(header) == 16:
            length = struct.unpack(">Q", header[8:])[0]
        if not name.isalnum() and name != b"free":
            break
        seen.add(name)
        if length < 8:
            break
        position += length
    return bool(seen & {b"ftyp", b"mdat"}) and b"moov" not in seen
