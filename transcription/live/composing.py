"""What was heard live goes in, the transcript comes out: each track's words under its voice, names by evidence. Pure.

The name of a track is known from the room, which is better than any diarisation: words are put together track by track
by the same rules as those of a recording (`stages.merge`), then laid in the order of time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from transcription.document import Flag, Segment, TranscriptDocument, Word, segment_id
from transcription.engines.contract import Diarization, Turn, Utterance
from transcription.live.people import Voiced, voices
from transcription.speakers.assignment import overlaps
from transcription.speakers.context import SpeakerContext
from transcription.speakers.naming import Known, NamedVoice, name_speakers
from transcription.speakers.placing import Place
from transcription.speakers.room import RoomEvidence, Seat, endpoint_key
from transcription.stages.merge import OVERLAP_SHARE, merge
from transcription.stages.recognise import Recognition

#: Between an endpoint and the number of a voice at it.
_VOICE = "#"


@dataclass(frozen=True)
class Said:
    """One utterance as stored. `endpoint` is the name of its endpoint, empty where nobody knows whose track it is."""

    utterance_id: UUID
    track: str
    endpoint: str
    began_at: datetime
    ended_at: datetime
    engine: str
    heard: tuple[Utterance, ...]
    vector: tuple[float, ...] = ()

    @property
    def seconds(self) -> float:
        return (self.ended_at - self.began_at).total_seconds()


@dataclass(frozen=True)
class Spoken:
    """The transcript of what was said, who each voice is and why, and the moment of its second 0."""

    document: TranscriptDocument
    voices: tuple[NamedVoice, ...] = ()
    began_at: datetime | None = None
    engines: tuple[str, ...] = field(default=())


def compose(said: Sequence[Said], context: SpeakerContext, seats: Sequence[Seat] = ()) -> Spoken:
    """Put a meeting's utterances together.

    Args:
        said: all of them, in any order.
        context: who may speak.
        seats: the endpoints of the plan with their head-counts.
    """
    if not said:
        return Spoken(TranscriptDocument("", 0.0))
    said = sorted(said, key=lambda item: (item.began_at, item.track))
    began_at = said[0].began_at
    label = _labels(said, context, seats)
    turns = tuple(
        Turn(_since(began_at, item.began_at), _since(began_at, item.ended_at), label[item.utterance_id])
        for item in said
    )
    duration = max(turn.end for turn in turns)
    engines = tuple(dict.fromkeys(item.engine for item in said))
    segments = [
        segment
        for voice in dict.fromkeys(label.values())
        for segment in _of_voice(voice, [item for item in said if label[item.utterance_id] == voice], turns, began_at)
    ]
    segments.sort(key=lambda segment: (segment.start, segment.end, segment.speaker))
    numbered = [replace(segment, id=segment_id(number)) for number, segment in enumerate(segments, 1)]
    document = TranscriptDocument(", ".join(engines), round(duration, 3), tuple(numbered))
    named, known = name_speakers(
        document, context, Known(_places(said, label, turns), RoomEvidence(seats=tuple(seats)))
    )
    return Spoken(named, known, began_at, engines)


def _of_voice(voice: str, said: Sequence[Said], turns: Sequence[Turn], began_at: datetime) -> list[Segment]:
    own = tuple(turn for turn in turns if turn.voice == voice)
    moved = tuple(
        _moved(utterance, _since(began_at, item.began_at))
        for item in said
        for utterance in item.heard
        if utterance.words
    )
    found = merge(Recognition("", "", moved), Diarization(own, own), max((turn.end for turn in own), default=0.0))
    marked = []
    for segment in found.segments:
        flags = segment.flags
        if Flag.OVERLAP not in flags and overlaps(segment.start, segment.end, turns) > OVERLAP_SHARE:
            flags = (*flags, Flag.OVERLAP.value)
        marked.append(replace(segment, speaker=segment.speaker or voice, flags=flags))
    return marked


def _labels(said: Sequence[Said], context: SpeakerContext, seats: Sequence[Seat]) -> dict[UUID, str]:
    """Utterance → label of its voice: the endpoint, or the track where that is unknown; several people apart."""
    groups: dict[str, list[Said]] = {}
    for item in said:
        groups.setdefault(endpoint_key(item.endpoint) or item.track, []).append(item)
    heads = {endpoint_key(seat.endpoint): seat.head_count for seat in seats}
    found: dict[UUID, str] = {}
    for key, items in groups.items():
        listed = {person.name for person in context.people if person.endpoint and endpoint_key(person.endpoint) == key}
        if heads.get(key) == 1 or (heads.get(key) is None and len(listed) == 1):
            found.update({item.utterance_id: key for item in items})
            continue
        numbers = voices(
            [Voiced(item.utterance_id, item.seconds, item.vector) for item in items], max(len(listed), 1) or None
        )
        alone = len(set(numbers.values())) == 1
        found.update(
            {item.utterance_id: key if alone else f"{key}{_VOICE}{numbers[item.utterance_id]}" for item in items}
        )
    return found


def _places(said: Sequence[Said], label: Mapping[UUID, str], turns: Sequence[Turn]) -> dict[str, Place]:
    places: dict[str, Place] = {}
    for item, turn in zip(said, turns, strict=True):
        voice = label[item.utterance_id]
        known = places.get(voice, Place(item.endpoint, 1.0 if item.endpoint else 0.0, 0.0, "track", None, turn.start))
        if not item.endpoint:
            known = replace(known, kind="")
        places[voice] = replace(known, seconds=known.seconds + turn.end - turn.start)
    return places


def _moved(utterance: Utterance, by: float) -> Utterance:
    words = tuple(Word(word.start + by, word.end + by, word.text, word.probability) for word in utterance.words)
    return Utterance(utterance.start + by, utterance.end + by, words, utterance.quality)


def _since(began_at: datetime, moment: datetime) -> float:
    return (moment - began_at).total_seconds()
