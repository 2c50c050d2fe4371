"""`diemcau backup`, `backup-secrets`, `backup-key`: database and files in one sealed archive, secrets in another.

They work while the services run, and while they do not.
"""

import os
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import click
import pyrage

from core import audit
from core.clock import in_vietnam, utc_now
from core.purging.register import public_half
from core.secrets import FILE_NAME as SECRETS
from core.settings import Settings, load_settings
from web.commands.archive import sha256_of, write_archive
from web.commands.border import BadInput
from web.commands.postgres_tools import dump
from web.commands.sealed_files import Recipient, recipients_of, sealed
from web.commands.stores import database_available

_recipients = click.option(
    "--recipient", "recipients", multiple=True, help="Khóa công khai age1… | Public key it is sealed for; repeatable."
)
_HOW = (
    "Bản sao lưu phải được mã hóa: tạo khóa bằng ./diemcau backup-key TỆP (giữ tệp ở nơi khác), rồi đặt "
    "DIEMCAU_BACKUP_RECIPIENTS=age1… hoặc thêm --recipient age1…"
)


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
@_recipients
@click.option("--plain", is_flag=True, help="Không mã hóa. | Unsealed, onto a disk that is sealed itself.")
def backup(file: Path | None, recipients: Sequence[str], plain: bool) -> None:
    """Sao lưu cơ sở dữ liệu và tệp lưu trữ vào một tệp mã hóa (mặc định: diemcau-NGÀY-GIỜ.tar.age ở thư mục hiện tại).

    Back up the database and the stored files into one archive, sealed with age for the holders of the private keys.
    Secrets (secrets.json) are not in it: see backup-secrets.
    """
    settings, now = load_settings(), utc_now()
    keys = _keys(settings, recipients)
    if not keys and not plain:
        raise BadInput(_HOW + ", hoặc chọn --plain nếu ổ đĩa đích đã mã hóa.")
    if plain:
        keys = []
    ending = "tar.age" if keys else "tar"
    target = _new_file(file or Path(f"diemcau-{in_vietnam(now):%Y%m%d-%H%M%S}.{ending}"))
    try:
        with (
            tempfile.TemporaryDirectory(dir=target.parent, prefix=".diemcau-") as draft,
            database_available(settings, must_exist=True),
        ):
            # The database first: objects are written before the rows that name them and never change afterwards.
            dump(settings, Path(draft) / "database.dump")
            count = _archive(settings, target, Path(draft) / "database.dump", keys, now)
    except OSError as error:
        raise BadInput(f"{target}: không ghi được ({error.strerror}).") from error
    size = target.stat().st_size / 1024**2
    click.echo(f"Đã sao lưu cơ sở dữ liệu và {count} tệp vào {target} ({size:.1f} MB).")
    click.echo("Sổ tiêu hủy (diemcau-tieu-huy-….json) nằm cạnh đó: luôn giữ bản mới nhất cùng bản sao lưu.", err=True)
    click.echo("Khóa bí mật không nằm trong đó; hãy lưu riêng bằng: ./diemcau backup-secrets TỆP", err=True)


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@_recipients
def backup_secrets(file: Path, recipients: Sequence[str]) -> None:
    """Sao lưu khóa bí mật của hệ thống (secrets.json) vào một tệp mã hóa riêng; giữ ở nơi khác với bản sao lưu.

    The secrets of the installation, sealed. Without them voice prints, second factors and sessions of a restored
    installation cannot be read; with them and a backup everything can.
    """
    settings = load_settings()
    keys = _keys(settings, recipients)
    if not keys:
        raise BadInput(_HOW + ".")
    target = _new_file(file)
    content = (settings.home / SECRETS).read_bytes()
    try:
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out, sealed(out, keys) as stream:
            stream.write(content)
    except OSError as error:
        raise BadInput(f"{target}: không ghi được ({error.strerror}).") from error
    click.echo(f"Đã lưu khóa bí mật vào {target}. Hãy giữ ở nơi khác với bản sao lưu.")


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup_key(file: Path) -> None:
    """Tạo cặp khóa age: nửa bí mật vào TỆP (đem cất nơi khác), nửa công khai in ra màn hình.

    Make a pair of age keys: the private half into FILE, to be kept elsewhere; the public half is printed.
    """
    target = _new_file(file)
    identity = pyrage.x25519.Identity.generate()
    public = str(identity.to_public())
    try:
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as out:
            out.write(f"# public key: {public}\n{identity}\n")
    except OSError as error:
        raise BadInput(f"{target}: không ghi được ({error.strerror}).") from error
    click.echo(public)
    click.echo(
        f"Nửa bí mật nằm trong {target}: hãy chuyển ra khỏi máy này. Mất nó thì không mở được bản sao lưu.", err=True
    )


def _archive(settings: Settings, target: Path, database: Path, keys: Sequence[Recipient], now: datetime) -> int:
    # Imported here: all rooms come with it, and a wrong call shall be answered at once.
    from web.composition import build_runtime
    from web.purging import register

    runtime = build_runtime(settings)
    try:
        public = public_half(register.key_of(settings))
        manifest = write_archive(target, database, runtime.storage, now, keys, register_key=public)
        # The trail knows of every backup: whoever must destroy something asks it where copies may be.
        with runtime.database.transaction() as session:
            audit.record(
                session,
                None,
                "backup.made",
                "backup",
                uuid4(),
                file=target.name,
                sha256=sha256_of(target),
                sealed=bool(keys),
            )
        # Purges to come must be known to whoever restores this archive.
        register.remember_place(settings, target.parent)
        if target.parent in register.keep(runtime):
            raise BadInput(f"{target.parent}: không ghi được sổ tiêu hủy cạnh bản sao lưu.")
    finally:
        runtime.database.dispose()
    return manifest.object_count


def _keys(settings: Settings, recipients: Sequence[str]) -> list[Recipient]:
    return recipients_of(recipients or settings.backup_recipients)


def _new_file(file: Path) -> Path:
    target = file.absolute()
    if target.exists():
        raise BadInput(f"{target} đã có; hãy chọn tên khác, bản sao lưu không bị ghi đè.")
    if not target.parent.is_dir():
        raise BadInput(f"Không có thư mục {target.parent}.")
    return target
