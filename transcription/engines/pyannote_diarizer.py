"""pyannote.audio behind the contract: a whole recording goes in, turns of voices and their prints come out.

The pipeline comes from a configured folder, from a hub name where the site gave a token, or from the offline folder
that `transcription.weights` builds. That folder's two networks are run stretch by stretch (`pyannote_windows`), its
voices clustered and its turns put together in bounded memory; any other pipeline is asked part by part as it is
(`pyannote_parts`).
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from transcription import faults
from transcription.engines import site_models
from transcription.engines.contract import (
    Diarization,
    Diarizer,
    EngineSettings,
    Progress,
    Sound,
    SpeakerBounds,
    Turn,
)
from transcription.engines.pyannote_clusters import Vectors, assign, cluster
from transcription.engines.pyannote_parts import PartwiseDiarizer
from transcription.engines.pyannote_turns import build_turns
from transcription.engines.pyannote_turns import tidy as tidy
from transcription.engines.pyannote_windows import Heard, VoiceNetworks
from transcription.weights import MANIFEST, PYANNOTE, sha256_of, verify_folder

NAME = "pyannote"
#: A voice must be alone for this share of a window to say what it sounds like; the rest is assigned afterwards.
LEAST_ALONE_SHARE = 0.2
#: Part of the work that the networks take; the rest is clustering.
_HEARING_SHARE = 0.98


class PyannoteDiarizer:
    """The offline pipeline: segmentation 3.0 and CAM++, each second of sound heard once by either."""

    name = NAME

    def __init__(self, settings: EngineSettings) -> None:
        folder = settings.weights_directory / PYANNOTE
        verify_folder(folder)
        self.model = sha256_of(folder / MANIFEST)
        self._networks = VoiceNetworks(folder, threads=settings.threads)

    def diarize(self, sound: Sound, bounds: SpeakerBounds, progress: Progress | None = None) -> Diarization:
        report = progress or (lambda _share: None)
        heard = self.hear(sound, lambda share: report(_HEARING_SHARE * share))
        found = told_apart(heard, bounds, self.model)
        report(1.0)
        return found

    def hear(self, sound: Sound, progress: Progress | None = None) -> Heard:
        """What the networks hear in a recording or a part of one; `told_apart` does the rest. Raises EngineFailed."""
        try:
            return self._networks.hear(sound, progress)
        except (RuntimeError, MemoryError) as error:
            raise faults.EngineFailed(name=self.name) from error


def told_apart(heard: Heard, bounds: SpeakerBounds, model: str = "") -> Diarization:
    """Cluster the prints of all windows and put the turns together. Voices are numbered as they are first heard."""
    trained = heard.known & (heard.alone >= LEAST_ALONE_SHARE)
    if not trained.any():
        trained = heard.known
    centroids = cluster(heard.prints[trained], bounds)
    labels = assign(heard.prints, heard.known, centroids)
    turns, exclusive = build_turns(heard.activity, heard.starts, labels, len(centroids))
    order = _names(turns)
    return Diarization(
        tuple(sorted(_renamed(turns, order), key=lambda turn: (turn.start, turn.end))),
        tidy(_renamed(exclusive, order)),
        _prints(centroids, order),
        model,
    )


def make(settings: EngineSettings) -> Diarizer:
    """The diariser the site configured.

    Raises:
        WeightsFault: the offline folder is not what was built, or the configured one is missing or has changed.
    """
    if not settings.pyannote_model:
        return PyannoteDiarizer(settings)
    source = site_models.pyannote_source(settings)
    if isinstance(source, Path):
        config = source if source.is_file() else source / site_models.PIPELINE_FILE
        return PartwiseDiarizer(source, sha256_of(config), settings)
    return PartwiseDiarizer(source, source, settings)


def _names(turns: Sequence[Turn]) -> dict[str, str]:
    first = dict.fromkeys(turn.voice for turn in sorted(turns, key=lambda turn: (turn.start, turn.voice)))
    return {voice: f"SPEAKER_{number:02d}" for number, voice in enumerate(first)}


def _renamed(turns: Sequence[Turn], names: dict[str, str]) -> list[Turn]:
    return [Turn(turn.start, turn.end, names[turn.voice]) for turn in turns if turn.voice in names]


def _prints(centroids: Vectors, names: dict[str, str]) -> dict[str, tuple[float, ...]]:
    return {names[str(row)]: tuple(map(float, x)) for row, x in enumerate(np.asarray(centroids)) if str(row) in names}
