"""What the supervisor, the proxy and the monitoring ask: alive, ready, counted. No names and no content."""

import logging
from collections.abc import Callable
from io import BytesIO

from flask import Blueprint, Response, jsonify
from kombu.exceptions import OperationalError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from core.errors import Refusal
from core.runtime import current
from web.metrics import render_metrics

log = logging.getLogger(__name__)
blueprint = Blueprint("service", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """The process answers."""
    return jsonify({"status": "ok"})


@blueprint.get("/readyz")
def readyz() -> tuple[Response, int]:
    """Database, broker and storage answer; 503 with the parts that do not."""
    parts = parts_work()
    ready = all(parts.values())
    states = {name: "ok" if works else "unreachable" for name, works in parts.items()}
    return jsonify({"status": "ok" if ready else "unready", "parts": states}), 200 if ready else 503


@blueprint.get("/metrics")
def metrics() -> Response:
    """Prometheus text format."""
    with current().database.transaction() as session:
        return Response(render_metrics(session), mimetype="text/plain", content_type="text/plain; version=0.0.4")


def parts_work() -> dict[str, bool]:
    """Whether database, broker and storage answer, each asked just now."""
    return {name: _works(name, probe) for name, probe in _PROBES.items()}


def _works(name: str, probe: Callable[[], None]) -> bool:
    try:
        probe()
    except (SQLAlchemyError, OperationalError, OSError, Refusal) as error:
        log.warning("readiness: %s does not answer (%s)", name, type(error).__name__)
        return False
    return True


def _probe_database() -> None:
    with current().database.engine.connect() as connection:
        connection.execute(text("SELECT 1"))


def _probe_broker() -> None:
    with current().celery.connection_for_write(connect_timeout=2) as connection:
        connection.ensure_connection(max_retries=1, interval_start=0, timeout=2)


def _probe_storage() -> None:
    storage = current().storage
    stored = storage.put(BytesIO(b"ready"), prefix="probe")
    try:
        storage.verify(stored.key, stored.sha256)
    finally:
        storage.delete(stored.key)


_PROBES: dict[str, Callable[[], None]] = {
    "database": _probe_database,
    "broker": _probe_broker,
    "storage": _probe_storage,
}
