"""Talking to the site's S3: one client per process, and its failures in our own words.

In: how it is reached. Out: a client that asks nobody but that endpoint, and OSErrors.
"""

import errno
import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from core.storage.access import S3Access
from core.storage.contract import ObjectMissing, StorageAway

log = logging.getLogger(__name__)

CONNECT_SECONDS, READ_SECONDS, ATTEMPTS = 5, 60, 4
_MISSING = frozenset({"404", "NoSuchKey", "NotFound", "NoSuchVersion"})
_FULL = frozenset({"507", "InsufficientStorage", "QuotaExceeded", "XMinioStorageFull", "EntityTooLarge"})


class Clients:
    """Clients of one S3, made when they are first needed; a forked child gets its own."""

    def __init__(self, access: S3Access) -> None:
        self._access = access
        self._lock = threading.Lock()
        self._made: dict[tuple[int, str], Any] = {}

    def inside(self) -> Any:
        """For our own requests."""
        return self._client(self._access.endpoint)

    def public(self) -> Any:
        """Signs addresses for browsers; asks nothing itself."""
        return self._client(self._access.public_endpoint)

    def _client(self, endpoint: str) -> Any:
        # A child that was forked must not share its parent's sockets.
        mark = (os.getpid(), endpoint)
        with self._lock:
            if mark not in self._made:
                self._made[mark] = _make(self._access, endpoint)
            return self._made[mark]


def _make(access: S3Access, endpoint: str) -> Any:
    config = Config(
        signature_version="s3v4",
        connect_timeout=CONNECT_SECONDS,
        read_timeout=READ_SECONDS,
        retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
        max_pool_connections=32,
        # Not every S3 knows the newer checksums; what is sent carries its MD5, what is read is compared by SHA-256.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        # A storage inside the house is never reached through a proxy.
        proxies={},
        s3={"addressing_style": "path"},
    )
    session = boto3.session.Session(
        aws_access_key_id=access.key_id, aws_secret_access_key=access.secret_key, region_name=access.region
    )
    return session.client(
        "s3", endpoint_url=endpoint, config=config, verify=str(access.ca_file) if access.ca_file else None
    )


@contextmanager
def translated(key: str = "") -> Iterator[None]:
    """Failures of the library become ours: ObjectMissing, or an OSError that says whether the storage is full."""
    try:
        yield
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", "?"))
        if key and code in _MISSING:
            raise ObjectMissing(key=key) from error
        log.warning("the storage refused %s: %s", error.operation_name, code)
        if code in _FULL:
            raise StorageAway(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error
        raise StorageAway(errno.EIO, f"kho S3 từ chối ({code})") from error
    except BotoCoreError as error:
        log.warning("the storage gave no answer: %s", type(error).__name__)
        raise StorageAway(errno.EHOSTUNREACH, f"kho S3 không trả lời ({type(error).__name__})") from error
