"""The one handler of a process: stdlib's loggers and structlog's go through the same chain to standard error.

In: how lines shall look. Out: JSON, one object a line, where a program reads; aligned words where a person looks at a
terminal. Both hold the same fields, those of `known`.
"""

import logging
import os
import sys
import threading
from typing import TYPE_CHECKING, Any, Literal, TextIO

from core.logs import known, tracing
from core.logs.context import ids_now

if TYPE_CHECKING:
    import structlog

Form = Literal["auto", "json", "text"]
Fields = Any

#: Loggers that bring handlers of their own; theirs are taken away.
_WITH_HANDLERS = ("gunicorn", "gunicorn.error", "gunicorn.access", "celery", "celery.task", "celery.redirected")
#: Whose everyday news says something: of all others only what is out of order.
_TALKATIVE = (*sorted(known.TRUSTED - {"alembic", "kombu"}), "py.warnings")
#: Celery's three lines for each task; `core.queue` writes one, and none where a timetable's task went well.
_IN_OTHER_WORDS = ("celery.worker.strategy", "celery.app.trace", "celery.beat")


def configure(form: Form = "auto", stream: TextIO | None = None) -> None:
    """Send every line of this process to `stream` (standard error) in this form; may be called again."""
    # Imported here: a command that logs nothing need not wait for it.
    import structlog

    out = stream or sys.stderr
    handler = logging.StreamHandler(out)
    as_json = form == "json" or (form == "auto" and not out.isatty())
    handler.setFormatter(_formatter(as_json=as_json, colors=out.isatty()))
    # A line that cannot be written is dropped: stdlib would print it, with its arguments, past the chain.
    logging.raiseExceptions = False
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.INFO)
    for name in _IN_OTHER_WORDS:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in _WITH_HANDLERS:
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
    logging.captureWarnings(capture=True)
    threading.excepthook = _thread_broke
    structlog.configure(
        processors=[structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def _formatter(*, as_json: bool, colors: bool) -> "structlog.stdlib.ProcessorFormatter":
    import structlog

    renderer: Any = structlog.processors.JSONRenderer(ensure_ascii=False)
    if not as_json:
        renderer = structlog.dev.ConsoleRenderer(timestamp_key="time", colors=colors, sort_keys=False, pad_event_to=44)
    return structlog.stdlib.ProcessorFormatter(
        processors=[
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            _fill,
            _only_known,
            renderer,
        ],
        pass_foreign_args=True,
    )


def _fill(_logger: Any, _method: str, fields: Fields) -> Fields:
    """The record's sentence, its own fields, the ids of the moment, what is known of an error."""
    record: logging.LogRecord = fields["_record"]
    own = {key: value for key, value in vars(record).items() if key in known.KEYS and key not in _OF_RECORD}
    own |= {key: value for key, value in fields.items() if key in known.KEYS}
    if not fields.get("_from_structlog"):
        own["event"] = known.sentence(record.name, record.msg, fields.get("positional_args"))
        if own["event"] == known.WITHHELD:
            own["trace"] = [f"{known.place_of(record.pathname)}:{record.lineno} {record.funcName}"]
    info = fields.get("exc_info")
    if isinstance(info, tuple):
        own |= known.told_of(info[1])
    elif info:
        own |= known.told_of(info if isinstance(info, BaseException) else sys.exc_info()[1])
    return {**ids_now(), **tracing.ids_now(), **own, "pid": os.getpid()}


#: Attributes of every record that have the name of a key and mean something else.
_OF_RECORD = frozenset({"event", "time", "level"})


def _only_known(_logger: Any, _method: str, fields: Fields) -> Fields:
    return known.chosen(fields)


def _thread_broke(told: threading.ExceptHookArgs) -> None:
    if told.exc_type is not SystemExit:
        error = told.exc_value
        logging.getLogger("core.logs").critical("a thread broke", exc_info=(told.exc_type, error, told.exc_traceback))  # type: ignore[arg-type]
