"""`diemcau load-sample`: the ministry of invented people, while the services run or while they do not."""

import click

from core.settings import load_settings
from web.commands.stores import runtime_for


@click.command()
def load_sample() -> None:
    """Nạp một bộ gồm người và đơn vị hư cấu để dùng thử; chạy lại không thay đổi gì.

    Load a ministry of invented people for a trial; running it again changes nothing.
    """
    from web.demo.sample import load_sample as load

    settings = load_settings()
    with runtime_for(settings) as runtime:
        counts = load(runtime)
    click.echo(
        f"Đã có {counts['units']} đơn vị, {counts['people']} người, {counts['endpoints']} điểm cầu, "
        f"{counts['accounts']} tài khoản. Mật khẩu nằm trong {settings.home / 'sign-ins.json'}."
    )
