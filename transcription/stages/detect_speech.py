"""Normalised sound goes in, the regions in which somebody speaks come out. None is a result: "no speech"."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from transcription.engines.contract import SpeechRegion
from transcription.engines.voice_activity import VoiceActivity, speech_regions
from transcription.stages.sound import SoundFile

#: Below this nobody could have spoken, whatever the network thinks of the hum.
SILENCE_RMS = 10 ** (-55 / 20)
#: A recording with less speech than this in all has none: clicks, a door, a cough.
LEAST_SPEECH_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class SpeechMap:
    """Where somebody speaks in a recording of this length."""

    duration_seconds: float
    regions: tuple[SpeechRegion, ...]

    @property
    def speech_seconds(self) -> float:
        return sum(region.duration_seconds for region in self.regions)

    def to_json(self) -> dict[str, Any]:
        regions = [[region.start, region.end] for region in self.regions]
        return {"duration_seconds": self.duration_seconds, "regions": regions}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "SpeechMap":
        regions = tuple(SpeechRegion(float(start), float(end)) for start, end in data["regions"])
        return cls(float(data["duration_seconds"]), regions)


def detect_speech(sound: SoundFile, activity: VoiceActivity) -> SpeechMap:
    """Run the network over the whole recording and apply the rule; regions of mere hum are left out."""
    probabilities = activity.probabilities(sound.blocks())
    regions = speech_regions(probabilities, sound.duration_seconds)
    audible = tuple(region for region in regions if _is_audible(sound, region))
    if sum(region.duration_seconds for region in audible) < LEAST_SPEECH_SECONDS:
        audible = ()
    return SpeechMap(round(sound.duration_seconds, 3), audible)


def _is_audible(sound: SoundFile, region: SpeechRegion) -> bool:
    """By its mean loudness, block by block: over music or a fan a region can be as long as the recording."""
    energy, count = 0.0, 0
    for samples in sound.blocks(region.start, region.end):
        energy += float(np.dot(samples, samples))
        count += len(samples)
    return count > 0 and (energy / count) ** 0.5 >= SILENCE_RMS
