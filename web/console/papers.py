"""What is read, printed and handed on from the hour: those not ready, and the whole incident log."""

import csv
import io
from uuid import UUID

from flask import Response, render_template
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from core.permissions import Action, require
from core.runtime import current
from orchestrator.live.board import Board, Place, board_of
from orchestrator.live.checks import problem_words
from orchestrator.live.incident_rules import history
from orchestrator.live.incidents import line_of
from orchestrator.live.models import IncidentKind
from orchestrator.live.wall import PlaceState
from orchestrator.meetings.service import get_meeting
from web.console.blueprint import blueprint
from web.files import send_bytes
from web.security.callers import acting
from web.security.gate import requires
from web.templating import moment
from web.words import word

#: Who is still to be called before the hour.
_NOT_READY = (PlaceState.NOT_CHECKED, PlaceState.PROBLEMS, PlaceState.DROPPED)
#: Letters that a spreadsheet would read as the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@blueprint.get("/<uuid:meeting_id>/chua-san-sang")
@requires(Action.OPERATE_CONTENT)
def not_ready(meeting_id: UUID) -> str:
    """The list for the telephone, on screen and on paper."""
    with current().database.transaction() as session:
        board = _board(session, meeting_id)
        return render_template(
            "console/not_ready.html",
            board=board,
            meeting=board.meeting,
            places=_waiting(board),
            problem_words=problem_words,
        )


@blueprint.get("/<uuid:meeting_id>/chua-san-sang.csv")
@requires(Action.OPERATE_CONTENT)
def not_ready_csv(meeting_id: UUID) -> Response:
    """The same as a table for a spreadsheet."""
    with current().database.transaction() as session:
        board = _board(session, meeting_id)
        rows = [_row(place) for place in _waiting(board)]
        name = f"chua-san-sang-{board.meeting.code}.csv"
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        [_("Điểm cầu"), _("Đơn vị"), _("Tình trạng"), _("Vấn đề"), _("Kiểm tra lúc"), _("Đầu mối kỹ thuật")]
    )
    writer.writerows([[_harmless(cell) for cell in row] for row in rows])
    # With the mark that lets Excel read the letters as UTF-8.
    return send_bytes(b"\xef\xbb\xbf" + out.getvalue().encode(), name, "text/csv")


@blueprint.get("/<uuid:meeting_id>/nhat-ky")
@requires(Action.OPERATE_CONTENT)
def log(meeting_id: UUID) -> str:
    """The whole log with what was corrected, and the form that corrects a line."""
    with current().database.transaction() as session:
        board = _board(session, meeting_id)
        rows = {row.id: row for row in board.rows}
        lines = [line_of(row) for row in board.rows]
        withdrawn = [row for row in board.rows if row.is_withdrawal]
        entries = [
            (rows[line.id], [rows[item.id] for item in history(lines, line.id)[1:]]) for line in reversed(board.log)
        ]
        return render_template(
            "console/log.html",
            board=board,
            meeting=board.meeting,
            entries=entries,
            withdrawn=withdrawn,
            names={place.row.id: place.row.endpoint.name for place in board.places},
            kinds=list(IncidentKind),
        )


def _board(session: Session, meeting_id: UUID) -> Board:
    meeting = get_meeting(session, acting(), meeting_id)
    require(acting(), Action.OPERATE_CONTENT, meeting)
    return board_of(session, meeting, current().clock())


def _waiting(board: Board) -> list[Place]:
    return [place for place in board.places if place.standing.state in _NOT_READY]


def _row(place: Place) -> list[str]:
    endpoint = place.row.endpoint
    problems = problem_words(place.check.problems) if place.check else ""
    return [
        endpoint.name,
        endpoint.unit.name if endpoint.unit else "",
        str(word(place.standing.state, "place")),
        problems,
        moment(place.check.at) if place.check else "",
        place.contact,
    ]


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
