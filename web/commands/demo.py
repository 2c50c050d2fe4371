"""`diemcau demo`: the whole journey on the sample recording, through the HTTP API of services it starts itself."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import click

from core.services import ServiceError
from core.services.ports import free_port
from core.services.registry import running_supervisor
from core.settings import Settings, load_settings
from web.commands.border import BadInput
from web.commands.plan import LOOPBACK, ROOT
from web.commands.up import prepare_weights
from web.demo.screen import Screen

START_SECONDS = 180
STOP_SECONDS = 60
#: What the supervisor says of a service while it starts.
STATES = {"starting": "đang khởi động", "running": "hoạt động", "silent": "chưa trả lời"}


@click.command()
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("out"),
    help="Thư mục kết quả, mặc định out. | Folder of the results.",
)
def demo(out: Path) -> None:
    """Chạy trọn một cuộc họp mẫu: từ kế hoạch đến thông báo kết luận đã phát hành.

    Walk one sample meeting from its plan to the issued notice and leave the papers in the output folder.
    """
    from web.composition import build_runtime
    from web.demo.client import ApiRefusal
    from web.demo.gold import load_gold
    from web.demo.journey import Journey, JourneyStopped
    from web.demo.sample import load_sample
    from web.demo.sign_ins import read_sign_ins
    from web.demo.walk import walk

    settings, screen = load_settings(), Screen()
    _make_folder(out)
    screen.step("Chuẩn bị: mô hình tiếng nói, cơ sở dữ liệu, hàng đợi, web, tiến trình xử lý")
    prepare_weights(settings)
    with running_services(settings, screen) as address:
        runtime = build_runtime(settings)
        counts = load_sample(runtime)
        screen.line(f"Bộ mẫu: {counts['units']} đơn vị, {counts['people']} người, {counts['endpoints']} điểm cầu.")
        journey = Journey(
            base_url=address,
            sign_ins=read_sign_ins(settings.home),
            hook_secret=settings.jitsi_hook_secret.get_secret_value(),
            gold=load_gold(),
            out=out,
            screen=screen,
        )
        try:
            walk(journey)
        except (ApiRefusal, JourneyStopped) as error:
            raise ServiceError(f"Diễn tập dừng ở bước {screen.steps}: {error}") from error
        finally:
            runtime.database.dispose()
    screen.line("Xem tiếp trên trình duyệt: make up (in địa chỉ và mật khẩu đăng nhập).")


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(f"--out: không tạo được thư mục {out} ({error.strerror}).") from error


@contextlib.contextmanager
def running_services(settings: Settings, screen: Screen) -> Iterator[str]:
    """Address of this installation's services: the ones that run already, else started here and stopped at the end."""
    record = running_supervisor(settings.home)
    if record is not None and record.ready:
        screen.line(f"Dùng dịch vụ đang chạy tại {record.address}.")
        yield f"http://{LOOPBACK}:{record.port}"
        return
    try:
        port = free_port(settings.port)
    except OSError as none:
        raise ServiceError("Không còn cổng trống trên 127.0.0.1.") from none
    log = settings.home / "logs" / "demo-up.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "web.commands", "up", "--port", str(port)],
            cwd=ROOT,
            stdout=output,
            stderr=output,
            env={**os.environ, "DIEMCAU_HOME": str(settings.home)},
            start_new_session=True,
        )
        try:
            yield _wait_until_ready(settings, screen, process, log)
        finally:
            _stop(process)


def _wait_until_ready(settings: Settings, screen: Screen, process: "subprocess.Popen[bytes]", log: Path) -> str:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        record = running_supervisor(settings.home)
        if record is not None:
            started = {
                entry.title: (float(entry.state == "running"), STATES.get(entry.state, ""))
                for entry in record.processes
            }
            screen.bars(started)
            if record.ready:
                return f"http://{LOOPBACK}:{record.port}"
        if process.poll() is not None:
            break
        time.sleep(0.3)
    lines = log.read_text(errors="replace").splitlines() or ["không có nhật ký"]
    raise ServiceError(f"Dịch vụ không khởi động được: {lines[-1]} (xem {log})")


def _stop(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
