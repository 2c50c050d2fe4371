"""Each storage the service knows: a folder, and a real S3 server of this machine."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config

from core.storage import FolderStorage, S3Access, Storage, open_storage
from core.storage.s3 import S3Storage
from core.storage.s3_client import Clients
from tests import s3_server
from tests.s3_server import S3Server

BUCKET = "kho-diem-cau"


@pytest.fixture(scope="module")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    """A running S3 with an empty bucket."""
    if not s3_server.PROGRAM.exists():
        pytest.skip(s3_server.MISSING)
    with s3_server.running(tmp_path_factory.mktemp("s3")) as server:
        client(server).create_bucket(Bucket=BUCKET)
        yield server


def client(server: S3Server) -> Any:
    """The server seen by a program that is not ours."""
    return boto3.client(
        "s3",
        endpoint_url=server.endpoint,
        aws_access_key_id=server.key_id,
        aws_secret_access_key=server.secret_key,
        region_name="us-east-1",
        config=Config(s3={"addressing_style": "path"}),
    )


@pytest.fixture
def access(s3: S3Server, tmp_path: Path) -> S3Access:
    return S3Access(s3.endpoint, s3.key_id, s3.secret_key, tmp_path / "copies", public_endpoint=s3.endpoint)


@pytest.fixture(scope="module")
def clients(s3: S3Server, tmp_path_factory: pytest.TempPathFactory) -> Clients:
    """Making a client takes a second; as in the service there is one for all."""
    folder = tmp_path_factory.mktemp("copies")
    return Clients(S3Access(s3.endpoint, s3.key_id, s3.secret_key, folder, public_endpoint=s3.endpoint))


@pytest.fixture
def bucket(access: S3Access, clients: Clients, tmp_path: Path) -> S3Storage:
    """Objects of this test alone: below a folder of its name."""
    storage = open_storage(f"s3://{BUCKET}/{tmp_path.parent.name}.{tmp_path.name}", access)
    assert isinstance(storage, S3Storage)
    storage._clients = clients
    return storage


@pytest.fixture(params=["folder", pytest.param("s3", marks=pytest.mark.slow)])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    """What is promised holds for each of them."""
    if request.param == "folder":
        return FolderStorage(tmp_path / "objects")
    found: Storage = request.getfixturevalue("bucket")
    return found


@pytest.fixture
def spoil(request: pytest.FixtureRequest) -> Callable[[Storage, str, bytes], None]:
    """Writes other bytes under a key, behind the storage's back."""

    def write(storage: Storage, key: str, data: bytes) -> None:
        if isinstance(storage, FolderStorage):
            (storage.root / key).write_bytes(data)
        elif isinstance(storage, S3Storage):
            name = storage._name(key)
            client(request.getfixturevalue("s3")).put_object(Bucket=BUCKET, Key=name, Body=data)

    return write
