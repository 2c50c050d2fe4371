"""Objects as files below one folder; a file appears under its name only when it is whole and on the disk."""

import contextlib
import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from core.storage.contract import CHUNK_BYTES, ObjectMissing, StoredObject, checked_key, new_key, refuse_damaged


class FolderStorage:
    """The storage of an installation on one machine."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, stream: BinaryIO, *, prefix: str, suffix: str = "") -> StoredObject:
        """Store all of the stream under a fresh key; whole or not at all."""
        return self._write(new_key(prefix, suffix), stream)

    def put_bytes(self, data: bytes, *, prefix: str, suffix: str = "") -> StoredObject:
        """Store these bytes."""
        return self.put(BytesIO(data), prefix=prefix, suffix=suffix)

    def put_back(self, key: str, stream: BinaryIO) -> StoredObject:
        """Store an object under the key it had. Raises ValueError, FileExistsError."""
        if self.exists(checked_key(key)):
            raise FileExistsError(key)
        return self._write(key, stream)

    def _write(self, key: str, stream: BinaryIO) -> StoredObject:
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
        """The file itself."""
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
        with self.open(key) as stream:
            refuse_damaged(key, stream, sha256)

    def keys(self, prefix: str = "", *, before: datetime | None = None) -> Iterator[str]:
        """The keys of all objects, or of those under a prefix, or stored before a moment."""
        for path in (self.root / prefix).rglob("*"):
            with contextlib.suppress(FileNotFoundError):  # gone while we looked
                state = path.stat()
                is_object = stat.S_ISREG(state.st_mode) and not path.name.startswith(".")
                if is_object and (before is None or state.st_mtime < before.timestamp()):
                    yield path.relative_to(self.root).as_posix()

    def address_of(self, key: str, media_type: str) -> str | None:  # noqa: ARG002 - the contract asks
        """None: only this machine reads the folder."""
        return None

    def clear_unfinished(self, before: datetime) -> int:
        """Remove drafts of writers that were killed."""
        old = [path for path in self.root.rglob(".*.part") if path.stat().st_mtime < before.timestamp()]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)

    def tidy(self) -> None:
        """Nothing: there are no copies."""

    def _path(self, key: str) -> Path:
        path = (self.root / key).resolve()
        if not path.is_relative_to(self.root.resolve()):
            raise ObjectMissing(key=key)
        return path
