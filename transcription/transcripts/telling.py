"""A transcript as JSON text, and its hash, without writing lines again that have not changed.

In: a document. Out: what `json.dumps(document.to_json(), ensure_ascii=False, sort_keys=True)` gives, and its SHA-256.
Two hours are thirty thousand words and a save changes one line. Lines are immutable, so the text of each is kept
as long as the line itself is.
"""

import hashlib
import json

from transcription.document import JSON_DECIMALS, Segment, TranscriptDocument

#: Lines whose text is kept: some eight transcripts of two hours in each process.
MOST_KEPT = 12_000
#: id() of a line → the line (which keeps that number from being given to another) and its text.
_kept: dict[int, tuple[Segment, str]] = {}


def told(segment: Segment) -> str:
    """One line as JSON text with sorted keys."""
    known = _kept.get(id(segment))
    if known is not None:
        return known[1]
    text = json.dumps(segment.to_json(), ensure_ascii=False, sort_keys=True)
    if len(_kept) >= MOST_KEPT:
        _kept.clear()
    _kept[id(segment)] = (segment, text)
    return text


def whole(document: TranscriptDocument) -> str:
    """The whole document as JSON text with sorted keys."""
    duration = json.dumps(round(document.duration_seconds, JSON_DECIMALS))
    engine = json.dumps(document.engine, ensure_ascii=False)
    lines = ", ".join(told(segment) for segment in document.segments)
    return f'{{"duration_seconds": {duration}, "engine": {engine}, "segments": [{lines}]}}'


def sha256_of(document: TranscriptDocument) -> str:
    """Hash of the document's JSON; an approval or a draft can name exactly this text."""
    return hashlib.sha256(whole(document).encode()).hexdigest()
