"""Every stored file that some row names with its SHA-256, read again. The rows are found by the schema itself.

Columns come in pairs: `pdf_key` with `pdf_sha256`, `object_key` with `sha256` or `object_sha256`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import Column, Table, select
from sqlalchemy.orm import Session

from core.database import Base
from core.retention.models import RemovedObject
from core.storage import ObjectDamaged, ObjectMissing, Storage


@dataclass(frozen=True)
class ObjectFault:
    """A file that is gone or changed, and the table that names it."""

    key: str
    table: str
    is_missing: bool


@dataclass
class ObjectReport:
    """How many were read, and which are not as they were."""

    checked: int = 0
    faults: list[ObjectFault] = field(default_factory=list)


def object_faults(session: Session, storage: Storage) -> ObjectReport:
    """Read all of them; it takes as long as reading the whole storage once."""
    report, gone = ObjectReport(), set(session.scalars(select(RemovedObject.key)))
    for table, key, sha256 in named_objects():
        for name, digest in session.execute(
            select(key, sha256).where(key.is_not(None), sha256.is_not(None)).distinct()
        ):
            if name in gone:
                continue
            report.checked += 1
            try:
                storage.verify(name, digest)
            except ObjectMissing:
                report.faults.append(ObjectFault(name, table.name, is_missing=True))
            except ObjectDamaged:
                report.faults.append(ObjectFault(name, table.name, is_missing=False))
    return report


def named_objects() -> Iterator[tuple[Table, Column[str], Column[str]]]:
    """(table, column of the key, column of its hash), for every table that keeps both."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if not column.name.endswith("_key"):
                continue
            stem = column.name.removesuffix("_key")
            for name in (f"{stem}_sha256", "sha256"):
                if name in table.columns and (name != "sha256" or stem == "object"):
                    yield table, column, table.columns[name]
                    break
