"""Any pyannote pipeline on a recording of any length: part by part, then the voices of the parts are put together.

A site's own pipeline is a closed box that wants the whole waveform. Up to half an hour it gets that. Longer recordings
are cut at pauses; voices of two parts are one where their prints are alike, never two voices of the same part.
"""

import warnings
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from transcription import faults, offline
from transcription.engines.contract import (
    SAMPLE_RATE,
    Diarization,
    EngineSettings,
    Progress,
    Sound,
    SpeakerBounds,
    Turn,
)
from transcription.engines.pyannote_clusters import units
from transcription.engines.pyannote_turns import tidy

PART_SECONDS = 1800.0
#: The cut is set in the softest moment of the last minute of a part.
_CUT_WITHIN_SECONDS = 60.0
_CUT_STEP_SECONDS = 0.25
#: Cosine from which voices of two parts are one; centroids of one voice are more alike than single stretches.
LEAST_LIKENESS = 0.6
#: Share of the time that each of pyannote's steps takes, for one rising line.
_STEPS = {"segmentation": (0.0, 0.25), "embeddings": (0.25, 0.95), "discrete_diarization": (0.95, 1.0)}

_Voice = tuple[int, str]
_Part = tuple[list[Turn], list[Turn], dict[str, NDArray[np.float32]]]


class PartwiseDiarizer:
    """`Pipeline.from_pretrained`, with telemetry off and, without a token, the hub closed."""

    name = "pyannote"

    def __init__(self, source: Path | str, model: str, settings: EngineSettings) -> None:
        offline.prepare_pyannote()
        fetched = bool(settings.pyannote_token) and not Path(source).exists()
        import torch

        torch.set_num_threads(settings.threads)
        with warnings.catch_warnings(), offline.hub_open() if fetched else nullcontext():
            warnings.simplefilter("ignore")
            from pyannote.audio import Pipeline

            pipeline = Pipeline.from_pretrained(str(source), token=settings.pyannote_token or None)
        if pipeline is None:
            raise faults.EngineUnavailable(name=str(source), known=self.name)
        self.model = model
        self._pipeline: Any = pipeline
        if torch.cuda.is_available():
            self._pipeline.to(torch.device("cuda"))

    def diarize(self, sound: Sound, bounds: SpeakerBounds, progress: Progress | None = None) -> Diarization:
        """As the contract says; memory is that of half an hour."""
        report = progress or (lambda _share: None)
        cuts = list(part_bounds(sound))
        parts: list[_Part] = []
        for index, (start, end) in enumerate(cuts):
            part_report = _scaled(report, index / len(cuts), (index + 1) / len(cuts))
            parts.append(self._part(sound, start, end, bounds, part_report))
        report(1.0)
        return joined(parts, bounds, self.model)

    def _part(self, sound: Sound, start: float, end: float, bounds: SpeakerBounds, report: Progress) -> _Part:
        import torch

        samples = torch.from_numpy(np.ascontiguousarray(sound.read(start, end))).unsqueeze(0)
        # Waveforms are handed over in memory: the decoder pyannote would use does not work beside a CPU torch.
        file = {"waveform": samples, "sample_rate": SAMPLE_RATE, "uri": "recording"}
        try:
            with warnings.catch_warnings(), torch.inference_mode():
                warnings.simplefilter("ignore")
                output = self._pipeline(file, hook=_hook(report), **_limits(bounds))
        except (RuntimeError, MemoryError) as error:
            raise faults.EngineFailed(name=self.name) from error
        labels, vectors = output.speaker_diarization.labels(), output.speaker_embeddings
        known = {} if vectors is None else {str(v): np.asarray(x) for v, x in zip(labels, vectors, strict=False)}
        turns = _turns(output.speaker_diarization, start)
        return turns, _turns(output.exclusive_speaker_diarization, start), known


def part_bounds(sound: Sound) -> Iterator[tuple[float, float]]:
    """(start, end) of each part, cut where the sound is softest."""
    start = 0.0
    while sound.duration_seconds - start > PART_SECONDS + _CUT_WITHIN_SECONDS:
        begin = start + PART_SECONDS - _CUT_WITHIN_SECONDS
        size = round(_CUT_STEP_SECONDS * SAMPLE_RATE)
        samples = sound.read(begin, start + PART_SECONDS)
        power = np.square(samples[: len(samples) // size * size].reshape(-1, size)).mean(axis=1)
        cut = begin + (int(np.argmin(power)) + 0.5) * _CUT_STEP_SECONDS
        yield start, cut
        start = cut
    yield start, sound.duration_seconds


def joined(parts: list[_Part], bounds: SpeakerBounds, model: str) -> Diarization:
    """The parts as one recording: voices of different parts that are most alike become one, step by step."""
    voices = [(index, voice) for index, part in enumerate(parts) for voice in dict.fromkeys(t.voice for t in part[0])]
    groups = [[voice] for voice in voices]
    seconds = {(i, v): sum(t.end - t.start for t in parts[i][0] if t.voice == v) for i, v in voices}
    prints = {(i, v): units(parts[i][2][v]) for i, v in voices if v in parts[i][2]}
    while (pair := _most_alike(groups, prints, seconds, bounds)) is not None:
        groups[pair[0]] += groups.pop(pair[1])
    groups.sort(key=lambda group: min(t.start for i, v in group for t in parts[i][0] if t.voice == v))
    names = {voice: f"SPEAKER_{number:02d}" for number, group in enumerate(groups) for voice in group}
    turns = (Turn(t.start, t.end, names[i, t.voice]) for i, part in enumerate(parts) for t in part[0])
    exclusive = [
        Turn(t.start, t.end, names[i, t.voice])
        for i, part in enumerate(parts)
        for t in part[1]
        if (i, t.voice) in names
    ]
    means = {names[group[0]]: _mean(group, prints, seconds) for group in groups if any(v in prints for v in group)}
    told = {name: tuple(map(float, vector)) for name, vector in means.items()}
    return Diarization(tuple(sorted(turns, key=lambda turn: (turn.start, turn.end))), tidy(exclusive), told, model)


def _most_alike(
    groups: list[list[_Voice]],
    prints: dict[_Voice, Any],
    seconds: dict[_Voice, float],
    bounds: SpeakerBounds,
) -> tuple[int, int] | None:
    """The two groups to join next; None where none is alike enough and there are not too many voices."""
    able = [index for index, group in enumerate(groups) if any(voice in prints for voice in group)]
    means = {index: _mean(groups[index], prints, seconds) for index in able}
    parts = [{part for part, _voice in group} for group in groups]
    pairs = ((one, other) for one in able for other in able if one < other and not parts[one] & parts[other])
    ranked = max(((float(means[one] @ means[other]), -one, -other) for one, other in pairs), default=None)
    too_many = bounds.maximum is not None and len(groups) > bounds.maximum
    if ranked is None or (ranked[0] < LEAST_LIKENESS and not too_many):
        return None
    return -ranked[1], -ranked[2]


def _mean(group: list[_Voice], prints: dict[_Voice, Any], seconds: dict[_Voice, float]) -> Any:
    return units(np.sum([prints[voice] * max(0.1, seconds[voice]) for voice in group if voice in prints], axis=0))


def _turns(annotation: Any, offset: float) -> list[Turn]:
    tracks = annotation.itertracks(yield_label=True)
    return [Turn(offset + float(span.start), offset + float(span.end), str(voice)) for span, _track, voice in tracks]


def _limits(bounds: SpeakerBounds) -> dict[str, int]:
    limits = {"min_speakers": bounds.minimum, "max_speakers": bounds.maximum}
    return {name: value for name, value in limits.items() if value is not None}


def _scaled(report: Progress, start: float, end: float) -> Progress:
    return lambda share: report(start + (end - start) * share)


def _hook(progress: Progress) -> Callable[..., None]:
    def report(step: str, *_artifact: Any, total: int | None = None, completed: int | None = None, **_: Any) -> None:
        start, end = _STEPS.get(step, (0.0, 0.0))
        if total and completed is not None and end:
            progress(start + (end - start) * min(1.0, completed / total))

    return report
