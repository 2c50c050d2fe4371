"""What the meetings of the year are planned from: series and templates."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from orchestrator.meetings.models import MeetingKind
from orchestrator.meetings.plan import PlannedEndpoint, PlannedItem, PlannedParticipant
from orchestrator.meetings.plan_body import PlanBody
from orchestrator.meetings.series.models import MeetingSeries
from orchestrator.meetings.templates.models import MeetingTemplate
from web.demo.year_of_meetings.bulk import Row, keep

_ENDPOINTS = 12
#: More than a page of each.
MOST_SERIES, MOST_TEMPLATES = 60, 12


def keep_plans(session: Session, today: date, endpoints: Sequence[UUID], people: Sequence[UUID]) -> list[UUID]:
    """As many as the endpoints allow; returns the ids of the series."""
    bodies = [_body(number, endpoints, people) for number in range(min(MOST_SERIES, len(endpoints)))]
    keep(session, MeetingTemplate, [_template(number, body) for number, body in enumerate(bodies[:MOST_TEMPLATES])])
    return keep(session, MeetingSeries, [_series(number, body, today) for number, body in enumerate(bodies)])


def _body(number: int, endpoints: Sequence[UUID], people: Sequence[UUID]) -> PlanBody:
    chosen = [endpoints[(number + step) % len(endpoints)] for step in range(min(_ENDPOINTS, len(endpoints)))]
    return PlanBody(
        endpoints=[PlannedEndpoint(endpoint, 5, place == 0) for place, endpoint in enumerate(chosen)],
        participants=[PlannedParticipant(people[number % len(people)], chosen[0])],
        agenda=[PlannedItem("Báo cáo tiến độ nhiệm vụ")],
    )


def _series(number: int, body: PlanBody, today: date) -> Row:
    return {
        "id": uuid4(),
        "title": f"Giao ban tuần số {number + 1}",
        "rrule": "FREQ=WEEKLY",
        "first_on": today - timedelta(days=350),
        "starts_time": time(8),
        "duration_minutes": 90,
        "horizon_on": today + timedelta(days=30),
        "kind": MeetingKind.WEEKLY_BRIEFING,
        "body": body.to_json(),
    }


def _template(number: int, body: PlanBody) -> Row:
    return {
        "id": uuid4(),
        "name": f"Mẫu họp {number + 1}",
        "title": "Họp khẩn",
        "kind": MeetingKind.EXTRAORDINARY,
        "duration_minutes": 60,
        "body": body.to_json(),
    }
