"""What happens in the live rooms, as Prosody's event_sync posts it (CONTRACTS §7)."""

from flask import Blueprint, Response, jsonify

from core.runtime import current
from orchestrator.jitsi.events import receive as take_event
from web.hooks.body import json_body

blueprint = Blueprint("events", __name__, url_prefix="/jitsi/events")


@blueprint.post("/<kind>/<name>")
def receive(kind: str, name: str) -> Response:
    """Take one event: `room/created`, `occupant/left` …"""
    payload = json_body()
    with current().database.transaction() as session:
        received = take_event(session, f"{kind}/{name}", payload)
    return jsonify({"received": received.value})
