"""Forged forms: every change made with the browser's cookie must carry the token of the page it was made on."""

from flask import request
from flask_wtf.csrf import CSRFError, CSRFProtect, validate_csrf
from wtforms.validators import ValidationError

protect = CSRFProtect()
HEADER = "X-CSRFToken"


def require_csrf() -> None:
    """Check the header, or the hidden field of a form; raises CSRFError (400).

    The header is looked at first, so that a large upload without a right token is refused before its body is read.
    """
    token = request.headers.get(HEADER)
    if token is None and request.mimetype in ("application/x-www-form-urlencoded", "multipart/form-data"):
        token = request.form.get("csrf_token")
    try:
        validate_csrf(token)
    except ValidationError as error:
        raise CSRFError(str(error)) from error
