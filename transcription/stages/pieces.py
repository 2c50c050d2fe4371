"""Speech regions go in, pieces for the recogniser come out: cut at pauses, none longer than the engine takes."""

import math
from collections.abc import Sequence

from transcription.engines.contract import Piece, SpeechRegion

#: A pause longer than this always ends a piece: recognisers invent text in silence.
LONGEST_PAUSE_SECONDS = 2.0


def cut_pieces(regions: Sequence[SpeechRegion], longest_seconds: float) -> tuple[Piece, ...]:
    """Group regions in order. A region longer than a piece may be is divided evenly: there was no pause to cut at."""
    groups: list[list[SpeechRegion]] = []
    for region in (part for whole in regions for part in _divided(whole, longest_seconds)):
        last = groups[-1] if groups else None
        if last is not None:
            near = region.start - last[-1].end <= LONGEST_PAUSE_SECONDS
            if near and region.end - last[0].start <= longest_seconds:
                last.append(region)
                continue
        groups.append([region])
    return tuple(Piece(index, group[0].start, group[-1].end, tuple(group)) for index, group in enumerate(groups))


def _divided(region: SpeechRegion, longest_seconds: float) -> list[SpeechRegion]:
    count = max(1, math.ceil(region.duration_seconds / longest_seconds))
    step = region.duration_seconds / count
    return [
        SpeechRegion(round(region.start + step * part, 3), round(region.start + step * (part + 1), 3))
        for part in range(count)
    ]
