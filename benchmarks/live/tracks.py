"""A sample meeting with its gold turns goes in; the sound of each endpoint, as a conference sends it, comes out."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from transcription.media import SoundReader

SAMPLE_RATE = 16_000


@dataclass(frozen=True)
class Turn:
    """Somebody of an endpoint speaks, in seconds of the meeting."""

    start: float
    end: float
    speaker: str
    endpoint: str
    spoken: str


@dataclass(frozen=True)
class SampleMeeting:
    """A meeting of the samples: its turns, its people by endpoint, and a track for each endpoint."""

    name: str
    title: str
    seconds: float
    turns: tuple[Turn, ...]
    people: tuple[tuple[str, str, str], ...]  # name, title, endpoint
    chair: str
    secretary: str
    tracks: dict[str, NDArray[np.int16]]

    @property
    def endpoints(self) -> tuple[str, ...]:
        return tuple(self.tracks)


def load(folder: Path, name: str, seconds: float | None = None) -> SampleMeeting:
    """Read a sample, or its first `seconds`."""
    gold = json.loads((folder / f"{name}.json").read_text())
    told = json.loads((folder / f"{name}.attendance.json").read_text())
    with SoundReader(folder / gold["audio"]) as reader:
        sound = np.concatenate(list(reader.blocks()))
    length = min(gold["duration"], seconds or gold["duration"])
    endpoint_of = {who: facts["endpoint"] for who, facts in gold["speakers"].items()}
    turns = tuple(
        Turn(said["start"], said["end"], said["speaker"], endpoint_of[said["speaker"]], _words(said))
        for said in gold["segments"]
        if said["end"] <= length
    )
    people = {item["name"]: (item["name"], item.get("title", ""), item.get("endpoint", "")) for item in told["present"]}
    for who, facts in gold["speakers"].items():
        people.setdefault(who, (who, facts["title"], facts["endpoint"]))
    endpoints = dict.fromkeys([*(turn.endpoint for turn in turns), *(place for *_, place in people.values() if place)])
    samples = np.clip(np.rint(sound[: round(length * SAMPLE_RATE)] * 32767.0), -32768, 32767).astype(np.int16)
    return SampleMeeting(
        name,
        told["meeting"]["title"],
        length,
        turns,
        tuple(people.values()),
        _name(told.get("chair")),
        _name(told.get("secretary")),
        {endpoint: _track(samples, turns, endpoint) for endpoint in endpoints},
    )


def _track(sound: NDArray[np.int16], turns: tuple[Turn, ...], endpoint: str) -> NDArray[np.int16]:
    """The endpoint's microphone: silent but for its own turns."""
    track = np.zeros_like(sound)
    for turn in turns:
        if turn.endpoint == endpoint:
            first, last = round(turn.start * SAMPLE_RATE), round(turn.end * SAMPLE_RATE)
            track[first:last] = sound[first:last]
    return track


def _words(said: dict[str, Any]) -> str:
    return str(said.get("spoken") or said["text"])


def _name(value: object) -> str:
    return str(value.get("name", "")) if isinstance(value, dict) else str(value or "")
