"""Learned terms over the API: what was learned for a unit from corrections, and forgetting it for good."""

from datetime import datetime
from uuid import UUID

from flask import Response
from pydantic import BaseModel

from core.permissions import Action
from core.runtime import current
from transcription.vocabulary.learned.service import erase_term, list_terms
from web.api.blueprint import api
from web.api.shapes import Out, answer_list
from web.security.callers import acting
from web.security.gate import requires


class TermOut(Out):
    """A term, what the machine had written instead, and in how many transcripts it was set right."""

    id: UUID
    written: str
    unit: str
    heard: str
    count: int
    learned_at: datetime


class TermsOut(Out):
    """Terms, those taught most often first."""

    items: list[TermOut]


class TermsQuery(BaseModel):
    """Of one unit, or of all."""

    unit_id: UUID | None = None


class TermPath(BaseModel):
    """Which term."""

    term_id: UUID


@api.get("/learned-terms", responses={200: TermsOut})
@requires(Action.CORRECT_TRANSCRIPT)
def list_learned_terms(query: TermsQuery) -> Response:
    """Từ đã học từ những chỗ thư ký sửa."""
    with current().database.transaction() as session:
        return answer_list(TermOut, list_terms(session, acting(), unit_id=query.unit_id))


@api.post("/learned-terms/<uuid:term_id>/erase", responses={204: None})
@requires(Action.CORRECT_TRANSCRIPT)
def erase_learned_term(path: TermPath) -> Response:
    """Xóa hẳn một từ đã học; sửa giống vậy cũng không học lại."""
    with current().database.transaction() as session:
        erase_term(session, acting(), path.term_id)
    return Response(status=204)
