"""Reading browser forms: typed values out of text, refused with the field's Vietnamese name."""

from datetime import date, datetime, time
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from flask import request

from core.clock import VIETNAM
from core.errors import Invalid

Word = TypeVar("Word", bound=StrEnum)


def text(name: str) -> str:
    """The trimmed text of a field; empty where it is missing."""
    return request.form.get(name, "").strip()


def optional_id(name: str, field: str) -> UUID | None:
    """An identity chosen in a select; None where nothing was chosen. Raises Invalid."""
    return read_id(text(name), field)


def read_id(value: str, field: str) -> UUID | None:
    """Raises Invalid unless empty or a UUID."""
    if not value:
        return None
    try:
        return UUID(value)
    except ValueError as error:
        raise Invalid(field=field, reason="không có trong danh mục, hãy chọn lại") from error


def required_id(name: str, field: str) -> UUID:
    """Raises Invalid where nothing was chosen."""
    value = optional_id(name, field)
    if value is None:
        raise Invalid(field=field, reason="chưa chọn")
    return value


def whole_number(value: str, field: str) -> int:
    """Raises Invalid unless a whole number that fits a column."""
    try:
        number = int(value.strip())
    except ValueError as error:
        raise Invalid(field=field, reason="phải là số nguyên") from error
    if abs(number) > 1_000_000_000:
        raise Invalid(field=field, reason="lớn bất thường, hãy kiểm tra lại")
    return number


def page_number(value: str) -> int:
    """The page asked for in an address, from 1; what is no number is the first."""
    return max(int(value), 1) if value.isascii() and value.isdigit() and len(value) < 7 else 1


def optional_number(name: str, field: str) -> int | None:
    """A whole number, None where the field is empty. Raises Invalid."""
    value = text(name)
    return whole_number(value, field) if value else None


def day(name: str, field: str) -> date:
    """A date of a date field. Raises Invalid."""
    try:
        return date.fromisoformat(text(name))
    except ValueError as error:
        raise Invalid(field=field, reason="chưa chọn ngày hoặc ngày không hợp lệ") from error


def optional_day(name: str, field: str) -> date | None:
    """A date, None where the field is empty. Raises Invalid."""
    return day(name, field) if text(name) else None


def read_day(value: str, field: str) -> date | None:
    """A date as text, None where empty. Raises Invalid."""
    if not value.strip():
        return None
    try:
        return date.fromisoformat(value.strip())
    except ValueError as error:
        raise Invalid(field=field, reason="không phải một ngày, ví dụ 2026-04-08") from error


def moment(day_name: str, time_name: str, field: str) -> datetime:
    """Date and time as on a wall clock in Hà Nội. Raises Invalid."""
    return wall_clock(text(day_name), text(time_name), field)


def wall_clock(day_text: str, time_text: str, field: str) -> datetime:
    """Date and time as text, on a wall clock in Hà Nội. Raises Invalid."""
    try:
        hour = time.fromisoformat(time_text.strip())
    except ValueError as error:
        raise Invalid(field=field, reason="chưa nhập giờ, ví dụ 14:00") from error
    found = read_day(day_text, field)
    if found is None:
        raise Invalid(field=field, reason="chưa chọn ngày hoặc ngày không hợp lệ")
    return datetime.combine(found, hour.replace(tzinfo=None), tzinfo=VIETNAM)


def choice(name: str, kind: type[Word], field: str) -> Word:
    """One of a closed list. Raises Invalid."""
    try:
        return kind(text(name))
    except ValueError as error:
        raise Invalid(field=field, reason="chưa chọn") from error


def lines(name: str) -> list[str]:
    """The non-empty lines of a text area."""
    return [line.strip() for line in request.form.get(name, "").splitlines() if line.strip()]


def words(name: str) -> list[str]:
    """Names separated by commas or semicolons."""
    return [part.strip() for part in text(name).replace(";", ",").split(",") if part.strip()]
