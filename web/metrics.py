"""A few plain counters in Prometheus's text format, read from the tables when asked."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.outbox import OutboxEvent
from core.runtime import current
from minutes.notices.models import Notice
from orchestrator.meetings.models import Meeting

#: name → help and the table whose rows are counted by state
_BY_STATE: dict[str, tuple[str, Any]] = {
    "diemcau_meetings": ("Meetings by state", Meeting),
    "diemcau_notices": ("Conclusion notices by state", Notice),
}


def render_metrics(session: Session) -> str:
    """All figures as text; labels are states, never names."""
    lines = list(_outbox_lines(session))
    for name, (help_text, model) in _BY_STATE.items():
        rows = session.execute(select(model.state, func.count()).group_by(model.state).order_by(model.state)).all()
        lines += _gauge(name, help_text, [(f'{{state="{state}"}}', count) for state, count in rows])
    return "\n".join(lines) + "\n"


def _outbox_lines(session: Session) -> Iterable[str]:
    waiting, oldest = session.execute(
        select(func.count(), func.min(OutboxEvent.created_at)).where(OutboxEvent.delivered_at.is_(None))
    ).one()
    age = (current().clock() - oldest).total_seconds() if oldest else 0.0
    yield from _gauge("diemcau_outbox_waiting", "Events not yet handed to their subscribers", [("", waiting)])
    yield from _gauge("diemcau_outbox_oldest_seconds", "Age of the oldest such event", [("", age)])


def _gauge(name: str, help_text: str, samples: Iterable[tuple[str, float]]) -> list[str]:
    values = [f"{name}{label} {value:g}" for label, value in samples]
    return [f"# HELP {name} {help_text}", f"# TYPE {name} gauge", *values]
