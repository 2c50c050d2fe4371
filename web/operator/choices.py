"""What the planning forms offer: endpoints with their rooms, people, units, caps as plain values for the live sum."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from core.clock import in_vietnam
from core.errors import Refusal
from core.permissions import Action, Actor, can
from core.runtime import current
from orchestrator.caps.models import CapPolicy
from orchestrator.caps.service import list_policies
from orchestrator.directory import service as directory
from orchestrator.directory.models import Endpoint
from orchestrator.meetings.loads import rooms_of, unit_lines
from orchestrator.refusals import CapExceeded
from web.operator.plan_form import faulty_field, faulty_place
from web.words import choices


@dataclass(frozen=True)
class EndpointChoice:
    """An endpoint of the picker and what the live sum must know of it."""

    endpoint: Endpoint
    room_id: str
    room_name: str
    capacity: int | None
    unit_ids: str

    @property
    def id(self) -> UUID:
        """Of the endpoint."""
        return self.endpoint.id


def plan_choices(session: Session, actor: Actor, refusal: Refusal | None = None) -> dict[str, Any]:
    """Everything the shared fields of plan, series and template need, and where a refusal belongs."""
    endpoints = directory.list_endpoints(session, actor)
    policies = list_policies(session, actor)
    return {
        "endpoints": _choices(session, endpoints),
        "people": directory.list_people(session, actor),
        "units": directory.list_units(session, actor),
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


def _choices(session: Session, endpoints: Sequence[Endpoint]) -> list[EndpointChoice]:
    lines = unit_lines(session)
    rooms = rooms_of(session, [endpoint.id for endpoint in endpoints])
    found = []
    for endpoint in endpoints:
        room = rooms.get(endpoint.id)
        line = lines.get(endpoint.unit_id, frozenset())
        found.append(
            EndpointChoice(
                endpoint=endpoint,
                room_id=str(room.id) if room else "",
                room_name=room.name if room else "",
                capacity=endpoint.room_capacity or (room.capacity if room else None),
                unit_ids=" ".join(map(str, line)),
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
