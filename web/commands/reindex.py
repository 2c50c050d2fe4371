"""`diemcau reindex`: make the index of the search again."""

import click

from core.search.making import make_again
from core.settings import load_settings
from web.commands.stores import runtime_for


@click.command()
def reindex() -> None:
    """Lập lại chỉ mục tìm kiếm từ dữ liệu hiện có; chạy lúc nào cũng được, công việc khác vẫn tiếp tục.

    Make the index of the search again from what is stored; safe at any time, work goes on meanwhile.
    """
    with runtime_for(load_settings(), must_exist=True) as runtime:
        changed = make_again(runtime.database, _tell)
    click.echo(f"Đã cập nhật {changed} đoạn trong chỉ mục.")


def _tell(kind: str, done: int, of: int) -> None:
    click.echo(f"{kind}: {done}/{of}")
