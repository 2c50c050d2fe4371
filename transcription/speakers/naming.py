"""A transcript with voice labels and the people of the meeting go in, names with evidence and certainty come out.

Evidence is what is said: the chair concludes and gives the word ("mời đồng chí …"), a unit announces itself ("… xin
báo cáo"). Names and units are compared without tones, since recognisers err there. A voice whose evidence is weak or
divided keeps a number: a wrong name is worse than none.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from transcription.document import Segment, TranscriptDocument
from transcription.speakers import phrases
from transcription.speakers.assignment import NO_VOICE
from transcription.speakers.context import KnownPerson, SpeakerContext

#: A name is given from this certainty on, and only this far ahead of the next candidate.
LEAST_CERTAINTY = 0.6
LEAST_LEAD = 0.15
#: How much one piece of evidence of each kind counts; together they approach 1 like independent witnesses.
_WEIGHTS = {"announces": 0.6, "invited": 0.5, "concludes": 0.65, "gives_word": 0.3, "addressed": 0.25}
#: The invited voice answers within this time.
ANSWER_SECONDS = 8.0
UNNAMED = "Người nói {number}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One observation: what kind, in which segment, at what second."""

    kind: str
    segment_id: str
    start: float

    def to_json(self) -> dict[str, Any]:
        return {"kind": self.kind, "segment_id": self.segment_id, "start": round(self.start, 3)}


@dataclass(frozen=True, slots=True)
class NamedVoice:
    """What a voice is called in the transcript, how sure that is (0..1), and why."""

    voice: str
    name: str
    is_named: bool
    certainty: float
    evidence: tuple[Evidence, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "voice": self.voice,
            "name": self.name,
            "is_named": self.is_named,
            "certainty": round(self.certainty, 3),
            "evidence": [item.to_json() for item in self.evidence],
        }


_Votes = dict[tuple[str, str], list[Evidence]]


def name_speakers(
    document: TranscriptDocument, context: SpeakerContext
) -> tuple[TranscriptDocument, tuple[NamedVoice, ...]]:
    """Replace voice labels by names or "Người nói N", numbered in order of appearance."""
    document = _split_merged_voices(document, context)
    voices = [voice for voice in document.speakers if voice != NO_VOICE]
    votes = _collect(document.spoken_segments, context)
    chosen = _assign(voices, votes)
    named: list[NamedVoice] = []
    number = 0
    for voice in voices:
        person, certainty, evidence = chosen.get(voice, ("", 0.0, ()))
        if not person:
            number += 1
        label = person or UNNAMED.format(number=number)
        named.append(NamedVoice(voice, label, bool(person), certainty, evidence))
    labels = {item.voice: item.name for item in named}
    labels[NO_VOICE] = "Không rõ người nói"
    segments = (replace(segment, speaker=labels.get(segment.speaker, segment.speaker)) for segment in document.segments)
    return document.with_segments(segments), tuple(named)


def _split_merged_voices(document: TranscriptDocument, context: SpeakerContext) -> TranscriptDocument:
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
            announced = [p for p in _meant(phrases.announced(segment.text), context) if p.name not in chairs]
            if announced:
                run, label = segment.speaker, f"{segment.speaker}/{announced[0].name}"
        segments.append(replace(segment, speaker=label) if label else segment)
    return document.with_segments(segments)


def _collect(segments: Sequence[Segment], context: SpeakerContext) -> _Votes:
    votes: _Votes = defaultdict(list)
    chairs = [person for person in context.people if person.is_chair]
    for index, segment in enumerate(segments):
        if segment.speaker == NO_VOICE:
            continue
        mark = Evidence("", segment.id, segment.start)
        for kind in phrases.chairing(segment.text):
            for chair in chairs:
                votes[segment.speaker, chair.name].append(replace(mark, kind=kind))
        for person in _meant(phrases.announced(segment.text), context):
            votes[segment.speaker, person.name].append(replace(mark, kind="announces"))
        answer = _answer(segments, index)
        if answer is not None:
            for person in _meant(phrases.invited(segment.text), context):
                votes[answer.speaker, person.name].append(Evidence("invited", segment.id, segment.start))
    return votes


def _answer(segments: Sequence[Segment], index: int) -> Segment | None:
    """The next voice after a segment, if it is another one and comes soon."""
    own = segments[index].speaker
    for segment in segments[index + 1 :]:
        if segment.start - segments[index].end > ANSWER_SECONDS:
            return None
        if segment.speaker not in (own, NO_VOICE):
            return segment
    return None


def _meant(heard: str, context: SpeakerContext) -> list[KnownPerson]:
    """The one person meant by what was heard; none where it fits several equally well."""
    if not heard:
        return []
    scored = sorted((phrases.fits(heard, person, context), person.name, person) for person in context.people)
    if not scored or scored[-1][0] < phrases.LEAST_FIT:
        return []
    if len(scored) > 1 and scored[-1][0] - scored[-2][0] < 0.05:
        return []
    return [scored[-1][2]]


def _assign(voices: Sequence[str], votes: _Votes) -> dict[str, tuple[str, float, tuple[Evidence, ...]]]:
    """Give each voice its best name, surest first. One person may be split over several voices, never the reverse."""
    chosen: dict[str, tuple[str, float, tuple[Evidence, ...]]] = {}
    for voice in voices:
        ranked = sorted(
            ((_certainty(evidence), person) for (owner, person), evidence in votes.items() if owner == voice),
            reverse=True,
        )
        if not ranked or ranked[0][0] < LEAST_CERTAINTY:
            continue
        if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < LEAST_LEAD:
            continue
        certainty, person = ranked[0]
        chosen[voice] = (person, certainty, tuple(votes[voice, person]))
    return chosen


def _certainty(evidence: Sequence[Evidence]) -> float:
    doubt = 1.0
    for item in evidence:
        doubt *= 1.0 - _WEIGHTS.get(item.kind, 0.0)
    return 1.0 - doubt
