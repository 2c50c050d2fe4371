"""Separate sound tracks go in, one per endpoint; who speaks at which endpoint when comes out. Pure rules on loudness.

Each microphone also hears the others: from the loudspeaker in its own room, some tenths of a second late and softer.
Such an echo is softer than the track it comes from and rises and falls with it; both together silence it. People who
really speak at the same time are both kept.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from transcription.engines.contract import SAMPLE_RATE, FloatArray, SpeechRegion
from transcription.speakers.room import RoomInterval

FRAME_SECONDS = 0.05
#: Softer than the loudest track by this much at the same moment: not the speaker's own microphone.
MUCH_SOFTER_DB = 15.0
#: Softer by this much, and the same rise and fall: an echo.
SOFTER_DB = 3.0
ECHO_LIKENESS = 0.7
LONGEST_ECHO_SECONDS = 0.6
#: A microphone that is set low is raised by no more than this before loudness is compared.
MOST_RAISE_DB = 12.0
SPEECH_DB = -26.0
LEAST_OWN_SECONDS = 2.0
FLOOR_DB = -80.0
#: Stretches are judged in windows of this length; shorter leftovers are joined or dropped.
WINDOW_SECONDS = 0.5
JOIN_GAP_SECONDS = 0.6
SHORTEST_SECONDS = 0.3

Decibels = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class TrackSound:
    """Loudness and speech of one track, on the recording's clock.

    Attributes:
        endpoint: whose microphone it is.
        loudness: one value in dB (full scale 0) for each FRAME_SECONDS from second 0 of the recording.
        regions: where the voice activity network hears speech on this track.
    """

    endpoint: str
    loudness: Decibels
    regions: tuple[SpeechRegion, ...]


def loudness_of(samples: FloatArray) -> Decibels:
    """dB of each frame; a rest shorter than a frame is left out."""
    size = round(FRAME_SECONDS * SAMPLE_RATE)
    count = len(samples) // size
    power = np.square(samples[: count * size].reshape(count, size), dtype=np.float64).mean(axis=1)
    return np.maximum(10.0 * np.log10(power + 1e-12), FLOOR_DB).astype(np.float32)


def track_turns(tracks: Sequence[TrackSound]) -> tuple[RoomInterval, ...]:
    """Turns of each endpoint: its own speech, without what its microphone heard of the others. May overlap."""
    count = max((len(track.loudness) for track in tracks), default=0)
    speaking = [_mask(track.regions, count) for track in tracks]
    levels = _comparable([_padded(track.loudness, count) for track in tracks], speaking)
    own = [
        _own(index, levels, speaking) if len(tracks) > 1 else speaking[index] for index in range(len(tracks))
    ]  # fmt: skip
    turns = [
        RoomInterval(track.endpoint, start, end)
        for track, mask in zip(tracks, own, strict=True)
        for start, end in _spans(mask)
    ]
    return tuple(sorted(turns, key=lambda turn: (turn.start, turn.end, turn.endpoint)))


def _padded(loudness: Decibels, count: int) -> Decibels:
    level = np.full(count, FLOOR_DB, dtype=np.float32)
    level[: len(loudness)] = loudness
    return level


def _comparable(levels: Sequence[Decibels], speaking: Sequence[NDArray[np.bool_]]) -> list[Decibels]:
    """Raise low microphones: else their own speakers would count as echoes of the loud ones.

    Only moments in which a track is the loudest of all say how loud its own speaker is; a track that has none, because
    it holds nothing but echoes, stays as it is.
    """
    loudest = np.argmax(np.stack(levels), axis=0) if levels else np.zeros(0)
    raised = []
    for index, level in enumerate(levels):
        heard = level[speaking[index] & (loudest == index)]
        enough = len(heard) * FRAME_SECONDS >= LEAST_OWN_SECONDS
        gain = float(np.clip(SPEECH_DB - np.percentile(heard, 90), 0.0, MOST_RAISE_DB)) if enough else 0.0
        raised.append(level + np.float32(gain))
    return raised


def _mask(regions: Sequence[SpeechRegion], count: int) -> NDArray[np.bool_]:
    mask = np.zeros(count, dtype=bool)
    for region in regions:
        mask[round(region.start / FRAME_SECONDS) : round(region.end / FRAME_SECONDS)] = True
    return mask


def _own(index: int, levels: Sequence[Decibels], speaking: Sequence[NDArray[np.bool_]]) -> NDArray[np.bool_]:
    """The frames of a track that are its own speaker's."""
    own = speaking[index].copy()
    others = [other for other in range(len(levels)) if other != index]
    window = round(WINDOW_SECONDS / FRAME_SECONDS)
    for first in _windows(own, window):
        part = slice(first, first + window)
        for other in others:
            now = float(levels[other][part].mean() - levels[index][part].mean())
            likeness, then = _echo(levels[index], levels[other], first, window)
            if now >= MUCH_SOFTER_DB or (then >= SOFTER_DB and likeness >= ECHO_LIKENESS):
                own[part] = False
                break
    return own


def _windows(mask: NDArray[np.bool_], window: int) -> Iterator[int]:
    return (first for first in range(0, len(mask), window) if mask[first : first + window].any())


def _echo(soft: Decibels, loud: Decibels, first: int, window: int) -> tuple[float, float]:
    """(highest correlation of the two curves around a window, the soft one up to 0.6 s late; how much softer it is)."""
    start, end = max(0, first - 2 * window), min(len(soft), first + 3 * window)
    late = round(LONGEST_ECHO_SECONDS / FRAME_SECONDS)
    heard = soft[start:end]
    best, softer = 0.0, 0.0
    for shift in range(min(late, start) + 1):
        source = loud[start - shift : end - shift]
        spread = float(heard.std() * source.std())
        if spread <= 1e-6:
            continue
        likeness = float(((heard - heard.mean()) * (source - source.mean())).mean()) / spread
        if likeness > best:
            best, softer = likeness, float(source.mean() - heard.mean())
    return best, softer


def _spans(mask: NDArray[np.bool_]) -> Iterator[tuple[float, float]]:
    """Stretches in seconds, small gaps closed, slivers dropped."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], mask.astype(np.int8), [0]))))
    spans: list[list[int]] = []
    for start, end in edges.reshape(-1, 2).tolist():
        if spans and (start - spans[-1][1]) * FRAME_SECONDS < JOIN_GAP_SECONDS:
            spans[-1][1] = end
        else:
            spans.append([start, end])
    for start, end in spans:
        if (end - start) * FRAME_SECONDS >= SHORTEST_SECONDS:
            yield start * FRAME_SECONDS, end * FRAME_SECONDS


#: Channels are tracks only where they differ this much, for this part of the loud time, each being louder for a part.
CHANNELS_DIFFER_DB = 10.0
LEAST_DIFFERENT_SHARE = 0.6
LEAST_LEAD_SHARE = 0.02
LOUD_DB = -50.0


def channels_are_tracks(loudness: Sequence[Decibels]) -> bool:
    """Whether the channels of a recording are separate microphones.

    Two ears of one room, a channel without sound, or the same sound twice are not: there one channel never leads, or
    both are about equally loud.
    """
    if len(loudness) < 2:
        return False
    levels = np.stack([channel[: min(map(len, loudness))] for channel in loudness])
    loud = levels.max(axis=0) > LOUD_DB
    if int(loud.sum()) < round(2.0 / FRAME_SECONDS):
        return False
    heard = levels[:, loud]
    ordered = np.sort(heard, axis=0)
    clear = ordered[-1] - ordered[-2] >= CHANNELS_DIFFER_DB
    if clear.mean() < LEAST_DIFFERENT_SHARE:
        return False
    leads = np.bincount(heard.argmax(axis=0)[clear], minlength=len(loudness)) / len(clear)
    return int((leads >= LEAST_LEAD_SHARE).sum()) >= 2
