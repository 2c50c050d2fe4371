"""The menu: only what the person may open. Comes in: who looks, and at which address; goes out: links, some in groups.

A short menu stays flat. One with more links than fit beside each other on a small desk screen is folded: links that
belong together go under one word.
"""

from dataclasses import dataclass
from itertools import groupby

from flask import url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _many

from core.permissions import Action, Actor, can

#: More links than this do not fit on one line at 1280 px, beside the mark and a long name.
MOST_FLAT = 6


@dataclass(frozen=True)
class MenuItem:
    """One link of the top bar."""

    label: LazyString
    url: str
    is_current: bool


@dataclass(frozen=True)
class MenuGroup:
    """Links under one word; without a word they stand in the bar themselves."""

    label: LazyString | None
    items: tuple[MenuItem, ...]

    @property
    def is_current(self) -> bool:
        """Whether the page shown belongs to one of these links."""
        return any(item.is_current for item in self.items)


@dataclass(frozen=True)
class _Entry:
    label: LazyString
    endpoint: str
    #: Shown to those who may do one of these; none: to everybody.
    actions: tuple[Action, ...] = ()
    #: The word under which it stands in a folded menu.
    group: LazyString | None = None


_AFTERWARDS = _l("Sau cuộc họp")
_HOUSE = _l("Hệ thống")

_ENTRIES = (
    _Entry(_l("Việc cần làm"), "home.index"),
    _Entry(_many("list", "Cuộc họp"), "operator.meetings", (Action.VIEW_MEETING,)),
    _Entry(_l("Điều hành"), "console.index", (Action.OPERATE_CONTENT,)),
    _Entry(_l("Gỡ băng"), "secretary.transcripts", (Action.VIEW_TRANSCRIPT,), _AFTERWARDS),
    _Entry(_l("Thông báo kết luận"), "secretary.notices", (Action.VIEW_NOTICE,), _AFTERWARDS),
    _Entry(_l("Thông báo đến"), "unit.inbox", (Action.ACKNOWLEDGE_NOTICE,), _AFTERWARDS),
    _Entry(_many("list", "Nhiệm vụ"), "unit.tasks", (Action.VIEW_TASKS,), _AFTERWARDS),
    _Entry(_l("Báo cáo nhanh"), "reports.index", (Action.VIEW_REPORTS,)),
    _Entry(_l("Thư gửi đi"), "mails.index", (Action.VIEW_MAIL,), _HOUSE),
    _Entry(_l("Mẫu văn bản"), "notices.house", (Action.MANAGE_TEMPLATES,), _HOUSE),
    _Entry(_l("Quản trị"), "administrator.index", (Action.MANAGE_DIRECTORY,), _HOUSE),
)
#: Pages that stand elsewhere than under the address of the link they belong to, for those who do not see that address.
_BELONGS = (
    ("/bao-cao-nhanh/bieu-mau", "administrator.index"),
    ("/mau-giong", "secretary.transcripts"),
    ("/mau-giong", "administrator.index"),
)


def menu_for(actor: Actor, path: str) -> list[MenuGroup]:
    """The links this person sees; the one whose address is the longest beginning of `path` is the current one."""
    entries = [entry for entry in _ENTRIES if not entry.actions or any(can(actor, right) for right in entry.actions)]
    current_url = _current(path, [url_for(entry.endpoint) for entry in entries])
    folded = len(entries) > MOST_FLAT

    groups: list[MenuGroup] = []
    for label, found in groupby(entries, key=lambda entry: entry.group if folded else None):
        items = tuple(
            MenuItem(entry.label, url, url == current_url) for entry in found for url in (url_for(entry.endpoint),)
        )
        groups.append(MenuGroup(label if len(items) > 1 else None, items))
    return groups


def _current(path: str, urls: list[str]) -> str:
    fitting = [url for url in urls if path == url or (url != "/" and path.startswith(url.rstrip("/") + "/"))]
    fitting += [url for start, endpoint in _BELONGS if path.startswith(start) and (url := url_for(endpoint)) in urls]
    return max(fitting, key=len, default="")
