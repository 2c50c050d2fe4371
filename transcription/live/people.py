"""Voices behind one microphone: utterances of an endpoint with their prints go in, a label for each comes out. Pure.

A print of a second is rough, so utterances are joined by the mean likeness of all their pairs, longest first; what is
too short to have a print goes with its neighbour.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

#: Mean cosine from which two groups are one person; measured on the sample meetings (`benchmarks.live`).
SAME_FROM = 0.45
#: More voices than people listed at the endpoint, and one: somebody nobody expected.
UNEXPECTED = 1
#: Prints beyond this are assigned to the nearest group: the work grows with the square.
MOST_CLUSTERED = 400


@dataclass(frozen=True)
class Voiced:
    """An utterance of one endpoint: how long it is, and its print where it has one."""

    utterance_id: UUID
    seconds: float
    vector: tuple[float, ...] = ()


def voices(spoken: Sequence[Voiced], most: int | None = None) -> Mapping[UUID, int]:
    """Utterance → number of its voice, counted from 1 in the order in which they are first heard.

    Args:
        spoken: in the order of time.
        most: how many people are known to sit there; None where nobody says.
    """
    units = {item.utterance_id: _unit(item.vector) for item in spoken if item.vector}
    chosen = sorted((item for item in spoken if item.utterance_id in units), key=lambda item: -item.seconds)
    groups = _grouped([units[item.utterance_id] for item in chosen[:MOST_CLUSTERED]], most)
    means = [_unit(np.sum([units[chosen[index].utterance_id] for index in group], axis=0)) for group in groups]
    label = {chosen[index].utterance_id: number for number, group in enumerate(groups) for index in group}
    for item in chosen[MOST_CLUSTERED:]:
        label[item.utterance_id] = int(np.argmax([float(mean @ units[item.utterance_id]) for mean in means]))
    return _in_order(spoken, label)


def _grouped(units: Sequence[NDArray[np.float64]], most: int | None) -> list[list[int]]:
    """Average-link clustering: the two most alike are joined until none are alike enough and they are few enough."""
    groups = [[index] for index in range(len(units))]
    if len(units) < 2:
        return groups
    alike = np.asarray(units) @ np.asarray(units).T
    np.fill_diagonal(alike, -np.inf)
    while len(groups) > 1:
        one, other = divmod(int(np.argmax(alike)), len(groups))
        enough = most is None or len(groups) <= most + UNEXPECTED
        if alike[one, other] < SAME_FROM and enough:
            break
        first, second = min(one, other), max(one, other)
        sizes = len(groups[first]), len(groups[second])
        alike[first] = (alike[first] * sizes[0] + alike[second] * sizes[1]) / sum(sizes)
        alike[:, first] = alike[first]
        alike[first, first] = -np.inf
        alike = np.delete(np.delete(alike, second, 0), second, 1)
        groups[first] += groups.pop(second)
    return groups


def _in_order(spoken: Sequence[Voiced], label: Mapping[UUID, int]) -> dict[UUID, int]:
    numbers: dict[int, int] = {}
    found: dict[UUID, int] = {}
    last = 1
    for item in spoken:
        if item.utterance_id in label:
            last = numbers.setdefault(label[item.utterance_id], len(numbers) + 1)
        found[item.utterance_id] = last
    return found


def _unit(vector: Sequence[float] | NDArray[np.float64]) -> NDArray[np.float64]:
    array = np.asarray(vector, dtype=np.float64)
    return array / max(1e-9, float(np.linalg.norm(array)))
