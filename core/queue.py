"""The queue: Celery over Valkey. Messages are JSON and carry ids only; every task may run twice.

A message is a hint that there is work, never the record of it: the record is a row, and whoever owns such rows also
registers a periodic reconciler with `every`. So a broker that forgets costs time, not work.
"""

import logging
from typing import Any

from celery import Celery, Task
from celery.signals import worker_process_init
from kombu.exceptions import OperationalError

from core.runtime import current

log = logging.getLogger(__name__)

QUEUES = ("default", "media", "speech", "short", "pieces", "mail")

#: Longest a delivered message may stay unacknowledged before the broker hands it out again. It must be longer than the
#: longest task, else a long one is started twice; the stage rows' heartbeats notice a dead worker long before this.
VISIBILITY_TIMEOUT_SECONDS = 12 * 3600

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


def enqueue(task_name: str, *ids: str, queue: str) -> None:
    """Tell the workers that a row waits. A broker that cannot be reached is logged: the reconciler sends again."""
    if queue not in QUEUES:
        raise ValueError(f"unknown queue {queue!r}")
    try:
        current().celery.send_task(task_name, args=list(ids), queue=queue)
    except (OperationalError, OSError) as error:
        log.warning("broker unreachable, %s left to its reconciler: %s", task_name, type(error).__name__)


@worker_process_init.connect
def _fresh_connections(**_: Any) -> None:
    # A forked child must not share the parent's PostgreSQL sockets.
    current().database.engine.dispose(close=False)
