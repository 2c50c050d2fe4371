"""`transcript.json`: the document as ever, the reasons for names beside it."""

import json

from transcription.document import Segment, TranscriptDocument
from transcription.exports.transcript_json import to_json_bytes

DOCUMENT = TranscriptDocument("x", 9.0, (Segment("s0001", 1.0, 2.0, "Phan Quốc Bảo", "Vâng"),))


def test_reasons_stand_beside_the_document_and_hinder_no_reader() -> None:
    content = to_json_bytes(DOCUMENT, [{"voice": "V1", "name": "Phan Quốc Bảo", "certainty": 0.97}])
    assert TranscriptDocument.loads(content) == DOCUMENT
    assert json.loads(content)["voices"][0]["certainty"] == 0.97


def test_without_voices_it_is_the_document_alone() -> None:
    assert set(json.loads(to_json_bytes(DOCUMENT))) == {"engine", "duration_seconds", "segments"}
