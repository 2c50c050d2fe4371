"""The menu: only what the person may open."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from core.permissions import Action, Actor, Role, can


@dataclass(frozen=True)
class MenuItem:
    """One link of the top bar."""

    label: LazyString
    url: str
    is_current: bool


@dataclass(frozen=True)
class _Entry:
    label: LazyString
    endpoint: str
    #: Shown to those who may do this …
    action: Action | None
    #: … unless they hold none of these roles (empty: everyone who may).
    roles: frozenset[Role] = frozenset()


_ENTRIES = (
    _Entry(_l("Việc cần làm"), "home.index", None),
    _Entry(_l("Cuộc họp"), "operator.meetings", Action.VIEW_MEETING),
    _Entry(_l("Điều hành"), "console.index", Action.OPERATE_CONTENT),
    _Entry(_l("Gỡ băng"), "secretary.transcripts", Action.VIEW_TRANSCRIPT),
    _Entry(_l("Thông báo kết luận"), "secretary.notices", Action.VIEW_NOTICE),
    _Entry(_l("Thông báo đến"), "unit.inbox", Action.ACKNOWLEDGE_NOTICE),
    _Entry(_l("Nhiệm vụ"), "unit.tasks", Action.VIEW_TASKS),
    _Entry(_l("Báo cáo nhanh"), "reports.index", Action.VIEW_REPORTS),
    _Entry(_l("Thư gửi đi"), "mails.index", Action.VIEW_MAIL),
    _Entry(_l("Quản trị"), "administrator.index", Action.MANAGE_DIRECTORY),
)


def menu_for(actor: Actor, path: str) -> list[MenuItem]:
    """The links this person sees; the one whose address is the longest beginning of `path` is the current one."""
    entries = [entry for entry in _ENTRIES if entry.action is None or can(actor, entry.action)]

    urls = [url_for(entry.endpoint) for entry in entries]
    fitting = [url for url in urls if path == url or (url != "/" and path.startswith(url.rstrip("/") + "/"))]
    current_url = max(fitting, key=len, default="")
    return [MenuItem(entry.label, url, url == current_url) for entry, url in zip(entries, urls, strict=True)]
