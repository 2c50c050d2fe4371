"""The calendar entry of an invitation (RFC 5545, RFC 5546). Pure: facts in, an iCalendar text out.

One UID per endpoint for good, a SEQUENCE that grows with every change, METHOD REQUEST or CANCEL. The entry tells title,
time and place only: calendars are shared with colleagues and phones, so neither the personal link nor papers nor the
agenda go in.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, Timezone, TimezoneStandard, vCalAddress, vText

from core.clock import VIETNAM, in_vietnam
from core.mail.addresses import Mailbox
from papers.values import clean_text

PRODUCT = "-//Điểm Cầu//Giấy mời//VI"
_ZONE = str(VIETNAM)
_OFFSET = timedelta(hours=7)
_WHERE_THE_LINK_IS = "Đường dẫn vào họp và trang trả lời nằm trong thư mời gửi riêng cho điểm cầu."


@dataclass(frozen=True)
class CalendarFacts:
    """What an entry says."""

    uid: str
    sequence: int
    title: str
    location: str
    starts_at: datetime
    ends_at: datetime
    written_at: datetime
    organizer: Mailbox
    attendees: tuple[Mailbox, ...]


def request(facts: CalendarFacts) -> str:
    """An invitation, or its update where the sequence has grown."""
    return _calendar(facts, "REQUEST", "CONFIRMED")


def cancellation(facts: CalendarFacts) -> str:
    """The entry is called off."""
    return _calendar(facts, "CANCEL", "CANCELLED")


def _calendar(facts: CalendarFacts, method: str, status: str) -> str:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(_zone())
    event = Event()
    event.add("uid", facts.uid)
    event.add("sequence", facts.sequence)
    event.add("dtstamp", facts.written_at.astimezone(UTC))
    event.add("dtstart", in_vietnam(facts.starts_at))
    event.add("dtend", in_vietnam(facts.ends_at))
    event.add("summary", clean_text(facts.title))
    event.add("location", clean_text(facts.location))
    event.add("status", status)
    event.add("organizer", _person(facts.organizer))
    for attendee in facts.attendees:
        event.add("attendee", _attendee(attendee))
    if status == "CONFIRMED":
        event.add("description", _WHERE_THE_LINK_IS)
    calendar.add_component(event)
    text: str = calendar.to_ical().decode("utf-8")
    return text


def _zone() -> Timezone:
    """Việt Nam has one offset and no summer time; programs that do not know the zone's name find it here."""
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", _ZONE)
    standard.add("dtstart", datetime(1975, 6, 13))  # noqa: DTZ001 (a wall clock's time, as the RFC wants it)
    standard.add("tzoffsetfrom", _OFFSET)
    standard.add("tzoffsetto", _OFFSET)
    standard.add("tzname", "+07")
    zone.add_component(standard)
    return zone


def _person(box: Mailbox) -> vCalAddress:
    address = vCalAddress(f"mailto:{box.address}")
    if name := clean_text(box.name):
        address.params["CN"] = vText(name)
    return address


def _attendee(box: Mailbox) -> vCalAddress:
    address = _person(box)
    address.params["CUTYPE"] = vText("GROUP")
    address.params["ROLE"] = vText("REQ-PARTICIPANT")
    address.params["PARTSTAT"] = vText("NEEDS-ACTION")
    address.params["RSVP"] = vText("TRUE")
    return address
