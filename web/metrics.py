"""What an installation's watchman wants to know, in Prometheus's text format, read when asked.

In: a session. Out: gauges and counters whose labels are states, stages, queues, tasks and kinds, never names. What each
of them is worth waking somebody for stands in docs/operations/alerts.md.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import tally
from core.clock import in_vietnam
from core.mail.models import OutgoingMail
from core.outbox import OutboxEvent
from core.runtime import current
from minutes.notices.models import Notice
from orchestrator.invitations.service import LinkStatus
from orchestrator.meetings.models import Meeting
from transcription.pipeline.models import StagePiece, StageRun, TranscriptionJob
from transcription.recordings.models import Recording
from web.hooks.join import JOINS, TOO_MANY
from web.operations import figures, house, live_hour, queues

Samples = Iterable[tuple[str, float]]

#: name → help and the table whose rows are counted by state
_BY_STATE: dict[str, tuple[str, Any]] = {
    "diemcau_meetings": ("Meetings by state", Meeting),
    "diemcau_recordings": ("Recordings by state", Recording),
    "diemcau_jobs": ("Transcription jobs by state", TranscriptionJob),
    "diemcau_pieces": ("Pieces of recordings by state", StagePiece),
    "diemcau_notices": ("Conclusion notices by state", Notice),
    "diemcau_mails": ("Outgoing mails by state", OutgoingMail),
}


def render_metrics(session: Session) -> str:
    """All figures as text; labels are states, never names."""
    return "\n".join(_lines(session)) + "\n"


def _lines(session: Session) -> Iterator[str]:
    yield from _outbox_lines(session)
    for name, (help_text, model) in _BY_STATE.items():
        rows = session.execute(select(model.state, func.count()).group_by(model.state).order_by(model.state)).all()
        yield from _gauge(name, help_text, _labelled(("state",), rows))
    stages = select(StageRun.stage, StageRun.state, func.count()).group_by(StageRun.stage, StageRun.state)
    ordered = session.execute(stages.order_by(StageRun.stage, StageRun.state)).all()
    yield from _gauge("diemcau_stages", "Runs of stages by stage and state", _labelled(("stage", "state"), ordered))
    yield from _gauge(
        "diemcau_stages_set_apart",
        "Failed jobs whose recording killed its workers",
        [("", figures.stopped_count(session)[1])],
    )
    yield from _ages(session)
    double = session.scalar(select(func.count()).where(OutgoingMail.may_be_double)) or 0
    yield from _gauge("diemcau_mails_perhaps_double", "Mails whose sender died with them in hand", [("", double)])
    lost = figures.mails_lost(session, current().clock())
    yield from _gauge(
        "diemcau_mail_recipients_lost", "Recipients of the last 7 days that no mail reached", [("", lost)]
    )
    yield from _live_lines(session)
    yield from _house_lines(session)
    waiting = [(f'{{queue="{queue}"}}', count) for queue, count in queues.messages_waiting().items()]
    yield from _gauge("diemcau_queue_messages", "Messages that wait in the broker, by queue", waiting)


def _outbox_lines(session: Session) -> Iterator[str]:
    waiting = session.scalar(select(func.count()).where(OutboxEvent.delivered_at.is_(None))) or 0
    yield from _gauge("diemcau_outbox_waiting", "Events not yet handed to their subscribers", [("", waiting)])
    given_up = figures.given_up(session)
    yield from _gauge("diemcau_outbox_given_up", "Events a subscriber refused again and again", [("", given_up)])


def _ages(session: Session) -> Iterator[str]:
    """How long the oldest of each has been waiting; 0 where nothing waits."""
    oldest: dict[str, tuple[str, Any]] = {
        "diemcau_outbox_oldest_seconds": ("Age of the oldest such event", figures.OUTBOX_SINCE),
        "diemcau_stage_oldest_seconds": ("Age of the oldest run of a stage that is not done", figures.STAGE_SINCE),
        "diemcau_mail_oldest_seconds": ("Age of the oldest mail that has not gone out", figures.MAIL_SINCE),
        "diemcau_draft_oldest_seconds": ("Age of the oldest notice that is not issued", figures.DRAFT_SINCE),
    }
    now = current().clock()
    for name, (help_text, query) in oldest.items():
        yield from _gauge(name, help_text, [("", figures.oldest(session, query, now))])


def _live_lines(session: Session) -> Iterator[str]:
    """Caps and doors: what is allowed, how full it is, who was turned away."""
    now, hour = current().clock(), live_hour.live_hour(session)
    yield from _gauge("diemcau_live_rooms", "Rooms that live now", [("", hour.rooms)])
    yield from _gauge("diemcau_live_connections", "Connections of people in them", [("", hour.connections)])
    yield from _gauge("diemcau_live_seats", "Seats of them under the caps", [("", hour.seats)])
    yield from _gauge("diemcau_live_fullest_ratio", "How full the fullest room is; 1: full", [("", hour.fullest)])
    caps = _labelled(("scope",), live_hour.caps_in_force(session, now))
    yield from _gauge("diemcau_cap_maximum", "Strictest cap in force today, by what it counts", caps)
    granted = live_hour.exceptions_granted(session)
    yield from _gauge("diemcau_cap_exceptions", "Exceptions to caps for meetings that are not over", [("", granted)])
    alarms = live_hour.alarms(session)
    unsettled = [(f'{{kind="{kind}"}}', still) for kind, still, _ in alarms]
    yield from _gauge("diemcau_alarms_open", "Alarms of live rooms nobody has dealt with, by kind", unsettled)
    raised = [(f'{{kind="{kind}"}}', times) for kind, _, times in alarms]
    yield from _counter("diemcau_alarms_raised_total", "How often alarms of live rooms were raised, by kind", raised)
    clicks = tally.counts(JOINS)
    answers = [(f'{{answer="{kind}"}}', (clicks or {}).get(kind, 0)) for kind in (*LinkStatus, TOO_MANY)]
    yield from _counter(
        "diemcau_joins_total", "Clicks on personal links by answer", answers if clicks is not None else []
    )


def _house_lines(session: Session) -> Iterator[str]:
    """The house's own upkeep; no sample for what is not known."""
    runtime, now = current(), current().clock()
    disk = house.disk(runtime.settings.home)
    yield from _gauge("diemcau_disk_free_bytes", "Room on the disk of the data folder", [("", disk.free_bytes)])
    yield from _gauge("diemcau_disk_free_ratio", "The same, of the whole disk", [("", disk.free_share)])
    backup = house.last_backup(session)
    age = [("", max(0.0, (now - backup).total_seconds()))] if backup else []
    yield from _gauge("diemcau_backup_age_seconds", "Age of the newest backup", age)
    anchor = house.last_anchor(runtime.settings.home)
    days = [("", (in_vietnam(now).date() - anchor).days)] if anchor else []
    yield from _gauge("diemcau_anchor_age_days", "Age of the newest anchor of the audit trail", days)
    workers = house.workers(now)
    seen = [("", sum(not worker.is_away for worker in workers))] if workers is not None else []
    yield from _gauge("diemcau_workers_seen", "Workers of all machines that showed themselves just now", seen)
    runs = [(line.name, line.last_at) for line in house.periodic(now) if line.last_at is not None]
    ages = [(f'{{task="{name}"}}', max(0.0, (now - at).total_seconds())) for name, at in sorted(runs)]
    yield from _gauge("diemcau_task_age_seconds", "Since a task of the timetable last went well, by task", ages)


def _labelled(names: Sequence[str], rows: Sequence[Any]) -> Samples:
    for row in rows:
        labels = ",".join(f'{name}="{value}"' for name, value in zip(names, row[:-1], strict=True))
        yield f"{{{labels}}}", row[-1]


def _gauge(name: str, help_text: str, samples: Samples) -> list[str]:
    return _metric("gauge", name, help_text, samples)


def _counter(name: str, help_text: str, samples: Samples) -> list[str]:
    return _metric("counter", name, help_text, samples)


def _metric(kind: str, name: str, help_text: str, samples: Samples) -> list[str]:
    values = [f"{name}{label} {_number(value)}" for label, value in samples]
    return [f"# HELP {name} {help_text}", f"# TYPE {name} {kind}", *values]


def _number(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:g}"
