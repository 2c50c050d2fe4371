"""Where an installation's sockets and files may lie, so that short socket paths and foreign accounts both work.

In: the data folder. Out: paths; nothing is created except by `private_folder`.
"""

import contextlib
import hashlib
import os
import re
import stat
from pathlib import Path

from core.services import ServiceError

#: `sun_path` of a Unix socket holds 108 bytes with the closing zero.
SOCKET_PATH_LIMIT_BYTES = 107
#: Characters that need no quoting in libpq addresses, PostgreSQL lists and Celery URLs alike.
_PLAIN = re.compile(r"[A-Za-z0-9/._-]+")
#: Fixed on purpose, not `TMPDIR`: two shells of one person must find the same socket.
_SHORT_ROOT = Path("/tmp")  # noqa: S108 (only a private folder of ours is made in it, see private_folder)


def installation_mark(home: Path) -> str:
    """Ten hexadecimal digits that stand for one data folder on this machine."""
    return hashlib.sha256(os.fsencode(home.resolve())).hexdigest()[:10]


def socket_folder(home: Path, service: str, socket_name: str, *, foreign_account: bool = False) -> Path:
    """Folder for a service's Unix socket: beneath the data folder if the path is short, plain and reachable.

    Args:
        home: data folder of the installation.
        service: short name of the service, becomes a folder of its own.
        socket_name: file name of the socket, counts for the length.
        foreign_account: the service runs under another account, which must be able to walk there.
    """
    near = home.resolve() / "run" / service
    path = near / socket_name
    fits = len(os.fsencode(path)) <= SOCKET_PATH_LIMIT_BYTES and _PLAIN.fullmatch(str(path))
    if fits and not (foreign_account and not others_may_reach(home)):
        return near
    return _SHORT_ROOT / f"diemcau-{os.getuid()}-{installation_mark(home)}-{service}"


def drop_stand_in(folder: Path) -> None:
    """Remove a socket folder that stood in for one in the data folder, if nobody uses it any more."""
    if folder.parent == _SHORT_ROOT:
        with contextlib.suppress(OSError):
            folder.rmdir()


def others_may_reach(home: Path) -> bool:
    """Whether an unrelated account can walk down to the data folder (the folder itself is ours to open)."""
    parents = (parent for parent in home.resolve().parents if parent.exists())
    return all(parent.stat().st_mode & stat.S_IXOTH for parent in parents)


def private_folder(path: Path, *, owner: tuple[int, int] | None = None) -> Path:
    """Make a folder of mode 700 that belongs to `owner` (uid, gid), by default to us.

    Raises:
        ServiceError: somebody else has put something in its place.
    """
    uid, gid = owner or (os.getuid(), os.getgid())
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.mkdir(mode=0o700)
    except FileExistsError:
        found = path.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {uid, os.getuid()}:
            raise ServiceError(f"Thư mục {path} thuộc về tài khoản khác. Hãy xóa thư mục đó rồi chạy lại.") from None
    if path.stat().st_uid != uid:
        os.chown(path, uid, gid)
    path.chmod(0o700)
    return path
