"""What every storage promises: objects written once under a fresh key, found again, damage noticed.

Keys are made here and never come from outside.
"""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol
from uuid import uuid4

from core.errors import Refusal

CHUNK_BYTES = 1024 * 1024
_PREFIX = re.compile(r"[a-z][a-z0-9-]{0,40}")
_SUFFIX = re.compile(r"(\.[a-z0-9]{1,8})?")
_KEY = re.compile(r"[a-z][a-z0-9-]{0,40}/[0-9a-f]{2}/[0-9a-f]{32}(\.[a-z0-9]{1,8})?")


class ObjectMissing(Refusal):
    """The key names nothing in this storage."""

    code = "object_missing"
    http_status = 404


class ObjectDamaged(Refusal):
    """The bytes no longer have the SHA-256 they were stored with."""

    code = "object_damaged"
    http_status = 500


class StorageAway(OSError):
    """The storage on the network gave no answer, or refused; like a disk that fails, another try may succeed."""


@dataclass(frozen=True)
class StoredObject:
    """What one `put` left behind."""

    key: str
    sha256: str
    size_bytes: int


class Storage(Protocol):
    """The contract every storage keeps. Whatever fails in the storage itself is an OSError."""

    def put(self, stream: BinaryIO, *, prefix: str, suffix: str = "") -> StoredObject:
        """Store all of the stream under a fresh key `prefix/…suffix`; whole or not at all."""

    def put_bytes(self, data: bytes, *, prefix: str, suffix: str = "") -> StoredObject:
        """Store these bytes."""

    def put_back(self, key: str, stream: BinaryIO) -> StoredObject:
        """Store an object under the key it had, for a restore.

        Raises:
            ValueError: no key of ours. FileExistsError: there is an object under it; nothing is overwritten.
        """

    def open(self, key: str) -> BinaryIO:
        """Read an object, seekable; raises ObjectMissing."""

    def read_bytes(self, key: str) -> bytes:
        """The whole object; raises ObjectMissing."""

    @contextmanager
    def local_copy(self, key: str) -> Iterator[Path]:
        """A path to read from while the block runs; never to write to. Raises ObjectMissing."""

    def exists(self, key: str) -> bool:
        """Whether the key names an object."""

    def delete(self, key: str) -> None:
        """Remove an object with all its former versions; silent if it is gone."""

    def verify(self, key: str, sha256: str) -> None:
        """Read the object again; raises ObjectDamaged or ObjectMissing."""

    def keys(self, prefix: str = "", *, before: datetime | None = None) -> Iterator[str]:
        """The keys of all objects, in no particular order.

        Args:
            prefix: only of those put under it; empty: all.
            before: only of those stored before this moment.
        """

    def address_of(self, key: str, media_type: str) -> str | None:
        """An address from which a browser reads the object by itself for a while; None where we have to serve it."""

    def clear_unfinished(self, before: datetime) -> int:
        """Remove what cut `put`s that began before this moment left behind; how many there were."""

    def tidy(self) -> None:
        """Remove copies that this machine no longer needs."""


def refuse_damaged(key: str, stream: BinaryIO, sha256: str) -> None:
    """Read an object to its end; raises ObjectDamaged where it is not what was stored."""
    digest = hashlib.sha256()
    while chunk := stream.read(CHUNK_BYTES):
        digest.update(chunk)
    if digest.hexdigest() != sha256:
        raise ObjectDamaged(key=key)


def new_key(prefix: str, suffix: str) -> str:
    """A key nobody has. Raises ValueError for a prefix or suffix that is not plain."""
    if not _PREFIX.fullmatch(prefix) or not _SUFFIX.fullmatch(suffix):
        raise ValueError(f"storage prefix {prefix!r} or suffix {suffix!r} is not plain")
    name = uuid4().hex
    return f"{prefix}/{name[:2]}/{name}{suffix}"


def is_key(key: str) -> bool:
    """Whether `new_key` can have made this."""
    return _KEY.fullmatch(key) is not None


def checked_key(key: str) -> str:
    """The key, if it is one of ours. Raises ValueError."""
    if not is_key(key):
        raise ValueError(f"{key!r} is no key of this storage")
    return key
