"""Vectors of voices go in, one cluster for each comes out: average linkage in bounded memory. Pure rules.

The mean cosine of two clusters is the product of their mean unit vectors, so a cluster is its sum and its weight, and
no matrix of all pairs is needed. What is more than `MOST_AT_ONCE` is first joined within stretches of the recording,
far below the threshold, and the joined ones are clustered: cost and memory grow with length, not with its square.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from transcription.engines.contract import SpeakerBounds

Vectors = NDArray[np.float32]
Labels = NDArray[np.int16]
_Sums = NDArray[np.float64]

#: Vectors clustered in one go; about 40 minutes of talk.
MOST_AT_ONCE = 1500
#: Vectors of one stretch where there are more.
STRETCH = 500
#: Part of the threshold up to which a stretch is joined beforehand: only what is surely one voice.
SURE = 0.5
#: Where more voices are heard than people are known to be there, clusters this much farther apart are joined too: one
#: person through two microphones is likelier than a stranger.
DOUBT = 1.4
#: Label of what belongs to no cluster.
NOBODY = -1


@dataclass(frozen=True, slots=True)
class ClusterOptions:
    """What counts as one voice.

    Attributes:
        threshold: mean cosine distance up to which clusters are joined.
        least_vectors: a cluster of fewer is no voice of its own, but part of the nearest.
    """

    threshold: float = 0.40
    least_vectors: int = 3


@dataclass(slots=True)
class _Bundle:
    """Clusters so far: sums of unit vectors, how many each holds, and which of the first vectors they are."""

    sums: _Sums
    counts: NDArray[np.float64]
    owner: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))


def cluster(vectors: Vectors, bounds: SpeakerBounds, options: ClusterOptions | None = None) -> Vectors:
    """Centroids (unit vectors, one a row) of the voices among vectors (count, dimension) in order of time.

    Args:
        bounds: more voices than its maximum are joined further, fewer than its minimum are parted again as far as the
            vectors allow; more than expected are joined where they are not far apart.
    """
    options = options or ClusterOptions()
    bundle = _Bundle(units(vectors).astype(np.float64), np.ones(len(vectors)), np.arange(len(vectors)))
    if not len(vectors):
        return np.zeros((0, vectors.shape[1]), dtype=np.float32)
    while len(bundle.counts) > MOST_AT_ONCE:
        joined = _joined_in_stretches(bundle, SURE * options.threshold)
        if len(joined.counts) > 0.9 * len(bundle.counts):
            joined = _heaviest(joined)
        bundle = joined
    least = min(options.least_vectors, max(1, round(0.1 * len(vectors))))
    labels = _cut(bundle, average_linkage(bundle.sums, bundle.counts), bounds, options.threshold, least)
    sums = [bundle.sums[labels == label].sum(axis=0) for label in np.unique(labels[labels >= 0])]
    return units(np.array(sums)).astype(np.float32)


def assign(vectors: Vectors, known: NDArray[np.bool_], centroids: Vectors) -> Labels:
    """A centroid for each voice of each window, or NOBODY; two voices of one window never get the same.

    Args:
        vectors: (windows, voices, dimension).
        known: (windows, voices): whether there is a vector at all.
    """
    labels = np.full(known.shape, NOBODY, dtype=np.int16)
    if not len(centroids):
        return labels
    # Half a second that only a worker at the voices should pay.
    from scipy.optimize import linear_sum_assignment

    for window in np.flatnonzero(known.any(axis=1)):
        voices = np.flatnonzero(known[window])
        likeness = units(vectors[window, voices]) @ centroids.T
        for voice, label in zip(*linear_sum_assignment(likeness, maximize=True), strict=True):
            labels[window, voices[voice]] = label
    return labels


def average_linkage(sums: _Sums, counts: NDArray[np.float64]) -> list[tuple[int, int, float]]:
    """All merges (kept, joined to it, mean cosine distance) by rising distance, found by nearest-neighbour chains."""
    sums, counts = sums.copy(), counts.copy()
    alive = np.ones(len(counts), dtype=bool)
    merges: list[tuple[int, int, float]] = []
    chain: list[int] = []
    while len(merges) < len(counts) - 1:
        if not chain:
            chain = [int(np.argmax(alive))]
        last = chain[-1]
        likeness = (sums @ sums[last]) / (counts * counts[last])
        likeness[~alive] = -np.inf
        likeness[last] = -np.inf
        nearest = int(np.argmax(likeness))
        before = chain[-2] if len(chain) > 1 else -1
        # On equal terms the chain turns back: else it would never end.
        if before < 0 or likeness[nearest] > likeness[before]:
            chain.append(nearest)
            continue
        kept, gone = min(last, before), max(last, before)
        merges.append((kept, gone, 1.0 - float(likeness[before])))
        sums[kept] += sums[gone]
        counts[kept] += counts[gone]
        alive[gone] = False
        del chain[-2:]
    return sorted(merges, key=lambda merge: merge[2])


def units(vectors: NDArray[np.floating]) -> NDArray[np.floating]:
    """Each row at length one; rows of zeros stay."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9))


def _cut(
    bundle: _Bundle,
    merges: Sequence[tuple[int, int, float]],
    bounds: SpeakerBounds,
    threshold: float,
    least: int,
) -> NDArray[np.int64]:
    """Labels of the clusters left when joining stops; NOBODY for those too small to be a voice."""
    sizes = bundle.counts.copy()
    large = [int((sizes >= least).sum())]
    for kept, gone, _distance in merges:
        before = int(sizes[kept] >= least) + int(sizes[gone] >= least)
        sizes[kept] += sizes[gone]
        large.append(large[-1] - before + int(sizes[kept] >= least))
    steps = sum(distance <= threshold for *_pair, distance in merges)
    if bounds.expected is not None:
        farthest = DOUBT * threshold
        while steps < len(merges) and large[steps] > bounds.expected and merges[steps][2] <= farthest:
            steps += 1
    if bounds.maximum is not None:
        steps = next((step for step in range(steps, len(large)) if large[step] <= bounds.maximum), len(merges))
    if bounds.minimum is not None and large[steps] < bounds.minimum:
        enough = [step for step in range(steps) if large[step] >= bounds.minimum]
        steps = enough[-1] if enough else int(np.argmax(large[: steps + 1]))
    labels = np.arange(len(bundle.counts))
    for kept, gone, _distance in merges[:steps]:
        labels[labels == labels[gone]] = labels[kept]
    weights = np.bincount(labels, weights=bundle.counts, minlength=len(labels))
    if weights.max() < least:
        return np.zeros_like(labels)
    return np.where(weights[labels] >= least, labels, NOBODY)


def _joined_in_stretches(bundle: _Bundle, threshold: float) -> _Bundle:
    """Join what is surely one voice within each stretch."""
    parts: list[_Bundle] = []
    for first in range(0, len(bundle.counts), STRETCH):
        part = slice(first, first + STRETCH)
        sums, counts = bundle.sums[part].copy(), bundle.counts[part].copy()
        alive = np.ones(len(counts), dtype=bool)
        owner = np.arange(len(counts))
        for kept, gone, distance in average_linkage(sums, counts):
            if distance > threshold:
                break
            one, other = owner[kept], owner[gone]
            sums[one] += sums[other]
            counts[one] += counts[other]
            alive[other] = False
            owner[owner == other] = one
        parts.append(_Bundle(sums[alive], counts[alive]))
    return _Bundle(np.concatenate([part.sums for part in parts]), np.concatenate([part.counts for part in parts]))


def _heaviest(bundle: _Bundle) -> _Bundle:
    """Where hardly anything is alike, the largest clusters decide; the rest is assigned to the nearest voice later."""
    keep = np.sort(np.argsort(-bundle.counts, kind="stable")[:MOST_AT_ONCE])
    return _Bundle(bundle.sums[keep], bundle.counts[keep])
