"""The page of what was found."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.permissions import Action, Actor, can
from core.runtime import current
from core.search.finding import Found, Wanted, find
from core.search.kinds import kinds
from orchestrator.directory.letters import word_order
from orchestrator.directory.models import Unit
from web.search.asked import LONGEST_QUESTION, asked
from web.search.results import WORDS, results
from web.security.callers import acting
from web.security.gate import requires

blueprint = Blueprint("search", __name__)

#: Whoever may see one of these kinds of object finds them.
SIGHTS = (
    Action.VIEW_MEETING,
    Action.VIEW_TRANSCRIPT,
    Action.VIEW_NOTICE,
    Action.VIEW_ISSUED_NOTICE,
    Action.VIEW_TASKS,
)
_LIMITS = ("tu", "den", "don-vi")


@dataclass(frozen=True)
class KindChoice:
    """One kind to choose, with how many were found of it; `name` is empty for all."""

    name: str
    words: str
    count: int
    url: str
    is_chosen: bool


@blueprint.get("/tim-kiem")
@requires(*SIGHTS)
def index() -> str:
    """What was found of the words asked for."""
    actor, wanted = acting(), asked(request.args)
    with current().database.transaction() as session:
        found = find(session, actor, wanted)
        return render_template(
            "search/index.html",
            wanted=wanted,
            typed=request.args.get("q", "")[:LONGEST_QUESTION],
            found=found,
            results=results(session, actor, found.hits),
            kinds=_kinds(wanted, found),
            units=_units(session, actor),
            is_limited=any(request.args.get(name) for name in _LIMITS),
            page_url=lambda number: _url(trang=str(number)),
        )


def _kinds(wanted: Wanted, found: Found) -> list[KindChoice]:
    """All, then each kind that was found, or asked for."""
    shown = [kind.name for kind in kinds() if kind.name in found.counts or kind.name == wanted.kind]
    every = KindChoice("", "", sum(found.counts.values()), _url(loai="", trang=""), not wanted.kind)
    return [
        every,
        *(
            KindChoice(
                name, str(WORDS[name]), found.counts.get(name, 0), _url(loai=name, trang=""), name == wanted.kind
            )
            for name in shown
        ),
    ]


def _units(session: Session, actor: Actor) -> Sequence[tuple[str, str]]:
    """Units to choose from; a unit's people have their own only, so nothing is offered to them."""
    if not can(actor, Action.VIEW_DIRECTORY):
        return []
    rows = session.execute(select(Unit.id, Unit.name).where(Unit.active))
    return [(str(row.id), row.name) for row in sorted(rows, key=lambda row: word_order(row.name))]


def _url(**changed: str) -> str:
    """This page with other arguments; empty ones are left out."""
    values: dict[str, Any] = {**request.args.to_dict(), **changed}
    return url_for("search.index", **{name: value for name, value in values.items() if value})
