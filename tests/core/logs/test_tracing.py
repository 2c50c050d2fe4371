"""Spans reach a collector over OTLP/HTTP where one is named, and nothing is made or imported where none is."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status

from core.logs import context, tracing
from core.services.ports import free_port


class Collector:
    """Receives what an OpenTelemetry collector would."""

    def __init__(self) -> None:
        self.spans: list[Span] = []
        self.services: set[str] = set()
        kept = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                read = ExportTraceServiceRequest.FromString(self.rfile.read(int(self.headers["Content-Length"])))
                kept.take(self.path, read)
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Quiet."""

        self.port = free_port()
        self.server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,))
        self.thread.start()

    def take(self, path: str, read: ExportTraceServiceRequest) -> None:
        assert path == "/v1/traces"
        for resource in read.resource_spans:
            self.services |= {
                item.value.string_value for item in resource.resource.attributes if item.key == "service.name"
            }
            for scope in resource.scope_spans:
                self.spans += scope.spans

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch) -> Iterator[Collector]:
    # The engines of other tests in this process may have been silenced.
    monkeypatch.delenv("OTEL_SDK_DISABLED", raising=False)
    receiver = Collector()
    try:
        yield receiver
    finally:
        tracing.stop()
        receiver.close()


def told(span: Span) -> dict[str, str]:
    return {item.key: item.value.string_value for item in span.attributes}


def test_a_request_and_its_task_are_one_trace(collector: Collector) -> None:
    assert tracing.start(f"http://127.0.0.1:{collector.port}")
    headers: dict[str, str] = {}
    with context.bound(request_id="a" * 32), tracing.span("GET operator.meetings", "server"):
        tracing.note(status=200, endpoint="operator.meetings", title="Họp giao ban")
        tracing.carry(headers)
        own = tracing.ids_now()
    with tracing.span("transcription.run_stage", "consumer", headers), tracing.span("stage recognise"):
        pass
    tracing.stop()
    spans = {span.name: span for span in collector.spans}
    assert set(spans) == {"GET operator.meetings", "transcription.run_stage", "stage recognise"}
    assert {span.trace_id.hex() for span in spans.values()} == {own["trace_id"]}
    assert spans["transcription.run_stage"].parent_span_id.hex() == own["span_id"]
    assert spans["stage recognise"].parent_span_id == spans["transcription.run_stage"].span_id
    first = spans["GET operator.meetings"]
    assert (first.kind, spans["transcription.run_stage"].kind) == (Span.SPAN_KIND_SERVER, Span.SPAN_KIND_CONSUMER)
    assert told(first)["diemcau.request_id"] == "a" * 32
    assert "Họp" not in str(told(first))
    assert collector.services == {"diemcau"}


def test_an_error_is_named_and_not_quoted(collector: Collector) -> None:
    tracing.start(f"http://127.0.0.1:{collector.port}")
    with pytest.raises(LookupError), tracing.span("stage name"):
        raise LookupError("Họp giao ban")
    tracing.stop()
    (span,) = collector.spans
    assert span.status.code == Status.STATUS_CODE_ERROR
    assert told(span)["diemcau.fault"] == "LookupError"
    assert "giao ban" not in str(span)


def test_engines_that_are_silenced_after_the_start_silence_no_trace(
    collector: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    tracing.start(f"http://127.0.0.1:{collector.port}")
    monkeypatch.setenv("OTEL_SDK_DISABLED", "true")
    with tracing.span("stage recognise"):
        pass
    tracing.stop()
    assert [span.name for span in collector.spans] == ["stage recognise"]
    assert os.environ["OTEL_SDK_DISABLED"] == "true"


def test_the_standards_own_variable_does_as_well(collector: Collector, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", f"http://127.0.0.1:{collector.port}")
    assert tracing.start()
    with tracing.span("stage name"):
        pass
    tracing.stop()
    assert [span.name for span in collector.spans] == ["stage name"]


def test_switched_off_as_a_whole() -> None:
    environment = {"OTEL_SDK_DISABLED": "true", "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9"}
    assert not tracing.is_wanted("http://127.0.0.1:9", environment)
    assert not tracing.is_wanted("", {})


def test_without_a_collector_nothing_of_it_is_even_imported() -> None:
    program = (
        "import sys\n"
        "from core.logs import tracing\n"
        "assert not tracing.start()\n"
        "with tracing.span('x', 'server', {'traceparent': ''}):\n"
        "    tracing.note(status=200); tracing.carry({}); assert tracing.ids_now() == {}\n"
        "tracing.stop()\n"
        "print(*[name for name in sys.modules if name.startswith(('opentelemetry', 'structlog'))])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env={})
    assert done.stdout.strip() == ""
