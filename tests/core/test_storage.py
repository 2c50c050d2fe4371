"""Storage: whole or not at all, found again, damage noticed, keys never from outside."""

import hashlib
from io import BytesIO
from pathlib import Path

import pytest

from core.storage import FolderStorage, ObjectDamaged, ObjectMissing, open_storage


class BrokenStream(BytesIO):
    """A line that is cut after the first piece."""

    def read(self, size: int | None = -1) -> bytes:
        if self.tell():
            raise ConnectionError("line cut")
        return super().read(3)


def test_what_was_put_comes_back_with_its_hash(storage: FolderStorage) -> None:
    stored = storage.put(BytesIO("điểm cầu".encode()), prefix="recordings", suffix=".mp4")
    assert storage.read_bytes(stored.key) == "điểm cầu".encode()
    assert stored.sha256 == hashlib.sha256("điểm cầu".encode()).hexdigest()
    assert stored.size_bytes == len("điểm cầu".encode())


def test_two_equal_contents_are_two_objects(storage: FolderStorage) -> None:
    first, second = (storage.put_bytes(b"same", prefix="artifacts") for _ in range(2))
    assert first.key != second.key


def test_a_cut_stream_leaves_nothing_behind(storage: FolderStorage) -> None:
    with pytest.raises(ConnectionError):
        storage.put(BrokenStream(b"abcdef"), prefix="recordings")
    assert [path for path in storage.root.rglob("*") if path.is_file()] == []


def test_damage_is_noticed(storage: FolderStorage) -> None:
    stored = storage.put_bytes(b"issued notice", prefix="issues", suffix=".pdf")
    storage.verify(stored.key, stored.sha256)
    (storage.root / stored.key).write_bytes(b"issued n0tice")
    with pytest.raises(ObjectDamaged) as caught:
        storage.verify(stored.key, stored.sha256)
    assert stored.key in caught.value.sentence()


@pytest.mark.parametrize("key", ["recordings/aa/none", "../outside", "/etc/hostname", "recordings/../../outside"])
def test_a_key_that_is_not_ours_finds_nothing(storage: FolderStorage, tmp_path: Path, key: str) -> None:
    (tmp_path / "outside").write_text("private")
    with pytest.raises(ObjectMissing):
        storage.read_bytes(key)


@pytest.mark.parametrize(("prefix", "suffix"), [("../up", ""), ("a/b", ""), ("ok", "/x"), ("ok", ".a b")])
def test_a_prefix_or_suffix_from_outside_is_refused(storage: FolderStorage, prefix: str, suffix: str) -> None:
    with pytest.raises(ValueError, match="not plain"):
        storage.put_bytes(b"x", prefix=prefix, suffix=suffix)


def test_delete_twice_is_quiet(storage: FolderStorage) -> None:
    stored = storage.put_bytes(b"x", prefix="artifacts")
    storage.delete(stored.key)
    storage.delete(stored.key)
    assert not storage.exists(stored.key)


def test_a_folder_with_spaces_and_vietnamese_letters(tmp_path: Path) -> None:
    storage = open_storage((tmp_path / "kho lưu trữ").as_uri())
    stored = storage.put_bytes(b"x", prefix="artifacts")
    with storage.local_copy(stored.key) as path:
        assert path.is_relative_to(tmp_path / "kho lưu trữ")


def test_an_unknown_scheme_says_so() -> None:
    with pytest.raises(ValueError, match="ftp"):
        open_storage("ftp://host/dir")
