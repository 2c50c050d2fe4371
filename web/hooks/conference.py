"""The reservation service as Prosody calls it (CONTRACTS §3). The orchestrator thinks; here it is only carried."""

import logging
from collections.abc import Callable

from flask import Blueprint, Response, jsonify, request
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from core.runtime import current
from orchestrator.jitsi import reservation
from orchestrator.jitsi.reservation import Answer

log = logging.getLogger(__name__)

blueprint = Blueprint("conference", __name__, url_prefix="/jitsi/conference")


@blueprint.post("")
def reserve() -> Response:
    """May this room exist, and with how many seats?"""
    form = request.form.to_dict()
    return _carry(lambda session: reservation.reserve(session, form, current().clock()))


@blueprint.get("/<conference_id>")
def read(conference_id: str) -> Response:
    """The reservation again, asked after a conflict."""
    return _carry(lambda session: reservation.get(session, conference_id, current().clock()))


@blueprint.delete("/<conference_id>")
def room_gone(conference_id: str) -> Response:
    """The room is gone; the meeting may go on."""
    return _carry(lambda session: reservation.room_gone(session, conference_id, current().clock()))


def _carry(ask: Callable[[Session], Answer]) -> Response:
    """The answer once it is committed. A database that is away is our own fault: 503, and Prosody asks again."""
    try:
        with current().database.transaction() as session:
            status, body = ask(session)
    except SQLAlchemyError:
        log.exception("reservation could not be answered")
        status, body = reservation.unavailable()
    response = jsonify(body)
    response.status_code = status
    return response
