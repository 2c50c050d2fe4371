"""Jibri's announcement of a finished recording: the folder of its session, below the configured directory only."""

from pathlib import Path

from flask import Blueprint, Response, jsonify

from core.runtime import current
from orchestrator.refusals import HookUnreadable
from transcription.errors import RecorderFolderInvalid
from transcription.recordings.jibri import take_over
from web.hooks.body import json_body

blueprint = Blueprint("jibri", __name__, url_prefix="/jitsi/recordings")


@blueprint.post("")
def announce() -> tuple[Response, int]:
    """Take the recording in; said twice it stays one."""
    payload = json_body()
    directory = payload.get("directory") if isinstance(payload, dict) else None
    if not isinstance(directory, str) or not directory:
        raise HookUnreadable(reason="thiếu thư mục ghi hình (directory)")
    try:
        recordings = take_over(current().database, Path(directory))
    except OSError as error:
        # A name the file system cannot even look up, or a folder that went away while it was read.
        raise RecorderFolderInvalid from error
    return jsonify({"recordings": [str(recording.id) for recording in recordings]}), 202
