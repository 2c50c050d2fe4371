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
#: A third of the threads may be held by open consoles (`web.console.stream.MOST_STREAMS`), a third by screens that show
#: what is being said (`web.live.stream.MOST_STREAMS`).
WEB_PROCESSES, WEB_THREADS = 2, 48
#: Longer than the proxy before us keeps an idle connection (deploy/nginx): it closes first, and no request meets a
#: connection that we are just closing.
KEEP_ALIVE_SECONDS = 75

#: Replaying what a crash left may take a database minutes, loading its file a broker one.
DATABASE_SILENCE_SECONDS, BROKER_SILENCE_SECONDS, WEB_SILENCE_SECONDS = 600, 300, 60
#: Whatever it has heard lies in its journal: restarted, it goes on from there.
LIVE_SILENCE_SECONDS = 60

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
    """Web server, the workers, beat, which tells the time, and who listens to the room: those this machine runs."""
    tier = [_web(settings), *_speech_workers(settings), _general_worker(settings), _beat(settings)]
    if settings.live_transcription:
        tier.append(_live(settings))
    return [service for service in tier if runs_here(settings, service.name.removeprefix("worker-"))]


def runs_here(settings: Settings, name: str) -> bool:
    """Whether this machine runs the service, or the worker, of this name (`pieces-2` is one of `pieces`)."""
    return not settings.runs or name.partition("-")[0] in settings.runs


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
        "--keep-alive": str(KEEP_ALIVE_SECONDS),
    }
    words = [word for pair in options.items() for word in pair]
    # Loaded once and then forked: half the start on a small machine. The app opens no connection before its first use.
    return [sys.executable, "-m", "gunicorn", *words, "--preload", "--no-control-socket", "web.wsgi:app"]


def _web(settings: Settings) -> Service:
    launch = plain_launch(web_command(settings), ROOT, child_environment(settings))
    return Service(
        "web", "Máy chủ web", launch, web_answers(settings.port), WEB_STOP, longest_silence_seconds=WEB_SILENCE_SECONDS
    )


def _speech_workers(settings: Settings) -> list[Service]:
    """One that tells voices apart and helps with pieces, and those that never take what lasts long."""
    names = ["pieces", *(f"pieces-{number}" for number in range(2, settings.piece_workers + 1))]
    helpers = names[: settings.piece_workers]
    here = [name for name in ("speech", *helpers) if runs_here(settings, name)]
    threads = max(1, settings.speech_threads // max(1, len(here)))
    first = _worker(settings, "speech", ("speech", "short", "pieces"), threads=threads)
    return [first, *(_worker(settings, name, ("short", "pieces"), threads=threads) for name in helpers)]


def _general_worker(settings: Settings) -> Service:
    return _worker(settings, "general", ("default", "media", "mail"), concurrency=2)


def _worker(
    settings: Settings, name: str, queues: tuple[str, ...], *, concurrency: int = 1, threads: int = 1
) -> Service:
    node = f"{name}@{installation_mark(settings.home)}.{socket.gethostname()}"
    options = ["-Q", ",".join(queues), "-n", node, "-c", str(concurrency), "--pool", "prefork", "-l", "INFO"]
    # Workers of one installation have nothing to tell each other at start; asking costs seconds.
    command = [*_celery("worker"), *options, "--prefetch-multiplier", "1", "--without-gossip", "--without-mingle"]
    # Orphaned by a kill -9 of the supervisor it gives up at once, instead of computing on beside its successor.
    environment = {**child_environment(settings, threads=threads), "DIEMCAU_SPEECH_THREADS": str(threads)}
    launch = plain_launch(command, ROOT, environment, Signals.SIGQUIT)
    return Service(f"worker-{name}", _title(name), launch, _worker_answers(settings, node), WORKER_STOP)


def _title(name: str) -> str:
    if name == "general":
        return "Tiến trình xử lý chung"
    number = name.partition("-")[2] or "1"
    return "Tiến trình gỡ băng" if name == "speech" else f"Tiến trình nhận dạng {number}"


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


def _live(settings: Settings) -> Service:
    """Hears the conference's transcription stream."""
    launch = plain_launch([sys.executable, "-m", "web.live.listen"], ROOT, child_environment(settings))
    answers = web_answers(settings.live_listens_on)
    return Service("live", "Gỡ băng trực tiếp", launch, answers, WEB_STOP, longest_silence_seconds=LIVE_SILENCE_SECONDS)


def _celery(command: str) -> list[str]:
    # Quiet: no banner among the lines of the log.
    return [sys.executable, "-m", "celery", "-q", "-A", "web.worker:celery", command]


def _marked(launch: Launch, settings: Settings) -> Launch:
    environment = {**launch.environment, MARK_VARIABLE: installation_mark(settings.home)}
    return Launch(launch.command, launch.cwd, environment, launch.account, launch.orphan_signal)
