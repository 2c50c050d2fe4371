"""The plan of a meeting goes in; who may speak, which terms may be said and how many voices there may be come out."""

from orchestrator.meetings.context import MeetingContext, PersonFacts
from transcription.engines.contract import SpeakerBounds, Vocabulary
from transcription.speakers.context import KnownPerson, SpeakerContext

#: Voices beyond those of the roll call: a guest, a technician who tests the line.
UNEXPECTED_VOICES = 2


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
    """Terms by likelihood of being said: units present, people, their titles, agenda, then all other units."""
    terms: list[str] = [*context.units_present]
    for person in _everybody(context):
        terms += [person.unit_name, person.name, person.title]
    # A point of the agenda begins with a capital on paper; within a sentence it has none.
    terms += [item.title[:1].lower() + item.title[1:] for item in context.agenda]
    terms += [document.symbol for document in context.documents]
    terms += [unit.name for unit in context.units]
    return Vocabulary(tuple(dict.fromkeys(term for term in terms if term)))


def speaker_bounds(context: MeetingContext) -> SpeakerBounds:
    """No more voices than people present and a few guests; nothing is known where nobody is listed."""
    count = len({person.name for person in _everybody(context)})
    return SpeakerBounds(None, count + UNEXPECTED_VOICES if count else None)


def _everybody(context: MeetingContext) -> list[PersonFacts]:
    leaders = [person for person in (context.chair, context.secretary) if person is not None]
    return [*leaders, *context.present]
