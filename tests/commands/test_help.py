"""Help in two languages, quickly; wrong calls answered with one line."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.conftest import ROOT, call, environment, one_line
from web.commands.group import COMMANDS

VIETNAMESE = set("ăâđêôơưáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ")
#: The contract of the issue: none may be renamed.
CONTRACT = [
    "up",
    "down",
    "status",
    "demo",
    "transcribe",
    "draft",
    "extract",
    "check",
    "verify-audit",
    "backup",
    "restore",
    "load-sample",
    "import-units",
]


def test_help_names_every_command_of_the_contract(tmp_path: Path) -> None:
    result = call(tmp_path, "--help")
    assert result.returncode == 0
    for name in CONTRACT:
        assert f"  {name} " in result.stdout
    assert "Settings come from DIEMCAU_" in result.stdout
    assert "thư mục dữ liệu" in result.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_explains_itself_in_both_languages(tmp_path: Path, name: str) -> None:
    result = call(tmp_path, name, "--help")
    assert result.returncode == 0, result.stderr
    text = result.stdout.partition("Options:")[0]
    assert VIETNAMESE & set(text.lower())
    assert any(word in text.split() for word in ("a", "an", "the", "all", "each", "one", "from")), text


def test_help_loads_nothing_heavy(tmp_path: Path) -> None:
    script = (
        "import sys\nfrom web.commands.border import run\nfrom web.commands.group import cli\nrun(cli, ['--help'])\n"
        "print([name for name in ('torch', 'sqlalchemy', 'celery', 'flask', 'numpy', 'docx') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environment(tmp_path), capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["khong-co"], "khong-co"),
        (["up", "--port", "nam"], "--port"),
        (["up", "--port", "70000"], "--port"),
        (["transcribe", "khong-co.wav", "--out", "ra"], "khong-co.wav"),
        (["transcribe"], "FILE"),
        (["check"], "FILES"),
        (["draft", "khong-co.json", "--out", "ra", "--meeting", "/etc/hostname"], "khong-co.json"),
        (["restore", "khong-co.tar"], "khong-co.tar"),
        (["status", "--nhanh"], "--nhanh"),
    ],
)
def test_a_wrong_call_is_one_line_and_exit_code_2(tmp_path: Path, words: list[str], says: str) -> None:
    result = call(tmp_path, *words)
    assert result.returncode == 2
    line = one_line(result)
    assert says in line
    assert "--help" in line


def test_no_command_shows_the_help_and_is_a_wrong_call(tmp_path: Path) -> None:
    result = call(tmp_path)
    assert result.returncode == 2
    assert "load-sample" in result.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DIEMCAU_PORT", "tám nghìn"),
        ("DIEMCAU_PORT", "0"),
        ("DIEMCAU_SECRET_KEY", "ngắn"),
        ("DIEMCAU_SECRET_KEY", "change-me-change-me-change-me-change-me"),
        ("DATABASE_URL", "mysql://ai/do"),
        ("DIEMCAU_BASE_URL", "meet.example.vn"),
    ],
)
def test_a_wrong_setting_is_one_line_that_names_it(tmp_path: Path, name: str, value: str) -> None:
    result = call(tmp_path, "status", **{name: value})
    assert result.returncode == 2
    assert name in one_line(result)


def test_a_data_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "tep").write_text("không phải thư mục")
    result = call(tmp_path / "tep" / "var", "status")
    assert result.returncode == 2
    assert "DIEMCAU_HOME" in one_line(result)
