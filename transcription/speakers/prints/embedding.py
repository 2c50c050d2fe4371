"""Stretches of sound go in, one voice print comes out: the embedding network of the diarisation pipeline by itself.

Only the offline pipeline's network is used: prints are compared with the centroids that pipeline gives its voices.
"""

import warnings
from collections.abc import Iterable
from typing import Any

import numpy as np

from transcription import offline
from transcription.engines.contract import SAMPLE_RATE, EngineSettings, FloatArray
from transcription.weights import MANIFEST, PYANNOTE, sha256_of, verify_folder

#: Longer stretches are cut: the network's cost grows with length, its answer does not get better.
LONGEST_SECONDS = 10.0
SHORTEST_SECONDS = 1.0


class VoiceEmbedder:
    """The network, loaded once. Raises WeightsFault where the weights are not those that belong here."""

    def __init__(self, settings: EngineSettings) -> None:
        folder = settings.weights_directory / PYANNOTE
        verify_folder(folder)
        #: The same mark the diariser puts on its prints.
        self.model = sha256_of(folder / MANIFEST)
        offline.seal()
        offline.prepare_pyannote()
        import torch

        torch.set_num_threads(settings.threads)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from pyannote.audio import Model

            network: Any = Model.from_pretrained(str(folder / "embedding"))
        self._network = network.eval()

    def embed(self, stretches: Iterable[FloatArray]) -> tuple[float, ...]:
        """Mean of the stretches' unit vectors by their length; empty where all are too short."""
        import torch

        total: Any = None
        for samples in stretches:
            for piece in _cut(samples):
                with torch.inference_mode():
                    vector = self._network(torch.from_numpy(np.ascontiguousarray(piece))[None, None]).numpy()[0]
                part = vector / max(1e-9, float(np.linalg.norm(vector))) * len(piece)
                total = part if total is None else total + part
        if total is None:
            return ()
        return tuple(float(x) for x in total / max(1e-9, float(np.linalg.norm(total))))


def _cut(samples: FloatArray) -> Iterable[FloatArray]:
    longest, shortest = round(LONGEST_SECONDS * SAMPLE_RATE), round(SHORTEST_SECONDS * SAMPLE_RATE)
    for first in range(0, len(samples), longest):
        piece = samples[first : first + longest]
        if len(piece) >= shortest:
            yield piece
