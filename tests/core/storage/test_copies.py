"""Copies on this machine: fetched by one, read by many, bounded, gone when nobody needs them."""

import os
import threading
import time
from pathlib import Path

import pytest

from core.storage.copies import UNUSED_SECONDS, Copies

KEY = "artifacts/ab/{:032x}.wav"


def put(copies: Copies, number: int, size_bytes: int = 100) -> Path:
    with copies.copy(KEY.format(number), size_bytes, lambda path: path.write_bytes(bytes(size_bytes)) and None) as path:
        return path


def test_many_readers_at_once_fetch_once(tmp_path: Path) -> None:
    copies, fetched, seen = Copies(tmp_path / "copies", 10_000), [], []

    def fetch(path: Path) -> None:
        fetched.append(path)
        time.sleep(0.05)
        path.write_bytes(b"sound")

    def read() -> None:
        with copies.copy(KEY.format(1), 5, fetch) as path:
            seen.append(path.read_bytes())

    readers = [threading.Thread(target=read) for _ in range(8)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert seen == [b"sound"] * 8
    assert len(fetched) == 1


def test_a_fetch_that_fails_leaves_nothing_and_the_next_one_succeeds(tmp_path: Path) -> None:
    copies = Copies(tmp_path / "copies", 10_000)

    def fail(path: Path) -> None:
        path.write_bytes(b"ha")
        raise OSError("line cut")

    with pytest.raises(OSError, match="line cut"), copies.copy(KEY.format(1), 100, fail):
        pass
    assert [path.suffix for path in copies.folder.iterdir()] == [".lock"]
    assert put(copies, 1).stat().st_size == 100


def test_a_copy_of_another_size_is_fetched_again(tmp_path: Path) -> None:
    copies = Copies(tmp_path / "copies", 10_000)
    put(copies, 1).write_bytes(b"cut short by a power failure")
    assert put(copies, 1).read_bytes() == bytes(100)


def test_the_longest_unused_make_room_but_never_one_that_is_read(tmp_path: Path) -> None:
    copies = Copies(tmp_path / "copies", 250)
    for number in (1, 2):
        os.utime(put(copies, number), (time.time() - 100 + number,) * 2)
    with copies.copy(KEY.format(1), 100, Path.touch) as read:
        os.utime(read, (1e9, 1e9))
        put(copies, 3)
        assert read.exists()
    left = sorted(path.name for path in copies.folder.iterdir() if path.suffix == ".wav")
    assert left == [KEY.format(number).replace("/", "-") for number in (1, 3)]


def test_what_nobody_has_used_for_an_hour_goes_with_its_lock(tmp_path: Path) -> None:
    copies = Copies(tmp_path / "copies", 10_000)
    old, new = put(copies, 1), put(copies, 2)
    (copies.folder / f"{new.name}.part").write_bytes(b"of a process that was killed")
    for path in (old, copies.folder / f"{new.name}.part"):
        os.utime(path, (time.time() - UNUSED_SECONDS - 5,) * 2)
    assert copies.tidy() == 2
    assert {path.name.removesuffix(".lock") for path in copies.folder.iterdir()} == {new.name}


def test_tidying_where_nothing_was_ever_copied(tmp_path: Path) -> None:
    copies = Copies(tmp_path / "never", 10_000)
    assert copies.tidy() == 0
    copies.drop(KEY.format(1))
    assert not copies.folder.exists()
