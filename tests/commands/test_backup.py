"""Backup and restore: everything comes back, into an empty place only, and never from a damaged archive."""

import io
import json
import stat
import tarfile
from pathlib import Path

import pytest

from core.storage import FolderStorage
from tests.commands.conftest import Caller, call, one_line

pytestmark = pytest.mark.slow

SOUND = "tiếng nói".encode() * 1000


@pytest.fixture(scope="module")
def archive(home: Path, open_folder: Path) -> Path:
    """A backup of an installation with people, units and one stored object."""
    assert call(home, "load-sample").returncode == 0
    FolderStorage(home / "objects").put_bytes(SOUND, prefix="recordings", suffix=".flac")
    target = open_folder / "bản sao lưu.tar"
    result = call(home, "backup", target)
    assert result.returncode == 0, result.stderr
    assert "1 tệp" in result.stdout
    return target


def units(home: Path) -> str:
    """What load-sample says about an installation that has everything: the counts, with nothing added."""
    return call(home, "load-sample").stdout.partition(" tài khoản")[0]


def test_everything_comes_back_in_an_empty_place(archive: Path, home: Path, open_folder: Path) -> None:
    new_home = open_folder / "nơi mới"
    result = call(new_home, "restore", archive)
    assert result.returncode == 0, result.stderr
    copies = [path for path in (new_home / "objects").rglob("*") if path.is_file()]
    assert [path.read_bytes() for path in copies] == [SOUND]
    assert [path.relative_to(new_home / "objects") for path in copies] == [
        path.relative_to(home / "objects") for path in (home / "objects").rglob("*") if path.is_file()
    ]
    assert call(new_home, "verify-audit").stdout == call(home, "verify-audit").stdout
    assert units(new_home) == units(home)


def test_only_its_owner_may_read_a_backup_and_secrets_are_not_in_it(archive: Path, home: Path) -> None:
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    secrets = json.loads((home / "secrets.json").read_text())
    content = archive.read_bytes()
    assert not [name for name, value in secrets.items() if value.encode() in content]


def test_a_backup_is_never_overwritten(archive: Path, diemcau: Caller) -> None:
    result = diemcau("backup", archive)
    assert result.returncode == 2
    assert "đã có" in one_line(result)


def test_a_filled_place_is_not_restored_over(archive: Path, diemcau: Caller, home: Path) -> None:
    before = units(home)
    result = diemcau("restore", archive)
    assert result.returncode == 2
    assert "nơi còn trống" in one_line(result)
    assert units(home) == before


@pytest.mark.parametrize("damage", ["flip", "cut", "text"])
def test_a_damaged_archive_restores_nothing(archive: Path, open_folder: Path, damage: str) -> None:
    broken, target = open_folder / f"{damage}.tar", open_folder / f"nơi {damage}"
    content = bytearray(archive.read_bytes())
    if damage == "flip":
        place = content.index(SOUND) + len(SOUND) // 2
        content[place] ^= 1
    broken.write_bytes({"flip": content, "cut": content[: len(content) // 2], "text": b"khong phai tar" * 100}[damage])
    result = call(target, "restore", broken)
    assert result.returncode == 2
    assert "bản sao lưu" in one_line(result)
    assert not (target / "objects").exists()
    assert not (target / "postgres").exists()


@pytest.mark.parametrize("name", ["../ra-ngoai", "/ra-ngoai", "objects/../../ra-ngoai", "khac.txt"])
def test_members_that_would_lie_elsewhere_are_refused(open_folder: Path, name: str) -> None:
    path = open_folder / "la.tar"
    with tarfile.open(path, "w") as tar:
        info = tarfile.TarInfo(name)
        info.size = 2
        tar.addfile(info, io.BytesIO(b"xx"))
    result = call(open_folder / "nơi lạ", "restore", path)
    assert result.returncode == 2
    assert "thành phần lạ" in one_line(result)
    assert not (open_folder / "ra-ngoai").exists()


def test_nothing_to_back_up_is_said_instead_of_an_empty_backup(open_folder: Path) -> None:
    result = call(open_folder / "nhầm", "backup", open_folder / "nham.tar")
    assert result.returncode == 2
    assert "DIEMCAU_HOME" in one_line(result)
    assert not (open_folder / "nham.tar").exists()


def test_a_storage_that_is_no_folder_is_named(open_folder: Path) -> None:
    result = call(open_folder / "khac", "backup", STORAGE_URL="s3://kho/diemcau")
    assert result.returncode == 2
    assert "STORAGE_URL" in one_line(result)
