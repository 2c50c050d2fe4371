"""How much room the storage has, and what was left lying in it by a process that was killed.

In: the storage. Out: bytes, keys. A storage that is not a folder of this machine knows neither.
"""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from core.storage import FolderStorage, Storage

#: Beginning of the keys of parts.
PREFIX = "uploads"


def free_bytes(storage: Storage) -> int | None:
    """Free on the storage's disk; None where nobody can say."""
    if not isinstance(storage, FolderStorage):
        return None
    there = next(folder for folder in (storage.root, *storage.root.absolute().parents) if folder.exists())
    return shutil.disk_usage(there).free


def old_files(storage: Storage, before: datetime) -> Iterator[tuple[Path, str]]:
    """Files of parts last written before that moment, each with its key; drafts of a killed process are among them."""
    if not isinstance(storage, FolderStorage):
        return
    for path in (storage.root / PREFIX).rglob("*"):
        try:
            if path.is_file() and path.stat().st_mtime < before.timestamp():
                yield path, path.relative_to(storage.root).as_posix()
        except FileNotFoundError:
            continue  # the part became a recording in this moment
