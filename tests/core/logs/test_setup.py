"""One chain for all loggers: JSON for programs, words for people, the same fields."""

import ast
import logging
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from core.logs import context
from tests.core.logs.lines import logged

HOUSE = Path(__file__).resolve().parents[3]
ROOMS = ("core", "papers", "orchestrator", "transcription", "minutes", "web")
METHODS = frozenset({"debug", "info", "warning", "error", "exception", "critical", "log"})
#: Whatever stands at the end of an argument of a line is one of these or ends in `_id`.
TALKS_OF_CONTENT = frozenset(
    {"title", "text", "words", "login", "display_name", "email", "address", "token", "password", "subject", "body"}
    | {"sentence", "full_name", "note", "reason_text", "content", "url"}
)


@pytest.fixture(autouse=True)
def _hooks() -> Iterator[None]:
    before = threading.excepthook
    yield
    threading.excepthook = before


def test_both_kinds_of_logger_write_the_same_line() -> None:
    with logged() as lines:
        logging.getLogger("web.x").info("room of meeting %s is gone", 7, extra={"status": 200, "title": "Họp"})
        structlog.get_logger("web.x").info("room of meeting 7 is gone", status=200, title="Họp")
    first, second = lines.all()
    assert list(first)[:4] == ["time", "level", "logger", "event"]
    assert {**first, "time": ""} == {**second, "time": ""}
    assert first["status"] == 200
    assert "Họp" not in lines.text


def test_what_is_bound_stands_in_every_line() -> None:
    with logged() as lines, context.bound(request_id="a" * 32, meeting_id="00000000-0000-4000-8000-000000000001"):
        logging.getLogger("core.x").info("begins")
        with context.bound(stage="recognise"):
            logging.getLogger("core.x").info("goes on")
        logging.getLogger("core.x").info("ends")
    assert [line.get("stage") for line in lines.all()] == [None, "recognise", None]
    assert {line["request_id"] for line in lines.all()} == {"a" * 32}


def test_an_error_without_its_text() -> None:
    with logged() as lines:
        try:
            int("Họp giao ban")
        except ValueError:
            logging.getLogger("core.x").exception("run %s broke", "Họp giao ban")
    (line,) = lines.all()
    assert line["event"] == "run … broke"
    assert line["fault"] == "ValueError"
    assert line["trace"][0].startswith("tests/core/logs/test_setup.py:")
    assert "giao ban" not in lines.text


def test_a_thread_that_breaks_is_a_line_as_well() -> None:
    def breaks() -> None:
        raise RuntimeError("Họp giao ban")

    with logged() as lines:
        thread = threading.Thread(target=breaks)
        thread.start()
        thread.join()
    assert lines.all()[0]["fault"] == "RuntimeError"
    assert "giao ban" not in lines.text


def test_strangers_news_is_dropped_and_their_trouble_told_by_its_place() -> None:
    with logged() as lines:
        logging.getLogger("urllib3.x").info("GET /join/secret")
        logging.getLogger("urllib3.x").warning("retrying /join/secret")
    (line,) = lines.all()
    assert line["trace"][0].startswith("tests/core/logs/test_setup.py:")
    assert "secret" not in lines.text


def test_words_for_a_terminal_hold_the_same_fields() -> None:
    with logged("text") as lines, context.bound(request_id="b" * 32):
        logging.getLogger("web.x").info("request answered", extra={"status": 200, "title": "Họp"})
    assert "request answered" in lines.text
    assert "status=200" in lines.text
    assert "b" * 32 in lines.text
    assert "Họp" not in lines.text


def _calls() -> Iterator[tuple[str, ast.Call]]:
    for room in ROOMS:
        for path in sorted((HOUSE / room).rglob("*.py")):
            text = path.read_text()
            if "getLogger" not in text:
                continue
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.Call) and _is_a_line(node.func):
                    yield f"{path.relative_to(HOUSE)}:{node.lineno}", node


def _is_a_line(called: ast.expr) -> bool:
    if not isinstance(called, ast.Attribute) or called.attr not in METHODS:
        return False
    return isinstance(called.value, ast.Name) and called.value.id == "log"


def test_no_line_of_ours_is_given_content() -> None:
    """Beside the chain, which withholds by form: no call even hands over a title, a name, an address."""
    wrong = []
    for place, call in _calls():
        words = call.args[1:] if isinstance(call.func, ast.Attribute) and call.func.attr == "log" else call.args
        if not (isinstance(words[0], ast.Constant) and isinstance(words[0].value, str)):
            wrong.append(f"{place}: its sentence is no constant")
        for argument in words[1:]:
            ends = {node.attr for node in ast.walk(argument) if isinstance(node, ast.Attribute)}
            ends |= {node.id for node in ast.walk(argument) if isinstance(node, ast.Name)}
            if found := ends & TALKS_OF_CONTENT:
                wrong.append(f"{place}: {', '.join(sorted(found))}")
    assert wrong == []
