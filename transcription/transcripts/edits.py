"""What a secretary's edit makes of a transcript: pure functions from document and edit to document.

A line keeps its id and its times while its text changes. Lines may also be split, joined and moved: then the words
heard in the new span time the new text.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import uuid4

from core.errors import Invalid
from transcription.document import SET_ASIDE, Flag, Segment, TranscriptDocument, Word
from transcription.errors import SegmentUnknown
from transcription.transcripts.retiming import retime

MOST_SEGMENTS = 50_000
MOST_LETTERS = 20_000
MOST_SPEAKER_LETTERS = 200
#: What a person's own words are no longer.
_MACHINES_DOUBTS = SET_ASIDE | {Flag.DOUBTFUL}


@dataclass(frozen=True)
class SegmentDraft:
    """A line as typed; without an id it is a new one. Times in seconds from the start of the recording."""

    id: str | None
    start: float
    end: float
    speaker: str
    text: str


def corrected(
    document: TranscriptDocument, segment_id: str, *, text: str | None = None, speaker: str | None = None
) -> Segment:
    """One line with new words or another speaker, at its old times. Raises SegmentUnknown, Invalid."""
    segment = document.find(segment_id)
    if segment is None:
        raise SegmentUnknown(segment=segment_id)
    named = segment if speaker is None else replace(segment, speaker=checked_speaker(speaker))
    return named if text is None else _reworded(named, _checked_text(text), segment.words)


def confirmed(document: TranscriptDocument, segment_id: str) -> Segment:
    """A line somebody has listened to and found right as it stands: the machine's doubts go. Raises SegmentUnknown."""
    segment = document.find(segment_id)
    if segment is None:
        raise SegmentUnknown(segment=segment_id)
    kept = tuple(flag for flag in segment.flags if flag not in (*_MACHINES_DOUBTS, Flag.CORRECTED))
    return replace(segment, flags=(*kept, Flag.CORRECTED))


def rewritten(document: TranscriptDocument, drafts: Sequence[SegmentDraft]) -> TranscriptDocument:
    """The whole transcript as typed, in the order of time. Raises Invalid."""
    if len(drafts) > MOST_SEGMENTS:
        raise Invalid(field="số đoạn", reason=f"nhiều hơn {MOST_SEGMENTS}")
    known = {segment.id: segment for segment in document.segments}
    heard = [word for segment in document.segments for word in segment.words]
    used: set[str] = set()
    segments = []
    for draft in sorted(drafts, key=lambda item: (item.start, item.end)):
        old = known.get(draft.id) if draft.id and draft.id not in used else None
        segment = _segment(draft, old, heard, document.duration_seconds)
        used.add(segment.id)
        segments.append(segment)
    return document.with_segments(segments)


def _segment(draft: SegmentDraft, old: Segment | None, heard: Sequence[Word], duration_seconds: float) -> Segment:
    _check_span(draft, duration_seconds)
    speaker, text = checked_speaker(draft.speaker), _checked_text(draft.text)
    if old is not None and (old.start, old.end) == (draft.start, draft.end):
        named = replace(old, speaker=speaker)
        return _reworded(named, text, old.words)
    within = [word for word in heard if draft.start <= (word.start + word.end) / 2 <= draft.end]
    fresh = Segment(old.id if old else f"p{uuid4().hex[:12]}", draft.start, draft.end, speaker, text)
    return replace(fresh, words=retime(within, text, draft.start, draft.end), flags=(Flag.CORRECTED,))


def _reworded(segment: Segment, text: str, heard: Sequence[Word]) -> Segment:
    if text == segment.text:
        return segment
    kept = tuple(flag for flag in segment.flags if flag not in _MACHINES_DOUBTS)
    flags = kept if Flag.CORRECTED in kept else (*kept, Flag.CORRECTED)
    return replace(segment, text=text, flags=flags, words=retime(heard, text, segment.start, segment.end))


def _check_span(draft: SegmentDraft, duration_seconds: float) -> None:
    if not 0 <= draft.start <= draft.end:  # also refuses NaN
        raise Invalid(field="thời điểm", reason="giờ kết thúc của đoạn phải sau giờ bắt đầu")
    if draft.end > duration_seconds + 1:
        raise Invalid(field="thời điểm", reason="đoạn nằm ngoài bản ghi")


def _checked_text(text: str) -> str:
    clean = " ".join(text.split())
    if len(clean) > MOST_LETTERS:
        raise Invalid(field="lời", reason=f"dài hơn {MOST_LETTERS} ký tự, hãy tách thành nhiều đoạn")
    if not clean.isprintable():
        raise Invalid(field="lời", reason="có ký tự điều khiển")
    return clean


def checked_speaker(speaker: str) -> str:
    """The name as it is kept. Raises Invalid."""
    clean = " ".join(speaker.split())
    if not clean or len(clean) > MOST_SPEAKER_LETTERS or not clean.isprintable():
        raise Invalid(field="người nói", reason="để trống, quá dài hoặc có ký tự lạ")
    return clean
