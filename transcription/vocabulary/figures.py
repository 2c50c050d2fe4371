"""Spoken words with times go in, words as they are written come out: "mười lăm tháng tư" becomes "15 tháng 4".

The rules are those of the whole house (`core.vietnamese`). A figure takes the time from the first of its words to the
last and is as doubtful as the worst of them; several written words share the time evenly.
"""

from collections.abc import Sequence

from core.vietnamese.figures import figure_changes
from core.vietnamese.spoken_words import Change
from transcription.document import Word
from transcription.vocabulary.folding import MARKS, capital_as, marks_behind


def write_figures(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words of one voice in a row, with numbers, days, hours and symbols of documents in figures."""
    text = " ".join(word.text for word in words)
    starts: list[int] = []
    position = 0
    for word in words:
        starts.append(position)
        position += len(word.text) + 1
    found: list[Word] = []
    done = 0
    for change in figure_changes(text):
        spans = enumerate(zip(starts, words, strict=True))
        members = [index for index, (at, word) in spans if change.start < at + len(word.text) and at < change.end]
        if members and members[0] >= done and _is_whole(words, starts, members, change):
            found += words[done : members[0]]
            found += _written([words[index] for index in members], change.new)
            done = members[-1] + 1
    return (*found, *words[done:])


def _is_whole(words: Sequence[Word], starts: Sequence[int], members: Sequence[int], change: Change) -> bool:
    """Whether the change takes its words whole, marks around them aside."""
    first, last = members[0], members[-1]
    behind = words[last].text[change.end - starts[last] :]
    return change.start == starts[first] and not behind.strip(MARKS)


def _written(old: Sequence[Word], new: str) -> list[Word]:
    parts = new.split(" ")
    parts[0] = capital_as(old[0].text, parts[0])
    parts[-1] += marks_behind(old[-1].text)
    start, step = old[0].start, (old[-1].end - old[0].start) / len(parts)
    probability = min(word.probability for word in old)
    ends = [*(start + step * (index + 1) for index in range(len(parts) - 1)), old[-1].end]
    begins = [start, *ends[:-1]]
    return [Word(begin, end, part, probability) for begin, end, part in zip(begins, ends, parts, strict=True)]
