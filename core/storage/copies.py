"""Copies of a remote storage's objects on this machine, for programs that read from a path; shared by its processes.

In: a key and how to fetch it. Out: a path that stays while the block runs. Objects never change, so a copy is right as
long as it is whole. Each has a lock file: read by many, fetched by one, removed only while nobody reads.
"""

import contextlib
import fcntl
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

#: A copy nobody has asked for so long is removed: what is purged does not linger.
UNUSED_SECONDS = 3600.0
_LOCK = ".lock"


class Copies:
    """A bounded folder of copies."""

    def __init__(self, folder: Path, limit_bytes: int) -> None:
        self.folder = folder
        self._limit_bytes = limit_bytes

    @contextlib.contextmanager
    def copy(self, key: str, size_bytes: int, fetch: Callable[[Path], None]) -> Iterator[Path]:
        """The copy, fetched by one process while others wait for it.

        Args:
            size_bytes: of the object; a copy of another size is none.
            fetch: writes the object to a path that does not exist yet; raises OSError.
        """
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._path(key)
        self.tidy(room_bytes=0 if path.exists() else size_bytes)
        while True:
            with _locked(path, fcntl.LOCK_SH):
                if _is_whole(path, size_bytes):
                    os.utime(path)
                    yield path
                    return
            with _locked(path, fcntl.LOCK_EX):
                if not _is_whole(path, size_bytes):
                    _fetch(path, fetch)

    def drop(self, key: str) -> None:
        """Remove the copy of an object; one that is being read now goes once it has not been used for a while."""
        if self._path(key).exists():
            _remove_unread(self._path(key))

    def tidy(self, *, room_bytes: int = 0) -> int:
        """Remove what nobody has used for an hour, and the longest unused beyond the limit; returns how many."""
        now, found = time.time(), []
        for path in self.folder.glob("*"):
            with contextlib.suppress(FileNotFoundError):
                if path.suffix != _LOCK:
                    state = path.stat()
                    found.append((state.st_mtime, state.st_size, path))
        found.sort()
        taken, removed = sum(size for _, size, _ in found) + room_bytes, 0
        for used_at, size, path in found:
            too_much, unused = taken > self._limit_bytes, now - used_at > UNUSED_SECONDS
            if (too_much or unused) and _remove_unread(path):
                removed += 1
                taken -= size
        return removed

    def _path(self, key: str) -> Path:
        return self.folder / key.replace("/", "-")


def _is_whole(path: Path, size_bytes: int) -> bool:
    try:
        return path.stat().st_size == size_bytes
    except FileNotFoundError:
        return False


def _fetch(path: Path, fetch: Callable[[Path], None]) -> None:
    # Under the lock nobody else writes here; what a killed process left goes first.
    draft = path.with_name(f"{path.name}.part")
    draft.unlink(missing_ok=True)
    try:
        fetch(draft)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _remove_unread(path: Path) -> bool:
    owner = path.with_name(path.name.removesuffix(".part"))
    try:
        with _locked(owner, fcntl.LOCK_EX | fcntl.LOCK_NB) as lock:
            path.unlink(missing_ok=True)
            lock.unlink(missing_ok=True)
    except BlockingIOError:
        return False
    return True


@contextlib.contextmanager
def _locked(path: Path, kind: int) -> Iterator[Path]:
    """Hold the lock of a copy. Raises BlockingIOError where asked not to wait."""
    lock = path.with_name(path.name + _LOCK)
    while True:
        handle = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, kind)
            # Whoever removed the copy removed its lock file too: then this is the lock of nothing.
            if _is_same(handle, lock):
                yield lock
                return
        finally:
            os.close(handle)


def _is_same(handle: int, lock: Path) -> bool:
    try:
        there = lock.stat()
    except FileNotFoundError:
        return False
    mine = os.fstat(handle)
    return (mine.st_dev, mine.st_ino) == (there.st_dev, there.st_ino)
