"""The key server that Prosody asks: one address for people's tokens, another for our own (CONTRACTS §1)."""

from flask import Blueprint, Response

from core.errors import NotFound
from core.runtime import current
from orchestrator.jitsi.keys import KeyUse, key_file

blueprint = Blueprint("keys", __name__, url_prefix="/jitsi/keys")


@blueprint.get("/login/<file_name>")
def login_key(file_name: str) -> Response:
    """Public half of the key that signs people's tokens."""
    return _serve(KeyUse.LOGIN, file_name)


@blueprint.get("/system/<file_name>")
def system_key(file_name: str) -> Response:
    """Public half of the key that signs our own tokens."""
    return _serve(KeyUse.SYSTEM, file_name)


def _serve(use: KeyUse, file_name: str) -> Response:
    pem = key_file(current().settings, use, file_name)
    if pem is None:
        raise NotFound
    return Response(pem, mimetype="application/x-pem-file")
