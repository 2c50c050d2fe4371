"""`diemcau restore`: an archive of `backup` into an empty place."""

import shutil
import tempfile
from pathlib import Path

import click

from core.services import ServiceError
from core.services.registry import running_supervisor
from core.settings import Settings, load_settings
from web.commands.archive import DUMP, OBJECTS, objects_folder, read_archive
from web.commands.border import BadInput
from web.commands.postgres_tools import fill
from web.commands.stores import database_available


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Phục hồi bản sao lưu vào nơi còn trống (DIEMCAU_HOME chưa có dữ liệu). Kiểm tra mã SHA-256 trước khi ghi.

    Restore an archive into an empty place. Every SHA-256 is checked before anything is written.
    """
    settings = load_settings()
    if running_supervisor(settings.home) is not None:
        raise ServiceError("Các dịch vụ đang chạy. Hãy dừng trước: ./diemcau down")
    objects = objects_folder(settings.storage_url)
    if objects.exists() and any(objects.iterdir()):
        raise BadInput(f"{objects} đã có dữ liệu. Chỉ phục hồi vào nơi còn trống, ví dụ DIEMCAU_HOME=var-moi.")
    objects.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=objects.parent, prefix=".diemcau-") as draft:
        manifest = read_archive(file, Path(draft))
        with database_available(settings):
            _refuse_if_filled(settings)
            fill(settings, Path(draft) / DUMP)
        if manifest.object_count:
            shutil.rmtree(objects, ignore_errors=True)
            (Path(draft) / OBJECTS).rename(objects)
    click.echo(f"Đã phục hồi cơ sở dữ liệu và {manifest.object_count} tệp (sao lưu lúc {manifest.created_at}).")
    click.echo("Kiểm tra tiếp: ./diemcau verify-audit, rồi ./diemcau up", err=True)


def _refuse_if_filled(settings: Settings) -> None:
    from sqlalchemy import create_engine, inspect

    engine = create_engine(settings.database_url)
    try:
        tables = inspect(engine).get_table_names()
    finally:
        engine.dispose()
    if tables:
        raise BadInput(f"Cơ sở dữ liệu đã có {len(tables)} bảng. Chỉ phục hồi vào nơi còn trống.")
