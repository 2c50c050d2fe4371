"""Clustering of voice prints: the rules on made vectors, and that its cost stays bounded."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage

from transcription.engines import pyannote_clusters as clusters
from transcription.engines.contract import SpeakerBounds
from transcription.engines.pyannote_clusters import ClusterOptions, assign, average_linkage, cluster, units

FREE = SpeakerBounds()


def talk(voices: int, each: int, *, spread: float = 0.35, seed: int = 1) -> tuple[NDArray[np.float32], list[int]]:
    """Vectors of several voices in changing order, and whose each is."""
    generator = np.random.default_rng(seed)
    middles = units(generator.standard_normal((voices, 192)))
    order = generator.permutation(np.repeat(np.arange(voices), each)).tolist()
    noise = units(generator.standard_normal((len(order), 192))) * spread
    return (middles[order] + noise).astype(np.float32), order


def test_as_many_voices_as_there_are_each_with_its_own_centroid() -> None:
    vectors, order = talk(5, 40)
    centroids = cluster(vectors, FREE)
    assert len(centroids) == 5
    nearest = (units(vectors) @ centroids.T).argmax(axis=1)
    assert len({(voice, label) for voice, label in zip(order, nearest.tolist(), strict=True)}) == 5
    assert np.allclose(np.linalg.norm(centroids, axis=1), 1.0, atol=1e-5)


def test_the_merges_are_those_of_average_linkage() -> None:
    vectors, _order = talk(4, 15, spread=1.2)
    unit = units(vectors).astype(np.float64)
    ours = average_linkage(unit, np.ones(len(unit)))
    known = linkage(unit, method="average", metric="cosine")
    assert np.allclose([distance for *_pair, distance in ours], known[:, 2], atol=1e-6)
    wanted = len(set(fcluster(known, 0.4, criterion="distance")))
    assert len(unit) - sum(distance <= 0.4 for *_pair, distance in ours) == wanted


def test_a_cluster_given_as_sum_and_count_weighs_as_its_members() -> None:
    vectors, _order = talk(3, 6, spread=0.8)
    unit = units(vectors).astype(np.float64)
    apart = average_linkage(unit, np.ones(len(unit)))
    kept, gone, _distance = apart[0]
    rest = [index for index in range(len(unit)) if index not in (kept, gone)]
    joined = np.concatenate([unit[rest], (unit[kept] + unit[gone])[None]])
    distances = [distance for *_pair, distance in average_linkage(joined, np.array([1.0] * len(rest) + [2.0]))]
    assert np.allclose(distances, [distance for *_pair, distance in apart[1:]], atol=1e-9)


@pytest.mark.parametrize(("minimum", "maximum", "found"), [(None, 3, 3), (None, 1, 1), (None, 9, 5), (2, None, 5)])
def test_the_bounds_of_the_roll_call_hold(minimum: int | None, maximum: int | None, found: int) -> None:
    vectors, _order = talk(5, 20)
    assert len(cluster(vectors, SpeakerBounds(minimum, maximum))) == found


def test_more_voices_than_people_are_joined_where_they_are_not_far_apart() -> None:
    """Two people, one of them through two microphones."""
    person, other, microphones = (units(np.random.default_rng(seed).standard_normal((2, 192))) for seed in (1, 2, 3))
    middles = np.stack([person[0] + 0.9 * microphones[0], person[0] + 0.9 * microphones[1], other[0]])
    vectors = np.repeat(middles, 20, axis=0) + 0.02 * np.random.default_rng(4).standard_normal((60, 192))
    found = [len(cluster(vectors.astype(np.float32), SpeakerBounds(expected=people))) for people in (3, 2, 1)]
    assert found == [3, 2, 2]


def test_more_voices_than_sound_apart_are_parted_where_so_many_are_known_to_be_there() -> None:
    vectors, _order = talk(6, 20, spread=0.3)
    close = vectors + 3.0 * units(np.ones((1, 192))).astype(np.float32)
    assert len(cluster(close, FREE)) == 1
    assert len(cluster(close, SpeakerBounds(6, None))) == 6


def test_a_cough_is_no_voice_of_its_own() -> None:
    vectors, _order = talk(2, 30)
    cough = np.random.default_rng(9).standard_normal((2, 192)).astype(np.float32)
    assert len(cluster(np.concatenate([vectors, cough]), FREE, ClusterOptions(least_vectors=3))) == 2


def test_a_long_recording_is_clustered_in_stretches_with_the_same_voices(monkeypatch: pytest.MonkeyPatch) -> None:
    vectors, order = talk(7, 60, spread=0.5)
    whole = cluster(vectors, FREE)
    monkeypatch.setattr(clusters, "MOST_AT_ONCE", 100)
    monkeypatch.setattr(clusters, "STRETCH", 50)
    asked: list[int] = []
    plain = clusters.average_linkage

    def counting(sums: NDArray[np.float64], counts: NDArray[np.float64]) -> list[tuple[int, int, float]]:
        asked.append(len(counts))
        return plain(sums, counts)

    monkeypatch.setattr(clusters, "average_linkage", counting)
    parted = cluster(vectors, FREE)
    assert max(asked) <= 100
    assert len(parted) == len(whole) == 7
    labels = [(units(vectors) @ centroids.T).argmax(axis=1).tolist() for centroids in (whole, parted)]
    assert len(set(zip(*labels, strict=True))) == 7
    assert len(order) == 420


def test_where_nothing_is_alike_the_work_is_bounded_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "MOST_AT_ONCE", 60)
    monkeypatch.setattr(clusters, "STRETCH", 40)
    noise = np.random.default_rng(3).standard_normal((300, 192)).astype(np.float32)
    assert 1 <= len(cluster(noise, SpeakerBounds(None, 10))) <= 10


def test_two_voices_of_one_window_never_become_one() -> None:
    centroids = units(np.eye(3, 8)).astype(np.float32)
    prints = np.array([[centroids[0], 0.9 * centroids[0] + 0.1 * centroids[2], centroids[1]]])
    known = np.array([[True, True, False]])
    assert assign(prints, known, centroids).tolist() == [[0, 2, -1]]


def test_nobody_and_one_voice() -> None:
    assert cluster(np.zeros((0, 192), dtype=np.float32), FREE).shape == (0, 192)
    assert len(cluster(np.ones((1, 192), dtype=np.float32), FREE)) == 1
    assert (
        assign(np.zeros((2, 3, 192), np.float32), np.zeros((2, 3), dtype=bool), np.zeros((0, 192), np.float32)).tolist()
        == [[-1] * 3] * 2
    )
