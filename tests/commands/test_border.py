"""What a command raises becomes one line and an exit code."""

from pathlib import Path

import click
import pytest

from core.errors import NotFound
from core.services import ServiceError
from core.settings import SettingsError
from web.commands.border import BadInput, run


def command_that_raises(error: BaseException) -> click.Command:
    @click.command()
    def command() -> None:
        raise error

    return command


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (BadInput("tệp hỏng"), 2),
        (SettingsError("DIEMCAU_PORT: sai"), 2),
        (NotFound(), 2),
        (click.UsageError("thiếu"), 2),
        (click.FileError("a.txt", "không có"), 2),
        (ServiceError("không khởi động được"), 1),
        (click.Abort(), 1),
        (KeyboardInterrupt(), 1),
    ],
)
def test_known_failures(error: BaseException, code: int, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(command_that_raises(error), []) == code
    output = capfd.readouterr()
    assert output.out == ""
    assert len(output.err.strip().splitlines()) == 1  # click itself ends the line of a ^C first


def test_a_message_of_several_lines_becomes_one(capfd: pytest.CaptureFixture[str]) -> None:
    run(command_that_raises(ServiceError("một\nhai")), [])
    assert capfd.readouterr().err == "một hai\n"


def test_the_unexpected_gets_a_number_and_its_trace_goes_to_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DIEMCAU_HOME", str(tmp_path))
    assert run(command_that_raises(ZeroDivisionError("bí mật")), []) == 1
    line = capfd.readouterr().err
    number = line.split()[4].rstrip(".")
    assert "bí mật" not in line
    log = (tmp_path / "logs" / "commands.log").read_text()
    assert number in log
    assert "ZeroDivisionError: bí mật" in log


def test_the_unexpected_without_a_place_for_its_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "tep").touch()
    monkeypatch.setenv("DIEMCAU_HOME", str(tmp_path / "tep"))
    assert run(command_that_raises(ZeroDivisionError()), []) == 1
    assert "không ghi được nhật ký" in capfd.readouterr().err


def test_exit_codes_of_commands_pass_through() -> None:
    @click.command()
    @click.pass_context
    def says_no(ctx: click.Context) -> None:
        ctx.exit(1)

    assert run(says_no, []) == 1
    assert run(click.Command("nothing", callback=lambda: None), []) == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--sai"], "không có tùy chọn --sai"),
        ([], "thiếu 'FILE'"),
        (["/khong/co"], "tệp hoặc thư mục không có"),
        (["--count", "ba", __file__], "giá trị của '--count' không dùng được"),
    ],
)
def test_a_wrong_call_is_explained_in_vietnamese(
    arguments: list[str], words: str, capfd: pytest.CaptureFixture[str]
) -> None:
    @click.command()
    @click.argument("file", type=click.Path(exists=True))
    @click.option("--count", type=int)
    def command(file: str, count: int) -> None:
        raise AssertionError(f"called with {file}, {count}")

    assert run(command, arguments) == 2
    assert words in capfd.readouterr().err
