"""What each window heard and whose voices those are go in; turns of the whole recording come out. Pure rules.

Windows overlap: how many speak at a moment is what the windows say on average, and who is whom most of them name.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from transcription.engines.contract import SAMPLE_RATE, Turn

#: Geometry of the segmentation network: one frame each 270 samples, which looks at 991.
FRAME_SECONDS = 270 / SAMPLE_RATE
_FRAME_MIDDLE = 0.5 * 991 / SAMPLE_RATE
_BLOCK_FRAMES = 200_000

#: Turns shorter than this are slivers, gaps of one voice shorter than the second are no gaps.
SHORTEST_TURN_SECONDS = 0.25
JOIN_GAP_SECONDS = 0.5

Activity = NDArray[np.bool_]


def build_turns(
    activity: Activity, starts: Sequence[float], labels: NDArray[np.int16], voices: int
) -> tuple[list[Turn], list[Turn]]:
    """(turns that may overlap, turns that never do), by label "0", "1" ….

    Args:
        activity: (windows, frames, voices of a window).
        starts: second at which each window begins.
        labels: (windows, voices of a window), negative for nobody.
        voices: how many labels there are.
    """
    windows, frames, _local = activity.shape
    first = [round(start / FRAME_SECONDS) for start in starts]
    length = max(first, default=0) + frames
    heard = np.zeros((length, voices), dtype=np.uint8)
    speaking, covered = np.zeros(length, dtype=np.uint16), np.zeros(length, dtype=np.uint16)
    for window in range(windows):
        span = slice(first[window], first[window] + frames)
        covered[span] += 1
        speaking[span] += activity[window].sum(axis=1, dtype=np.uint16)
        for voice in np.flatnonzero(labels[window] >= 0):
            heard[span, labels[window, voice]] += activity[window, :, voice]
    count = np.rint(speaking / np.maximum(covered, 1)).astype(np.uint8)
    return list(_turns(_loudest(heard, count))), list(_turns(_loudest(heard, np.minimum(count, 1))))


def tidy(turns: Sequence[Turn]) -> tuple[Turn, ...]:
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


def _loudest(heard: NDArray[np.uint8], count: NDArray[np.uint8]) -> Activity:
    """In each frame as many voices as speak there, those that most windows name."""
    found = np.zeros(heard.shape, dtype=bool)
    for begin in range(0, len(heard), _BLOCK_FRAMES):
        part = heard[begin : begin + _BLOCK_FRAMES]
        order = np.argsort(-part.astype(np.int16), axis=1, kind="stable")
        wanted = np.arange(part.shape[1])[None, :] < count[begin : begin + len(part), None]
        block = np.zeros(part.shape, dtype=bool)
        np.put_along_axis(block, order, wanted, axis=1)
        found[begin : begin + len(part)] = block & (part > 0)
    return found


def _turns(active: Activity) -> Iterator[Turn]:
    for voice in range(active.shape[1]):
        edges = np.flatnonzero(np.diff(np.concatenate(([0], active[:, voice].astype(np.int8), [0]))))
        for start, end in edges.reshape(-1, 2).tolist():
            yield Turn(start * FRAME_SECONDS + _FRAME_MIDDLE, end * FRAME_SECONDS + _FRAME_MIDDLE, str(voice))
