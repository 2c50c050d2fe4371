"""The file of a backup: one tar with the database, every stored object, and a list of their SHA-256.

In: a dump and a storage; or such a file. Out: such a file, sealed for the holders of keys where there are any; or what
it holds, checked. Secrets of the installation are not in it.
"""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO

from core.storage import Storage
from web.commands.border import BadInput
from web.commands.sealed_files import Identity, Recipient, opened, sealed

FORMAT = 1
MANIFEST, DUMP, OBJECTS = "manifest.json", "database.dump", "objects"
CHUNK_BYTES = 1024 * 1024


@dataclass
class Manifest:
    """What the file holds."""

    created_at: str
    format: int = FORMAT
    #: Public half of the key the register of purges is signed with (`core.purging.register`).
    register_key: str = ""
    #: member → SHA-256
    sha256: dict[str, str] = field(default_factory=dict)

    @property
    def object_count(self) -> int:
        """How many stored objects there are, without the dump."""
        return len(self.sha256) - 1


def write_archive(
    path: Path,
    dump: Path,
    storage: Storage,
    created_at: datetime,
    recipients: Sequence[Recipient],
    *,
    register_key: str = "",
) -> Manifest:
    """Write the archive, readable by its owner only; it appears under its name once it is whole.

    Args:
        recipients: whose keys open it; empty: it lies open.
        register_key: what a register of purges must be signed with to count for this archive.
    """
    manifest = Manifest(created_at.isoformat(), register_key=register_key)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            with (
                sealed(file, recipients) as stream,
                tarfile.open(fileobj=stream, mode="w|", format=tarfile.PAX_FORMAT) as tar,
            ):
                _add_dump(tar, manifest, dump)
                for key in sorted(storage.keys()):
                    _add_object(tar, manifest, key, storage)
                _add_manifest(tar, manifest)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return manifest


def read_archive(path: Path, target: Path, identities: Sequence[Identity]) -> Manifest:
    """Unpack into an empty folder and check every hash.

    Raises:
        BadInput: no archive of ours, damaged, sealed for somebody else, or with members that would lie elsewhere.
    """
    found: dict[str, str] = {}
    manifest: Manifest | None = None
    try:
        with opened(path, identities) as stream, tarfile.open(fileobj=stream, mode="r|") as tar:
            for member in tar:
                content = tar.extractfile(member)
                if content is None or not _is_ours(member.name):
                    raise BadInput(f"{path}: có thành phần lạ “{member.name}”, không phải bản sao lưu của Điểm Cầu.")
                if member.name == MANIFEST:
                    manifest = Manifest(**json.load(content))
                else:
                    found[member.name] = _unpack(content, target / member.name)
    except (tarfile.TarError, ValueError, TypeError, EOFError) as error:
        raise BadInput(f"{path}: không phải bản sao lưu của Điểm Cầu, hoặc tệp bị cắt.") from error
    except OSError as error:
        raise BadInput(f"{path}: không đọc được ({error.strerror or 'tệp mã hóa bị hỏng hoặc bị cắt'}).") from error
    if manifest is None or manifest.format != FORMAT or DUMP not in found:
        raise BadInput(f"{path}: không phải bản sao lưu của Điểm Cầu, hoặc tệp bị cắt.")
    if found != manifest.sha256:
        wrong = sorted(name for name in found.keys() | manifest.sha256 if found.get(name) != manifest.sha256.get(name))
        raise BadInput(f"{path}: bản sao lưu bị hỏng ở “{wrong[0]}”; không phục hồi gì.")
    return manifest


def put_objects_back(unpacked: Path, storage: Storage) -> None:
    """Every unpacked object into the storage, under the key it had."""
    root = unpacked / OBJECTS
    for file in sorted(path for path in root.rglob("*") if path.is_file()):
        with file.open("rb") as stream:
            storage.put_back(file.relative_to(root).as_posix(), stream)


def sha256_of(path: Path) -> str:
    """Of a file, read piece by piece."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _is_ours(name: str) -> bool:
    parts = PurePosixPath(name).parts
    inside = ".." not in parts and not name.startswith("/")
    return inside and (name in {MANIFEST, DUMP} or (len(parts) > 1 and parts[0] == OBJECTS))


def _add_dump(tar: tarfile.TarFile, manifest: Manifest, file: Path) -> None:
    with file.open("rb") as stream:
        _add(tar, manifest, DUMP, stream, int(file.stat().st_mtime))


def _add_object(tar: tarfile.TarFile, manifest: Manifest, key: str, storage: Storage) -> None:
    with storage.open(key) as stream:
        _add(tar, manifest, f"{OBJECTS}/{key}", stream, int(datetime.fromisoformat(manifest.created_at).timestamp()))


def _add(tar: tarfile.TarFile, manifest: Manifest, name: str, stream: BinaryIO, modified: int) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.mtime = stream.seek(0, os.SEEK_END), modified
    stream.seek(0)
    reader = _Hashing(stream)
    tar.addfile(info, reader)
    manifest.sha256[name] = reader.digest.hexdigest()


def _add_manifest(tar: tarfile.TarFile, manifest: Manifest) -> None:
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()
    info = tarfile.TarInfo(MANIFEST)
    info.size = len(text)
    info.mtime = int(datetime.fromisoformat(manifest.created_at).timestamp())
    tar.addfile(info, io.BytesIO(text))


def _unpack(stream: IO[bytes], target: Path) -> str:
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with target.open("xb") as output:
        while chunk := stream.read(CHUNK_BYTES):
            digest.update(chunk)
            output.write(chunk)
    return digest.hexdigest()


class _Hashing:
    """A stream that is hashed while it is read."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        chunk = self._stream.read(size)
        self.digest.update(chunk)
        return chunk
