"""Reading values from JSON that people wrote by hand: what is missing is empty, what is wrong is refused by name."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from core.clock import VIETNAM
from core.errors import Invalid


def json_mapping(value: Any, field: str) -> Mapping[str, Any]:
    """An object. Raises Invalid for anything else."""
    if not isinstance(value, Mapping):
        raise Invalid(field=field, reason="thiếu hoặc không phải một đối tượng JSON")
    return value


def json_list(data: Mapping[str, Any], key: str) -> list[Any]:
    """A list; empty where the key is missing or null. Raises Invalid for anything else."""
    value = data.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise Invalid(field=key, reason="phải là một danh sách")
    return value


def json_text(value: Any) -> str:
    """A text on one line; empty where there is none or it is something else."""
    return " ".join(value.split()) if isinstance(value, str) else ""


def json_day(value: Any, field: str) -> date | None:
    """A day `2026-04-08`; None where there is none. Raises Invalid where it cannot be read."""
    text = json_text(value)
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Invalid(field=field, reason="không đọc được, cần dạng 2026-04-08") from error


def json_moment(day: date, clock: str) -> datetime | None:
    """The start on a clock in Việt Nam; None where the file does not tell it."""
    try:
        return datetime.combine(day, time.fromisoformat(clock), tzinfo=VIETNAM) if clock else None
    except ValueError as error:
        raise Invalid(field="meeting.time", reason="không đọc được, cần dạng 14:00") from error
