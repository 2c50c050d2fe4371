"""The audit trail on the screen: the newest rows in words, and the check of the whole chain."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from uuid import UUID

from flask import render_template, request
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from core import audit
from core.accounts import Account
from core.audit import AuditRow
from core.permissions import Action
from core.runtime import current
from orchestrator.directory.models import Endpoint, Person, Unit
from orchestrator.meetings.models import Meeting, MeetingEndpoint, Participant
from web.administrator.audit_words import action_words, object_words
from web.administrator.blueprint import blueprint
from web.security.gate import requires

AUDIT_ROWS_SHOWN = 200

#: Names that an administrator may read; a meeting is known by its code, for its title is not the administrator's.
_NAMES: dict[str, Callable[[set[UUID]], Select[UUID, str]]] = {
    "account": lambda ids: select(Account.id, Account.display_name).where(Account.id.in_(ids)),
    "endpoint": lambda ids: select(Endpoint.id, Endpoint.name).where(Endpoint.id.in_(ids)),
    "meeting": lambda ids: select(Meeting.id, Meeting.code).where(Meeting.id.in_(ids)),
    "meeting_endpoint": lambda ids: (
        select(MeetingEndpoint.id, Endpoint.name).join(Endpoint).where(MeetingEndpoint.id.in_(ids))
    ),
    "participant": lambda ids: select(Participant.id, Person.full_name).join(Person).where(Participant.id.in_(ids)),
    "person": lambda ids: select(Person.id, Person.full_name).where(Person.id.in_(ids)),
    "unit": lambda ids: select(Unit.id, Unit.name).where(Unit.id.in_(ids)),
}


@blueprint.route("/nhat-ky", methods=["GET", "POST"])
@requires(Action.VIEW_AUDIT)
def audit_tail() -> str:
    """The newest rows of the audit trail; a POST walks the whole chain and says whether it is whole."""
    with current().database.transaction() as session:
        report = audit.verify(session) if request.method == "POST" else None
        rows = session.scalars(select(AuditRow).order_by(AuditRow.id.desc()).limit(AUDIT_ROWS_SHOWN)).all()
        return render_template(
            "administrator/audit.html",
            rows=rows,
            actors=_named(session, "account", {row.actor_id for row in rows if row.actor_id}),
            names=_names_of(session, rows),
            action_words=action_words,
            object_words=object_words,
            report=report,
        )


def _names_of(session: Session, rows: Sequence[AuditRow]) -> dict[UUID, str]:
    """One question for each kind of object, however many rows."""
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for row in rows:
        wanted[row.object_type].add(row.object_id)
    return {key: name for kind, ids in wanted.items() for key, name in _named(session, kind, ids).items()}


def _named(session: Session, kind: str, ids: set[UUID]) -> dict[UUID, str]:
    if kind not in _NAMES or not ids:
        return {}
    return {key: name for key, name in session.execute(_NAMES[kind](ids))}
