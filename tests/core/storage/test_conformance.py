"""Every storage: whole or not at all, found again, damage noticed, keys never from outside."""

import hashlib
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import requests

from core.storage import FolderStorage, ObjectDamaged, ObjectMissing, S3Access, Storage, StorageAway, open_storage
from core.storage import s3 as s3_module
from core.storage.s3 import S3Storage
from tests.core.storage.conftest import BUCKET, client
from tests.s3_server import S3Server

TEXT = "điểm cầu".encode()


class BrokenStream(BytesIO):
    """A line that is cut after the first piece."""

    def read(self, size: int | None = -1) -> bytes:
        if self.tell():
            raise ConnectionError("line cut")
        return super().read(3)


class Drops(BytesIO):
    """Gives a few bytes at a time, as a socket does."""

    def read(self, size: int | None = -1) -> bytes:
        return super().read(min(size or 0, 300_001) if size is not None and size >= 0 else -1)


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> int:
    """Parts as small as S3 lets them be, so that a few megabytes are many."""
    monkeypatch.setattr(s3_module, "PART_BYTES", 5 * 1024 * 1024)
    return s3_module.PART_BYTES


def test_what_was_put_comes_back_with_its_hash(storage: Storage) -> None:
    stored = storage.put(BytesIO(TEXT), prefix="recordings", suffix=".mp4")
    assert storage.read_bytes(stored.key) == TEXT
    assert stored.sha256 == hashlib.sha256(TEXT).hexdigest()
    assert stored.size_bytes == len(TEXT)


def test_nothing_can_be_stored_too(storage: Storage) -> None:
    stored = storage.put_bytes(b"", prefix="artifacts")
    assert (storage.read_bytes(stored.key), stored.size_bytes) == (b"", 0)
    storage.verify(stored.key, stored.sha256)


def test_what_needs_many_parts_comes_back_whole(storage: Storage, small_parts: int) -> None:
    data = os.urandom(1000) * (2 * small_parts // 1000) + b"the end"
    stored = storage.put(Drops(data), prefix="recordings")
    assert stored.sha256 == hashlib.sha256(data).hexdigest()
    storage.verify(stored.key, stored.sha256)
    with storage.local_copy(stored.key) as path:
        assert hashlib.sha256(path.read_bytes()).hexdigest() == stored.sha256


def test_one_can_jump_in_an_object(storage: Storage) -> None:
    data = bytes(range(256)) * 4096
    stored = storage.put_bytes(data, prefix="recordings")
    with storage.open(stored.key) as stream:
        assert stream.seek(0, os.SEEK_END) == len(data)
        assert stream.read() == b""
        for offset in (0, 700_000, 5, 1_000_000, 999_990):
            stream.seek(offset)
            assert stream.read(100) == data[offset : offset + 100]
        stream.seek(-3, os.SEEK_END)
        assert stream.read() == data[-3:]


def test_two_equal_contents_are_two_objects(storage: Storage) -> None:
    first, second = (storage.put_bytes(b"same", prefix="artifacts") for _ in range(2))
    assert first.key != second.key
    assert sorted(storage.keys()) == sorted([first.key, second.key])


def test_the_old_ones_under_a_prefix_are_found(storage: Storage) -> None:
    part, _other = storage.put_bytes(b"x", prefix="uploads"), storage.put_bytes(b"x", prefix="upload")
    now = datetime.now(UTC)
    assert list(storage.keys("uploads", before=now + timedelta(hours=1))) == [part.key]
    assert list(storage.keys("uploads", before=now - timedelta(hours=1))) == []
    assert list(storage.keys("nothing")) == []


def test_a_cut_stream_leaves_nothing_behind(storage: Storage) -> None:
    with pytest.raises(ConnectionError):
        storage.put(BrokenStream(b"abcdef"), prefix="recordings")
    assert list(storage.keys()) == []
    assert storage.clear_unfinished(datetime.now(UTC) + timedelta(days=1)) == 0


def test_a_stream_cut_between_two_parts_leaves_nothing_behind(storage: Storage, small_parts: int) -> None:
    class CutLater(BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell() > small_parts + 1000:
                raise ConnectionError("line cut")
            return super().read(size)

    with pytest.raises(ConnectionError):
        storage.put(CutLater(bytes(3 * small_parts)), prefix="recordings")
    assert list(storage.keys()) == []
    assert storage.clear_unfinished(datetime.now(UTC) + timedelta(days=1)) == 0


def test_damage_is_noticed(storage: Storage, spoil: Callable[[Storage, str, bytes], None]) -> None:
    stored = storage.put_bytes(b"issued notice", prefix="issues", suffix=".pdf")
    storage.verify(stored.key, stored.sha256)
    spoil(storage, stored.key, b"issued n0tice")
    with pytest.raises(ObjectDamaged) as caught:
        storage.verify(stored.key, stored.sha256)
    assert stored.key in caught.value.sentence()


@pytest.mark.parametrize("key", ["recordings/aa/none", "../outside", "/etc/hostname", "recordings/../../outside"])
def test_a_key_that_is_not_ours_finds_nothing(storage: Storage, tmp_path: Path, key: str) -> None:
    (tmp_path / "outside").write_text("private")
    with pytest.raises(ObjectMissing):
        storage.read_bytes(key)
    with pytest.raises(ObjectMissing), storage.local_copy(key + "x"):
        pass


def test_a_key_without_an_object_finds_nothing(storage: Storage) -> None:
    gone = storage.put_bytes(b"x", prefix="artifacts")
    storage.delete(gone.key)
    assert not storage.exists(gone.key)
    for ask in (storage.read_bytes, storage.open, lambda key: storage.verify(key, gone.sha256)):
        with pytest.raises(ObjectMissing):
            ask(gone.key)
    with pytest.raises(ObjectMissing), storage.local_copy(gone.key):
        pass


@pytest.mark.parametrize(("prefix", "suffix"), [("../up", ""), ("a/b", ""), ("ok", "/x"), ("ok", ".a b")])
def test_a_prefix_or_suffix_from_outside_is_refused(storage: Storage, prefix: str, suffix: str) -> None:
    with pytest.raises(ValueError, match="not plain"):
        storage.put_bytes(b"x", prefix=prefix, suffix=suffix)


def test_delete_twice_is_quiet(storage: Storage) -> None:
    stored = storage.put_bytes(b"x", prefix="artifacts")
    storage.delete(stored.key)
    storage.delete(stored.key)
    assert not storage.exists(stored.key)


def test_a_restored_object_has_its_old_key_and_nothing_is_overwritten(storage: Storage, tmp_path: Path) -> None:
    stored = storage.put_bytes(TEXT, prefix="issues", suffix=".pdf")
    elsewhere = FolderStorage(tmp_path / "restored")
    assert elsewhere.put_back(stored.key, BytesIO(TEXT)) == stored
    with pytest.raises(FileExistsError):
        storage.put_back(stored.key, BytesIO(b"another"))
    with pytest.raises(ValueError, match="no key"):
        storage.put_back("../outside", BytesIO(b"x"))
    storage.delete(stored.key)
    assert storage.put_back(stored.key, BytesIO(TEXT)) == stored
    assert storage.read_bytes(stored.key) == TEXT


def test_only_s3_hands_out_addresses(storage: Storage) -> None:
    stored = storage.put_bytes(bytes(range(100)), prefix="recordings")
    address = storage.address_of(stored.key, "audio/wav")
    if isinstance(storage, FolderStorage):
        assert address is None
        return
    assert address is not None
    answer = requests.get(address, headers={"Range": "bytes=10-19"}, timeout=10)
    assert (answer.status_code, answer.content) == (206, bytes(range(10, 20)))
    assert answer.headers["Content-Type"] == "audio/wav"
    longer = address.replace("X-Amz-Expires=36000", "X-Amz-Expires=72000")
    assert requests.get(longer, timeout=10).status_code == 403


def test_a_folder_with_spaces_and_vietnamese_letters(tmp_path: Path) -> None:
    storage = open_storage((tmp_path / "kho lưu trữ").as_uri())
    stored = storage.put_bytes(b"x", prefix="artifacts")
    with storage.local_copy(stored.key) as path:
        assert path.is_relative_to(tmp_path / "kho lưu trữ")


def test_drafts_of_killed_writers_are_cleared(tmp_path: Path) -> None:
    storage = FolderStorage(tmp_path / "objects")
    kept = storage.put_bytes(b"x", prefix="artifacts")
    draft = (storage.root / kept.key).with_name(".abc.part")
    draft.write_bytes(b"half")
    assert storage.clear_unfinished(datetime.now(UTC) - timedelta(hours=1)) == 0
    assert storage.clear_unfinished(datetime.now(UTC) + timedelta(hours=1)) == 1
    assert list(storage.keys()) == [kept.key]
    assert not draft.exists()


@pytest.mark.slow
class TestS3Alone:
    """What only a storage on the network has to show."""

    def test_a_deleted_object_leaves_no_former_version(self, s3: S3Server, access: S3Access) -> None:
        outside: Any = client(s3)
        outside.create_bucket(Bucket="kho-co-phien-ban")
        outside.put_bucket_versioning(Bucket="kho-co-phien-ban", VersioningConfiguration={"Status": "Enabled"})
        storage = open_storage("s3://kho-co-phien-ban", access)
        stored = storage.put_bytes(b"said by mistake", prefix="recordings")
        storage.delete(stored.key)
        found = outside.list_object_versions(Bucket="kho-co-phien-ban")
        assert found.get("Versions", []) + found.get("DeleteMarkers", []) == []

    def test_uploads_in_parts_of_killed_writers_are_given_up(self, s3: S3Server, bucket: S3Storage) -> None:
        outside: Any = client(s3)
        outside.create_multipart_upload(Bucket=BUCKET, Key=bucket._name("recordings/ab/half"))
        assert bucket.clear_unfinished(datetime.now(UTC) - timedelta(hours=1)) == 0
        assert bucket.clear_unfinished(datetime.now(UTC) + timedelta(hours=1)) == 1
        assert bucket.clear_unfinished(datetime.now(UTC) + timedelta(hours=1)) == 0

    def test_a_copy_is_fetched_once_and_goes_with_its_object(self, bucket: S3Storage, access: S3Access) -> None:
        stored = bucket.put_bytes(TEXT, prefix="artifacts", suffix=".wav")
        with bucket.local_copy(stored.key) as first:
            born = first.stat().st_ino
        with bucket.local_copy(stored.key) as second:
            assert second.stat().st_ino == born
            assert second.suffix == ".wav"
        bucket.delete(stored.key)
        assert list(access.copies.iterdir()) == []

    def test_a_wrong_key_is_refused_by_the_server_and_told_as_a_fault_of_the_storage(
        self, access: S3Access, tmp_path: Path
    ) -> None:
        wrong = S3Access(access.endpoint, access.key_id, "another-secret", tmp_path)
        storage = open_storage(f"s3://{BUCKET}", wrong)
        with pytest.raises(StorageAway) as told:
            storage.put_bytes(b"x", prefix="artifacts")
        assert "SignatureDoesNotMatch" in str(told.value.strerror)
        assert "another-secret" not in str(told.value)

    def test_a_bucket_that_is_not_there_is_told(self, access: S3Access) -> None:
        with pytest.raises(StorageAway) as told:
            open_storage("s3://khong-co-kho-nay", access).put_bytes(b"x", prefix="artifacts")
        assert "NoSuchBucket" in str(told.value.strerror)
