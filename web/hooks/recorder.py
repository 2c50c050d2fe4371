"""What recorders tell of themselves (CONTRACTS §9): `{base}/v1/status`, `{base}/v1/session/status`.

Jibri adds `/v1/…` to the subscriber's address and can send no header but a token of its own; so the key of the family
`recordings` is part of the address: `https://…/jitsi/recorder/<key>`. Paths below it are never logged.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, jsonify

from core.runtime import current
from orchestrator.jitsi.client import read_recorder_health
from orchestrator.jitsi.hooks import require_key
from orchestrator.jitsi.recorders import note_session, note_status
from orchestrator.refusals import HookUnreadable
from web.hooks.body import json_body

blueprint = Blueprint("recorder", __name__, url_prefix="/jitsi/recorder")

_LONGEST = 200


@blueprint.post("/<key>/v1/status")
def status(key: str) -> Response:
    """On every change and every minute: is it busy, is it well?"""
    require_key(key, current().settings.jitsi_recordings_secret)
    told = _object(json_body())
    jibri_id = _text(told, "jibriId")
    if not isinstance(told.get("status"), Mapping):
        raise HookUnreadable(reason="thiếu status")
    with current().database.transaction() as session:
        note_status(session, jibri_id, read_recorder_health(told))
    return jsonify({})


@blueprint.post("/<key>/v1/session/status")
def session_status(key: str) -> Response:
    """Only for recordings started from the console; one try, so the driver asks for itself as well."""
    require_key(key, current().settings.jitsi_recordings_secret)
    told = _object(_object(json_body()).get("session"))
    try:
        session_id = UUID(_text(told, "sessionId"))
    except ValueError as error:
        raise HookUnreadable(reason="sessionId không phải mã của hệ thống") from error
    failure = told.get("failure")
    detail = "" if not failure else str(failure)[:_LONGEST]
    with current().database.transaction() as session:
        known = note_session(session, session_id, _text(told, "status").lower(), detail)
    return jsonify({"known": known})


def _object(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise HookUnreadable(reason="không phải đối tượng JSON")
    return value


def _text(told: Mapping[str, Any], key: str) -> str:
    value = told.get(key)
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST:
        raise HookUnreadable(reason=f"thiếu {key}")
    return value
