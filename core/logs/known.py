"""What a log line may hold. Pure: a record comes in, plain values that say who and what, never content, go out.

Only the keys below pass, and of values only those that are no words of people: numbers, identities, moments, codes of
our own and names of errors. A title, a name, a sentence, an address of e-mail, a token has none of these forms and is
withheld. Of an error goes out what it is and where it happened, never what it says: databases quote whole rows.
"""

import os
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import Enum
from errno import errorcode
from pathlib import Path
from types import TracebackType
from typing import Any
from uuid import UUID

WITHHELD = "…"

#: Keys in the order in which they are written; all others are dropped.
KEYS = (
    *("time", "level", "logger", "event"),
    *("request_id", "task_id", "task", "account_id"),
    *("meeting_id", "recording_id", "job_id", "stage_run_id", "stage", "piece", "attempt"),
    *("transcript_id", "notice_id", "event_id", "topic", "subscriber"),
    *("method", "endpoint", "status", "duration_ms", "queue", "count"),
    *("fault", "causes", "code", "trace", "trace_id", "span_id", "pid"),
)

#: Loggers whose sentences are constants of their source, with what changes as arguments. What others write may be put
#: together from anything: of their lines only the place is told.
TRUSTED = frozenset(
    {"core", "papers", "orchestrator", "transcription", "minutes", "web", "migrations", "benchmarks", "tests"}
    | {"celery", "gunicorn", "kombu", "alembic"}
)

#: More frames than this say nothing more.
MOST_FRAMES = 24

_HOUSE = Path(__file__).resolve().parents[2]
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32}|[0-9a-f]{16}|[0-9a-f]{8}")
_CODE = re.compile(r"(?=.{1,60}$)[a-z][a-z0-9]*([._:-][a-z0-9]+)*")
_CLASS = re.compile(r"(?=[^A-Z]*[A-Z][^A-Z]*[A-Z])[A-Z][A-Za-z]{3,40}")
_VERB = re.compile(r"GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|TRACE|CONNECT")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d([T ][0-9:.+Z-]{5,21})?")
#: What the operating system says of a failed call, in its own words.
_OF_SYSTEM = frozenset(os.strerror(number) for number in errorcode)
_REQUEST = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{15,63}")
_PLACE = re.compile(r"%%|%(\(\w+\))?[#0+ -]*\d*(\.\d+)?[sdrifgeaxX]")


def plain(value: object) -> str | int | float | bool | None:
    """The value where it has a form that no words of people have, else `…`."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, datetime | date | timedelta | UUID):
        return str(value)
    if isinstance(value, type):
        return value.__name__
    if isinstance(value, BaseException):
        return type(value).__name__
    return value if isinstance(value, str) and _is_plain(value) else WITHHELD


def _is_plain(text: str) -> bool:
    forms = (_UUID, _CODE, _CLASS, _VERB, _MOMENT)
    return text == "" or text in _OF_SYSTEM or any(form.fullmatch(text) for form in forms)


def is_trusted(logger: str) -> bool:
    """Whether the sentences of this logger are constants of their source."""
    return logger.partition(".")[0] in TRUSTED


def sentence(logger: str, template: object, arguments: object) -> str:
    """The words of a line: the source's constant, filled with plain values alone."""
    if not isinstance(template, str) or not is_trusted(logger):
        return WITHHELD
    if not arguments:
        return template
    try:
        if isinstance(arguments, Mapping):
            return _as_text(template) % {key: plain(value) for key, value in arguments.items()}
        values = arguments if isinstance(arguments, tuple) else (arguments,)
        return _as_text(template) % tuple(_shown(value) for value in values)
    except (TypeError, ValueError, KeyError):
        return template


def _as_text(template: str) -> str:
    # A number that was withheld is no number any more: every place takes text.
    return _PLACE.sub(lambda found: "%%" if found.group() == "%%" else f"%{found.group(1) or ''}s", template)


def _shown(value: object) -> str:
    shown = plain(value)
    return f"{shown:.3g}" if isinstance(shown, float) else str(shown)


def chosen(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Only the known keys, in their order, each value as `plain` lets it pass."""
    return {key: _of_key(key, fields[key]) for key in KEYS if fields.get(key) is not None}


def _of_key(key: str, value: Any) -> Any:
    # The sentence and the places of an error were made here; the request's name was looked at where it came in.
    if key in {"event", "logger", "trace", "time"}:
        return value
    if key == "request_id":
        return value if isinstance(value, str) and _REQUEST.fullmatch(value) else WITHHELD
    if isinstance(value, list):
        return [plain(item) for item in value]
    return plain(value)


def told_of(error: BaseException | None) -> dict[str, Any]:
    """What an error is, what it came from and where it happened, innermost place last; never its text."""
    if error is None:
        return {}
    told: dict[str, Any] = {"fault": type(error).__name__, "trace": places(error.__traceback__)}
    if causes := [type(cause).__name__ for cause in _causes(error)]:
        told["causes"] = causes
    # The database's own five signs say more than SQLAlchemy's code.
    code = getattr(getattr(error, "orig", None), "sqlstate", None) or getattr(error, "code", None)
    if isinstance(code, str):
        told["code"] = code if re.fullmatch(r"[0-9A-Z]{5}", code) else plain(code)
    return told


def _causes(error: BaseException) -> Sequence[BaseException]:
    found: list[BaseException] = []
    cause = error.__cause__ or error.__context__
    while cause is not None and cause not in found and len(found) < 8:
        found.append(cause)
        cause = cause.__cause__ or cause.__context__
    return found


def places(traceback: TracebackType | None) -> list[str]:
    """`core/outbox.py:120 deliver` for each frame; files of others by their package, no paths of the machine."""
    found: list[str] = []
    while traceback is not None:
        code = traceback.tb_frame.f_code
        found.append(f"{place_of(code.co_filename)}:{traceback.tb_lineno} {code.co_name}")
        traceback = traceback.tb_next
    return found[-MOST_FRAMES:]


def place_of(filename: str) -> str:
    """A source file as the house or its package calls it."""
    path = Path(filename)
    if "site-packages" in path.parts:
        return "/".join(path.parts[path.parts.index("site-packages") + 1 :])
    return str(path.relative_to(_HOUSE)) if path.is_relative_to(_HOUSE) else path.name
