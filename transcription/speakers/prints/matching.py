"""Prints of a recording's voices and of enrolled people go in, evidence for names comes out. A pure rule.

A name needs a likeness and a lead over the next person: strangers are the rule in a meeting, not the exception. A
weaker likeness only supports what else speaks for the name. The thresholds are measured (`benchmarks.voice_prints`,
docs/decisions/0006).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from transcription.speakers.evidence import Evidence

KIND = "voice_print"
#: Cosine from which a likeness names, and its lead over the next person.
NAMES_FROM = 0.70
LEAST_LEAD = 0.10
#: Cosine from which it supports other evidence.
SUPPORTS_FROM = 0.50
_WEIGHT_NAMES, _WEIGHT_SUPPORTS = 0.9, 0.35


@dataclass(frozen=True, slots=True)
class Enrolled:
    """One print of a person, opened; `weight` is the seconds of speech it rests on."""

    name: str
    vector: tuple[float, ...]
    weight: float = 1.0


def match(
    voices: Mapping[str, Sequence[float]], enrolled: Iterable[Enrolled], starts: Mapping[str, float]
) -> dict[str, tuple[tuple[str, Evidence], ...]]:
    """For each voice at most one name with its evidence.

    Args:
        voices: print of each voice, of the same model as the enrolled ones; other lengths are left out.
        starts: second at which each voice is first heard.
    """
    people = mean_prints(enrolled)
    found: dict[str, tuple[tuple[str, Evidence], ...]] = {}
    for voice, vector in voices.items():
        ranked = likeness(vector, people)
        if not ranked:
            continue
        (best, name), lead = ranked[0], ranked[0][0] - (ranked[1][0] if len(ranked) > 1 else 0.0)
        if best < SUPPORTS_FROM or lead < LEAST_LEAD:
            continue
        weight = _WEIGHT_NAMES if best >= NAMES_FROM else _WEIGHT_SUPPORTS
        found[voice] = ((name, Evidence(KIND, "", starts.get(voice, 0.0), weight, f"{best:.2f}")),)
    return found


def mean_prints(enrolled: Iterable[Enrolled]) -> dict[str, NDArray[np.float64]]:
    """One unit vector for each person: the mean of their prints, each of length one, by seconds of speech."""
    apart: dict[str, list[NDArray[np.float64]]] = defaultdict(list)
    for item in enrolled:
        unit = _unit(item.vector)
        if unit is not None:
            apart[item.name].append(unit * item.weight)
    means = {name: _unit(np.sum(vectors, axis=0)) for name, vectors in apart.items()}
    return {name: mean for name, mean in means.items() if mean is not None}


def likeness(vector: Sequence[float], people: Mapping[str, NDArray[np.float64]]) -> list[tuple[float, str]]:
    """(cosine, name), the most alike first."""
    unit = _unit(vector)
    if unit is None:
        return []
    pairs = ((float(unit @ other), name) for name, other in people.items() if other.shape == unit.shape)
    return sorted(pairs, key=lambda pair: (-pair[0], pair[1]))


def _unit(vector: Sequence[float] | NDArray[np.float64]) -> NDArray[np.float64] | None:
    array = np.asarray(vector, dtype=np.float64)
    length = float(np.linalg.norm(array))
    return array / length if np.isfinite(length) and length > 1e-9 else None
