"""Objects in a bucket of the site's S3: what several machines share. No shared folder is assumed anywhere.

Large objects go in parts, each with its checksum; an object appears under its key only when it is whole. Programs that
need a path read a copy on this machine (`copies`).
"""

import base64
import errno
import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from botocore.exceptions import BotoCoreError
from urllib3.exceptions import HTTPError

from core.storage.access import S3Access
from core.storage.contract import (
    CHUNK_BYTES,
    ObjectMissing,
    StorageAway,
    StoredObject,
    checked_key,
    is_key,
    new_key,
    refuse_damaged,
)
from core.storage.copies import Copies
from core.storage.s3_client import Clients, translated
from core.storage.s3_reader import Body, RangedReader

#: One part is held in memory while it is sent; 10,000 of them are the most S3 takes: 160 GB.
PART_BYTES = 16 * 1024 * 1024
READ_BYTES = 256 * 1024


class S3Storage:
    """The storage of an installation on several machines."""

    def __init__(self, bucket: str, folder: str, access: S3Access) -> None:
        """`folder`: what all names in the bucket begin with, empty or ending with a slash."""
        self.bucket = bucket
        self._folder = folder
        self._access = access
        self._clients = Clients(access)
        self._copies = Copies(access.copies, access.copies_bytes)

    def put(self, stream: BinaryIO, *, prefix: str, suffix: str = "") -> StoredObject:
        """Store all of the stream under a fresh key; whole or not at all."""
        return self._write(new_key(prefix, suffix), stream)

    def put_bytes(self, data: bytes, *, prefix: str, suffix: str = "") -> StoredObject:
        """Store these bytes."""
        return self.put(io.BytesIO(data), prefix=prefix, suffix=suffix)

    def put_back(self, key: str, stream: BinaryIO) -> StoredObject:
        """Store an object under the key it had. Raises ValueError, FileExistsError."""
        if self.exists(checked_key(key)):
            raise FileExistsError(key)
        return self._write(key, stream)

    def open(self, key: str) -> BinaryIO:
        """Read an object, seekable; raises ObjectMissing."""
        head = self._head(key)
        ask = partial(self._ask, key, head["ETag"])
        return io.BufferedReader(RangedReader(head["ContentLength"], ask), READ_BYTES)

    def read_bytes(self, key: str) -> bytes:
        """The whole object; raises ObjectMissing."""
        with self.open(key) as stream:
            return stream.read()

    @contextmanager
    def local_copy(self, key: str) -> Iterator[Path]:
        """A copy on this machine, kept for the next reader."""
        # Asked every time: what was deleted on another machine must not be read here.
        size_bytes = self._head(key)["ContentLength"]
        with self._copies.copy(key, size_bytes, partial(self._fetch, key)) as path:
            yield path

    def exists(self, key: str) -> bool:
        """Whether the key names an object."""
        try:
            self._head(key)
        except ObjectMissing:
            return False
        return True

    def delete(self, key: str) -> None:
        """Remove an object, its former versions and this machine's copy; silent if it is gone."""
        if not is_key(key):
            return
        self._copies.drop(key)
        with translated():
            gone = self._client.delete_object(Bucket=self.bucket, Key=self._name(key))
            if "VersionId" in gone or gone.get("DeleteMarker"):
                self._delete_versions(key)

    def verify(self, key: str, sha256: str) -> None:
        """Read the object again; raises ObjectDamaged or ObjectMissing."""
        with self.open(key) as stream:
            refuse_damaged(key, stream, sha256)

    def keys(self, prefix: str = "", *, before: datetime | None = None) -> Iterator[str]:
        """The keys of all objects, or of those under a prefix, or stored before a moment."""
        below = self._folder + (f"{prefix}/" if prefix else "")
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=below)
        with translated():
            for page in pages:
                for entry in page.get("Contents", ()):
                    key = entry["Key"].removeprefix(self._folder)
                    if is_key(key) and (before is None or entry["LastModified"] < before):
                        yield key

    def address_of(self, key: str, media_type: str) -> str | None:
        """A signed address of the public endpoint, where the site has one; it takes ranges. Asks nobody."""
        if not self._access.public_endpoint or not is_key(key):
            return None
        wanted = {
            "Bucket": self.bucket,
            "Key": self._name(key),
            "ResponseContentType": media_type,
            "ResponseContentDisposition": "inline",
            "ResponseCacheControl": "private, no-store",
        }
        signed = self._clients.public().generate_presigned_url(
            "get_object", Params=wanted, ExpiresIn=self._access.download_seconds
        )
        return str(signed)

    def clear_unfinished(self, before: datetime) -> int:
        """Give up uploads in parts whose writer was killed."""
        pages = self._client.get_paginator("list_multipart_uploads").paginate(Bucket=self.bucket, Prefix=self._folder)
        ended = 0
        with translated():
            for upload in [upload for page in pages for upload in page.get("Uploads", ())]:
                if upload["Initiated"] < before:
                    self._give_up(upload["Key"], upload["UploadId"])
                    ended += 1
        return ended

    def tidy(self) -> None:
        """Remove copies on this machine that nobody has used for an hour."""
        self._copies.tidy()

    @property
    def _client(self) -> Any:
        return self._clients.inside()

    def _name(self, key: str) -> str:
        return self._folder + key

    def _head(self, key: str) -> dict[str, Any]:
        if not is_key(key):
            raise ObjectMissing(key=key)
        with translated(key):
            return dict(self._client.head_object(Bucket=self.bucket, Key=self._name(key)))

    def _ask(self, key: str, etag: str, offset: int) -> Body:
        with translated(key):
            answer = self._client.get_object(
                Bucket=self.bucket, Key=self._name(key), Range=f"bytes={offset}-", IfMatch=etag
            )
        return _Translating(answer["Body"])

    def _fetch(self, key: str, target: Path) -> None:
        with self.open(key) as stream, target.open("xb") as out:
            while chunk := stream.read(CHUNK_BYTES):
                out.write(chunk)

    def _write(self, key: str, stream: BinaryIO) -> StoredObject:
        first = _filled(stream)
        if len(first) < PART_BYTES:
            with translated():
                self._client.put_object(Bucket=self.bucket, Key=self._name(key), Body=first, ContentMD5=_md5(first))
            return StoredObject(key, hashlib.sha256(first).hexdigest(), len(first))
        with translated():
            begun = self._client.create_multipart_upload(Bucket=self.bucket, Key=self._name(key))
        try:
            return self._in_parts(key, begun["UploadId"], first, stream)
        except BaseException:
            self._give_up(self._name(key), begun["UploadId"])
            raise

    def _in_parts(self, key: str, upload: str, data: bytes, stream: BinaryIO) -> StoredObject:
        digest, size_bytes = hashlib.sha256(), 0
        sent: list[dict[str, Any]] = []
        where = {"Bucket": self.bucket, "Key": self._name(key), "UploadId": upload}
        while data:
            digest.update(data)
            size_bytes += len(data)
            number = len(sent) + 1
            with translated():
                part = self._client.upload_part(**where, PartNumber=number, Body=data, ContentMD5=_md5(data))
            sent.append({"PartNumber": number, "ETag": part["ETag"]})
            data = _filled(stream)
        with translated():
            self._client.complete_multipart_upload(**where, MultipartUpload={"Parts": sent})
        if self._head(key)["ContentLength"] != size_bytes:
            self.delete(key)
            raise StorageAway(errno.EIO, "kho S3 không giữ đủ tệp")
        return StoredObject(key, digest.hexdigest(), size_bytes)

    def _give_up(self, name: str, upload: str) -> None:
        try:
            with translated():
                self._client.abort_multipart_upload(Bucket=self.bucket, Key=name, UploadId=upload)
        except OSError:
            # The sweep finds it later; what made us give up is the error that counts.
            return

    def _delete_versions(self, key: str) -> None:
        name = self._name(key)
        pages = self._client.get_paginator("list_object_versions").paginate(Bucket=self.bucket, Prefix=name)
        for page in pages:
            for entry in [*page.get("Versions", ()), *page.get("DeleteMarkers", ())]:
                if entry["Key"] == name:
                    self._client.delete_object(Bucket=self.bucket, Key=name, VersionId=entry["VersionId"])


class _Translating:
    """An answer's bytes, with the library's errors turned into OSErrors."""

    def __init__(self, body: Any) -> None:
        self._body = body

    def read(self, amount: int) -> bytes:
        """At most so many bytes."""
        try:
            return bytes(self._body.read(amount))
        except (BotoCoreError, HTTPError) as error:
            raise StorageAway(errno.EIO, f"kho S3 ngắt giữa chừng ({type(error).__name__})") from error

    def close(self) -> None:
        """Hang up."""
        self._body.close()


def _filled(stream: BinaryIO) -> bytes:
    """The next part of a stream that may give less than it is asked for."""
    pieces, missing = [], PART_BYTES
    while missing and (piece := stream.read(min(missing, CHUNK_BYTES))):
        pieces.append(piece)
        missing -= len(piece)
    return b"".join(pieces)


def _md5(data: bytes) -> str:
    """What the storage compares the bytes with on arrival; not a matter of security."""
    return base64.b64encode(hashlib.md5(data, usedforsecurity=False).digest()).decode()
