"""Transcripts for an editor over the API: the text as it stands, what others changed since, changes of single lines."""

import json
from typing import Annotated, Any, Literal
from uuid import UUID

from flask import Response
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from core.permissions import Action
from core.runtime import current
from orchestrator.meetings.classification import refuse_classified
from transcription.transcripts import changes, service, telling
from transcription.transcripts.changing import MOST_CHANGES, Collision, Outcome, change_lines, since
from transcription.transcripts.edits import MOST_LETTERS
from web.api.blueprint import api
from web.api.shapes import In, Out
from web.api.transcripts import SegmentOut, TranscriptPath
from web.security.callers import acting
from web.security.gate import requires

MOST_REVISIONS = 2**31 - 1
LineId = Annotated[str, Field(max_length=64)]


class SetIn(In):
    """A line has these words, this speaker, or both; what is missing stays."""

    kind: Literal["set"]
    id: LineId
    text: str | None = None
    speaker: str | None = None


class ConfirmLineIn(In):
    """A line was listened to and is right as it stands."""

    kind: Literal["confirm"]
    id: LineId


class SplitIn(In):
    """The first `letters` letters of a line stay, the rest becomes a new line, perhaps of another speaker."""

    kind: Literal["split"]
    id: LineId
    letters: int = Field(ge=0, le=MOST_LETTERS)
    speaker: str | None = None


class MergeIn(In):
    """A line takes the next one in."""

    kind: Literal["merge"]
    id: LineId
    next_id: LineId


class RenameIn(In):
    """Every line of this speaker bears the new name."""

    kind: Literal["rename"]
    old: str
    new: str


ChangeIn = Annotated[SetIn | ConfirmLineIn | SplitIn | MergeIn | RenameIn, Field(discriminator="kind")]


class ChangesIn(In):
    """Changes on top of revision `base_number`."""

    base_number: int = Field(ge=0, le=MOST_REVISIONS)
    changes: list[ChangeIn] = Field(min_length=1, max_length=MOST_CHANGES)


class LinesQuery(In):
    """From which revision on; without it the whole text."""

    since: int | None = Field(default=None, ge=0, le=MOST_REVISIONS)


class ConflictOut(BaseModel):
    """A change that was not made: somebody else changed that line; `theirs` is None where the line is gone."""

    id: str
    yours: dict[str, Any]
    theirs: SegmentOut | None


class LinesOut(Out):
    """The text at revision `number`.

    Either all `lines`, or `entries` that lead from the base to it: a line takes the place of the one of its id, one
    with `after` is new behind that line, one with `removed` is gone.
    """

    number: int
    lines: list[SegmentOut] | None = None
    entries: list[dict[str, Any]] | None = None
    conflicts: list[ConflictOut] = []


@api.get("/transcripts/<uuid:transcript_id>/lines", responses={200: LinesOut})
@requires(Action.VIEW_TRANSCRIPT)
def transcript_lines(path: TranscriptPath, query: LinesQuery) -> Response:
    """Các dòng của bản gỡ băng; với `since`, chỉ những dòng đã đổi từ bản đó."""
    with current().database.transaction() as session:
        _open(session, path.transcript_id)
        if query.since is not None:
            return _told(since(session, path.transcript_id, query.since))
        revision = service.latest(session, path.transcript_id)
        document = service.document_of(session, revision)
    # Thirty thousand words are not written again for every reader.
    lines = ", ".join(telling.told(segment) for segment in document.segments)
    return _json(f'{{"number": {revision.number}, "lines": [{lines}], "entries": null, "conflicts": []}}')


@api.post("/transcripts/<uuid:transcript_id>/changes", responses={200: LinesOut})
@requires(Action.CORRECT_TRANSCRIPT)
def change_transcript(path: TranscriptPath, body: ChangesIn) -> Response:
    """Sửa, xác nhận, tách, nối dòng hoặc đổi tên người nói; dòng người khác vừa sửa thì trả về cả hai bản."""
    with current().database.transaction() as session:
        _open(session, path.transcript_id)
        wanted = [_change(change) for change in body.changes]
        return _told(change_lines(session, acting(), path.transcript_id, body.base_number, wanted))


def _open(session: Session, transcript_id: UUID) -> None:
    refuse_classified(service.get_transcript(session, acting(), transcript_id).meeting.classification)


def _change(wanted: ChangeIn) -> changes.Change:
    match wanted:
        case SetIn():
            return changes.SetLine(wanted.id, wanted.text, wanted.speaker)
        case ConfirmLineIn():
            return changes.ConfirmLine(wanted.id)
        case SplitIn():
            return changes.SplitLine(wanted.id, wanted.letters, wanted.speaker)
        case MergeIn():
            return changes.MergeLines(wanted.id, wanted.next_id)
        case RenameIn():
            return changes.RenameSpeaker(wanted.old, wanted.new)


def _told(outcome: Outcome) -> Response:
    told: dict[str, Any] = {
        "number": outcome.number,
        "entries": outcome.entries,
        "lines": [segment.to_json() for segment in outcome.document.segments] if outcome.entries is None else None,
        "conflicts": [_conflict(collision) for collision in outcome.collisions],
    }
    return _json(json.dumps(told, ensure_ascii=False))


def _conflict(collision: Collision) -> dict[str, Any]:
    mine = collision.change
    return {
        "id": collision.segment_id,
        "yours": {"text": getattr(mine, "text", None), "speaker": getattr(mine, "speaker", None)},
        "theirs": collision.theirs.to_json() if collision.theirs is not None else None,
    }


def _json(text: str) -> Response:
    return Response(text + "\n", mimetype="application/json")
