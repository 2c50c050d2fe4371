"""The reservation service as Prosody calls it (CONTRACTS §3). The orchestrator thinks; here it is only carried."""

from typing import Any

from flask import Blueprint, Response, jsonify, request

from core.runtime import current
from orchestrator.jitsi import reservation

blueprint = Blueprint("conference", __name__, url_prefix="/jitsi/conference")


@blueprint.post("")
def reserve() -> Response:
    """May this room exist, and with how many seats?"""
    with current().database.transaction() as session:
        return _carry(reservation.reserve(session, request.form.to_dict(), current().clock()))


@blueprint.get("/<conference_id>")
def read(conference_id: str) -> Response:
    """The reservation again, asked after a conflict."""
    with current().database.transaction() as session:
        return _carry(reservation.get(session, conference_id, current().clock()))


@blueprint.delete("/<conference_id>")
def room_gone(conference_id: str) -> Response:
    """The room is gone; the meeting may go on."""
    with current().database.transaction() as session:
        return _carry(reservation.room_gone(session, conference_id, current().clock()))


def _carry(answer: tuple[int, dict[str, Any]]) -> Response:
    status, body = answer
    response = jsonify(body)
    response.status_code = status
    return response
