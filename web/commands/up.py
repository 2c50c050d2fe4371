"""`diemcau up`: all services, in the foreground, until Ctrl-C."""

import contextlib
import os
import socket
from functools import partial

import click

from core.services import ServiceError
from core.services.registry import AlreadyRunning, running_supervisor
from core.services.supervisor import Supervisor
from core.settings import Settings, load_settings
from web.commands.border import BadInput
from web.commands.plan import LOOPBACK, runs_here, service_plan

say = partial(click.echo, err=True)


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), help="Cổng web, mặc định 8000. | Web port, 8000 by default.")
@click.option("--sample", is_flag=True, help="Nạp dữ liệu mẫu và in mật khẩu. | Load sample data, print the sign-ins.")
def up(port: int | None, sample: bool) -> None:
    """Chạy toàn bộ dịch vụ ở chế độ tiền cảnh; Ctrl-C để dừng.

    Run all services in the foreground; Ctrl-C stops them.
    """
    # Recordings, papers and logs are nobody else's business on a machine with several people.
    os.umask(0o077)
    if port is not None:
        os.environ["DIEMCAU_PORT"] = str(port)
    settings = load_settings()
    refuse_if_running(settings)
    if runs_here(settings, "web"):
        refuse_if_port_taken(settings)
    if runs_here(settings, "speech") or runs_here(settings, "pieces"):
        prepare_weights(settings)
    supervisor = Supervisor(
        service_plan(settings, sample=sample),
        settings.home,
        address=settings.external_url,
        port=settings.port,
        announce=say,
    )
    supervisor.run(ready=partial(_tell_ready, settings, sample=sample))
    say("Đã dừng toàn bộ dịch vụ.")


def refuse_if_running(settings: Settings) -> None:
    """Say so early, before a port that is taken by ourselves is blamed on somebody else."""
    record = running_supervisor(settings.home)
    if record is not None:
        raise AlreadyRunning(
            f"Điểm Cầu đang chạy rồi (tiến trình {record.pid}, {record.address}). Muốn dừng, hãy chạy: ./diemcau down"
        )


def refuse_if_port_taken(settings: Settings) -> None:
    """Raises BadInput where another program listens on our port."""
    with contextlib.closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, settings.port))
        except OSError as error:
            raise BadInput(
                f"DIEMCAU_PORT: không dùng được cổng {settings.port} ({error.strerror}). "
                f"Hãy chọn cổng khác, ví dụ: ./diemcau up --port {settings.port % 65000 + 1}"
            ) from error


def prepare_weights(settings: Settings) -> None:
    """Assemble the speech models on the first start; a site with models of its own needs none of ours.

    Raises ServiceError where what the site configured is not there, or differs from the hashes laid beside it.
    """
    from transcription.faults import StageFault

    try:
        _prepare_weights(settings)
    except StageFault as fault:
        raise ServiceError(fault.sentence()) from fault
    except OSError as error:
        raise ServiceError(f"Không ghi được mô hình vào {settings.weights_directory}: {error.strerror}") from error


def _prepare_weights(settings: Settings) -> None:
    from transcription.engines.readiness import check_ready
    from transcription.pipeline.workbench import engine_settings

    check_ready(settings.recognizer, engine_settings(settings))
    if settings.whisper_model and settings.pyannote_model:
        return
    from transcription.weights import ensure_weights

    def show(fraction: float, phrase: str) -> None:
        say(f"  {phrase} ({fraction:.0%})")

    ensure_weights(settings.weights_directory, show)


def _tell_ready(settings: Settings, *, sample: bool) -> None:
    from web.demo.sign_ins import FILE_NAME, read_sign_ins

    sign_ins = read_sign_ins(settings.home)
    if sample:
        say("Tài khoản của bản cài đặt này (mật khẩu tạo ngẫu nhiên, không có mật khẩu mặc định):")
        for login, password in sign_ins.items():
            say(f"  {login:<16} {password}")
    elif sign_ins:
        say(f"Mật khẩu ban đầu nằm trong {settings.home / FILE_NAME}; hãy đổi rồi xóa tệp này.")
    say(f"Điểm Cầu sẵn sàng tại {settings.external_url} (Ctrl-C để dừng)")
