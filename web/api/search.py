"""Search over the API: the same hits as on the page, as far as the caller, and the caller's token, may see."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from flask import Response
from pydantic import AwareDatetime, BaseModel, Field

from core.runtime import current
from core.search.excerpts import Piece
from core.search.finding import Hit, Wanted, find
from web.api.blueprint import api
from web.api.shapes import Out, answer
from web.search.views import SIGHTS
from web.security.callers import acting
from web.security.gate import requires


class SearchQuery(BaseModel):
    """What to look for: words with or without marks, `"words in quotes"` side by side."""

    q: str = Field(default="", max_length=200)
    kind: Literal["", "meeting", "paper", "transcript", "notice", "task"] = ""
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None
    unit_id: UUID | None = None
    page: int = Field(default=1, ge=1, le=100_000)


class PieceOut(Out):
    """A part of a text; `is_hit`: words that were looked for."""

    text: str
    is_hit: bool


class HitOut(Out):
    """One object; `part` names the passage that fits best: a line of a transcript, an item of a notice."""

    kind: str
    id: UUID
    part: str
    meeting_id: UUID | None
    happened_at: datetime
    title: list[PieceOut]
    text: list[PieceOut]
    places: int


class SearchOut(Out):
    """A page of hits, best first. `way` says how words were compared, `counts` how many there are of each kind."""

    items: list[HitOut]
    total: int
    page: int
    pages: int
    counts: dict[str, int]
    way: Literal["as_typed", "without_marks", "nearly"]
    #: Older passages may be missing.
    is_cut: bool


@api.get("/search", responses={200: SearchOut})
@requires(*SIGHTS)
def search(query: SearchQuery) -> Response:
    """Tìm trong cuộc họp, bản gỡ băng, thông báo, nhiệm vụ, có dấu hoặc không dấu; 20 kết quả một trang."""
    wanted = Wanted(query.q, query.kind, query.since, query.until, query.unit_id, query.page)
    with current().database.transaction() as session:
        found = find(session, acting(), wanted)
    return answer(
        SearchOut(
            items=[_hit_out(hit) for hit in found.hits],
            total=found.total,
            page=found.number,
            pages=found.pages,
            counts=found.counts,
            way=found.way.value,
            is_cut=found.is_cut,
        )
    )


def _hit_out(hit: Hit) -> HitOut:
    return HitOut(
        kind=hit.kind,
        id=hit.object_id,
        part=hit.part,
        meeting_id=hit.meeting_id,
        happened_at=hit.happened_at,
        title=_pieces(hit.title),
        text=_pieces(hit.text),
        places=hit.places,
    )


def _pieces(pieces: tuple[Piece, ...]) -> list[PieceOut]:
    return [PieceOut.of(piece) for piece in pieces]
