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
from orchestrator.calendar.models import Holiday
from orchestrator.caps.models import CapPolicy
from orchestrator.directory.models import Endpoint, Person, Unit
from orchestrator.invitations.links import token_of
from orchestrator.invitations.models import JoinLink
from orchestrator.meetings import states
from orchestrator.meetings.models import Meeting, MeetingEndpoint
from orchestrator.meetings.series.models import MeetingSeries
from orchestrator.meetings.templates.models import MeetingTemplate
from orchestrator.reports.models import Compilation, ReportForm, ReportPeriod

#: Blueprints that are not pages: hooks, files, points for machines, the stylesheet.
NOT_PAGES = frozenset({"static", "service", "api", "api_document", "keys", "conference", "events", "jibri", "media"})
#: Pages over transcripts and notices; the year has meetings only.
WITHOUT_ROWS = frozenset({"secretary", "approver", "registrar", "unit", "notices", "bulletins", "purging"})
#: Routes that answer with a file or a stream, each with its reason.
LEFT_OUT: dict[str, str] = {
    "invitations.file": "renders a letter",
    "help.picture": "a file of the house itself",
    "reports.document": "renders a report",
    "administrator.export": "writes the whole directory into a file",
    "administrator.anchor_text": "a file of four lines",
    "administrator.anchor_pdf": "renders a paper",
    "administrator.template_file": "an empty table to fill in",
    "console.events": "a stream, open as long as somebody watches",
    "live.events": "a stream, open as long as somebody reads",
    "console.state": "answers from a look that all watchers share for a second: its queries depend on the moment",
    "live.state": "the same",
    "check.ping": "a point for the page that tries the line; few may ask at once, so the second run sees a refusal",
    "check.download": "the same",
}

Sample = Callable[[Session], object]

#: The unit that the second person speaks for took part in it: both see the page, not one of them a refusal.
_first_unit = select(Unit.id).order_by(Unit.code).limit(1).scalar_subquery()
_of_first_unit = select(MeetingEndpoint.meeting_id).join(Endpoint).where(Endpoint.unit_id == _first_unit)
_past = (
    select(Meeting.id)
    .where(Meeting.state == states.CLOSED, Meeting.id.in_(_of_first_unit))
    .order_by(Meeting.starts_at.desc())
)
_planned = select(Meeting.id).where(Meeting.state == states.PLANNED).order_by(Meeting.starts_at)


def _first(query: Select[tuple[UUID]]) -> Sample:
    return lambda session: session.scalar(query.limit(1))


def _token(session: Session) -> str:
    """The personal link of an endpoint of the next meeting."""
    places = select(MeetingEndpoint.id).where(MeetingEndpoint.meeting_id == _planned.limit(1).scalar_subquery())
    return token_of(session.scalars(select(JoinLink.id).where(JoinLink.meeting_endpoint_id.in_(places)).limit(1)).one())


def _word(word: object) -> Sample:
    return lambda _session: word


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
    "number": _word(1),
    "guide": _word("thu-ky"),
    "series_id": _first(select(MeetingSeries.id)),
    "template_id": _first(select(MeetingTemplate.id)),
    "holiday_id": _first(select(Holiday.id)),
    "policy_id": _first(select(CapPolicy.id)),
}
_ENTRIES = {"don-vi": "unit_id", "nguoi": "person_id", "diem-cau": "endpoint_id"}
#: Routes with words in their address that stand for several pages: each with its own arguments.
OF_ROUTE: dict[str, list[dict[str, Sample]]] = {
    "administrator.entries": [{"slug": _word(slug)} for slug in _ENTRIES],
    "administrator.import_page": [{"slug": _word(slug)} for slug in _ENTRIES],
    "administrator.new_entry": [{"slug": _word(slug)} for slug in _ENTRIES],
    "administrator.entry": [{"slug": _word(slug), "entry_id": SAMPLES[name]} for slug, name in _ENTRIES.items()],
}


#: Pages whose cost hangs on what is asked behind the `?`: each question is a page of its own.
ASKED: dict[str, tuple[str, ...]] = {
    # A word that stands nearly everywhere, words that few passages have, one without marks, a name nearly right.
    "search.index": ("q=báo+cáo", "q=chuyển+đổi+số+lưu+trữ", "q=hop+giao+ban", "q=hop+truc+tuyenn+ve+ngan+sacj"),
}


@dataclass(frozen=True)
class Page:
    """One address to ask for; `name` is its route, with the word that tells pages of one route apart."""

    route: str
    name: str
    address: str


class NoSample(Exception):
    """Routes have arguments that nothing is said about; the text names them all."""


def pages(app: Flask, session: Session) -> list[Page]:
    """All pages in the order of their names. Raises NoSample."""
    rules = [rule for rule in app.url_map.iter_rules() if _is_page(rule)]
    filled = [(rule, values) for rule in rules for values in _arguments(rule, session)]
    missing = [f"{rule.endpoint} <{name}>" for rule, values in filled for name in values if values[name] is None]
    if missing:
        raise NoSample("; ".join(sorted(missing)))
    with app.test_request_context():
        build: Callable[..., str] = app.url_map.bind("localhost").build
        found = [Page(rule.endpoint, _name(rule, values), build(rule.endpoint, values)) for rule, values in filled]
    return sorted([page for one in found for page in _asked(one)], key=lambda page: page.name)


def _asked(page: Page) -> list[Page]:
    """The page, or one for each question that is asked of it."""
    queries = ASKED.get(page.route, ())
    named = [Page(page.route, f"{page.name} {query}", f"{page.address}?{query}") for query in queries]
    return named or [page]


def _name(rule: Rule, values: dict[str, object]) -> str:
    return " ".join([rule.endpoint, *(str(values[name]) for name in values if name == "slug")])


def _is_page(rule: Rule) -> bool:
    blueprint = rule.endpoint.partition(".")[0]
    methods = rule.methods or set()
    return "GET" in methods and blueprint not in NOT_PAGES | WITHOUT_ROWS and rule.endpoint not in LEFT_OUT


def _arguments(rule: Rule, session: Session) -> list[dict[str, object]]:
    """The arguments of each page of a route; None for what nothing is said about."""
    choices = OF_ROUTE.get(rule.endpoint, [{}])
    named = [{name: chosen.get(name, SAMPLES.get(name)) for name in rule.arguments} for chosen in choices]
    return [{name: sample(session) if sample else None for name, sample in one.items()} for one in named]
