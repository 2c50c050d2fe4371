"""Which pages there are to measure: every GET route of the screens, its arguments filled from the loaded year.

A new route without a sample for its arguments is an error here, so that no screen can be forgotten.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from flask import Flask
from sqlalchemy import Select, select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from core.mail.models import OutgoingMail
from orchestrator.caps.models import CapPolicy
from orchestrator.directory.models import Endpoint, Person, Unit
from orchestrator.invitations.links import token_of
from orchestrator.invitations.models import JoinLink
from orchestrator.meetings import states
from orchestrator.meetings.models import Meeting, MeetingEndpoint
from orchestrator.reports.models import Compilation, ReportForm, ReportPeriod

#: Blueprints that are not pages: hooks, files, points for machines, the stylesheet.
NOT_PAGES = frozenset({"static", "service", "api", "api_document", "keys", "conference", "events", "jibri", "media"})
#: Pages over transcripts and notices; the year has meetings only.
WITHOUT_ROWS = frozenset({"secretary", "approver", "registrar", "unit"})
#: Routes that answer with a file or a stream, each with its reason.
LEFT_OUT: dict[str, str] = {}

Sample = Callable[[Session], object]

_past = select(Meeting.id).where(Meeting.state == states.CLOSED).order_by(Meeting.starts_at.desc())
_planned = select(Meeting.id).where(Meeting.state == states.PLANNED).order_by(Meeting.starts_at)


def _first(query: Select[tuple[UUID]]) -> Sample:
    return lambda session: session.scalar(query.limit(1))


def _token(session: Session) -> str:
    """The personal link of an endpoint of the next meeting."""
    places = select(MeetingEndpoint.id).where(MeetingEndpoint.meeting_id == _planned.limit(1).scalar_subquery())
    return token_of(session.scalars(select(JoinLink.id).where(JoinLink.meeting_endpoint_id.in_(places)).limit(1)).one())


#: What stands in the place of each argument; a route may have its own.
SAMPLES: dict[str, Sample] = {
    "meeting_id": _first(_past),
    "unit_id": _first(select(Unit.id).order_by(Unit.code)),
    "person_id": _first(select(Person.id).order_by(Person.protocol_rank)),
    "endpoint_id": _first(select(Endpoint.id).order_by(Endpoint.code)),
    "meeting_endpoint_id": _first(select(MeetingEndpoint.id)),
    "token": _token,
    "mail_id": _first(select(OutgoingMail.id)),
    "form_id": _first(select(ReportForm.id)),
    "period_id": _first(select(ReportPeriod.id).order_by(ReportPeriod.starts_on)),
    "compilation_id": _first(select(Compilation.id)),
    "policy_id": _first(select(CapPolicy.id)),
}
OF_ROUTE: dict[tuple[str, str], Sample] = {}


@dataclass(frozen=True)
class Page:
    """One address to ask for."""

    route: str
    address: str


class NoSample(Exception):
    """A route has an argument that nothing is said about; the text names both."""


def pages(app: Flask, session: Session) -> list[Page]:
    """All pages in the order of their names. Raises NoSample."""
    rules = [rule for rule in app.url_map.iter_rules() if _is_page(rule)]
    with app.test_request_context():
        build: Callable[..., str] = app.url_map.bind("localhost").build
        found = [Page(rule.endpoint, build(rule.endpoint, _arguments(rule, session))) for rule in rules]
    return sorted(found, key=lambda page: (page.route, page.address))


def _is_page(rule: Rule) -> bool:
    blueprint = rule.endpoint.partition(".")[0]
    return "GET" in (rule.methods or ()) and blueprint not in NOT_PAGES | WITHOUT_ROWS and rule.endpoint not in LEFT_OUT


def _arguments(rule: Rule, session: Session) -> dict[str, object]:
    values: dict[str, object] = {}
    for name in rule.arguments:
        sample = OF_ROUTE.get((rule.endpoint, name), SAMPLES.get(name))
        value = sample(session) if sample is not None else None
        if value is None:
            raise NoSample(f"{rule.endpoint}: argument {name} ({rule.rule})")
        values[name] = value
    return values
