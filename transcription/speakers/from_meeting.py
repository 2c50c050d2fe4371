"""The plan of a meeting goes in; who may speak, which terms may be said and how many voices there may be come out."""

from orchestrator.meetings.context import MeetingContext, PersonFacts
from transcription.engines.contract import SpeakerBounds, Vocabulary
from transcription.speakers.context import KnownPerson, SpeakerContext
from transcription.speakers.room import RoomEvidence, endpoint_key

#: Voices beyond those of the roll call: a guest, a technician who tests the line.
UNEXPECTED_VOICES = 2
#: Voices from a room that was there without anybody of the roll call in it, however many heads it registered.
NAMELESS_ROOM_VOICES = 2


def speaker_context(context: MeetingContext) -> SpeakerContext:
    """People present, chair and secretary among them, and the other names of their units."""
    listed = {person.name: person for person in _everybody(context)}
    people = tuple(
        KnownPerson(
            person.name,
            person.title,
            person.unit_name,
            person.endpoint_name,
            is_chair=context.chair is not None and person.name == context.chair.name,
            is_secretary=context.secretary is not None and person.name == context.secretary.name,
        )
        for person in listed.values()
    )
    aliases = tuple((alias, unit.name) for unit in context.units for alias in (*unit.abbreviations, *unit.aliases))
    return SpeakerContext(people, aliases)


def vocabulary(context: MeetingContext) -> Vocabulary:
    """Terms by likelihood of being said: units present and absent, people, their titles, agenda, then other units."""
    terms: list[str] = [*context.units_present, *(absence.name for absence in context.absent)]
    for person in _everybody(context):
        terms += [person.unit_name, person.name, person.title, person.endpoint_name]
    # A title or a point of the agenda begins with a capital on paper; within a sentence it has none.
    terms += [text[:1].lower() + text[1:] for text in (context.title, *(item.title for item in context.agenda))]
    terms += [document.subject[:1].lower() + document.subject[1:] for document in context.documents]
    terms += [document.symbol for document in context.documents]
    terms += context.own_offices
    terms += [unit.name for unit in context.units]
    return Vocabulary(tuple(dict.fromkeys(term for term in terms if term)))


def speaker_bounds(context: MeetingContext, room: RoomEvidence | None = None) -> SpeakerBounds:
    """About as many voices as people present, and a few guests at most; nothing is known where nobody is listed.

    Where presence was kept, people of endpoints that never came do not count, and rooms that came without anybody
    named in them do, by their head-counts: of forty heads behind one microphone few speak.
    """
    listed = {person.name: endpoint_key(person.endpoint_name) for person in _everybody(context)}
    seen = room.endpoints_seen if room is not None and room.present else None
    if seen is None or room is None:
        return _bounds(len(listed))
    there = sum(not key or key in seen for key in listed.values())
    nameless = [key for key in seen if key not in listed.values()]
    heads = {endpoint_key(seat.endpoint): seat.head_count or 1 for seat in room.seats}
    guests = sum(min(NAMELESS_ROOM_VOICES, heads.get(key, 1)) for key in nameless)
    return _bounds(there + guests)


def _bounds(people: int) -> SpeakerBounds:
    return SpeakerBounds(None, people + UNEXPECTED_VOICES, people) if people else SpeakerBounds()


def _everybody(context: MeetingContext) -> list[PersonFacts]:
    leaders = [person for person in (context.chair, context.secretary) if person is not None]
    return [*leaders, *context.present]
