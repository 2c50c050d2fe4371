"""What the planning forms offer: endpoints with their rooms, people, units, caps as plain values for the live sum."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from core.clock import in_vietnam
from core.errors import Refusal
from core.permissions import Action, Actor, can, require
from core.runtime import current
from orchestrator.caps.models import CapPolicy
from orchestrator.caps.service import list_policies
from orchestrator.directory.models import Endpoint, Person, Unit
from orchestrator.meetings.loads import rooms_of, unit_lines
from orchestrator.refusals import CapExceeded
from web.operator.plan_form import Typed, faulty_field, faulty_place
from web.words import choices


@dataclass(frozen=True)
class EndpointChoice:
    """An endpoint of the picker and what the live sum must know of it; identities are text, as fields carry them."""

    id: str
    name: str
    code: str
    room_id: str
    room_name: str
    capacity: int | None
    unit_ids: str


def people_names(session: Session, actor: Actor, also: Sequence[UUID] = ()) -> Sequence[Row[UUID, str, str]]:
    """People in use, in the order of protocol: id, full_name, title. Plain rows: the forms list hundreds.

    Args:
        also: people named in the plan already; one who has been retired since must not get lost by an edit.
    """
    require(actor, Action.VIEW_DIRECTORY)
    query = select(Person.id, Person.full_name, Person.title).where(Person.active | Person.id.in_(also))
    return session.execute(query.order_by(Person.protocol_rank, Person.full_name)).all()


def endpoint_names(session: Session, actor: Actor) -> list[tuple[UUID, str]]:
    """Endpoints in use by code, as options of a select; empty for those who may not read the directory."""
    if not can(actor, Action.VIEW_DIRECTORY):
        return []
    query = select(Endpoint.id, Endpoint.name).where(Endpoint.active).order_by(Endpoint.code)
    return [(key, name) for key, name in session.execute(query)]


def plan_choices(session: Session, actor: Actor, typed: Typed, refusal: Refusal | None = None) -> dict[str, Any]:
    """Everything the shared fields of plan, series and template need, and where a refusal belongs."""
    named = [*typed.getlist("participant"), typed.get("chair_id", ""), typed.get("secretary_id", "")]
    agenda = _known(typed.getlist("agenda_unit"))
    policies = list_policies(session, actor)
    return {
        "endpoints": _endpoints(session, _known(typed.getlist("endpoint"))),
        "people": people_names(session, actor, _known(named)),
        "units": session.execute(
            select(Unit.id, Unit.name).where(Unit.active | Unit.id.in_(agenda)).order_by(Unit.code)
        ).all(),
        "policies": policies,
        "policies_json": policies_json(policies),
        "kinds": choices("meeting_kind"),
        "urgencies": choices("urgency"),
        "classifications": choices("classification"),
        "today": in_vietnam(current().clock()).date(),
        "sentence": refusal.sentence() if refusal else "",
        "fault": faulty_field(refusal),
        "fault_place": faulty_place(refusal),
        "offer": _offer(actor, refusal, policies),
    }


def policies_json(policies: Sequence[CapPolicy]) -> str:
    """The caps for the script that sums while one types; the server alone decides."""
    return json.dumps(
        [
            {
                "scope": row.scope.value,
                "maximum": row.maximum,
                "name": row.name,
                "basis": row.legal_basis,
                "from": row.valid_from.isoformat(),
                "until": row.valid_until.isoformat() if row.valid_until else "",
                "kinds": row.kinds,
                "units": [str(unit.unit_id) for unit in row.units],
            }
            for row in policies
        ],
        ensure_ascii=False,
    )


def _known(values: Sequence[str]) -> list[UUID]:
    """The identities among typed values; what is none is refused when the form is read."""
    found = []
    for value in values:
        try:
            found.append(UUID(value))
        except ValueError:
            continue
    return found


def _endpoints(session: Session, also: Sequence[UUID]) -> list[EndpointChoice]:
    lines = {key: " ".join(map(str, line)) for key, line in unit_lines(session).items()}
    columns = (Endpoint.id, Endpoint.name, Endpoint.code, Endpoint.room_capacity, Endpoint.unit_id)
    rows = session.execute(
        select(*columns).where(Endpoint.active | Endpoint.id.in_(also)).order_by(Endpoint.code)
    ).all()
    rooms = rooms_of(session, [row.id for row in rows])
    found = []
    for row in rows:
        room = rooms.get(row.id)
        found.append(
            EndpointChoice(
                id=str(row.id),
                name=row.name,
                code=row.code,
                room_id=str(room.id) if room else "",
                room_name=room.name if room else "",
                capacity=row.room_capacity or (room.capacity if room else None),
                unit_ids=lines.get(row.unit_id, ""),
            )
        )
    return found


def _offer(actor: Actor, refusal: Refusal | None, policies: Sequence[CapPolicy]) -> dict[str, Any] | None:
    """The exception this person may grant at once, after a cap has refused the plan."""
    if not isinstance(refusal, CapExceeded) or not can(actor, Action.GRANT_EXCEPTION):
        return None
    policy = next((row for row in policies if row.id == refusal.params.get("policy_id")), None)
    if policy is None or not {role.value for role in actor.roles} & set(policy.may_exceed_roles):
        return None
    return {"policy": policy, "counted": refusal.params["counted"]}
