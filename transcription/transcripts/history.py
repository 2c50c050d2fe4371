"""What a revision keeps of itself: the lines that differ from the revision before it.

In: two documents, or a document and such a list. Out: the list, or the document after it. An entry is a line as JSON
(it takes the place of the line of that id), a line with `after` (a new one, behind the line of that id, or first where
it is None), or `{"id": …, "removed": true}`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from transcription.document import Segment, TranscriptDocument

Entry = Mapping[str, Any]


def difference(before: TranscriptDocument, after: TranscriptDocument) -> list[dict[str, Any]] | None:
    """What turns `before` into `after`; None where lines have changed places, so that the whole has to be kept."""
    old = {segment.id: segment for segment in before.segments}
    new = {segment.id for segment in after.segments}
    stayed = [segment.id for segment in before.segments if segment.id in new]
    if stayed != [segment.id for segment in after.segments if segment.id in old]:
        return None
    entries: list[dict[str, Any]] = [{"id": name, "removed": True} for name in old if name not in new]
    previous: str | None = None
    for segment in after.segments:
        if segment.id not in old:
            entries.append({**segment.to_json(), "after": previous})
        elif old[segment.id] is not segment and old[segment.id] != segment:
            entries.append(segment.to_json())
        previous = segment.id
    return entries


def applied(document: TranscriptDocument, entries: Sequence[Entry]) -> TranscriptDocument:
    """The document after these entries."""
    removed = {entry["id"] for entry in entries if entry.get("removed")}
    changed = {entry["id"]: Segment.from_json(entry) for entry in entries if "text" in entry and "after" not in entry}
    inserted: dict[str | None, list[Segment]] = {}
    for entry in entries:
        if "after" in entry:
            inserted.setdefault(entry["after"], []).append(Segment.from_json(entry))
    segments: list[Segment] = []
    _insert(segments, inserted, None)
    for segment in document.segments:
        if segment.id not in removed:
            segments.append(changed.get(segment.id, segment))
        _insert(segments, inserted, segment.id)
    return document.with_segments(segments)


def _insert(segments: list[Segment], inserted: Mapping[str | None, Sequence[Segment]], after: str | None) -> None:
    """New lines may stand behind new lines."""
    for segment in inserted.get(after, ()):
        segments.append(segment)
        _insert(segments, inserted, segment.id)
