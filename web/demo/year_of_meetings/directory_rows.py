"""The directory of the year: units, their people, their endpoints."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from orchestrator.directory.models import EndpointKind
from web.demo.year_of_meetings.bulk import Row
from web.demo.year_of_meetings.plan import YearSize, person_name, person_title, unit_name


def units(size: YearSize) -> list[Row]:
    rows: list[Row] = []
    for number in range(size.units):
        # Every fifth is a house of its own; the four after it belong to it.
        parent = rows[number - number % 5]["id"] if number % 5 else None
        code = f"DV{number + 1:03d}"
        rows.append({"id": uuid4(), "code": code, "name": unit_name(number), "parent_id": parent})
    return rows


def people(size: YearSize, units: Sequence[UUID]) -> list[Row]:
    return [
        {
            "id": uuid4(),
            "full_name": person_name(number),
            "title": person_title(number),
            "unit_id": units[number % len(units)],
            "email": f"nguoi{number + 1}@mau.invalid",
            "protocol_rank": 10 + number,
        }
        for number in range(size.people)
    ]


def endpoints(size: YearSize, units: Sequence[UUID]) -> list[Row]:
    kinds = (EndpointKind.CENTRAL, EndpointKind.COMPONENT, EndpointKind.COMPONENT, EndpointKind.PERSONAL)
    return [
        {
            "id": uuid4(),
            "code": f"DC{number + 1:03d}",
            "name": f"Điểm cầu {unit_name(number % len(units))} {number // len(units) + 1}",
            "kind": kinds[number // len(units) % len(kinds)],
            "unit_id": units[number % len(units)],
            "room_capacity": 20 + number % 30,
        }
        for number in range(size.endpoints)
    ]
