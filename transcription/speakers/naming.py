"""A transcript with voice labels and the people of the meeting go in, names with evidence and certainty come out.

Evidence in this order: the endpoint a voice speaks from and who is registered there, its print (with consent), and what
is said: the chair concludes and gives the word ("mời đồng chí …"), a unit announces itself ("… xin báo cáo"). The room
also rules people out: whoever sits elsewhere or was not connected did not speak. Names and units are compared without
tones, since recognisers err there. A voice whose evidence is weak or divided keeps a number: a wrong name is worse than
none.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from transcription.document import Segment, TranscriptDocument
from transcription.speakers import phrases
from transcription.speakers.assignment import NO_VOICE
from transcription.speakers.closed_room import seated
from transcription.speakers.conducting import conductor
from transcription.speakers.context import KnownPerson, SpeakerContext
from transcription.speakers.evidence import ANNOUNCED_WHERE_PLACED, certainty, unnamed
from transcription.speakers.evidence import UNNAMED as UNNAMED
from transcription.speakers.evidence import Evidence as Evidence
from transcription.speakers.evidence import NamedVoice as NamedVoice
from transcription.speakers.placing import Place
from transcription.speakers.room import RoomEvidence
from transcription.speakers.seating import closed_rooms, is_placed, may_be, seat_evidence

#: A name is given from this certainty on, and only this far ahead of the next candidate.
LEAST_CERTAINTY = 0.6
LEAST_LEAD = 0.15
#: The invited voice answers within this time.
ANSWER_SECONDS = 8.0
MOST_CANDIDATES = 3
#: Between a voice and the person it was parted for by what it says.
_ANNOUNCED_AS = "/"


@dataclass(frozen=True, slots=True)
class Known:
    """What else is known of the voices of a recording, by their labels.

    Attributes:
        places: where each speaks from (`placing.place_voices`).
        room: the room itself, for head-counts.
        prints: (name, evidence) of enrolled people each sounds like (`prints.matching.match`).
    """

    places: Mapping[str, Place] = field(default_factory=dict)
    room: RoomEvidence = field(default_factory=RoomEvidence)
    prints: Mapping[str, Sequence[tuple[str, Evidence]]] = field(default_factory=dict)

    def place(self, voice: str) -> Place | None:
        return self.places.get(voice.partition(_ANNOUNCED_AS)[0])

    def is_placed(self, voice: str) -> bool:
        return is_placed(self.place(voice))

    def may_be(self, voice: str, person: KnownPerson) -> bool:
        return may_be(person, self.place(voice))


_Votes = dict[tuple[str, str], list[Evidence]]


def name_speakers(
    document: TranscriptDocument, context: SpeakerContext, known: Known | None = None
) -> tuple[TranscriptDocument, tuple[NamedVoice, ...]]:
    """Replace voice labels by names or "Người nói N (điểm cầu …)", numbered in order of appearance."""
    facts = known or Known()
    document = _split_merged_voices(document, context, facts)
    voices = [voice for voice in document.speakers if voice != NO_VOICE]
    votes = _room_votes(voices, context, facts)
    for key, evidence in _collect(document.spoken_segments, context, facts).items():
        votes[key] += evidence
    for key, evidence_left in _counted_votes(voices, votes, context, facts).items():
        votes[key].append(evidence_left)
    named: list[NamedVoice] = []
    number = 0
    for voice in voices:
        item = _decide(voice, votes)
        place = facts.place(voice)
        endpoint = place.endpoint if place is not None and is_placed(place) else ""
        if not item.is_named:
            number += 1
            item = replace(item, name=unnamed(number, endpoint))
        named.append(replace(item, endpoint=endpoint))
    labels = {item.voice: item.name for item in named}
    labels[NO_VOICE] = "Không rõ người nói"
    segments = (replace(segment, speaker=labels.get(segment.speaker, segment.speaker)) for segment in document.segments)
    return document.with_segments(segments), tuple(named)


def _room_votes(voices: Sequence[str], context: SpeakerContext, known: Known) -> _Votes:
    """Seats and prints: evidence that rests on the whole voice."""
    votes: _Votes = defaultdict(list)
    people = {person.name: person for person in context.people}
    for voice in voices:
        if _ANNOUNCED_AS in voice:
            continue  # parted because the label is two people: what holds for the label holds for the other
        seat = seat_evidence(voice, known.places, context.people, known.room)
        if seat is not None:
            votes[voice, seat[0]].append(seat[1])
        for name, evidence in known.prints.get(voice, ()):
            if name not in people or known.may_be(voice, people[name]):
                votes[voice, name].append(evidence)
    return votes


def _split_merged_voices(document: TranscriptDocument, context: SpeakerContext, known: Known) -> TranscriptDocument:
    """Part a voice that leads the meeting from the report it cannot have given.

    Diarisation merges voices that sound alike. Where the voice that concludes also announces itself as somebody else,
    the stretch from that announcement to the next voice, or to the next word of the chair, gets a label of its own.
    """
    leading = {s.speaker for s in document.spoken_segments if "concludes" in phrases.chairing(s.text)}
    chairs = {person.name for person in context.people if person.is_chair}
    segments: list[Segment] = []
    run, label = "", ""
    for segment in document.segments:
        if segment.speaker != run or phrases.chairing(segment.text):
            run = label = ""
        if segment.speaker in leading and not phrases.chairing(segment.text):
            meant = _meant(phrases.announced(segment.text), context, segment.speaker, known)
            announced = [person for person in meant if person.name not in chairs]
            if announced:
                run, label = segment.speaker, f"{segment.speaker}{_ANNOUNCED_AS}{announced[0].name}"
        segments.append(replace(segment, speaker=label) if label else segment)
    return document.with_segments(segments)


def _collect(segments: Sequence[Segment], context: SpeakerContext, known: Known) -> _Votes:
    votes: _Votes = defaultdict(list)
    chairs = [person for person in context.people if person.is_chair]
    for index, segment in enumerate(segments):
        if segment.speaker == NO_VOICE:
            continue
        mark = Evidence("", segment.id, segment.start)
        for kind in phrases.chairing(segment.text):
            for chair in (person for person in chairs if known.may_be(segment.speaker, person)):
                votes[segment.speaker, chair.name].append(replace(mark, kind=kind))
        weight = ANNOUNCED_WHERE_PLACED if known.is_placed(segment.speaker) else None
        for person in _meant(phrases.announced(segment.text), context, segment.speaker, known):
            votes[segment.speaker, person.name].append(replace(mark, kind="announces", weight=weight))
        answer = _answer(segments, index)
        if answer is not None:
            for person in _meant(phrases.invited(segment.text), context, answer.speaker, known):
                votes[answer.speaker, person.name].append(Evidence("invited", segment.id, segment.start))
    leading = conductor(segments)
    for chair in (person for person in chairs if leading and known.may_be(leading, person)):
        votes[leading, chair.name].append(Evidence("conducts", "", segments[0].start))
    return votes


def _counted_votes(
    voices: Sequence[str], votes: _Votes, context: SpeakerContext, known: Known
) -> dict[tuple[str, str], Evidence]:
    """What follows for the others from what is known of some, in rooms where everybody is listed."""
    found: dict[tuple[str, str], Evidence] = {}
    direct = {key: certainty(evidence) for key, evidence in votes.items()}
    parted = {voice.partition(_ANNOUNCED_AS)[0] for voice in voices if _ANNOUNCED_AS in voice}
    for endpoint, there, people in closed_rooms(voices, known.places, context.people, known.room):
        if parted & set(there):
            continue  # the diariser took two people for one here: its count of voices is not to be trusted
        for (voice, name), sure in seated(there, people, direct).items():
            before = direct.get((voice, name), 0.0)
            if sure > before:
                weight = 1.0 - (1.0 - sure) / (1.0 - before)
                found[voice, name] = Evidence("roll_call", "", known.places[voice].start, weight, endpoint)
    return found


def _answer(segments: Sequence[Segment], index: int) -> Segment | None:
    """The next voice after a segment, if it is another one and comes soon."""
    own = segments[index].speaker
    for segment in segments[index + 1 :]:
        if segment.start - segments[index].end > ANSWER_SECONDS:
            return None
        if segment.speaker not in (own, NO_VOICE):
            return segment
    return None


def _meant(heard: str, context: SpeakerContext, voice: str, known: Known) -> list[KnownPerson]:
    """The one person meant by what was heard who may be this voice; none where it fits several equally well."""
    if not heard:
        return []
    able = (person for person in context.people if known.may_be(voice, person))
    scored = sorted(((phrases.fits(heard, person, context), person.name, person) for person in able), key=_rank)
    if not scored or scored[-1][0] < phrases.LEAST_FIT:
        return []
    if len(scored) > 1 and scored[-1][0] - scored[-2][0] < 0.05:
        return []
    return [scored[-1][2]]


def _rank(scored: tuple[float, str, KnownPerson]) -> tuple[float, str]:
    return scored[0], scored[1]


def _decide(voice: str, votes: _Votes) -> NamedVoice:
    """The voice's best name if it is sure and clearly ahead. One person may be split over several voices."""
    ranked = sorted(
        ((certainty(evidence), person) for (owner, person), evidence in votes.items() if owner == voice),
        reverse=True,
    )
    candidates = tuple((person, sure) for sure, person in ranked[:MOST_CANDIDATES])
    if not ranked or ranked[0][0] < LEAST_CERTAINTY or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < LEAST_LEAD):
        return NamedVoice(voice, "", False, 0.0, (), candidates=candidates)
    sure, person = ranked[0]
    return NamedVoice(voice, person, True, sure, tuple(votes[voice, person]), candidates=candidates[1:])
