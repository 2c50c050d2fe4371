"""What deserves a look, from the figures: pure rules, the same limits as in docs/operations/alerts.md.

In: figures as plain values. Out: findings with a code, a tone and what to put into its sentence; worst first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from web.operations.house import Disk, Periodic, Worker

BAD, WARN = "bad", "warn"

STAGE_LIMIT_SECONDS = 4 * 3600.0
OUTBOX_LIMIT_SECONDS = 600.0
MAIL_LIMIT_SECONDS = 3600.0
DRAFT_LIMIT_SECONDS = 5 * 86400.0
#: Full enough to be told, and to be acted upon today.
DISK_WARN_SHARE, DISK_BAD_SHARE = 0.10, 0.03
#: A backup a day, and one that failed may be made good the next.
BACKUP_LIMIT = timedelta(hours=50)


@dataclass(frozen=True)
class Finding:
    """One thing to look at; its sentence stands in `words`."""

    code: str
    tone: str
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Figures:
    """All that the rules look at."""

    now: datetime
    #: Yesterday in Hà Nội: the last day that an anchor can be of.
    yesterday: date
    parts_away: Sequence[str]
    services_down: Sequence[str]
    #: None: nobody could be asked.
    workers: Sequence[Worker] | None
    stage_seconds: float
    stopped: int
    set_apart: int
    outbox_seconds: float
    given_up: int
    mail_seconds: float
    mails_lost: int
    draft_seconds: float
    disk: Disk
    backup_at: datetime | None
    anchor_day: date | None
    periodic: Sequence[Periodic]


def findings(figures: Figures) -> list[Finding]:
    """Everything out of order, what stops work first."""
    found = [*_machine(figures), *_work(figures), *_upkeep(figures)]
    return sorted(found, key=lambda one: one.tone != BAD)


def _machine(figures: Figures) -> Iterator[Finding]:
    for part in figures.parts_away:
        yield Finding("part_away", BAD, {"part": part})
    for service in figures.services_down:
        yield Finding("service_down", BAD, {"service": service})
    if figures.workers is not None:
        away = [worker for worker in figures.workers if worker.is_away]
        if not figures.workers or len(away) == len(figures.workers):
            yield Finding("no_worker", BAD)
        else:
            for worker in away:
                yield Finding("worker_away", WARN, {"worker": worker.name, "host": worker.host})
    if figures.disk.free_share < DISK_WARN_SHARE:
        tone = BAD if figures.disk.free_share < DISK_BAD_SHARE else WARN
        yield Finding("disk_full", tone, {"percent": round(figures.disk.free_share * 100)})


def _work(figures: Figures) -> Iterator[Finding]:
    if figures.stage_seconds > STAGE_LIMIT_SECONDS:
        yield Finding("stage_waits", BAD, {"hours": int(figures.stage_seconds // 3600)})
    if figures.set_apart:
        yield Finding("set_apart", WARN, {"count": figures.set_apart})
    if figures.stopped > figures.set_apart:
        yield Finding("stopped", WARN, {"count": figures.stopped - figures.set_apart})
    if figures.outbox_seconds > OUTBOX_LIMIT_SECONDS:
        yield Finding("news_waits", BAD, {"minutes": int(figures.outbox_seconds // 60)})
    if figures.given_up:
        yield Finding("news_given_up", BAD, {"count": figures.given_up})
    if figures.mail_seconds > MAIL_LIMIT_SECONDS:
        yield Finding("mail_waits", WARN, {"hours": int(figures.mail_seconds // 3600)})
    if figures.mails_lost:
        yield Finding("mails_lost", WARN, {"count": figures.mails_lost})
    if figures.draft_seconds > DRAFT_LIMIT_SECONDS:
        yield Finding("draft_waits", WARN, {"days": int(figures.draft_seconds // 86400)})


def _upkeep(figures: Figures) -> Iterator[Finding]:
    if figures.backup_at is None:
        yield Finding("no_backup", WARN)
    elif figures.now - figures.backup_at > BACKUP_LIMIT:
        yield Finding("old_backup", WARN, {"days": (figures.now - figures.backup_at).days})
    # A house that began today has none yet, and misses none.
    if figures.anchor_day is not None and figures.anchor_day < figures.yesterday - timedelta(days=1):
        yield Finding("old_anchor", WARN, {"days": (figures.yesterday - figures.anchor_day).days})
    late = sum(line.is_late for line in figures.periodic)
    if late:
        yield Finding("timetable_late", WARN, {"count": late})
