"""`diemcau down`: tell the running supervisor to stop, and wait until everything is gone."""

import os
import signal

import click

from core.services import ServiceError
from core.services.process import wait_until
from core.services.registry import running_supervisor
from core.settings import load_settings

PATIENCE_SECONDS = 60


@click.command()
def down() -> None:
    """Dừng toàn bộ dịch vụ đang chạy. | Stop all running services."""
    home = load_settings().home
    record = running_supervisor(home)
    if record is None:
        click.echo("Điểm Cầu không chạy.", err=True)
        return
    try:
        os.kill(record.pid, signal.SIGTERM)
    except PermissionError as error:
        raise ServiceError(f"Tiến trình {record.pid} thuộc về tài khoản khác; hãy dừng bằng tài khoản đó.") from error
    if not wait_until(lambda: not record.alive, PATIENCE_SECONDS, pause_seconds=0.1):
        raise ServiceError(f"Tiến trình {record.pid} chưa dừng sau {PATIENCE_SECONDS} giây. Xem {home / 'logs'}.")
    click.echo("Đã dừng toàn bộ dịch vụ.", err=True)
