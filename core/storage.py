"""Files: received recordings, artifacts, issued papers. A folder today, S3 later, behind one contract.

Every object is written once under a fresh key, with its SHA-256; nothing is overwritten. Keys are made here and never
come from outside.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Protocol
from urllib.parse import unquote, urlsplit
from uuid import uuid4

from core.errors import Refusal

CHUNK_BYTES = 1024 * 1024
_PREFIX = re.compile(r"[a-z][a-z0-9-]{0,40}")
_SUFFIX = re.compile(r"(\.[a-z0-9]{1,8})?")


class ObjectMissing(Refusal):
    """The key names nothing in this storage."""

    code = "object_missing"
    http_status = 404


class ObjectDamaged(Refusal):
    """The bytes no longer have the SHA-256 they were stored with."""

    code = "object_damaged"
    http_status = 500


@dataclass(frozen=True)
class StoredObject:
    """What one `put` left behind."""

    key: str
    sha256: str
    size_bytes: int


class Storage(Protocol):
    """The contract every storage keeps."""

    def put(self, stream: BinaryIO, *, prefix: str, suffix: str = "") -> StoredObject:
        """Store all of the stream under a fresh key `prefix/…suffix`; whole or not at all."""

    def put_bytes(self, data: bytes, *, prefix: str, suffix: str = "") -> StoredObject:
        """Store these bytes."""

    def open(self, key: str) -> BinaryIO:
        """Read an object, seekable; raises ObjectMissing."""

    def read_bytes(self, key: str) -> bytes:
        """The whole object; raises ObjectMissing."""

    @contextmanager
    def local_copy(self, key: str) -> Iterator[Path]:
        """A path to read from while the block runs; never to write to."""

    def exists(self, key: str) -> bool:
        """Whether the key names an object."""

    def delete(self, key: str) -> None:
        """Remove an object; silent if it is gone."""

    def verify(self, key: str, sha256: str) -> None:
        """Read the object again; raises ObjectDamaged or ObjectMissing."""


class FolderStorage:
    """Objects as files below one folder; a file appears under its name only when it is whole and on the disk."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, stream: BinaryIO, *, prefix: str, suffix: str = "") -> StoredObject:
        """Store all of the stream under a fresh key; whole or not at all."""
        key = _new_key(prefix, suffix)
        target = self.root / key
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_name(f".{target.name}.part")
        digest, size_bytes = hashlib.sha256(), 0
        try:
            with draft.open("xb") as out:
                while chunk := stream.read(CHUNK_BYTES):
                    digest.update(chunk)
                    size_bytes += len(chunk)
                    out.write(chunk)
                out.flush()
                os.fsync(out.fileno())
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
        return StoredObject(key, digest.hexdigest(), size_bytes)

    def put_bytes(self, data: bytes, *, prefix: str, suffix: str = "") -> StoredObject:
        """Store these bytes."""
        return self.put(BytesIO(data), prefix=prefix, suffix=suffix)

    def open(self, key: str) -> BinaryIO:
        """Read an object, seekable; raises ObjectMissing."""
        try:
            return self._path(key).open("rb")
        except FileNotFoundError as error:
            raise ObjectMissing(key=key) from error

    def read_bytes(self, key: str) -> bytes:
        """The whole object; raises ObjectMissing."""
        with self.open(key) as stream:
            return stream.read()

    @contextmanager
    def local_copy(self, key: str) -> Iterator[Path]:
        """A path to read from while the block runs; never to write to."""
        path = self._path(key)
        if not path.exists():
            raise ObjectMissing(key=key)
        yield path

    def exists(self, key: str) -> bool:
        """Whether the key names an object."""
        return self._path(key).is_file()

    def delete(self, key: str) -> None:
        """Remove an object; silent if it is gone."""
        self._path(key).unlink(missing_ok=True)

    def verify(self, key: str, sha256: str) -> None:
        """Read the object again; raises ObjectDamaged or ObjectMissing."""
        digest = hashlib.sha256()
        with self.open(key) as stream:
            while chunk := stream.read(CHUNK_BYTES):
                digest.update(chunk)
        if digest.hexdigest() != sha256:
            raise ObjectDamaged(key=key)

    def _path(self, key: str) -> Path:
        path = (self.root / key).resolve()
        if not path.is_relative_to(self.root.resolve()):
            raise ObjectMissing(key=key)
        return path


def _new_key(prefix: str, suffix: str) -> str:
    if not _PREFIX.fullmatch(prefix) or not _SUFFIX.fullmatch(suffix):
        raise ValueError(f"storage prefix {prefix!r} or suffix {suffix!r} is not plain")
    name = uuid4().hex
    return f"{prefix}/{name[:2]}/{name}{suffix}"


def open_storage(url: str) -> Storage:
    """The storage behind `STORAGE_URL`. Raises ValueError for a scheme nobody here speaks."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return FolderStorage(Path(unquote(parts.path)))
    raise ValueError(f"STORAGE_URL: chưa hỗ trợ lược đồ {parts.scheme!r}, hãy dùng file:///…")
