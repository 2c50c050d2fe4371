"""How the orchestrator writes moments for people."""

from datetime import datetime

from core.clock import in_vietnam


def vietnamese_moment(moment: datetime) -> str:
    """`14:00 ngày 08/04/2026`, on a clock in Hà Nội."""
    return in_vietnam(moment).strftime("%H:%M ngày %d/%m/%Y")
