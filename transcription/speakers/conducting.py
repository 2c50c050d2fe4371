"""The order of the voices goes in; the one that leads the meeting comes out, if one does. A pure rule.

Whoever opens a briefing, closes it and is heard between the others is its chair, however badly the words are heard.
All three must be the same voice: a secretary who opens and hands over is not taken for the chair.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from transcription.document import Segment

LEAST_VOICES = 3
LEAST_RUNS = 6
#: What is shorter is a cough, a greeting, a test of the line.
SHORTEST_RUN_SECONDS = 2.0
#: The chair's part of the runs, who speaks between the others.
LEAST_SHARE = 0.3


def conductor(segments: Sequence[Segment]) -> str:
    """Label of the voice that opens, closes and is heard most often; empty where they are not one."""
    runs: list[str] = []
    for voice, lines in groupby(segments, key=lambda segment: segment.speaker):
        if voice and sum(line.duration_seconds for line in lines) >= SHORTEST_RUN_SECONDS:
            runs.append(voice)
    runs = [voice for voice, _again in groupby(runs)]
    counts = Counter(runs)
    if len(runs) < LEAST_RUNS or len(counts) < LEAST_VOICES or runs[0] != runs[-1]:
        return ""
    others = max(count for voice, count in counts.items() if voice != runs[0])
    leads = counts[runs[0]] > others and counts[runs[0]] >= LEAST_SHARE * len(runs)
    return runs[0] if leads else ""
