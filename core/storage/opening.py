"""Which storage an installation has: from its address and, for S3, from what the site's settings say of it."""

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from core.storage.access import S3Access
from core.storage.contract import Storage
from core.storage.folder import FolderStorage

_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_FOLDER = re.compile(r"([A-Za-z0-9._-]+/)*")


def open_storage(url: str, access: S3Access | None = None) -> Storage:
    """The storage behind `STORAGE_URL`: `file:///folder` or `s3://bucket[/folder]`. Opens no connection.

    Raises:
        ValueError: a scheme nobody here speaks, or an S3 without its endpoint and keys.
    """
    parts = urlsplit(url)
    if parts.scheme == "file":
        return FolderStorage(Path(unquote(parts.path)))
    if parts.scheme != "s3":
        raise ValueError(f"STORAGE_URL: chưa hỗ trợ lược đồ {parts.scheme!r}, hãy dùng file:///… hoặc s3://…")
    folder = parts.path.strip("/") + "/" if parts.path.strip("/") else ""
    if not _BUCKET.fullmatch(parts.netloc) or not _FOLDER.fullmatch(folder) or ".." in folder.split("/"):
        raise ValueError("STORAGE_URL: hãy viết s3://tên-kho hoặc s3://tên-kho/thư-mục")
    if access is None or not (access.endpoint and access.key_id and access.secret_key):
        raise ValueError(
            "STORAGE_URL: kho S3 cần DIEMCAU_STORAGE_ENDPOINT, DIEMCAU_STORAGE_KEY_ID và DIEMCAU_STORAGE_SECRET_KEY"
        )
    # Imported here: the library costs half a second that an installation with a folder shall not pay.
    from core.storage.s3 import S3Storage

    return S3Storage(parts.netloc, folder, access)
