"""The queue: Celery over Valkey. Messages are JSON and carry ids only; every task may run twice.

A message is a hint that there is work, never the record of it: the record is a row, and whoever owns such rows also
registers a periodic reconciler with `every`. So a broker that forgets costs time, not work.
"""

import logging
import time
from contextlib import ExitStack
from typing import Any

from celery import Celery, Task
from celery.signals import (
    setup_logging,
    task_postrun,
    task_prerun,
    worker_process_init,
    worker_process_shutdown,
    worker_ready,
)
from kombu.exceptions import OperationalError

from core import tally
from core.logs import context, setup, tracing
from core.runtime import current

log = logging.getLogger(__name__)

QUEUES = ("default", "media", "speech", "short", "pieces", "mail")

#: Longest a delivered message may stay unacknowledged before the broker hands it out again. It must be longer than the
#: longest task, else a long one is started twice; the stage rows' heartbeats notice a dead worker long before this.
VISIBILITY_TIMEOUT_SECONDS = 12 * 3600

#: Header of a message that names the request it goes back to.
REQUEST_HEADER = "diemcau_request_id"

#: What `core.tally` keeps: when each task of the timetable last went well, when each worker last showed itself.
TIMETABLE, WORKERS = "task", "worker"
SIGN_SECONDS = 30.0

_periodic: dict[str, float] = {}


class RoomTask(Task[Any, Any]):
    """Base of all tasks: acknowledged when done, so that a killed worker's message is handed out again."""

    acks_late = True
    ignore_result = True
    reject_on_worker_lost = False


def make_celery(broker_url: str) -> "Celery[Any]":
    """The Celery application for this broker; tasks come in with the modules that declare them."""
    celery: Celery[Any] = Celery("diemcau", broker=broker_url, task_cls=RoomTask)
    transport: dict[str, Any] = {"visibility_timeout": VISIBILITY_TIMEOUT_SECONDS, "socket_timeout": 10}
    celery.conf.update(
        accept_content=["json"],
        task_serializer="json",
        result_backend=None,
        task_ignore_result=True,
        task_acks_late=True,
        task_default_queue="default",
        task_create_missing_queues=True,
        worker_prefetch_multiplier=1,
        worker_hijack_root_logger=False,
        broker_transport_options=transport,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        task_publish_retry=False,
        timezone="UTC",
        beat_schedule=beat_schedule(),
    )
    return celery


def every(seconds: float, task_name: str) -> None:
    """Have beat send this task so often. Called where the task is declared."""
    _periodic[task_name] = seconds


def beat_schedule() -> dict[str, dict[str, Any]]:
    """Celery's timetable, made from what the rooms have registered. A late tick expires instead of piling up."""
    return {
        name: {"task": name, "schedule": seconds, "options": {"expires": max(seconds, 1.0), "queue": "default"}}
        for name, seconds in _periodic.items()
    }


def timetable() -> dict[str, float]:
    """Names of the tasks that beat sends, with the seconds between two."""
    return dict(_periodic)


def enqueue(task_name: str, *ids: str, queue: str) -> None:
    """Tell the workers that a row waits. A broker that cannot be reached is logged: the reconciler sends again."""
    if queue not in QUEUES:
        raise ValueError(f"unknown queue {queue!r}")
    try:
        current().celery.send_task(task_name, args=list(ids), queue=queue, headers=_carried())
    except (OperationalError, OSError) as error:
        log.warning("broker unreachable, %s left to its reconciler: %s", task_name, type(error).__name__)


def _carried() -> dict[str, str]:
    """What a message tells beside its ids: the request that it goes back to, the trace that it belongs to."""
    headers: dict[str, str] = {}
    if request_id := context.request_id_now():
        headers[REQUEST_HEADER] = request_id
    tracing.carry(headers)
    return headers


#: When the tasks that run in this process began, and their spans, by their identity.
_running: dict[str, tuple[float, ExitStack]] = {}


@setup_logging.connect
def _one_log(**_: Any) -> None:
    """Workers and beat log as all others do; connected, it keeps Celery from making handlers of its own."""
    setup.configure(current().settings.log_format)
    tracing.start(current().settings.otel_endpoint)


@task_prerun.connect
def _task_begins(task_id: str, task: Task[Any, Any], **_: Any) -> None:
    """Every line that the task logs carries its name and the request that it goes back to."""
    headers = {name: value for name, value in vars(task.request).items() if isinstance(value, str)}
    headers |= {name: value for name, value in (task.request.headers or {}).items() if isinstance(value, str)}
    asked = headers.get(REQUEST_HEADER, "")
    context.start_afresh(task=task.name, task_id=task_id, request_id=asked if context.is_request_id(asked) else None)
    stack = ExitStack()
    _running[task_id] = time.monotonic(), stack
    stack.enter_context(tracing.span(task.name, "consumer", headers))


@task_postrun.connect
def _task_ended(task_id: str, task: Task[Any, Any], state: str | None = None, **_: Any) -> None:
    began, stack = _running.pop(task_id, (time.monotonic(), ExitStack()))
    told = {"status": (state or "unknown").lower(), "duration_ms": round((time.monotonic() - began) * 1000, 1)}
    # What the timetable wakes every few seconds is told only where it went wrong.
    quiet = task.name in _periodic and state == "SUCCESS"
    if quiet:
        tally.note_seen(TIMETABLE, task.name)
    log.log(logging.DEBUG if quiet else logging.INFO, "task ended", extra=told)
    tracing.note(**told)
    stack.close()
    context.start_afresh()


@worker_ready.connect
def _worker_shows_itself(sender: Any, **_: Any) -> None:
    """A sign of life every half minute, idle or not, for the page of operations."""
    node = str(sender.hostname)
    tally.note_seen(WORKERS, node)
    sender.timer.call_repeatedly(SIGN_SECONDS, tally.note_seen, (WORKERS, node))


@worker_process_shutdown.connect
def _last_spans(**_: Any) -> None:
    tracing.stop()


@worker_process_init.connect
def _fresh_connections(**_: Any) -> None:
    # A forked child must not share the parent's PostgreSQL sockets.
    current().database.engine.dispose(close=False)
