"""What the house keeps by itself and how full it is: disk, backups, the day's anchor, workers, the timetable.

In: the data folder, a session, the present. Out: plain values; what cannot be known is None.
"""

import shutil
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import tally
from core.anchors import FOLDER as ANCHORS
from core.audit import AuditRow
from core.queue import TIMETABLE, WORKERS, timetable
from core.retention.models import RetentionRemoval
from core.services.registry import ProcessRecord, running_supervisor
from web.purging.findings import BACKUP_MADE

#: A worker shows itself every half minute.
WORKER_AWAY_AFTER = timedelta(seconds=100)


@dataclass(frozen=True)
class Disk:
    """The disk of the data folder."""

    free_bytes: int
    total_bytes: int

    @property
    def free_share(self) -> float:
        """From 0 to 1."""
        return self.free_bytes / self.total_bytes if self.total_bytes else 0.0


@dataclass(frozen=True)
class Worker:
    """A worker as it showed itself, wherever it runs: `speech` of a machine."""

    name: str
    host: str
    seen_at: datetime
    is_away: bool


@dataclass(frozen=True)
class Periodic:
    """One line of the timetable: how often it is due, and when it last went well (None: not that we know)."""

    name: str
    every_seconds: float
    last_at: datetime | None
    is_late: bool


def disk(home: Path) -> Disk:
    """Room on the disk of the data folder."""
    found = shutil.disk_usage(home)
    return Disk(found.free, found.total)


def last_backup(session: Session) -> datetime | None:
    """When a backup was last made, by the audit trail."""
    made = select(AuditRow.at).where(AuditRow.action == BACKUP_MADE).order_by(AuditRow.id.desc()).limit(1)
    return session.scalar(made)


def last_removal(session: Session) -> datetime | None:
    """When retention last removed something."""
    return session.scalar(select(RetentionRemoval.at).order_by(RetentionRemoval.at.desc()).limit(1))


def last_anchor(home: Path) -> date | None:
    """The newest day whose anchor is kept on this machine."""
    names = sorted((path.stem.removeprefix("anchor-") for path in (home / ANCHORS).glob("anchor-*.txt")), reverse=True)
    for name in names:
        try:
            return date.fromisoformat(name)
        except ValueError:
            continue
    return None


def services_here(home: Path) -> list[ProcessRecord]:
    """The processes of this machine as its supervisor knows them; empty where none runs."""
    record = running_supervisor(home)
    return record.processes if record else []


def workers(now: datetime) -> list[Worker] | None:
    """Workers of all machines; None where the broker cannot be asked."""
    seen = tally.last_seen(WORKERS)
    if seen is None:
        return None
    found = []
    for node, moment in sorted(seen.items()):
        name, _, host = node.partition("@")
        found.append(Worker(name, host.partition(".")[2] or host, moment, now - moment > WORKER_AWAY_AFTER))
    return found


def periodic(now: datetime) -> list[Periodic]:
    """The whole timetable, latest first; late is what missed three turns and another two minutes."""
    seen = tally.last_seen(TIMETABLE)
    found = []
    for name, every in timetable().items():
        last = (seen or {}).get(name)
        allowed = timedelta(seconds=3 * every + 120)
        found.append(Periodic(name, every, last, last is not None and now - last > allowed))
    return sorted(found, key=lambda line: (not line.is_late, line.every_seconds, line.name))
