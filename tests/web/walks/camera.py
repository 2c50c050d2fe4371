"""Pictures for the guides, taken where a walk stands; and whether the page has every name the guides say it has.

In a guide the bold words after a picture (up to the next one) are names on that picture's page. `take` looks for each
of them on the page itself, so that a button that is renamed makes the walk fail until the guide is renamed too.
Pictures are only written where DIEMCAU_GUIDES is set (`make guides`).
"""

import io
import os
from collections.abc import Iterable, Iterator
from itertools import takewhile
from pathlib import Path

from markdown_it.token import Token
from PIL import Image
from playwright.sync_api import Locator, Page

from tests.web.walks.watching import overflow
from web.help.guides import GUIDES, PICTURES, tokens_of

COLOURS = 96
TELEPHONE = {"width": 390, "height": 780}


def names_of_pictures(guides: Iterable[str] = GUIDES) -> dict[str, list[str]]:
    """Picture → names that the guides say its page has."""
    found: dict[str, list[str]] = {}
    for name in guides:
        for picture, bold in _pictures_and_names(tokens_of(name)):
            found.setdefault(picture, []).extend(bold)
    return found


def _pictures_and_names(tokens: list[Token]) -> Iterator[tuple[str, list[str]]]:
    here: tuple[str, list[str]] | None = None
    for block in tokens:
        if block.type == "heading_open" and block.tag == "h2" and here:
            yield here
            here = None
        children = block.children or []
        for position, child in enumerate(children):
            if child.type == "image":
                if here:
                    yield here
                here = Path(str(child.attrGet("src"))).stem, []
            elif child.type == "strong_open" and here:
                here[1].append(_words(children[position + 1 :]))
    if here:
        yield here


def _words(tokens: list[Token]) -> str:
    """What stands between here and the end of the bold words, broken lines joined."""
    parts = takewhile(lambda token: token.type != "strong_close", tokens)
    return "".join(" " if token.type == "softbreak" else token.content for token in parts)


#: Of a tenth of a second each.
_LOOKS = 100


class Camera:
    """Takes pictures on the walk whose pages the guides show; looks at the others all the same."""

    def __init__(self, *, shows_guides: bool) -> None:
        self.taken: set[str] = set()
        #: What was seen that should not be so, a line each.
        self.complaints: list[str] = []
        self._names = names_of_pictures() if shows_guides else {}
        self._writes = shows_guides and bool(os.environ.get("DIEMCAU_GUIDES"))

    def take(self, page: Page, picture: str, *, show: Locator | None = None, telephone: bool = False) -> None:
        """The page as it stands, or with `show` in its middle; `telephone`: as a small screen shows it."""
        self.taken.add(picture)
        if overflow(page) > 0:
            self.complaints.append(f"{picture}: {page.url} is wider than the screen")
        if missing := self._missing(page, picture):
            self.complaints.append(f"the guide names on {picture} what {page.url} does not have: {missing}")
        if self._writes:
            _write(page, picture, show, telephone)

    def _missing(self, page: Page, picture: str) -> list[str]:
        """Names of the guide that the page does not have, after the time that an answer may take."""
        for _ in range(_LOOKS):
            missing = [name for name in self._names.get(picture, ()) if not has_name(page, name)]
            if not missing:
                break
            page.wait_for_timeout(100)
        return missing


def has_name(page: Page, name: str) -> bool:
    """Whether something on the page is called so: its text, its label, what it is announced as."""
    ways = page.get_by_text(name, exact=True).or_(page.get_by_label(name))
    for role in ("button", "link", "heading"):
        ways = ways.or_(page.get_by_role(role, name=name))  # type: ignore[arg-type]
    return ways.count() > 0


def _write(page: Page, picture: str, show: Locator | None, telephone: bool) -> None:
    before = page.viewport_size
    if telephone:
        page.set_viewport_size(TELEPHONE)  # type: ignore[arg-type]
    if show is not None:
        show.evaluate("element => element.scrollIntoView({ block: 'center', behavior: 'instant' })")
    data = page.screenshot(animations="disabled", caret="hide")
    if telephone and before:
        page.set_viewport_size(before)
    PICTURES.mkdir(parents=True, exist_ok=True)
    # A screen has few colours: a palette is a third of the bytes.
    image = Image.open(io.BytesIO(data)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    image.save(PICTURES / f"{picture}.png", optimize=True)
