"""Gold answers and a hypothesis go in; how many words stand under the right name, and how many names were heard right.

Two different things: who is said to speak (`words_under_name`), and whether the names of people and units that were
said are written as they are (`names_heard`).
"""

import json
from collections.abc import Iterable

import jiwer

from benchmarks.scoring import plain
from benchmarks.speech.hypothesis import Hypothesis
from benchmarks.speech.references import Gold

Share = tuple[int, int]


def words_under_name(gold: Gold, heard: Hypothesis) -> Share:
    """(words that stand under the name of who really spoke at that moment, all words); words are spread evenly over
    their stretch of text."""
    right = words = 0
    for item in heard.said:
        parts = item.text.split()
        for index in range(len(parts)):
            moment = item.start + (item.end - item.start) * (index + 0.5) / len(parts)
            words += 1
            right += item.speaker == _speaker_at(moment, gold)
    return right, words


def names_heard(gold: Gold, heard: Hypothesis) -> Share:
    """(mentions of people and units that are written right, mentions)."""
    reference, hypothesis = plain(gold.text).split(), plain(heard.text).split()
    mentions = list(_mentions(reference, terms_of(gold)))
    if not mentions or not hypothesis:
        return 0, len(mentions)
    right = _words_right(reference, hypothesis)
    return sum(all(right[first:last]) for first, last in mentions), len(mentions)


def terms_of(gold: Gold) -> list[list[str]]:
    """Names of people and units of a meeting, as words, the longest first."""
    names: list[str] = []
    for name, facts in gold.people.items():
        names += [name, facts.get("unit", ""), facts.get("endpoint", "")]
    if gold.attendance is not None:
        told = json.loads(gold.attendance.read_text(encoding="utf-8"))
        names += [str(unit) for unit in told.get("units_present") or ()]
        names += [str(item.get("unit", "")) for item in told.get("absent") or ()]
        names += [str(item.get("name", "")) for item in told.get("present") or ()]
    apart = {tuple(plain(name).split()) for name in names}
    # A single word ("Bộ") is no name that could be heard wrongly by itself.
    return sorted((list(term) for term in apart if len(term) > 1), key=lambda term: (-len(term), term))


def _mentions(words: list[str], terms: Iterable[list[str]]) -> Iterable[tuple[int, int]]:
    taken = [False] * len(words)
    for term in terms:
        for first in range(len(words) - len(term) + 1):
            last = first + len(term)
            if words[first:last] == term and not any(taken[first:last]):
                taken[first:last] = [True] * len(term)
                yield first, last


def _words_right(reference: list[str], hypothesis: list[str]) -> list[bool]:
    found = jiwer.process_words(" ".join(reference), " ".join(hypothesis))
    right = [False] * len(reference)
    for chunk in found.alignments[0]:
        if chunk.type == "equal":
            for index in range(chunk.ref_start_idx, chunk.ref_end_idx):
                right[index] = True
    return right


def _speaker_at(moment: float, gold: Gold) -> str:
    return min(gold.segments, key=lambda segment: max(segment[0] - moment, moment - segment[1], 0.0))[2]
