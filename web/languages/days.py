"""Days in English. In: a day. Out: `8 Apr 2026`, since 08/04/2026 is two days to two readers of English."""

from datetime import date

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def english_day(value: date) -> str:
    """`8 Apr 2026`."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"
