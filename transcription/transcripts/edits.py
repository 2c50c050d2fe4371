"""A document and what a person typed go in, a new document comes out: pure rules. Typing never moves a time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from core.errors import Invalid
from transcription.document import SET_ASIDE, Flag, Segment, TranscriptDocument, Word
from transcription.errors import SegmentUnknown
from transcription.vocabulary.folding import fold

#: A word that a person has typed or confirmed.
CONFIRMED = 1.0


@dataclass(frozen=True, slots=True)
class SegmentDraft:
    """One line as typed. With the id of a known segment its times are the stored ones, whatever is given here."""

    start: float
    end: float
    speaker: str
    text: str
    id: str | None = None


def corrected(document: TranscriptDocument, segment_id: str, text: str | None, speaker: str | None) -> Segment:
    """One segment with other words or another speaker. Raises SegmentUnknown."""
    segment = document.find(segment_id)
    if segment is None:
        raise SegmentUnknown(segment=segment_id)
    new_text = segment.text if text is None else " ".join(text.split())
    new_speaker = segment.speaker if speaker is None else " ".join(speaker.split())
    return _with_words(replace(segment, speaker=new_speaker, text=new_text), segment.words)


def rewritten(document: TranscriptDocument, drafts: Sequence[SegmentDraft]) -> TranscriptDocument:
    """The whole document from lines. Lines left out are removed, new ones get fresh ids, all are put in order of time.

    Raises:
        SegmentUnknown: an id that the base does not have. Invalid: an id twice, a time outside the recording.
    """
    known = {segment.id: segment for segment in document.segments}
    given = [draft.id for draft in drafts if draft.id]
    if len(set(given)) != len(given):
        raise Invalid(field="segments.id", reason="một đoạn xuất hiện hai lần")
    fresh = _fresh_number(document)
    segments: list[Segment] = []
    for draft in drafts:
        if draft.id:
            if draft.id not in known:
                raise SegmentUnknown(segment=draft.id)
            base = known[draft.id]
            text, speaker = " ".join(draft.text.split()), " ".join(draft.speaker.split())
            unchanged = (text, speaker) == (base.text, base.speaker)
            segments.append(base if unchanged else _with_words(replace(base, text=text, speaker=speaker), base.words))
            continue
        segments.append(_new_segment(draft, f"n{fresh:04d}", document.duration_seconds))
        fresh += 1
    return document.with_segments(sorted(segments, key=lambda segment: (segment.start, segment.end)))


def retimed(words: Sequence[Word], text: str, start: float, end: float) -> tuple[Word, ...]:
    """Words for a typed text: unchanged words keep their times, changed ones share the time of what they replace."""
    typed = text.split()
    if not words:
        return _spread(typed, start, end)
    matcher = SequenceMatcher(None, [fold(word.text) for word in words], [fold(word) for word in typed], autojunk=False)
    found: list[Word] = []
    for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if kind == "equal":
            pairs = zip(words[old_from:old_to], typed[new_from:new_to], strict=True)
            found += [Word(old.start, old.end, new, CONFIRMED) for old, new in pairs]
        elif new_to > new_from:
            left = words[old_from].start if old_to > old_from else (words[old_from - 1].end if old_from else start)
            right = (
                words[old_to - 1].end if old_to > old_from else (words[old_to].start if old_to < len(words) else end)
            )
            found += _spread(typed[new_from:new_to], left, max(left, right))
    return tuple(found)


def _with_words(segment: Segment, words: Sequence[Word]) -> Segment:
    """The segment as a person left it: confirmed, so no longer doubtful nor set aside."""
    gone = {Flag.DOUBTFUL, Flag.CORRECTED, *SET_ASIDE}
    flags = (*(flag for flag in segment.flags if flag not in gone), Flag.CORRECTED.value)
    return replace(segment, flags=flags, words=retimed(words, segment.text, segment.start, segment.end))


def _new_segment(draft: SegmentDraft, identifier: str, duration_seconds: float) -> Segment:
    if not 0 <= draft.start <= draft.end <= duration_seconds + 1.0:
        raise Invalid(field="start, end", reason="thời điểm nằm ngoài bản ghi")
    text = " ".join(draft.text.split())
    words = retimed((), text, draft.start, draft.end)
    speaker = " ".join(draft.speaker.split())
    return Segment(identifier, draft.start, draft.end, speaker, text, (Flag.CORRECTED.value,), words)


def _fresh_number(document: TranscriptDocument) -> int:
    numbers = [
        int(segment.id[1:]) for segment in document.segments if segment.id[:1] == "n" and segment.id[1:].isdigit()
    ]
    return max(numbers, default=0) + 1


def _spread(texts: Sequence[str], start: float, end: float) -> tuple[Word, ...]:
    """Words over a stretch, each as long as its letters suggest."""
    total = sum(len(text) for text in texts) or 1
    found: list[Word] = []
    passed = 0
    for text in texts:
        left = start + (end - start) * passed / total
        passed += len(text)
        found.append(Word(round(left, 3), round(start + (end - start) * passed / total, 3), text, CONFIRMED))
    return tuple(found)
