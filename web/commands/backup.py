"""`diemcau backup`: database and stored files in one archive. Works while the services run, and while they do not."""

import tempfile
from pathlib import Path

import click

from core.clock import in_vietnam, utc_now
from core.settings import load_settings
from web.commands.archive import objects_folder, write_archive
from web.commands.border import BadInput
from web.commands.postgres_tools import dump
from web.commands.stores import database_available


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
def backup(file: Path | None) -> None:
    """Sao lưu cơ sở dữ liệu và tệp lưu trữ vào một tệp (mặc định: diemcau-NGÀY-GIỜ.tar ở thư mục hiện tại).

    Back up the database and the stored files into one archive. Secrets (secrets.json) are not in it: keep them apart.
    """
    settings, now = load_settings(), utc_now()
    target = (file or Path(f"diemcau-{in_vietnam(now):%Y%m%d-%H%M%S}.tar")).absolute()
    if target.exists():
        raise BadInput(f"{target} đã có; hãy chọn tên khác, bản sao lưu không bị ghi đè.")
    if not target.parent.is_dir():
        raise BadInput(f"Không có thư mục {target.parent}.")
    objects = objects_folder(settings.storage_url)
    try:
        with (
            tempfile.TemporaryDirectory(dir=target.parent, prefix=".diemcau-") as draft,
            database_available(settings, must_exist=True),
        ):
            # The database first: objects are written before the rows that name them and never change afterwards.
            dump(settings, Path(draft) / "database.dump")
            manifest = write_archive(target, Path(draft) / "database.dump", objects, now)
    except OSError as error:
        raise BadInput(f"{target}: không ghi được ({error.strerror}).") from error
    size = target.stat().st_size / 1024**2
    click.echo(f"Đã sao lưu cơ sở dữ liệu và {manifest.object_count} tệp vào {target} ({size:.1f} MB).")
    click.echo(f"Khóa bí mật không nằm trong đó; hãy giữ riêng {settings.home / 'secrets.json'}.", err=True)
