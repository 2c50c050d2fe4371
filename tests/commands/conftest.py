"""The command line as a person calls it: a process of its own, with a data folder of its own."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
Result = subprocess.CompletedProcess[str]
Caller = Callable[..., Result]


def environment(home: Path, **variables: str) -> dict[str, str]:
    """A clean environment with this data folder."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TZ") if name in os.environ}
    return {**kept, "PYTHONPATH": str(ROOT), "DIEMCAU_HOME": str(home), "HOME": str(home), **variables}


def call(home: Path, *words: object, cwd: Path = Path("/"), **variables: str) -> Result:
    """Run `diemcau WORDS…` and wait."""
    command = [sys.executable, "-P", "-m", "web.commands", *map(str, words)]
    return subprocess.run(
        command, cwd=cwd, env=environment(home, **variables), capture_output=True, text=True, timeout=180, check=False
    )


@pytest.fixture(scope="module")
def open_folder() -> Iterator[Path]:
    """A folder every account can walk to, as the embedded database of root needs it."""
    with tempfile.TemporaryDirectory(prefix="dc-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture(scope="module")
def home(open_folder: Path) -> Path:
    """A data folder with spaces and Vietnamese letters."""
    folder = open_folder / "dữ liệu Bộ Mẫu"
    folder.mkdir()
    return folder


@pytest.fixture
def diemcau(home: Path) -> Caller:
    """`diemcau("status")` in the module's data folder."""

    def caller(*words: object, **variables: str) -> Result:
        return call(home, *words, **variables)

    return caller


def one_line(result: Result) -> str:
    """The only line on stderr; standard output must be empty."""
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    assert len(lines) == 1, result.stderr
    assert "Traceback" not in result.stderr
    return lines[0]
