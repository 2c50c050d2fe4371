"""What an address asks of the search: words, kind, period, unit, page. Whatever cannot be read counts as not asked."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from uuid import UUID

from core.clock import VIETNAM
from core.search.finding import Wanted
from core.search.kinds import kinds
from web import forms

LONGEST_QUESTION = 200


def asked(values: Mapping[str, str]) -> Wanted:
    """Read the arguments of the search page."""
    kind = values.get("loai", "")
    return Wanted(
        text=values.get("q", "")[:LONGEST_QUESTION],
        kind=kind if kind in {known.name for known in kinds()} else "",
        since=_start(values.get("tu", "")),
        until=_start(values.get("den", ""), days=1),
        unit_id=_unit(values.get("don-vi", "")),
        number=forms.page_number(values.get("trang", "1")),
    )


def _start(text: str, days: int = 0) -> datetime | None:
    """The beginning of a day in Việt Nam, or of one so many days later."""
    try:
        return datetime.combine(date.fromisoformat(text) + timedelta(days=days), time(), tzinfo=VIETNAM)
    except (ValueError, OverflowError):
        return None


def _unit(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
