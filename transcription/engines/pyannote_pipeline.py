"""pyannote's SpeakerDiarization without a PLDA: constrained agglomerative clustering over CAM++ embeddings.

`config.yaml` of the pipeline folder names this class, so that `Pipeline.from_pretrained(folder)` is the same call as
with a pipeline from anywhere else.
"""

from typing import Any

import numpy as np
from pyannote.audio.core.plda import PLDA
from pyannote.audio.pipelines import SpeakerDiarization
from pyannote.audio.pipelines.clustering import AgglomerativeClustering


class ConstrainedClustering(AgglomerativeClustering):
    """Two voices heard in the same window never share a cluster, as pyannote's own VBx clustering has it."""

    def __call__(
        self,
        embeddings: np.ndarray,
        segmentations: Any | None = None,
        num_clusters: int | None = None,
        min_clusters: int | None = None,
        max_clusters: int | None = None,
        **options: Any,
    ) -> np.ndarray:
        self._activity = np.zeros((0, 0, 0)) if segmentations is None else np.asarray(segmentations.data)
        return super().__call__(
            embeddings,
            segmentations=segmentations,
            num_clusters=num_clusters,
            min_clusters=min_clusters,
            max_clusters=max_clusters,
            **options,
        )

    def constrained_argmax(self, soft_clusters: np.ndarray) -> np.ndarray:
        silent = self._activity.sum(1) == 0
        soft_clusters[silent] = np.nanmin(soft_clusters) - 1.0
        return super().constrained_argmax(soft_clusters)


class _NoPLDA(PLDA):
    """pyannote 4.0 loads a PLDA even where the clustering never asks it; the default one lies on a hub."""

    def __init__(self) -> None:
        pass


class OfflineSpeakerDiarization(SpeakerDiarization):
    """The pipeline class of the folder that `transcription.weights` builds."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("plda", _NoPLDA())
        options["clustering"] = "AgglomerativeClustering"
        super().__init__(**options)
        self.clustering = ConstrainedClustering(metric=self._embedding.metric, constrained_assignment=True)

    def default_parameters(self) -> dict[str, Any]:
        return {
            "segmentation": {"min_duration_off": 0.0},
            "clustering": {"method": "average", "min_cluster_size": 6, "threshold": 0.40},
        }
