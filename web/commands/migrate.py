"""`diemcau migrate`: bring the database to the newest schema. `up` does it by itself; a site may want it apart."""

import click

from core.settings import load_settings


@click.command()
def migrate() -> None:
    """Cập nhật cấu trúc cơ sở dữ liệu lên bản mới nhất. | Bring the database to the newest schema."""
    from core.migrations import upgrade_to_head

    upgrade_to_head(load_settings().database_url)
