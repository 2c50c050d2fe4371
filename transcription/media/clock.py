"""(time by samples, time by stamps) pairs go in, how much faster the sound card ran than the clock comes out. Pure.

A sound card that is told 48 000 Hz really gives 47 998 or 48 010; a recorder that stamps by the wall clock shows
it. Over three hours 100 parts in a million make a second: enough to give words to the wrong speaker.
"""

from collections.abc import Sequence

import numpy as np

#: A jump larger than this between two neighbours is a hole, not drift.
JUMP_SECONDS = 0.25
#: Shorter files cannot drift by anything that matters, and stamps of milliseconds would be taken for drift.
SHORTEST_SECONDS = 300.0
#: Below, the error of an hour is less than a tenth of a second; above, the stamps are wrong and not the card.
LEAST_DRIFT, MOST_DRIFT = 25e-6, 0.01
#: Points this far off the line mean that there is no line.
MOST_SCATTER_SECONDS = 0.08


def drift_of(points: Sequence[tuple[float, float]]) -> float:
    """Seconds by which the stamps gain on the samples in each second of sound; 0.0 where no line shows.

    Holes are taken out first: after one, both clocks start anew.
    """
    if len(points) < 20 or points[-1][0] - points[0][0] < SHORTEST_SECONDS:
        return 0.0
    level, gained = 0.0, []
    last = points[0][1] - points[0][0]
    for sampled, stamped in points:
        difference = stamped - sampled
        if abs(difference - last) > JUMP_SECONDS:
            level += difference - last
        last = difference
        gained.append(difference - level)
    moments, values = np.array([point[0] for point in points]), np.array(gained)
    slope, start = np.polyfit(moments, values, 1)
    scatter = float(np.percentile(np.abs(values - (slope * moments + start)), 95))
    if scatter > MOST_SCATTER_SECONDS or not LEAST_DRIFT <= abs(slope) <= MOST_DRIFT:
        return 0.0
    return float(slope)
