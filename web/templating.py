"""What every template may use: moments and sizes as people read them, the words of states, the menu."""

from datetime import date, datetime
from typing import Any

from flask import Flask, request
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf
from jinja2 import StrictUndefined

from core.clock import in_vietnam
from core.messages import phrase
from core.permissions import Action, can
from core.runtime import current
from web.errors import readable_bytes
from web.languages.choice import LANGUAGES, reader_language
from web.languages.days import english_day
from web.meeting_links import meeting_links
from web.menu import menu_for
from web.security.callers import current_actor
from web.words import tone, weekday, word


def moment(value: datetime | None) -> str:
    """`14:00 ngày 08/04/2026`, on a clock in Hà Nội; a dash for nothing."""
    if value is None:
        return "—"
    local = in_vietnam(value)
    return _("%(time)s ngày %(day)s", time=f"{local:%H:%M}", day=day(local))


def clock(value: datetime | None) -> str:
    """`14:00`."""
    return in_vietnam(value).strftime("%H:%M") if value else "—"


def day(value: date | datetime | None) -> str:
    """`08/04/2026`; in English `8 Apr 2026`, since there the order of the figures says nothing."""
    if isinstance(value, datetime):
        value = in_vietnam(value).date()
    if value is None:
        return "—"
    if reader_language() == "en":
        return english_day(value)
    return value.strftime("%d/%m/%Y")


def long_day(value: datetime) -> str:
    """`Thứ Tư, 08/04/2026`."""
    local = in_vietnam(value)
    return f"{weekday(local.weekday())}, {day(local)}"


def timecode(seconds: float | None) -> str:
    """Seconds of sound as `1:02:03` or `2:03`."""
    if seconds is None:
        return "—"
    whole = int(seconds)
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{left:02d}" if hours else f"{minutes}:{left:02d}"


def about_time(seconds: float) -> str:
    """A stretch of time as one says it: `dưới 1 phút`, `khoảng 12 phút`, `khoảng 1 giờ 20 phút`."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return _("dưới 1 phút")
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("khoảng %(minutes)d phút", minutes=rest)
    # Nobody can tell minutes ahead of hours.
    rest -= rest % 5
    words = _("khoảng %(hours)d giờ", hours=hours)
    return words + " " + _("%(minutes)d phút", minutes=rest) if rest else words


def iso_day(value: str | None) -> str:
    """`2026-04-30` or an ISO moment as `30/04/2026`; unreadable text stays as it is."""
    if not value:
        return "—"
    try:
        return day(date.fromisoformat(value[:10]))
    except ValueError:
        return value


def init_app(app: Flask) -> None:
    """Bind filters and globals; an unknown variable breaks the page in tests instead of showing nothing."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    for function in (moment, clock, day, long_day, timecode, about_time, iso_day, readable_bytes, word, tone, phrase):
        app.jinja_env.filters[function.__name__] = function
    app.context_processor(_common)


def _common() -> dict[str, Any]:
    actor = current_actor()
    return {
        "actor": actor,
        "menu": menu_for(actor, request.path) if actor else [],
        "links_of": lambda meeting, here: meeting_links(meeting, actor, here),
        "may": lambda action, obj=None: can(actor, Action(action), obj),
        "csrf_token": generate_csrf,
        "organisation": current().settings.organisation_name,
        "now": current().clock(),
        "language": reader_language(),
        "languages": LANGUAGES,
    }
