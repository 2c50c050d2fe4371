"""The file of a backup: damaged, cut, foreign or sealed for somebody else, it gives nothing back."""

import io
import tarfile
from datetime import UTC, datetime
from pathlib import Path

import pyrage
import pytest

from core.storage import FolderStorage
from web.commands.archive import put_objects_back, read_archive, write_archive
from web.commands.border import BadInput
from web.commands.sealed_files import identities_of, recipients_of

SOUND = "tiếng nói".encode() * 100_000
OURS, THEIRS = (pyrage.x25519.Identity.generate() for _ in range(2))


def written(folder: Path, *, is_sealed: bool) -> Path:
    storage = FolderStorage(folder / "objects")
    storage.put_bytes(SOUND, prefix="recordings", suffix=".flac")
    dump, target = folder / "database.dump", folder / "backup.tar"
    dump.write_bytes(b"PGDMP")
    recipients = recipients_of([str(OURS.to_public())]) if is_sealed else []
    manifest = write_archive(target, dump, storage, datetime(2026, 4, 8, tzinfo=UTC), recipients)
    assert manifest.object_count == 1
    return target


@pytest.mark.parametrize("is_sealed", [True, False])
def test_everything_comes_back_under_the_keys_it_had(tmp_path: Path, is_sealed: bool) -> None:
    path = written(tmp_path, is_sealed=is_sealed)
    read_archive(path, tmp_path / "out", [OURS] if is_sealed else [])
    storage = FolderStorage(tmp_path / "new")
    put_objects_back(tmp_path / "out", storage)
    (key,) = storage.keys()
    assert storage.read_bytes(key) == SOUND
    assert list(FolderStorage(tmp_path / "objects").keys()) == [key]
    assert (tmp_path / "out" / "database.dump").read_bytes() == b"PGDMP"


@pytest.mark.parametrize("is_sealed", [True, False])
@pytest.mark.parametrize("damage", ["flip", "cut", "last bytes"])
def test_a_damaged_one_is_refused(tmp_path: Path, is_sealed: bool, damage: str) -> None:
    path = written(tmp_path, is_sealed=is_sealed)
    content = bytearray(path.read_bytes())
    if damage == "flip":
        content[len(content) // 2] ^= 1
    else:
        del content[len(content) // 2 if damage == "cut" else -11_000 :]
    path.write_bytes(content)
    with pytest.raises(BadInput):
        read_archive(path, tmp_path / "out", [OURS])


def test_it_opens_with_the_right_key_only(tmp_path: Path) -> None:
    path = written(tmp_path, is_sealed=True)
    with pytest.raises(BadInput, match="--identity"):
        read_archive(path, tmp_path / "none", [])
    with pytest.raises(BadInput, match="khóa này không mở được"):
        read_archive(path, tmp_path / "theirs", [THEIRS])
    assert not (tmp_path / "theirs" / "database.dump").exists()


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.tar"
    path.write_bytes(b"khong phai tar" * 1000)
    with pytest.raises(BadInput, match="không phải bản sao lưu"):
        read_archive(path, tmp_path / "out", [])


@pytest.mark.parametrize("name", ["../ra-ngoai", "/ra-ngoai", "objects/../../ra-ngoai", "khac.txt"])
def test_members_that_would_lie_elsewhere_are_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "la.tar"
    with tarfile.open(path, "w") as tar:
        info = tarfile.TarInfo(name)
        info.size = 2
        tar.addfile(info, io.BytesIO(b"xx"))
    with pytest.raises(BadInput, match="thành phần lạ"):
        read_archive(path, tmp_path / "out", [])
    assert not (tmp_path / "ra-ngoai").exists()


def test_keys_are_read_from_their_files_and_nothing_else_is_taken_for_one(tmp_path: Path) -> None:
    path = tmp_path / "khoa.txt"
    path.write_text(f"# public key: {OURS.to_public()}\n{OURS}\n")
    assert [str(key) for key in identities_of([path])] == [str(OURS)]
    for content in ("", "khoa"):
        path.write_text(content)
        with pytest.raises(BadInput):
            identities_of([path])
    with pytest.raises(BadInput):
        recipients_of(["age1sai"])
