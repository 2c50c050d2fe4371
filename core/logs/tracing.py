"""Traces for a collector of the site (OpenTelemetry, OTLP over HTTP): only where one is named, else nothing at all.

In: an address in the settings, or OpenTelemetry's own variables (`OTEL_EXPORTER_OTLP_ENDPOINT`,
`OTEL_EXPORTER_OTLP_TRACES_ENDPOINT`). Out: a span for each request, task and stage, with the fields of the log and
nothing else. Without an address no package of OpenTelemetry is even imported, and nothing leaves the house.
"""

import os
import threading
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from typing import Any, Literal

from core.logs import known
from core.logs.context import ids_now as log_ids

Kind = Literal["server", "consumer", "internal"]

_VARIABLES = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
_SWITCH = "OTEL_SDK_DISABLED"
_SERVICE = "diemcau"
#: How long the end of a process may wait for its last spans.
_LAST_MILLISECONDS = 2000
#: A collector that is away costs its sender no more than this, in a thread of its own.
_SEND_SECONDS = 5

_starting = threading.Lock()


class _State:
    """The collector, and what sends to it: made with a process's first span, since threads do not survive forks."""

    wanted = False
    endpoint = ""
    provider: Any = None
    pid = 0


_state = _State()


def is_wanted(endpoint: str, environment: Mapping[str, str]) -> bool:
    """Whether a collector is named, and OpenTelemetry is not switched off as a whole."""
    if environment.get(_SWITCH, "").lower() == "true":
        return False
    return bool(endpoint or any(environment.get(name) for name in _VARIABLES))


def start(endpoint: str = "") -> bool:
    """Make spans from now on, for the collector at this address or in the environment; False where none is named."""
    _state.wanted, _state.endpoint = is_wanted(endpoint, os.environ), endpoint
    return _state.wanted


def stop() -> None:
    """Send what is left and make no more spans."""
    provider, _state.provider, _state.wanted = _state.provider, None, False
    if provider is not None and _state.pid == os.getpid():
        provider.force_flush(_LAST_MILLISECONDS)
        provider.shutdown()


def _tracer() -> Any:
    with _starting:
        if _state.provider is None or _state.pid != os.getpid():
            _state.provider, _state.pid = _new_provider(), os.getpid()
        # Ours alone: a library that looks for the process's provider finds none and stays silent.
        return _state.provider.get_tracer(_SERVICE)


def _new_provider() -> Any:
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    address = f"{_state.endpoint.rstrip('/')}/v1/traces" if _state.endpoint else None
    with _switch_lifted():
        provider = TracerProvider(
            resource=Resource.create({"service.name": os.environ.get("OTEL_SERVICE_NAME") or _SERVICE}),
            shutdown_on_exit=False,
        )
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=address, timeout=_SEND_SECONDS)))
    return provider


@contextmanager
def _switch_lifted() -> Iterator[None]:
    """What the site wants was asked at the start; the speech engines may have been silenced by this switch since."""
    was = os.environ.pop(_SWITCH, None)
    try:
        yield
    finally:
        if was is not None:
            os.environ[_SWITCH] = was


@contextmanager
def span(name: str, kind: Kind = "internal", carrier: Mapping[str, str] | None = None) -> Iterator[None]:
    """A span around a block, below the one that is open or the one `carrier` tells of (W3C `traceparent`)."""
    if not _state.wanted:
        yield
        return
    with _opened(name, kind, carrier) as opened:
        try:
            yield
        except BaseException as error:
            note(fault=type(error).__name__)
            _mark_failed(opened)
            raise


@contextmanager
def _opened(name: str, kind: Kind, carrier: Mapping[str, str] | None) -> Iterator[Any]:
    from opentelemetry.trace import SpanKind
    from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

    parent = TraceContextTextMapPropagator().extract(carrier) if carrier else None
    kinds = {"server": SpanKind.SERVER, "consumer": SpanKind.CONSUMER, "internal": SpanKind.INTERNAL}
    opened = _tracer().start_as_current_span(
        name,
        context=parent,
        kind=kinds[kind],
        attributes=_attributes(log_ids()),
        # An error's text may be content; its kind is noted instead.
        record_exception=False,
        set_status_on_exception=False,
    )
    with opened as current_span:
        yield current_span


def _mark_failed(opened: Any) -> None:
    from opentelemetry.trace import StatusCode

    opened.set_status(StatusCode.ERROR)


def note(**fields: Any) -> None:
    """Add fields of the log to the open span."""
    if _state.wanted:
        from opentelemetry import trace

        trace.get_current_span().set_attributes(_attributes(fields))


def ids_now() -> dict[str, str]:
    """Identities of the open span for the log; empty where there is none."""
    if not _state.wanted:
        return {}
    from opentelemetry import trace

    context = trace.get_current_span().get_span_context()
    return {"trace_id": f"{context.trace_id:032x}", "span_id": f"{context.span_id:016x}"} if context.is_valid else {}


def carry(headers: MutableMapping[str, Any]) -> None:
    """Write the open span into the headers of a message, so that what it starts belongs to the same trace."""
    if _state.wanted:
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        TraceContextTextMapPropagator().inject(headers)


def _attributes(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {f"diemcau.{key}": value for key, value in known.chosen(fields).items() if value != known.WITHHELD}
