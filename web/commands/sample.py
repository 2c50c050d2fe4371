"""`diemcau load-sample`: the ministry of invented people, into the running installation."""

import click

from core.services import ServiceError
from core.services.postgres import PostgresService
from core.settings import load_settings


@click.command()
def load_sample() -> None:
    """Nạp một bộ gồm người và đơn vị hư cấu để dùng thử; chạy lại không thay đổi gì.

    Load a ministry of invented people for a trial; running it again changes nothing.
    """
    from web.composition import build_runtime
    from web.demo.sample import load_sample as load

    settings = load_settings()
    embedded = PostgresService(settings.home)
    if settings.database_url == embedded.url and not embedded.is_healthy():
        raise ServiceError("Cơ sở dữ liệu không chạy. Hãy chạy ./diemcau up ở một cửa sổ khác rồi thử lại.")
    counts = load(build_runtime(settings))
    click.echo(
        f"Đã có {counts['units']} đơn vị, {counts['people']} người, {counts['endpoints']} điểm cầu, "
        f"{counts['accounts']} tài khoản. Mật khẩu nằm trong {settings.home / 'sign-ins.json'}."
    )
