"""How much room the storage has. In: the storage. Out: bytes; one that is not a folder of this machine says none."""

import shutil

from core.storage import FolderStorage, Storage

#: Beginning of the keys of parts.
PREFIX = "uploads"


def free_bytes(storage: Storage) -> int | None:
    """Free on the storage's disk; None where nobody can say."""
    if not isinstance(storage, FolderStorage):
        return None
    there = next(folder for folder in (storage.root, *storage.root.absolute().parents) if folder.exists())
    return shutil.disk_usage(there).free
