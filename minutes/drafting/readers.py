"""Files of the command line: what `diemcau extract` and `diemcau draft` are given, read and answered.

In: paths. Out: the JSON of an extraction; draft.json and draft.docx. Whatever cannot be read is an `UnreadableInput`
of one line.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

from minutes.drafting.compose import House, compose_notice
from minutes.drafting.docx_text import text_of_docx
from minutes.drafting.extract import extract_text, extract_transcript
from minutes.drafting.extraction import Extraction
from minutes.drafting.refusals import UnreadableInput
from minutes.drafting.spoken import extract_spoken
from minutes.notices.sheet import lay_out
from orchestrator.directory.tables.unit_rows import read_unit_list
from orchestrator.meetings.context import MeetingContext, UnitFacts
from papers.docx import render_docx
from transcription.document import DocumentInvalid, TranscriptDocument

LARGEST_TEXT_BYTES = 20 * 1024 * 1024
DRAFT_JSON, DRAFT_DOCX = "draft.json", "draft.docx"
_UNKNOWN_DAY = date(1900, 1, 1)


def extract_file(path: Path, units_csv: Path | None = None, meeting_date: date | None = None) -> dict[str, Any]:
    """The conclusions of a transcript.json, .txt or .docx as the JSON of `Extraction.to_json`.

    Raises:
        UnreadableInput: the file, or the list of units.
    """
    units = tuple(_facts(row) for row in read_unit_list(units_csv)) if units_csv is not None else ()
    suffix = path.suffix.lower()
    if suffix == ".json":
        context = _bare_context(units, meeting_date)
        return extract_spoken(_transcript(path), context, day_is_known=meeting_date is not None).to_json()
    if suffix == ".docx":
        return extract_text(text_of_docx(_bytes(path), path.name), units, meeting_date).to_json()
    if suffix in {".txt", ".md", ""}:
        return extract_text(_decoded(path), units, meeting_date).to_json()
    raise UnreadableInput(name=path.name, reason="chỉ đọc được transcript.json, .txt và .docx")


def draft_file(transcript_path: Path, meeting_path: Path, out_dir: Path) -> Extraction:
    """Write draft.json (as `extract`) and draft.docx into `out_dir`, making it if missing.

    Raises:
        UnreadableInput: one of the files. Invalid: the meeting's facts. ClassifiedRefused: a classified meeting.
    """
    document = _transcript(transcript_path)
    context = MeetingContext.from_json(_json(meeting_path))
    extraction = extract_transcript(document, context)
    content = compose_notice(extraction, context, House())
    out_dir.mkdir(parents=True, exist_ok=True)
    text = json.dumps(extraction.to_json(), ensure_ascii=False, indent=1)
    (out_dir / DRAFT_JSON).write_text(text + "\n", encoding="utf-8")
    (out_dir / DRAFT_DOCX).write_bytes(render_docx(lay_out(content, draft=True, year=context.date.year)))
    return extraction


def _bare_context(units: tuple[UnitFacts, ...], meeting_date: date | None) -> MeetingContext:
    """A meeting about which only the units and perhaps the day are known."""
    return MeetingContext(
        meeting_id=None,
        title="",
        kind="",
        date=meeting_date or _UNKNOWN_DAY,
        starts_at=None,
        place="",
        chair=None,
        secretary=None,
        present=(),
        units=units,
    )


def _transcript(path: Path) -> TranscriptDocument:
    try:
        return TranscriptDocument.loads(_bytes(path))
    except DocumentInvalid as error:
        raise UnreadableInput(name=path.name, reason=f"không phải bản gỡ băng ({error})") from error


def _json(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(_bytes(path))
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableInput(name=path.name, reason="không phải JSON") from error
    if not isinstance(data, dict):
        raise UnreadableInput(name=path.name, reason="không phải một đối tượng JSON")
    return data


def _decoded(path: Path) -> str:
    data = _bytes(path)
    try:
        return data.decode("utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableInput(name=path.name, reason="không phải văn bản UTF-8") from error


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_TEXT_BYTES:
            raise UnreadableInput(name=path.name, reason="tệp lớn hơn 20 MB")
        return path.read_bytes()
    except OSError as error:
        raise UnreadableInput(name=path.name, reason=error.strerror or "không mở được") from error


def _facts(row: dict[str, Any]) -> UnitFacts:
    """A unit as the extraction knows it; its code counts as one more abbreviation."""
    abbreviations = dict.fromkeys([*row.get("abbreviations", []), *([row["code"]] if row.get("code") else [])])
    return UnitFacts(None, row["name"], tuple(abbreviations), tuple(row.get("aliases", ())))
