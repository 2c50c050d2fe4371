"""pyannote.audio behind the contract: a whole recording goes in, turns of voices and their prints come out.

The pipeline comes from a configured folder, from a hub name where the site gave a token, or from the offline folder
that `transcription.weights` builds. Waveforms are always handed over in memory: the file decoder that pyannote would
use does not work beside a CPU torch.
"""

import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from transcription import faults, offline
from transcription.engines.contract import (
    SAMPLE_RATE,
    Diarization,
    EngineSettings,
    FloatArray,
    Progress,
    SpeakerBounds,
    Turn,
)
from transcription.weights import MANIFEST, PYANNOTE, sha256_of, verify_folder

NAME = "pyannote"
#: Exclusive output has slivers of some milliseconds: shorter turns are dropped, small gaps of one voice closed.
SHORTEST_TURN_SECONDS = 0.25
JOIN_GAP_SECONDS = 0.5
#: Share of the time that each of pyannote's steps takes, for one rising line.
_STEPS = {"segmentation": (0.0, 0.25), "embeddings": (0.25, 0.95), "discrete_diarization": (0.95, 1.0)}


class PyannoteDiarizer:
    """`Pipeline.from_pretrained`, with telemetry off and the hub closed."""

    name = NAME

    def __init__(self, settings: EngineSettings) -> None:
        folder, self.model = _source(settings)
        offline.prepare_pyannote()
        if settings.pyannote_token and not Path(folder).exists():
            offline.seal(allow_hub=True)
        import torch

        torch.set_num_threads(settings.threads)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from pyannote.audio import Pipeline

            pipeline = Pipeline.from_pretrained(str(folder), token=settings.pyannote_token or None)
        if pipeline is None:
            raise faults.EngineUnavailable(name=str(folder), known=NAME)
        self._pipeline: Any = pipeline
        if torch.cuda.is_available():
            self._pipeline.to(torch.device("cuda"))

    def diarize(self, samples: FloatArray, bounds: SpeakerBounds, progress: Progress | None = None) -> Diarization:
        import torch

        file = {"waveform": torch.from_numpy(samples).unsqueeze(0), "sample_rate": SAMPLE_RATE, "uri": "recording"}
        try:
            with warnings.catch_warnings(), torch.inference_mode():
                warnings.simplefilter("ignore")
                output = self._pipeline(file, hook=_hook(progress), **_limits(bounds))
        except (RuntimeError, MemoryError) as error:
            raise faults.EngineFailed(name=self.name) from error
        turns = tuple(_turns(output.speaker_diarization))
        labels = output.speaker_diarization.labels()
        vectors = output.speaker_embeddings
        prints = (
            {} if vectors is None else {str(v): tuple(map(float, x)) for v, x in zip(labels, vectors, strict=False)}
        )
        return Diarization(turns, tidy(_turns(output.exclusive_speaker_diarization)), prints, self.model)


def tidy(turns: list[Turn]) -> tuple[Turn, ...]:
    """Drop slivers and close small gaps between turns of one voice."""
    found: list[Turn] = []
    for turn in sorted(turns, key=lambda item: item.start):
        if turn.end - turn.start < SHORTEST_TURN_SECONDS:
            continue
        if found and found[-1].voice == turn.voice and turn.start - found[-1].end < JOIN_GAP_SECONDS:
            found[-1] = Turn(found[-1].start, max(found[-1].end, turn.end), turn.voice)
        else:
            found.append(turn)
    return tuple(found)


def _source(settings: EngineSettings) -> tuple[str | Path, str]:
    """(what to load, which model this is: hash of its manifest, or its name)."""
    if settings.pyannote_model:
        folder = Path(settings.pyannote_model)
        if folder.exists():
            return folder, sha256_of(folder / "config.yaml") if (folder / "config.yaml").is_file() else str(folder)
        if not settings.pyannote_token:
            raise faults.WeightsFault(what="pyannote", path=settings.pyannote_model)
        return settings.pyannote_model, settings.pyannote_model
    folder = settings.weights_directory / PYANNOTE
    verify_folder(folder)
    return folder, sha256_of(folder / MANIFEST)


def _turns(annotation: Any) -> list[Turn]:
    return [Turn(float(s.start), float(s.end), str(voice)) for s, _t, voice in annotation.itertracks(yield_label=True)]


def _limits(bounds: SpeakerBounds) -> dict[str, int]:
    limits = {"min_speakers": bounds.minimum, "max_speakers": bounds.maximum}
    return {name: value for name, value in limits.items() if value is not None}


def _hook(progress: Progress | None) -> Callable[..., None] | None:
    if progress is None:
        return None

    def report(step: str, *_artifact: Any, total: int | None = None, completed: int | None = None, **_: Any) -> None:
        start, end = _STEPS.get(step, (0.0, 0.0))
        if total and completed is not None and end:
            progress(start + (end - start) * min(1.0, completed / total))

    return report
