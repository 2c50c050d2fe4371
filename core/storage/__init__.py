"""Files: received recordings, artifacts, issued papers. A folder or any S3, behind one contract (`contract.Storage`).

Every object is written once under a fresh key, with its SHA-256; nothing is overwritten.
"""

from core.storage.access import S3Access
from core.storage.contract import (
    CHUNK_BYTES,
    ObjectDamaged,
    ObjectMissing,
    Storage,
    StorageAway,
    StoredObject,
    is_key,
)
from core.storage.folder import FolderStorage
from core.storage.opening import open_storage

__all__ = [
    "CHUNK_BYTES",
    "FolderStorage",
    "ObjectDamaged",
    "ObjectMissing",
    "S3Access",
    "Storage",
    "StorageAway",
    "StoredObject",
    "is_key",
    "open_storage",
]
