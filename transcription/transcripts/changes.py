"""Changes of single lines, as an editor sends them: pure functions from document and change to document.

Each change names the lines it touches. What somebody else did to other lines in between is no conflict; what they did
to the same line is, unless both did the same or one changed the words and the other the name.
"""

from dataclasses import dataclass, replace
from uuid import uuid4

from core.errors import Invalid
from transcription.document import Flag, Segment, TranscriptDocument, Word
from transcription.errors import SegmentUnknown
from transcription.transcripts.edits import checked_speaker, confirmed, corrected
from transcription.transcripts.retiming import retime


@dataclass(frozen=True)
class SetLine:
    """A line has these words, this speaker, or both; None leaves what is there. Its times stay."""

    id: str
    text: str | None = None
    speaker: str | None = None


@dataclass(frozen=True)
class ConfirmLine:
    """A line was listened to and is right as it stands."""

    id: str


@dataclass(frozen=True)
class SplitLine:
    """A line becomes two: its first `letters` letters stay, the rest is a new line, perhaps of another speaker."""

    id: str
    letters: int
    speaker: str | None = None


@dataclass(frozen=True)
class MergeLines:
    """A line takes the next one in."""

    id: str
    next_id: str


@dataclass(frozen=True)
class RenameSpeaker:
    """Every line of this speaker bears the new name."""

    old: str
    new: str


Change = SetLine | ConfirmLine | SplitLine | MergeLines | RenameSpeaker


def collides(change: Change, base: TranscriptDocument, newest: TranscriptDocument) -> str | None:
    """The line that somebody else changed since `base` in what this change is about; None where nothing is lost."""
    match change:
        case RenameSpeaker():
            return None
        case MergeLines(first, second):
            return next((name for name in (first, second) if _differs(base.find(name), newest.find(name))), None)
        case SetLine(name, text, speaker):
            old, now = base.find(name), newest.find(name)
            if old is None or now is None:
                return name
            clash = _lost(old.text, now.text, text) or _lost(old.speaker, now.speaker, speaker)
            return name if clash or (old.start, old.end) != (now.start, now.end) else None
        case ConfirmLine(name) | SplitLine(name):
            return name if _differs(base.find(name), newest.find(name)) else None


def changed(document: TranscriptDocument, change: Change) -> TranscriptDocument:
    """The document after the change. Raises SegmentUnknown, Invalid."""
    match change:
        case SetLine(name, text, speaker):
            return _replaced(document, corrected(document, name, text=text, speaker=speaker))
        case ConfirmLine(name):
            return _replaced(document, confirmed(document, name))
        case SplitLine():
            return _split(document, change)
        case MergeLines():
            return _merged(document, change)
        case RenameSpeaker(old, new):
            clean = checked_speaker(new)
            lines = (replace(line, speaker=clean) if line.speaker == old else line for line in document.segments)
            return document.with_segments(lines)


def _lost(old: str, now: str, mine: str | None) -> bool:
    return mine is not None and now not in (old, mine)


def _differs(old: Segment | None, now: Segment | None) -> bool:
    if old is None or now is None:
        return True
    return (old.text, old.speaker, old.start, old.end) != (now.text, now.speaker, now.start, now.end)


def _replaced(document: TranscriptDocument, line: Segment) -> TranscriptDocument:
    return document.with_segments(line if old.id == line.id else old for old in document.segments)


def _split(document: TranscriptDocument, change: SplitLine) -> TranscriptDocument:
    line = document.find(change.id)
    if line is None:
        raise SegmentUnknown(segment=change.id)
    typed = line.text.split()
    count = len(line.text[: max(change.letters, 0)].split())
    if change.letters < len(line.text) and count and not line.text[change.letters - 1 : change.letters + 1].count(" "):
        count -= 1  # in the middle of a word: the whole word goes into the second line
    if not 0 < count < len(typed):
        raise Invalid(field="chỗ tách", reason="phải nằm giữa hai từ của dòng")
    words = line.words if len(line.words) == len(typed) else retime(line.words, line.text, line.start, line.end)
    cut = (words[count - 1].end + words[count].start) / 2
    speaker = line.speaker if change.speaker is None else checked_speaker(change.speaker)
    first = replace(line, end=cut, text=" ".join(typed[:count]), words=_within(words[:count], line.start, cut))
    second = replace(
        line, id=f"p{uuid4().hex[:12]}", start=cut, speaker=speaker, text=" ".join(typed[count:]),
        words=_within(words[count:], cut, line.end),
    )  # fmt: skip
    lines = (part for old in document.segments for part in ((first, second) if old.id == line.id else (old,)))
    return document.with_segments(lines)


def _merged(document: TranscriptDocument, change: MergeLines) -> TranscriptDocument:
    spoken = document.spoken_segments
    place = next((place for place, line in enumerate(spoken) if line.id == change.id), None)
    if place is None:
        raise SegmentUnknown(segment=change.id)
    if place + 1 == len(spoken) or spoken[place + 1].id != change.next_id:
        raise Invalid(field="dòng", reason="chỉ nối được với dòng ngay sau")
    first, second = spoken[place], spoken[place + 1]
    both = tuple(flag for flag in first.flags if flag != Flag.CORRECTED or flag in second.flags)
    flags = (*both, *(flag for flag in second.flags if flag != Flag.CORRECTED and flag not in both))
    joined = replace(
        first, end=max(first.end, second.end), text=f"{first.text} {second.text}".strip(), flags=flags,
        words=(*first.words, *second.words),
    )  # fmt: skip
    return document.with_segments(
        joined if line.id == first.id else line for line in document.segments if line.id != second.id
    )


def _within(words: tuple[Word, ...], start: float, end: float) -> tuple[Word, ...]:
    """Words of overlapping times are kept inside their own line."""
    return tuple(
        replace(word, start=min(max(word.start, start), end), end=max(min(word.end, end), start)) for word in words
    )
