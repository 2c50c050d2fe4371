"""The file of a backup: one tar with the database, every stored object, and a list of their SHA-256.

In: a dump and a folder of objects; or such a file. Out: such a file; or what it holds, checked. Secrets are not in it.
"""

import hashlib
import io
import json
import os
import tarfile
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO
from urllib.parse import unquote, urlsplit

from web.commands.border import BadInput

FORMAT = 1
MANIFEST, DUMP, OBJECTS = "manifest.json", "database.dump", "objects"
CHUNK_BYTES = 1024 * 1024


@dataclass
class Manifest:
    """What the file holds."""

    created_at: str
    format: int = FORMAT
    #: member → SHA-256
    sha256: dict[str, str] = field(default_factory=dict)

    @property
    def object_count(self) -> int:
        """How many stored objects there are, without the dump."""
        return len(self.sha256) - 1


def objects_folder(storage_url: str) -> Path:
    """The folder behind a storage address.

    Raises:
        BadInput: the storage is no folder; its own tools must save it.
    """
    address = urlsplit(storage_url)
    if address.scheme != "file":
        raise BadInput("STORAGE_URL: kho tệp không phải thư mục; hãy sao lưu bằng công cụ của kho đó.")
    return Path(unquote(address.path))


def write_archive(path: Path, dump: Path, objects: Path, created_at: datetime) -> Manifest:
    """Write the archive, readable by its owner only; it appears under its name once it is whole."""
    manifest = Manifest(created_at.isoformat())
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with (
            os.fdopen(handle, "wb") as stream,
            tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as tar,
        ):
            _add_file(tar, manifest, DUMP, dump)
            for file in sorted(path for path in objects.rglob("*") if path.is_file()):
                _add_file(tar, manifest, f"{OBJECTS}/{file.relative_to(objects).as_posix()}", file)
            _add_manifest(tar, manifest)
            stream.flush()
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return manifest


def read_archive(path: Path, target: Path) -> Manifest:
    """Unpack into an empty folder and check every hash.

    Raises:
        BadInput: no archive of ours, damaged, or with members that would lie elsewhere.
    """
    found: dict[str, str] = {}
    manifest: Manifest | None = None
    try:
        with tarfile.open(path, "r:") as tar:
            for member in tar:
                stream = tar.extractfile(member)
                if stream is None or not _is_ours(member.name):
                    raise BadInput(f"{path}: có thành phần lạ “{member.name}”, không phải bản sao lưu của Điểm Cầu.")
                if member.name == MANIFEST:
                    manifest = Manifest(**json.load(stream))
                else:
                    found[member.name] = _unpack(stream, target / member.name)
    except (tarfile.TarError, ValueError, TypeError, EOFError) as error:
        raise BadInput(f"{path}: không phải bản sao lưu của Điểm Cầu, hoặc tệp bị cắt.") from error
    except OSError as error:
        raise BadInput(f"{path}: không đọc được ({error.strerror}).") from error
    if manifest is None or manifest.format != FORMAT or DUMP not in found:
        raise BadInput(f"{path}: không phải bản sao lưu của Điểm Cầu, hoặc tệp bị cắt.")
    if found != manifest.sha256:
        wrong = sorted(name for name in found.keys() | manifest.sha256 if found.get(name) != manifest.sha256.get(name))
        raise BadInput(f"{path}: bản sao lưu bị hỏng ở “{wrong[0]}”; không phục hồi gì.")
    return manifest


def _is_ours(name: str) -> bool:
    parts = PurePosixPath(name).parts
    inside = ".." not in parts and not name.startswith("/")
    return inside and (name in {MANIFEST, DUMP} or (len(parts) > 1 and parts[0] == OBJECTS))


def _add_file(tar: tarfile.TarFile, manifest: Manifest, name: str, file: Path) -> None:
    with file.open("rb") as stream:
        info = tar.gettarinfo(arcname=name, fileobj=stream)
        info.uid = info.gid = 0
        info.uname = info.gname = ""
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
