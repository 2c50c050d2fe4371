"""Files of single endpoints, or a recording with a microphone on each channel, go in; turns by endpoint come out.

Everything is read block by block: loudness is 20 numbers a second, and only that is kept.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from transcription.engines.contract import FloatArray, SpeechRegion
from transcription.engines.voice_activity import VoiceActivity, speech_regions
from transcription.media import SAMPLE_RATE, SoundReader
from transcription.speakers.evidence import CHANNEL
from transcription.speakers.room import RoomInterval
from transcription.speakers.tracks import (
    FLOOR_DB,
    FRAME_SECONDS,
    Decibels,
    TrackSound,
    channels_are_tracks,
    loudness_of,
    track_turns,
)

#: More channels than this is no meeting but a film.
MOST_CHANNELS = 8
_APART = "channels"
_FRAME_SAMPLES = round(FRAME_SECONDS * SAMPLE_RATE)


@dataclass(frozen=True, slots=True)
class TrackFile:
    """The sound of one endpoint by itself; `offset_seconds` is where it begins in the recording, negative if before."""

    endpoint: str
    path: Path
    offset_seconds: float = 0.0


def turns_of_files(tracks: Sequence[TrackFile], activity: VoiceActivity) -> tuple[RoomInterval, ...]:
    """Turns of each endpoint on the recording's clock. Raises the media faults of SoundReader for a broken track."""
    return track_turns([_track_of_file(track, activity) for track in tracks])


def turns_of_channels(path: Path, activity: VoiceActivity) -> tuple[RoomInterval, ...]:
    """Turns of each channel, called "kênh 1", "kênh 2" …; none where the channels are not separate microphones."""
    with SoundReader(path, mode=_APART) as reader:
        channels = reader.info.channels
        if not 2 <= channels <= MOST_CHANNELS:
            return ()
        loudness = _loudness(reader.channel_blocks(), channels)
    if not channels_are_tracks(loudness):
        return ()
    tracks = []
    for number in range(channels):
        with SoundReader(path, mode=_APART) as reader:
            line = (block[number] for block in reader.channel_blocks())
            regions = _regions(line, len(loudness[number]) * FRAME_SECONDS, activity)
        tracks.append(TrackSound(f"{CHANNEL}{number + 1}", loudness[number], regions))
    return track_turns(tracks)


def _track_of_file(track: TrackFile, activity: VoiceActivity) -> TrackSound:
    with SoundReader(track.path) as reader:
        level = _loudness((block[None] for block in reader.blocks()), 1)[0]
    with SoundReader(track.path) as reader:
        regions = _regions(reader.blocks(), len(level) * FRAME_SECONDS, activity)
    shift = round(track.offset_seconds / FRAME_SECONDS)
    before = np.full(max(0, shift), FLOOR_DB, dtype=np.float32)
    moved = tuple(
        SpeechRegion(max(0.0, region.start + track.offset_seconds), region.end + track.offset_seconds)
        for region in regions
        if region.end + track.offset_seconds > 0
    )
    return TrackSound(track.endpoint, np.concatenate([before, level[max(0, -shift) :]]), moved)


def _loudness(blocks: Iterator[FloatArray], channels: int) -> list[Decibels]:
    """Loudness of each channel, frames running on from block to block."""
    found: list[list[Decibels]] = [[] for _ in range(channels)]
    rest = np.zeros((channels, 0), dtype=np.float32)
    for block in blocks:
        rest = np.concatenate([rest, block], axis=1)
        whole = rest.shape[1] - rest.shape[1] % _FRAME_SAMPLES
        for number in range(channels):
            found[number].append(loudness_of(rest[number, :whole]))
        rest = rest[:, whole:]
    return [np.concatenate(parts) if parts else np.zeros(0, dtype=np.float32) for parts in found]


def _regions(
    blocks: Iterator[FloatArray], duration_seconds: float, activity: VoiceActivity
) -> tuple[SpeechRegion, ...]:
    return speech_regions(activity.probabilities(blocks), duration_seconds)
