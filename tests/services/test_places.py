"""Socket paths: short, plain, the same in every process, and never in somebody else's folder."""

import stat
from pathlib import Path

import pytest

from core.services import ServiceError
from core.services.places import SOCKET_PATH_LIMIT_BYTES, private_folder, socket_folder

NAME = ".s.PGSQL.5432.lock"


def test_a_short_plain_path_is_used_as_it_is() -> None:
    home = Path("/srv/diemcau/var")
    assert socket_folder(home, "db", NAME) == home / "run" / "db"


@pytest.mark.parametrize(
    "home",
    [
        Path("/srv") / ("dai" * 40),
        Path("/srv/Bộ Mẫu/dữ liệu"),
        Path("/srv/co dau cach"),
        Path("/srv/a,b"),
        Path("/srv/a%20b"),
    ],
)
def test_a_long_or_odd_path_gets_a_short_stand_in(home: Path) -> None:
    folder = socket_folder(home, "db", NAME)
    assert folder.parent == Path("/tmp")  # noqa: S108 (fixed on purpose)
    assert len(str(folder / NAME)) <= SOCKET_PATH_LIMIT_BYTES
    assert folder == socket_folder(home, "db", NAME)
    assert folder != socket_folder(home / "khac", "db", NAME)
    assert folder != socket_folder(home, "mq", NAME)


def test_the_limit_counts_bytes_exactly() -> None:
    overhead = len(str(Path("/run/db") / NAME))
    fits = Path("/" + "a" * (SOCKET_PATH_LIMIT_BYTES - overhead - 1))
    assert socket_folder(fits, "db", NAME).is_relative_to(fits)
    assert not socket_folder(fits.with_name(fits.name + "a"), "db", NAME).is_relative_to("/a")


def test_a_home_closed_to_others_gets_a_stand_in_for_a_foreign_account(tmp_path: Path) -> None:
    closed = tmp_path / "dong"
    closed.mkdir(mode=0o700)
    assert not socket_folder(closed / "var", "db", "s", foreign_account=True).is_relative_to(closed)
    assert socket_folder(closed / "var", "db", "s").is_relative_to(closed) or len(str(closed)) > 60


def test_private_folders_are_private_and_links_are_refused(tmp_path: Path) -> None:
    folder = private_folder(tmp_path / "db")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    folder.chmod(0o755)
    assert stat.S_IMODE(private_folder(folder).stat().st_mode) == 0o700
    (tmp_path / "bay").symlink_to(folder)
    with pytest.raises(ServiceError, match="thuộc về tài khoản khác"):
        private_folder(tmp_path / "bay")
