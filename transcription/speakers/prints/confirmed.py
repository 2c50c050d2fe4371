"""A transcript that people corrected goes in, the stretches in which somebody's voice is confirmed come out. Pure.

Confirmed is what a person touched: a line whose words or speaker were set right. What the machine named and nobody
looked at is no ground for a print: errors would confirm themselves from meeting to meeting.
"""

from transcription.document import Flag, Segment, TranscriptDocument

#: Shorter lines hold too little voice; enough is enough, since each second costs time.
SHORTEST_SECONDS = 2.0
LEAST_TOTAL_SECONDS = 15.0
MOST_TOTAL_SECONDS = 60.0


def confirmed_stretches(
    machine: TranscriptDocument, corrected: TranscriptDocument, name: str
) -> tuple[tuple[float, float], ...]:
    """(start, end) of the lines, the longest first until there is enough; empty where it is less than 15 s."""
    before = {segment.id: segment for segment in machine.segments}
    usable = [
        segment
        for segment in corrected.spoken_segments
        if segment.speaker == name
        and segment.duration_seconds >= SHORTEST_SECONDS
        and Flag.OVERLAP not in segment.flags
        and _touched(segment, before.get(segment.id))
    ]
    chosen: list[Segment] = []
    total = 0.0
    for segment in sorted(usable, key=lambda item: (-item.duration_seconds, item.start)):
        if total >= MOST_TOTAL_SECONDS:
            break
        chosen.append(segment)
        total += segment.duration_seconds
    if total < LEAST_TOTAL_SECONDS:
        return ()
    return tuple(sorted((segment.start, segment.end) for segment in chosen))


def _touched(segment: Segment, before: Segment | None) -> bool:
    return before is None or Flag.CORRECTED in segment.flags or segment.speaker != before.speaker
