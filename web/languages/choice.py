"""In which language a person reads: what the account says, then this browser's cookie, then what the browser asks for.

In: a request. Out: `vi` or `en`. Hooks of the conference are answered in Vietnamese, for their words are shown to
everybody in the room; so are letters, notices and mails, which are papers of the house and not screens.
"""

from flask import Flask, Response, g, has_request_context, request
from flask_babel import get_locale

from core.messages import Reader, read_by
from web.languages.catalogue import SOURCE, Languages
from web.languages.phrases import in_english

#: Code → the language's own name.
LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
COOKIE = "ngon_ngu"
COOKIE_SECONDS = 365 * 24 * 3600


def chosen() -> str:
    """The language of this request."""
    if request.path.startswith("/jitsi/"):
        return SOURCE
    # Set when the caller was looked up; before that (and for visitors) the browser itself is asked.
    own: str | None = g.get("own_language")
    cookie = request.cookies.get(COOKIE, "")
    if own in LANGUAGES:
        return str(own)
    if cookie in LANGUAGES:
        return cookie
    return request.accept_languages.best_match(list(LANGUAGES), SOURCE) or SOURCE


def reader_language() -> str:
    """The language of whoever reads the answer to this request; Vietnamese where there is no request."""
    return str(get_locale() or SOURCE) if has_request_context() else SOURCE


def init_app(app: Flask) -> None:
    """Bind the choice: to gettext, to the sentences of the rooms, to the headers of pages."""
    Languages(app, locale_selector=chosen)
    read_by(Reader(reader_language, in_english))
    app.after_request(_name_language)


def _name_language(response: Response) -> Response:
    if response.mimetype == "text/html":
        response.headers["Content-Language"] = reader_language()
        response.vary.update(["Accept-Language", "Cookie"])
    return response
