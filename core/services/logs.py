"""Log files of the services: one per process, put aside at a start once they are large, cut while they grow.

In: the folder and a name. Out: an open file for the output of a process; never more than `KEPT + 1` files of
`LARGE_BYTES`.
"""

import shutil
from pathlib import Path
from typing import BinaryIO

LARGE_BYTES = 5 * 1024 * 1024
KEPT = 3


def log_path(folder: Path, name: str) -> Path:
    """The log of one service."""
    return folder / f"{name}.log"


def open_log(folder: Path, name: str) -> BinaryIO:
    """Open for appending; a file that has grown large is put aside first."""
    folder.mkdir(parents=True, exist_ok=True)
    path = log_path(folder, name)
    if path.exists() and path.stat().st_size > LARGE_BYTES:
        _shift(path)
        path.rename(_old(path, 1))
    return path.open("ab")


def trim(folder: Path, name: str) -> None:
    """Put aside a copy and cut the file, while its process goes on writing (it appends, so it starts at zero again)."""
    path = log_path(folder, name)
    if not path.exists() or path.stat().st_size <= LARGE_BYTES:
        return
    _shift(path)
    shutil.copyfile(path, _old(path, 1))
    with path.open("r+b") as stream:
        stream.truncate(0)


def tail(folder: Path, name: str, lines: int = 1) -> str:
    """The last lines that say something, for a message on the terminal."""
    path = log_path(folder, name)
    if not path.exists():
        return ""
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - 4096))
        text = stream.read().decode(errors="replace")
    return "\n".join([line for line in text.splitlines() if line.strip()][-lines:])


def _shift(path: Path) -> None:
    for number in range(KEPT, 1, -1):
        older = _old(path, number - 1)
        if older.exists():
            older.replace(_old(path, number))


def _old(path: Path, number: int) -> Path:
    return path.with_name(f"{path.name}.{number}")
