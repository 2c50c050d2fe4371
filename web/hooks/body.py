"""JSON bodies of hooks: machines that do not always name their content."""

from typing import Any

from flask import request

from orchestrator.refusals import HookUnreadable
from web.security.plain_text import is_storable


def json_body() -> Any:
    """The decoded body. Raises HookUnreadable where it is no JSON, nests without end or holds text nobody can store."""
    try:
        payload = request.get_json(force=True, silent=True)
        readable = payload is not None and is_storable(payload)
    except RecursionError:
        readable = False
    if not readable:
        raise HookUnreadable(reason="không phải JSON")
    return payload
