"""The machine's transcript and the corrected one go in, names that people had to write themselves come out. Pure.

A lesson is a proper name of which at least one word was set right: from capital to capital, with a small second
syllable or "và" between ("Trung tâm Thông", "Phan Quốc Bảo"); a small syllable at its end cannot be told from the next
word.
Ordinary words teach nothing: the next meeting will have others.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from transcription.document import Segment, TranscriptDocument
from transcription.vocabulary.folding import fold

FEWEST_SYLLABLES, MOST_SYLLABLES = 2, 10
MOST_LETTERS = 120
#: The first word of a sentence has a capital anyway; it belongs to a name if it is one of the common family names.
_FAMILY_NAMES = frozenset(
    {"nguyễn", "trần", "lê", "phạm", "hoàng", "huỳnh", "phan", "vũ", "võ", "đặng", "bùi", "đỗ", "hồ", "ngô", "dương"}
    | {"lý", "đào", "đinh", "trịnh", "lâm", "mai", "trương", "đoàn", "tạ", "cao", "hà", "lương", "tô", "thái", "vương"}
)
_AND = "và"
_EDGES = '.,;:?!…“”"()'


@dataclass(frozen=True, slots=True)
class Lesson:
    """A name as people wrote it and what the machine had in its place."""

    written: str
    heard: str


def lessons(machine: TranscriptDocument, corrected: TranscriptDocument) -> tuple[Lesson, ...]:
    """Each name once, in the order of the transcript."""
    before = {segment.id: segment for segment in machine.segments}
    found: dict[str, Lesson] = {}
    for segment in corrected.spoken_segments:
        old = before.get(segment.id)
        if old is not None and old.text != segment.text:
            for lesson in _of_line(old, segment):
                found.setdefault(fold(lesson.written), lesson)
    return tuple(found.values())


def _of_line(old: Segment, new: Segment) -> Iterator[Lesson]:
    heard, typed = old.text.split(), new.text.split()
    matcher = SequenceMatcher(None, [fold(word) for word in heard], [fold(word) for word in typed], autojunk=False)
    changed: dict[int, tuple[int, int]] = {}
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind == "replace":
            changed.update(dict.fromkeys(range(start, end), (first, last)))
    for start, end in _names(typed):
        touched = [changed[place] for place in range(start, end) if place in changed]
        written = " ".join(word.strip(_EDGES) for word in typed[start:end])
        if touched and FEWEST_SYLLABLES <= end - start <= MOST_SYLLABLES and len(written) <= MOST_LETTERS:
            yield Lesson(
                written, " ".join(heard[min(first for first, _ in touched) : max(last for _, last in touched)])
            )


def _names(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """(start, end) of names in a line; a mark ends a name."""
    place = 0
    while place < len(words):
        if not _is_capital(words, place) or (_begins_sentence(words, place) and not _opens_name(words, place)):
            place += 1
            continue
        end = place + 1
        while end < len(words) and not _marked(words[end - 1]):
            step = 1 if _is_capital(words, end) else 2 if _is_capital(words, end + 1) and not _marked(words[end]) else 0
            if not step and words[end] != _AND and _is_capital(words, end + 2) and words[end + 1] == _AND:
                step = 3
            if not step:
                break
            end += step
        yield place, end
        place = end


def _opens_name(words: Sequence[str], place: int) -> bool:
    return fold(words[place]) in _FAMILY_NAMES or not _is_capital(words, place + 1)


def _begins_sentence(words: Sequence[str], place: int) -> bool:
    return place == 0 or words[place - 1].endswith((".", "?", "!", "…"))


def _is_capital(words: Sequence[str], place: int) -> bool:
    return place < len(words) and words[place].strip(_EDGES)[:1].isupper()


def _marked(word: str) -> bool:
    return word[-1:] in _EDGES
