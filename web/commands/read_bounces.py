"""`diemcau read-bounces`: reports of undeliverable mail from a folder, a file or standard input."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from core.mail.bounces import LARGEST_BYTES, UnreadableBounce, read_bounces
from core.mail.service import record_bounce
from core.runtime import Runtime
from core.settings import load_settings
from web.commands.border import SAYS_NO, BadInput
from web.commands.stores import runtime_for


@click.command()
@click.argument("source", type=click.Path(exists=True, allow_dash=True, path_type=Path))
@click.option(
    "--done",
    type=click.Path(file_okay=False, path_type=Path),
    help="Chuyển thư đã đọc vào thư mục này. | Move what was read into this folder.",
)
@click.pass_context
def read_bounces_command(ctx: click.Context, source: Path, done: Path | None) -> None:
    """Đọc thư báo không gửi được (DSN, RFC 3464) từ thư mục, từ một tệp, hoặc “-” cho đầu vào chuẩn.

    Read delivery status notifications from a folder (a Maildir too), a file, or “-” for standard input, and mark the
    mails they name. Safe to run again over the same files. Exit code 1 if one could not be matched or read.
    """
    matched = strange = 0
    with runtime_for(load_settings(), must_exist=True) as runtime:
        for path, data in _messages(source):
            known, unknown = _note(runtime, data)
            matched, strange = matched + known, strange + unknown
            if path is not None and done is not None and not unknown:
                done.mkdir(parents=True, exist_ok=True)
                path.replace(done / path.name)
    click.echo(f"Đã ghi nhận {matched} thư bị trả lại; {strange} thông báo không khớp với thư nào hoặc không đọc được.")
    if strange:
        ctx.exit(SAYS_NO)


def _messages(source: Path) -> Iterator[tuple[Path | None, bytes]]:
    if str(source) == "-":
        yield None, sys.stdin.buffer.read(LARGEST_BYTES + 1)
        return
    if source.is_file():
        yield source, _read(source)
        return
    for path in sorted(source.rglob("*")):
        # Dot files are other programs' drafts; links may lead anywhere.
        if path.is_file() and not path.is_symlink() and not path.name.startswith("."):
            yield path, _read(path)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(LARGEST_BYTES + 1)
    except OSError as error:
        raise BadInput(f"{path}: không đọc được tệp ({error.strerror}).") from error


def _note(runtime: Runtime, data: bytes) -> tuple[int, int]:
    """How many failures of one notice were matched, and how many were not."""
    try:
        bounces = read_bounces(data)
    except UnreadableBounce:
        return 0, 1
    matched = 0
    with runtime.database.transaction() as session:
        for bounce in bounces:
            mail = record_bounce(session, bounce.message_id, bounce.diagnostic, recipient=bounce.recipient)
            matched += mail is not None
    return matched, len(bounces) - matched
