"""Which services make up an installation: the supervisor's plan and the health checks, from the settings.

In: settings. Out: a plan for `core.services.supervisor` and the environment its children run in.
"""

import http.client
import os
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from signal import Signals

from core.services.places import installation_mark
from core.services.postgres import PostgresService
from core.services.process import Launch
from core.services.registry import MARK_VARIABLE
from core.services.service import Plan, Service, Step, StopPlan, Tier, plain_launch
from core.services.valkey import ValkeyService
from core.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
LOOPBACK = "127.0.0.1"
#: Half of the threads may be held by open consoles (`web.console.stream.MOST_STREAMS`).
WEB_PROCESSES, WEB_THREADS = 2, 32

#: Replaying what a crash left may take a database minutes, loading its file a broker one.
DATABASE_SILENCE_SECONDS, BROKER_SILENCE_SECONDS, WEB_SILENCE_SECONDS = 600, 300, 60

DATABASE_STOP: StopPlan = ((Signals.SIGINT, 10), (Signals.SIGQUIT, 5))
BROKER_STOP: StopPlan = ((Signals.SIGTERM, 8),)
WEB_STOP: StopPlan = ((Signals.SIGTERM, 6),)
#: Celery: finish what is short, then give up what is long. The stage's row brings it back after the next start.
WORKER_STOP: StopPlan = ((Signals.SIGTERM, 4), (Signals.SIGQUIT, 6))

#: Variables of the caller's shell that would bend our children.
_NOT_INHERITED = ("VIETASR_LIBRARY_PATH", "GUNICORN_CMD_ARGS", "CELERY_CONFIG_MODULE", "PYTHONPATH", "PYTHONHOME")
_importing = threading.Lock()
#: For health checks over the broker: a broker that is down shall cost a moment, not Celery's patient retries.
_IMPATIENT = {
    "socket_timeout": 2,
    "socket_connect_timeout": 2,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
    "interval_max": 0,
}
_SILENCE = {
    "HF_HUB_OFFLINE": "1",
    "PYANNOTE_METRICS_ENABLED": "0",
    "ORT_DISABLE_TELEMETRY": "1",
    "PYTHONUNBUFFERED": "1",
    "LANG": "C.UTF-8",
}


def child_environment(settings: Settings, *, threads: int = 1) -> dict[str, str]:
    """Environment of a child: the caller's settings, made absolute, nothing that phones home, bounded threads."""
    inherited = {name: value for name, value in os.environ.items() if name not in _NOT_INHERITED}
    own = {
        "DIEMCAU_HOME": str(settings.home),
        "DIEMCAU_PORT": str(settings.port),
        "OMP_NUM_THREADS": str(threads),
        MARK_VARIABLE: installation_mark(settings.home),
    }
    return {**inherited, **_SILENCE, **own}


def service_plan(settings: Settings, *, sample: bool = False) -> Plan:
    """Database and broker (unless they are elsewhere), migrations, then web, workers and beat."""
    return [stores_tier(settings), migrate_step(settings, sample=sample), application_tier(settings)]


def stores_tier(settings: Settings) -> Tier:
    """The embedded database and broker; empty at a site that runs its own."""
    postgres, valkey = PostgresService(settings.home), ValkeyService(settings.home)
    database = Service(
        "database",
        "Cơ sở dữ liệu",
        lambda: _marked(postgres.prepare(), settings),
        postgres.is_healthy,
        DATABASE_STOP,
        longest_silence_seconds=DATABASE_SILENCE_SECONDS,
        tidy=postgres.tidy,
    )
    broker = Service(
        "broker",
        "Hàng đợi",
        lambda: _marked(valkey.prepare(), settings),
        valkey.is_healthy,
        BROKER_STOP,
        longest_silence_seconds=BROKER_SILENCE_SECONDS,
        tidy=valkey.tidy,
    )
    tier = [(database, settings.database_url == postgres.url), (broker, settings.broker_url == valkey.url)]
    return [service for service, embedded in tier if embedded]


def migrate_step(settings: Settings, *, sample: bool = False) -> Step:
    """Brings the schema up to date before anybody looks at it."""
    command = [sys.executable, "-m", "web.commands", "migrate", *(["--sample"] if sample else [])]
    return Step("migrate", "Cập nhật cấu trúc dữ liệu", plain_launch(command, ROOT, child_environment(settings)))


def application_tier(settings: Settings) -> Tier:
    """Web server, the two workers, and beat, which tells the time."""
    return [_web(settings), _worker(settings, "speech", ("speech",)), _general_worker(settings), _beat(settings)]


def web_answers(port: int) -> Callable[[], bool]:
    """A check whether the web server on this port answers `/healthz`."""

    def ask() -> bool:
        connection = http.client.HTTPConnection(LOOPBACK, port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    return ask


def web_command(settings: Settings) -> list[str]:
    """How the web server is started: a few processes, each with threads, since open consoles hold one each."""
    options = {
        "--bind": f"{LOOPBACK}:{settings.port}",
        "--worker-class": "gthread",
        "--workers": str(WEB_PROCESSES),
        "--threads": str(WEB_THREADS),
        "--timeout": "120",
        "--graceful-timeout": "4",
        "--keep-alive": "5",
    }
    words = [word for pair in options.items() for word in pair]
    # Loaded once and then forked: half the start on a small machine. The app opens no connection before its first use.
    return [sys.executable, "-m", "gunicorn", *words, "--preload", "--no-control-socket", "web.wsgi:app"]


def _web(settings: Settings) -> Service:
    launch = plain_launch(web_command(settings), ROOT, child_environment(settings))
    return Service(
        "web", "Máy chủ web", launch, web_answers(settings.port), WEB_STOP, longest_silence_seconds=WEB_SILENCE_SECONDS
    )


def _general_worker(settings: Settings) -> Service:
    return _worker(settings, "general", ("default", "media", "mail"), concurrency=2)


def _worker(settings: Settings, name: str, queues: tuple[str, ...], *, concurrency: int = 1) -> Service:
    node = f"{name}@{installation_mark(settings.home)}.{socket.gethostname()}"
    options = ["-Q", ",".join(queues), "-n", node, "-c", str(concurrency), "--pool", "prefork", "-l", "INFO"]
    # Workers of one installation have nothing to tell each other at start; asking costs seconds.
    command = [*_celery("worker"), *options, "--prefetch-multiplier", "1", "--without-gossip", "--without-mingle"]
    threads = settings.speech_threads if name == "speech" else 1
    # Orphaned by a kill -9 of the supervisor it gives up at once, instead of computing on beside its successor.
    launch = plain_launch(command, ROOT, child_environment(settings, threads=threads), Signals.SIGQUIT)
    title = "Tiến trình gỡ băng" if name == "speech" else "Tiến trình xử lý chung"
    return Service(f"worker-{name}", title, launch, _worker_answers(settings, node), WORKER_STOP)


def _worker_answers(settings: Settings, node: str) -> Callable[[], bool]:
    def ask() -> bool:
        # Here, not above: Celery costs a second that `--help` must not pay. Its packages replace themselves while they
        # are imported, which two threads at once would trip over.
        with _importing:
            from celery import Celery
            from kombu.exceptions import OperationalError

        with Celery(broker=settings.broker_url, set_as_current=False) as probe:
            probe.conf.update(broker_connection_retry=False, broker_transport_options=_IMPATIENT)
            try:
                return bool(probe.control.ping(destination=[node], timeout=1, limit=1))
            except (OperationalError, OSError):
                return False

    return ask


def _beat(settings: Settings) -> Service:
    schedule = settings.home / "run" / "beat-schedule"
    command = [*_celery("beat"), "-s", str(schedule), "-l", "INFO"]
    launch = plain_launch(command, ROOT, child_environment(settings))
    return Service("beat", "Bộ hẹn giờ", launch, stop=WEB_STOP)


def _celery(command: str) -> list[str]:
    return [sys.executable, "-m", "celery", "-A", "web.worker:celery", command]


def _marked(launch: Launch, settings: Settings) -> Launch:
    environment = {**launch.environment, MARK_VARIABLE: installation_mark(settings.home)}
    return Launch(launch.command, launch.cwd, environment, launch.account, launch.orphan_signal)
