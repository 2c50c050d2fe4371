"""Importing a table into the directory: look first, then write all of it or nothing.

The plan that is written is made anew under locks, in the transaction that writes it: what was looked at before may have
changed since.
"""

from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import audit
from core.errors import NotFound
from core.permissions import Action, Actor, require
from orchestrator.directory.editing import write
from orchestrator.directory.models import Endpoint, Person, Unit
from orchestrator.directory.references import lock_tree
from orchestrator.directory.refusals import ImportRefused
from orchestrator.directory.tables.endpoint_rows import EndpointRows
from orchestrator.directory.tables.person_rows import PersonRows
from orchestrator.directory.tables.plans import ImportPlan, RowStatus
from orchestrator.directory.tables.reader import read_table
from orchestrator.directory.tables.rules import RowRules
from orchestrator.directory.tables.unit_rows import UnitRows

#: kind in addresses and files → its rules and table
KINDS: dict[str, tuple[type[RowRules[Any]], type[Unit | Person | Endpoint]]] = {
    "units": (UnitRows, Unit),
    "people": (PersonRows, Person),
    "endpoints": (EndpointRows, Endpoint),
}
#: Names the audit objects of imports, which have no identity of their own.
_IMPORTS = UUID("0b7d1b53-26a9-4a3e-8f0e-0d6a4e0c2020")


def rules_of(kind: str) -> type[RowRules[Any]]:
    """The rules of a kind of table. Raises NotFound."""
    if kind not in KINDS:
        raise NotFound
    return KINDS[kind][0]


def plan_import(session: Session, actor: Actor | None, kind: str, name: str, data: bytes) -> ImportPlan:
    """What the file would do, with every fault; writes nothing. Raises NotFound (kind), TableUnreadable."""
    require(actor, Action.MANAGE_DIRECTORY)
    rules = rules_of(kind)
    return rules.load(session).plan(read_table(data, name, rules.columns))


def apply_import(session: Session, actor: Actor | None, kind: str, name: str, data: bytes) -> ImportPlan:
    """Write the whole file. Raises NotFound (kind), TableUnreadable, ImportRefused where there is a single fault."""
    require(actor, Action.MANAGE_DIRECTORY)
    rules_class, model = rules_of(kind), KINDS.get(kind, (None, Unit))[1]
    table = read_table(data, name, rules_class.columns)
    lock_tree(session)
    session.execute(select(model.id).order_by(model.id).with_for_update())
    rules = rules_class.load(session)
    plan = rules.plan(table)
    if not plan.is_clean:
        raise ImportRefused(file=name, count=len(plan.faults), first=str(plan.faults[0]))
    new = [row for row in plan.rows if row.status is RowStatus.NEW]
    for row in rules.in_order(new):
        rules.create(session, actor, row.values)
    for row in plan.rows:
        if row.status is RowStatus.CHANGED and row.entry_id is not None:
            write(session, actor, rules.entries[row.entry_id], rules.columns_of(row.values))
    counts = {"new": plan.new, "changed": plan.changed, "unchanged": plan.unchanged}
    audit.record(session, actor, "directory.imported", kind, uuid5(_IMPORTS, name), file=name, **counts)
    return plan
