"""A hypothesis and its gold answers go in, counts come out; those of several recordings add up to a system's line.

Every rate is pooled: all errors by all words, all wrong seconds by all spoken seconds, so that long recordings count
for more. Keys of `line` are a contract.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

import jiwer
import numpy as np
from rapidfuzz.distance import Levenshtein
from scipy.optimize import linear_sum_assignment

from benchmarks.scoring import diarization_errors, plain
from benchmarks.speech.hypothesis import Hypothesis
from benchmarks.speech.measuring import Cost
from benchmarks.speech.names import names_heard, words_under_name
from benchmarks.speech.references import Gold

HUMAN = "human"


@dataclass(frozen=True)
class Counts:
    """Sums over recordings; a pair that stays (0, 0) was not measured."""

    words: tuple[float, float] = (0, 0)
    characters: tuple[float, float] = (0, 0)
    diarization: tuple[float, float] = (0, 0)
    speaker_words: tuple[float, float] = (0, 0)
    under_name: tuple[float, float] = (0, 0)
    names: tuple[float, float] = (0, 0)
    cost: Cost = field(default_factory=Cost)
    seconds: float = 0.0

    def plus(self, other: "Counts") -> "Counts":
        pairs = {
            item.name: tuple(a + b for a, b in zip(getattr(self, item.name), getattr(other, item.name), strict=True))
            for item in fields(self)
            if item.name not in {"cost", "seconds"}
        }
        return Counts(**pairs, cost=self.cost.then(other.cost), seconds=self.seconds + other.seconds)


def count(gold: Gold, heard: Hypothesis, cost: Cost, seconds: float) -> Counts:
    """One recording of one system."""
    reference, text = plain(gold.text), plain(heard.text)
    return Counts(
        words=_errors(jiwer.process_words, reference, text),
        characters=_errors(jiwer.process_characters, reference, text),
        diarization=diarization_errors(gold.turns, heard.turns) if heard.turns is not None and gold.turns else (0, 0),
        speaker_words=_speaker_errors(gold, heard) if heard.turns is not None else (0, 0),
        under_name=words_under_name(gold, heard) if heard.names_people else (0, 0),
        names=names_heard(gold, heard),
        cost=cost,
        seconds=seconds,
    )


def line(system: str, by_kind: Mapping[str, Counts], phantoms: int | None) -> dict[str, Any]:
    """The JSON line of a system. Rates are shares of 1; None is what a system cannot do or was not asked.

    `wer_human` and `wer_meetings` part the words by kind; `cpwer` is the word error rate under the best assignment of
    voices; `names` the share of words under the right name, `terms` that of names of people and units written right;
    `rtf` wall seconds and `cpu` processor seconds for each second of sound; `peak_mb` memory of all its processes.
    """
    whole = total(by_kind.values())
    meetings = total(counts for kind, counts in by_kind.items() if kind != HUMAN)
    return {
        "system": system,
        "wer": _rate(whole.words),
        "cer": _rate(whole.characters),
        "der": _rate(whole.diarization),
        "cpwer": _rate(whole.speaker_words),
        "names": _rate(whole.under_name),
        "rtf": round(whole.cost.wall_seconds / whole.seconds, 3) if whole.seconds else None,
        "cpu": round(whole.cost.cpu_seconds / whole.seconds, 3) if whole.seconds else None,
        "peak_mb": round(whole.cost.peak_bytes / 1e6),
        "phantoms": phantoms,
        "terms": _rate(whole.names),
        "wer_human": _rate(by_kind[HUMAN].words) if HUMAN in by_kind else None,
        "wer_meetings": _rate(meetings.words),
        "seconds": round(whole.seconds, 1),
    }


def total(counts: Iterable[Counts]) -> Counts:
    whole = Counts()
    for item in counts:
        whole = whole.plus(item)
    return whole


def errors_by_speaker(gold: Gold, heard: Hypothesis) -> dict[str, float]:
    """Word error rate of each true speaker under the best assignment of voices."""
    truth = {name: plain(text).split() for name, text in gold.by_speaker().items()}
    pairs = _assigned(truth, {name: plain(text).split() for name, text in heard.by_speaker().items()})
    return {name: Levenshtein.distance(truth[name], voice) / max(1, len(truth[name])) for name, voice in pairs.items()}


def _speaker_errors(gold: Gold, heard: Hypothesis) -> tuple[float, float]:
    """cpWER (Watanabe et al., CHiME-6, 2020): texts of each speaker joined, the assignment with the fewest errors."""
    truth = {name: plain(text).split() for name, text in gold.by_speaker().items()}
    voices = {name: plain(text).split() for name, text in heard.by_speaker().items()}
    pairs = _assigned(truth, voices)
    wrong = sum(Levenshtein.distance(truth[name], voice) for name, voice in pairs.items())
    # Voices that are nobody's add all their words.
    surplus = sum(map(len, voices.values())) - sum(map(len, pairs.values()))
    return wrong + surplus, sum(map(len, truth.values()))


def _assigned(truth: Mapping[str, list[str]], voices: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """The words found for each true speaker; empty for one whom no voice fits."""
    names, heard = list(truth), list(voices.values())
    size = max(len(names), len(heard))
    table = np.zeros((size, size))
    for row in range(size):
        for column in range(size):
            left = truth[names[row]] if row < len(names) else []
            right = heard[column] if column < len(heard) else []
            table[row, column] = Levenshtein.distance(left, right)
    rows, columns = linear_sum_assignment(table)
    chosen = dict(zip(rows.tolist(), columns.tolist(), strict=True))
    return {name: heard[chosen[row]] if chosen[row] < len(heard) else [] for row, name in enumerate(names)}


def _errors(process: Any, reference: str, heard: str) -> tuple[float, float]:
    if not reference:
        return 0, 0
    found = process(reference, heard)
    wrong = found.substitutions + found.deletions + found.insertions
    return wrong, found.substitutions + found.deletions + found.hits


def _rate(pair: tuple[float, float]) -> float | None:
    return round(pair[0] / pair[1], 4) if pair[1] else None
