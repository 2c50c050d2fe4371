"""`diemcau restore`, `restore-secrets`: an archive of `backup`, and the secrets, into an empty place."""

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

import click

from core.secrets import FILE_NAME as SECRETS
from core.secrets import NAMES
from core.services import ServiceError
from core.services.registry import running_supervisor
from core.settings import PREFIX, Settings, load_settings
from core.storage import Storage, open_storage
from web.commands.archive import DUMP, put_objects_back, read_archive
from web.commands.border import BadInput
from web.commands.postgres_tools import fill
from web.commands.purges_since import mark_unfinished, purge_again, registers_for, unmark
from web.commands.sealed_files import identities_of, opened
from web.commands.stores import database_available

_identities = click.option(
    "--identity",
    "identities",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Tệp khóa bí mật. | File with the private key.",
)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_identities
@click.option(
    "--purges",
    "registers",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Sổ tiêu hủy; không nêu thì tìm cạnh bản sao lưu. | Register of purges, if not beside the archive.",
)
@click.option("--no-purges", is_flag=True, help="Không có sổ tiêu hủy nào. | There is no register at all.")
def restore(file: Path, identities: Sequence[Path], registers: Sequence[Path], no_purges: bool) -> None:
    """Phục hồi bản sao lưu vào nơi còn trống (DIEMCAU_HOME chưa có dữ liệu). Kiểm tra mã SHA-256 trước khi ghi.

    Restore an archive into an empty place. Every SHA-256 is checked before anything is written. What was purged since
    the backup was made is destroyed again by the register that is kept beside it, before anybody can read it.
    """
    keys = identities_of(identities)
    settings = load_settings()
    if running_supervisor(settings.home) is not None:
        raise ServiceError("Các dịch vụ đang chạy. Hãy dừng trước: ./diemcau down")
    storage = open_storage(settings.storage_url, settings.storage_access)
    _refuse_if_kept(storage, settings)
    with tempfile.TemporaryDirectory(dir=settings.home, prefix=".diemcau-") as draft:
        manifest = read_archive(file, Path(draft), keys)
        known = [] if no_purges else registers_for(file, manifest, registers)
        with database_available(settings):
            _refuse_if_filled(settings)
            mark_unfinished(settings)
            fill(settings, Path(draft) / DUMP)
        put_objects_back(Path(draft), storage)
    purge_again(settings, known)
    unmark(settings)
    click.echo(f"Đã phục hồi cơ sở dữ liệu và {manifest.object_count} tệp (sao lưu lúc {manifest.created_at}).")
    click.echo("Tiếp theo: ./diemcau restore-secrets TỆP, ./diemcau verify-audit, rồi ./diemcau up", err=True)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_identities
def restore_secrets(file: Path, identities: Sequence[Path]) -> None:
    """Đặt lại khóa bí mật đã lưu bằng backup-secrets; khóa tự sinh ở nơi mới được giữ bên cạnh với đuôi .truoc.

    Put the secrets back; those made in the new place are kept beside them.
    """
    home = load_settings().home
    if running_supervisor(home) is not None:
        raise ServiceError("Các dịch vụ đang chạy. Hãy dừng trước: ./diemcau down")
    try:
        with opened(file, identities_of(identities)) as stream:
            content = stream.read()
        known = json.loads(content)
    except (ValueError, OSError) as error:
        raise BadInput(f"{file}: không phải tệp khóa bí mật của Điểm Cầu, hoặc bị hỏng.") from error
    if not isinstance(known, dict) or not set(NAMES) & set(known):
        raise BadInput(f"{file}: không phải tệp khóa bí mật của Điểm Cầu, hoặc bị hỏng.")
    path = home / SECRETS
    path.replace(path.with_name(f"{SECRETS}.truoc"))
    path.touch(mode=0o600)
    path.write_bytes(content)
    click.echo(f"Đã đặt lại {len(known)} khóa bí mật vào {path}.")


def _refuse_if_kept(storage: Storage, settings: Settings) -> None:
    if next(iter(storage.keys()), None) is not None:
        raise BadInput(
            f"{settings.storage_url} đã có dữ liệu. Chỉ phục hồi vào nơi còn trống, ví dụ {PREFIX}HOME=var-moi."
        )


def _refuse_if_filled(settings: Settings) -> None:
    from sqlalchemy import create_engine, inspect

    engine = create_engine(settings.database_url)
    try:
        tables = inspect(engine).get_table_names()
    finally:
        engine.dispose()
    if tables:
        raise BadInput(f"Cơ sở dữ liệu đã có {len(tables)} bảng. Chỉ phục hồi vào nơi còn trống.")
