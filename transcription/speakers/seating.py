"""Where a voice speaks from, and who is registered there, become evidence for a name. Pure rules.

One registered person at an endpoint and one voice there: it is that person. A room with more heads than names may hold
somebody nobody listed, so the endpoint alone names nobody there unless only one voice is heard from it.
"""

from collections.abc import Iterable, Iterator, Mapping

from transcription.speakers.context import KnownPerson
from transcription.speakers.evidence import Evidence
from transcription.speakers.placing import Place
from transcription.speakers.room import RoomEvidence, endpoint_key

#: From this share of a voice's time on, its endpoint is believed.
LEAST_PLACE_SHARE = 0.6
#: How sure the endpoint makes its only person, by how the endpoint is known.
_SURE = {"track": 0.99, "dominant": 0.97, "presence": 0.8}
#: … where more heads are registered than names, and one voice is heard / several are.
_CROWDED_ONE_VOICE = 0.7
_CROWDED_MANY_VOICES = 0.4
#: Below this a voice is too short for the room's times to say anything.
SHORTEST_SECONDS = 0.5
#: Shorter voices do not count as people where voices are counted.
SHORTEST_COUNTED_SECONDS = 3.0


def is_placed(place: Place | None) -> bool:
    """Whether the voice's endpoint may be believed and written into its label."""
    return place is not None and bool(place.endpoint) and place.share >= LEAST_PLACE_SHARE


def may_be(person: KnownPerson, place: Place | None) -> bool:
    """False where the room rules somebody out: the voice comes from elsewhere, or that endpoint was not there.

    Who is registered nowhere, or joined from an endpoint the plan does not name, is never ruled out.
    """
    if place is None or not person.endpoint:
        return True
    key = endpoint_key(person.endpoint)
    if place is not None and is_placed(place) and place.seconds >= SHORTEST_SECONDS:
        return key == endpoint_key(place.endpoint)
    return place.possible is None or key in place.possible


def closed_rooms(
    voices: Iterable[str], places: Mapping[str, Place], people: Iterable[KnownPerson], room: RoomEvidence
) -> Iterator[tuple[str, list[str], list[str]]]:
    """(endpoint, its voices, its people) for each endpoint whose head-count says that all its people are listed."""
    listed: dict[str, list[str]] = {}
    for person in people:
        if person.endpoint and person.name not in listed.setdefault(endpoint_key(person.endpoint), []):
            listed[endpoint_key(person.endpoint)].append(person.name)
    heard: dict[str, list[str]] = {}
    for voice in voices:
        place = places.get(voice)
        if place is not None and is_placed(place) and place.seconds >= SHORTEST_COUNTED_SECONDS:
            heard.setdefault(endpoint_key(place.endpoint), []).append(voice)
    for key, there in heard.items():
        endpoint = places[there[0]].endpoint
        if room.head_count(endpoint) == len(listed.get(key, ())):
            yield endpoint, there, listed[key]


def seat_evidence(
    voice: str, places: Mapping[str, Place], people: Iterable[KnownPerson], room: RoomEvidence
) -> tuple[str, Evidence] | None:
    """(name, evidence) where exactly one person is registered at the voice's endpoint."""
    place = places.get(voice)
    if place is None or not is_placed(place):
        return None
    key = endpoint_key(place.endpoint)
    there = [person for person in people if endpoint_key(person.endpoint) == key]
    if len({person.name for person in there}) != 1:
        return None
    weight = _SURE.get(place.kind, 0.0) * min(1.0, place.share / 0.9)
    heads = room.head_count(place.endpoint)
    if heads is not None and heads > 1:
        voices = sum(is_placed(other) and endpoint_key(other.endpoint) == key for other in places.values())
        weight *= _CROWDED_ONE_VOICE if voices == 1 else _CROWDED_MANY_VOICES
    kind = "endpoint" if place.kind == "dominant" else place.kind
    return there[0].name, Evidence(kind, "", place.start, weight, place.endpoint)
