"""Text that PostgreSQL cannot store (NUL, lone surrogates) is a wrong request, not a breakdown of ours."""

from typing import Any
from urllib.parse import unquote

from flask import Request
from werkzeug.exceptions import BadRequest


def is_storable(value: Any) -> bool:
    """Whether every string inside the value (of JSON) can be written as UTF-8 without NUL."""
    if isinstance(value, str):
        return "\x00" not in value and not any("\ud800" <= letter <= "\udfff" for letter in value)
    if isinstance(value, dict):
        return all(is_storable(key) and is_storable(item) for key, item in value.items())
    if isinstance(value, list):
        return all(is_storable(item) for item in value)
    return True


def refuse_unprintable(request: Request) -> None:
    """Raise BadRequest where address, form or JSON carry such text. Uploaded files are not read."""
    texts: list[Any] = [unquote(request.full_path)]
    if request.mimetype == "application/x-www-form-urlencoded":
        texts += [list(pair) for pair in request.form.items(multi=True)]
    elif request.is_json:
        try:
            texts.append(request.get_json(silent=True))
        except RecursionError as error:
            raise BadRequest from error
    if not is_storable(texts):
        raise BadRequest
