"""The facts of a meeting as the higher rooms need them: one frozen value, from the database or from a JSON file.

Names, titles and units come from here and nowhere else; what is not known stays None or empty, it is never guessed.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import in_vietnam
from core.errors import Invalid, NotFound
from orchestrator.directory.models import Unit
from orchestrator.meetings.classification import Classification, refuse_classified
from orchestrator.meetings.json_values import json_day, json_list, json_mapping, json_moment, json_text
from orchestrator.meetings.models import Attendance, Meeting, Participant


@dataclass(frozen=True)
class PersonFacts:
    """A person of the meeting; `role` is chair, secretary, reporter, member or empty."""

    name: str
    title: str = ""
    unit_name: str = ""
    unit_id: UUID | None = None
    endpoint_name: str = ""
    role: str = ""


@dataclass(frozen=True)
class UnitFacts:
    """A unit by all its names; `id` is None where the context came from a file."""

    id: UUID | None
    name: str
    abbreviations: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class AbsenceFacts:
    """Who was missing, a unit or a person, and why as far as was said."""

    name: str
    reason: str = ""


@dataclass(frozen=True)
class AgendaFacts:
    """A point of the agenda and the unit that presents it."""

    title: str
    unit_name: str = ""


@dataclass(frozen=True)
class DocumentFacts:
    """A paper the meeting rests on."""

    symbol: str
    issued_on: date | None = None
    subject: str = ""


#: Who presides, and the offices of that house; a bureau has an office but need not have an inspectorate.
_OWN_OFFICES = (
    (re.compile(r"(?:Bộ|Thứ) trưởng(?!\w)", re.IGNORECASE), ("Văn phòng Bộ", "Thanh tra Bộ")),
    (re.compile(r"(?:Phó )?Tổng cục trưởng(?!\w)", re.IGNORECASE), ("Văn phòng Tổng cục",)),
    (re.compile(r"(?:Phó )?Cục trưởng(?!\w)", re.IGNORECASE), ("Văn phòng Cục",)),
    (re.compile(r"(?:Phó )?Giám đốc Sở(?!\w)", re.IGNORECASE), ("Văn phòng Sở", "Thanh tra Sở")),
)


@dataclass(frozen=True)
class MeetingContext:
    """What is known of a meeting; `date` is the day in Việt Nam.

    `present` lists those the roll call found, in the order of protocol. Where nobody has called the roll yet,
    `roll_called` is False and `present` lists those expected. `units` are all units that may be named: the whole
    directory, or those of the file.
    """

    meeting_id: UUID | None
    title: str
    kind: str
    date: date
    starts_at: datetime | None
    place: str
    chair: PersonFacts | None
    secretary: PersonFacts | None
    present: tuple[PersonFacts, ...]
    units: tuple[UnitFacts, ...]
    units_present: tuple[str, ...] = ()
    absent: tuple[AbsenceFacts, ...] = ()
    agenda: tuple[AgendaFacts, ...] = ()
    documents: tuple[DocumentFacts, ...] = ()
    body_name: str = ""
    classification: str = Classification.UNCLASSIFIED.value
    roll_called: bool = True

    @property
    def own_offices(self) -> tuple[str, ...]:
        """Which offices a bare "văn phòng" or "thanh tra" means here: "Văn phòng Sở" where the director of a department
        presides. Empty where the chair's title tells no house. How offices speak, not a list of what a house has.
        """
        title = self.chair.title if self.chair is not None else ""
        return next((offices for presides, offices in _OWN_OFFICES if presides.match(title)), ())

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "MeetingContext":
        """Read the attendance file of a meeting; only `meeting.title` and `meeting.date` must be there.

        Raises:
            Invalid: not an object, a missing title, an unreadable date. ClassifiedRefused: a classified meeting.
        """
        return _from_json(json_mapping(data, "tệp cuộc họp"))


def meeting_context(session: Session, meeting_id: UUID) -> MeetingContext:
    """The context of a stored meeting; rights are the caller's business (a task has no actor).

    Raises:
        NotFound: no such meeting. ClassifiedRefused: nothing may be written about it here.
    """
    meeting = session.get(Meeting, meeting_id)
    if meeting is None:
        raise NotFound
    refuse_classified(meeting.classification)
    central = meeting.central_endpoint
    people = sorted(meeting.participants, key=lambda item: (item.person.protocol_rank, item.position))
    called = any(item.attendance is not Attendance.EXPECTED for item in people)
    there = [item for item in people if _is_there(item, called=called)]
    by_person = {item.person_id: _person(item) for item in people}
    return MeetingContext(
        meeting_id=meeting.id,
        title=meeting.title,
        kind=meeting.kind.value,
        date=in_vietnam(meeting.starts_at).date(),
        starts_at=meeting.starts_at,
        place=(central.endpoint.location or central.endpoint.name) if central else "",
        chair=by_person.get(meeting.chair_id) if meeting.chair_id else None,
        secretary=by_person.get(meeting.secretary_id) if meeting.secretary_id else None,
        present=tuple(_person(item) for item in there),
        units=tuple(_unit(unit) for unit in session.scalars(select(Unit).order_by(Unit.code))),
        units_present=_unit_names(meeting, there),
        absent=tuple(
            AbsenceFacts(item.person.full_name, item.absence_reason)
            for item in people
            if item.attendance is Attendance.ABSENT
        ),
        agenda=tuple(AgendaFacts(item.title, item.unit.name if item.unit else "") for item in meeting.agenda),
        documents=tuple(DocumentFacts(item.symbol, item.issued_on, item.subject) for item in meeting.documents),
        body_name=meeting.body_name,
        classification=meeting.classification.value,
        roll_called=called,
    )


def _is_there(item: Participant, *, called: bool) -> bool:
    if item.attendance is Attendance.ABSENT:
        return False
    return item.attendance is not Attendance.EXPECTED or not called


def _person(item: Participant) -> PersonFacts:
    place = item.meeting_endpoint
    return PersonFacts(
        name=item.person.full_name,
        title=item.person.title,
        unit_name=item.person.unit.name if item.person.unit else "",
        unit_id=item.person.unit_id,
        endpoint_name=place.endpoint.name if place else "",
        role=item.role.value,
    )


def _unit(unit: Unit) -> UnitFacts:
    return UnitFacts(unit.id, unit.name, tuple(unit.abbreviations), tuple(unit.aliases))


def _unit_names(meeting: Meeting, there: Iterable[Participant]) -> tuple[str, ...]:
    """Units that sat at an endpoint or sent somebody, each once, in the order of the endpoints."""
    names = [place.endpoint.unit.name for place in meeting.endpoints if place.endpoint.unit]
    names += [item.person.unit.name for item in there if item.person.unit]
    return tuple(dict.fromkeys(names))


_ROLES = {"chủ trì": "chair", "thư ký": "secretary", "báo cáo": "reporter"}


def _from_json(data: Mapping[str, Any]) -> MeetingContext:
    facts = json_mapping(data.get("meeting"), "meeting")
    classification = json_text(facts.get("classification")) or Classification.UNCLASSIFIED.value
    refuse_classified(classification)
    day = json_day(facts.get("date"), "meeting.date")
    if day is None:
        raise Invalid(field="meeting.date", reason="còn thiếu, cần dạng 2026-04-08")
    roles = {_name_of(data.get("secretary")): "secretary", _name_of(data.get("chair")): "chair"}
    people = [_person_from(item, roles) for item in json_list(data, "present")]
    present = tuple(person for person in people if person.name)
    names = [json_text(name) for name in json_list(data, "units_present")]
    absent = tuple(_absence_from(item) for item in json_list(data, "absent"))
    title = json_text(facts.get("title"))
    if not title:
        raise Invalid(field="meeting.title", reason="còn thiếu")
    return MeetingContext(
        meeting_id=None,
        title=title,
        kind=json_text(facts.get("kind")),
        date=day,
        starts_at=json_moment(day, json_text(facts.get("time"))),
        place=json_text(facts.get("place")),
        chair=_named(data.get("chair"), present, "chair"),
        secretary=_named(data.get("secretary"), present, "secretary"),
        present=present,
        units=_units_from(data, names, absent),
        units_present=tuple(name for name in names if name),
        absent=absent,
        agenda=tuple(_agenda_from(item) for item in json_list(data, "agenda")),
        documents=tuple(_document_from(item) for item in json_list(data, "documents")),
        body_name=json_text(facts.get("body_name")),
        classification=classification,
    )


def _person_from(item: Any, roles: Mapping[str, str]) -> PersonFacts:
    facts = {"name": item} if isinstance(item, str) else json_mapping(item, "present")
    name, role = json_text(facts.get("name")), json_text(facts.get("role"))
    return PersonFacts(
        name=name,
        title=json_text(facts.get("title")),
        unit_name=json_text(facts.get("unit")),
        endpoint_name=json_text(facts.get("endpoint")),
        role=roles.get(name) or _ROLES.get(role.casefold(), role),
    )


def _absence_from(item: Any) -> AbsenceFacts:
    facts = {"unit": item} if isinstance(item, str) else json_mapping(item, "absent")
    return AbsenceFacts(json_text(facts.get("unit")) or json_text(facts.get("name")), json_text(facts.get("reason")))


def _agenda_from(item: Any) -> AgendaFacts:
    facts = {"title": item} if isinstance(item, str) else json_mapping(item, "agenda")
    return AgendaFacts(json_text(facts.get("title")), json_text(facts.get("unit")))


def _document_from(item: Any) -> DocumentFacts:
    facts = {"symbol": item} if isinstance(item, str) else json_mapping(item, "documents")
    issued_on = json_day(facts.get("issued_on"), "documents.issued_on")
    return DocumentFacts(json_text(facts.get("symbol")), issued_on, json_text(facts.get("subject")))


def _units_from(data: Mapping[str, Any], names: list[str], absent: Iterable[AbsenceFacts]) -> tuple[UnitFacts, ...]:
    """Units of the file with all their names (`units`), then those only mentioned as present or absent."""
    units: dict[str, UnitFacts] = {}
    for item in json_list(data, "units"):
        facts = {"name": item} if isinstance(item, str) else json_mapping(item, "units")
        name = json_text(facts.get("name"))
        units[name] = UnitFacts(
            None,
            name,
            tuple(map(json_text, json_list(facts, "abbreviations"))),
            tuple(map(json_text, json_list(facts, "aliases"))),
        )
    for name in [*names, *(item.name for item in absent)]:
        units.setdefault(name, UnitFacts(None, name))
    return tuple(unit for name, unit in units.items() if name)


def _named(value: Any, present: Iterable[PersonFacts], role: str) -> PersonFacts | None:
    """The person a file calls chair or secretary: by name, or by the role given to somebody present."""
    there = next((person for person in present if person.role == role), None)
    name = _name_of(value)
    return there if there or not name else PersonFacts(name, role=role)


def _name_of(value: Any) -> str:
    return json_text(value.get("name")) if isinstance(value, Mapping) else json_text(value)
