"""The border of the command line: whatever a command raises becomes one line on stderr and an exit code."""

import os
import secrets
import traceback
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from core.errors import Refusal
from core.services import ServiceError
from core.settings import SettingsError

DONE, SAYS_NO, WRONG_CALL = 0, 1, 2
LOG_NAME = "commands.log"


class BadInput(Exception):
    """A file or value given on the command line cannot be used; the text is one Vietnamese line."""


def run(command: click.Command, arguments: Sequence[str]) -> int:
    """Run a command and return its exit code; never raises for a failure of the command."""
    try:
        outcome = command.main(list(arguments), prog_name="diemcau", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return WRONG_CALL
    except click.UsageError as error:
        return _say(_usage_line(error), WRONG_CALL)
    except click.ClickException as error:
        return _say(error.format_message(), WRONG_CALL)
    except (SettingsError, BadInput, Refusal) as error:
        return _say(str(error), WRONG_CALL)
    except ServiceError as error:
        return _say(str(error), SAYS_NO)
    except (click.Abort, KeyboardInterrupt):
        return _say("Đã dừng theo yêu cầu.", SAYS_NO)
    except Exception:  # noqa: BLE001 (border of the command line: logged with an id, told in one line)
        return _say(_unexpected(), SAYS_NO)
    return outcome if isinstance(outcome, int) else DONE


def _say(line: str, code: int) -> int:
    click.echo(" ".join(line.split()), err=True)
    return code


def _usage_line(error: click.UsageError) -> str:
    where = error.ctx.command_path if error.ctx else "diemcau"
    return f"Gọi sai: {_in_vietnamese(error)} (xem: {where} --help)"


def _in_vietnamese(error: click.UsageError) -> str:
    """What was wrong with the call; click's own English stays where it says more than we can."""
    if isinstance(error, click.NoSuchOption):
        return f"không có tùy chọn {error.option_name}"
    name = error.param.get_error_hint(error.ctx) if isinstance(error, click.BadParameter) and error.param else ""
    if isinstance(error, click.MissingParameter):
        return f"thiếu {name}"
    if isinstance(error, click.BadParameter) and isinstance(error.param, click.Parameter):
        if isinstance(error.param.type, click.Path):
            return f"{name}: tệp hoặc thư mục không có, hoặc không đọc được ({error.message})"
        return f"giá trị của {name} không dùng được ({error.message})"
    if error.ctx is not None and isinstance(error.ctx.command, click.Group):
        return f"không có lệnh này ({error.format_message()})"
    return error.format_message()


def _unexpected() -> str:
    """Write the trace-back where the administrator finds it; the terminal gets an id."""
    number = secrets.token_hex(4)
    path = Path(os.environ.get("DIEMCAU_HOME") or "var").absolute() / "logs" / LOG_NAME
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a") as stream:
            stream.write(f"{datetime.now(UTC).isoformat()} {number}\n{traceback.format_exc()}\n")
    except OSError:
        return f"Lỗi ngoài dự kiến {number}, và không ghi được nhật ký vào {path}."
    return f"Lỗi ngoài dự kiến {number}. Chi tiết ghi trong {path}; hãy gửi mã lỗi cho quản trị viên."
