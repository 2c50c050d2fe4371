"""The guides of `docs/huong-dan`, one per user, made into what a page shows.

In: the name of a guide. Out: its title, its sections, its HTML with headings one can jump to and pictures whose size is
known before they arrive (nothing moves while they do). The files are the house's own and do not change while it runs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from struct import unpack

from flask import url_for
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from core.permissions import Role
from orchestrator.words import plain_letters

DOCS = Path(__file__).parents[2] / "docs"
FOLDER = DOCS / "huong-dan"
PICTURES = DOCS / "img" / "huong-dan"
#: Where the guides themselves say their pictures lie, seen from their folder.
PICTURES_FROM_GUIDE = "../img/huong-dan/"

#: Name of the guide's file and address → whose work it describes.
GUIDES: dict[str, Role] = {
    "dieu-hanh": Role.OPERATOR,
    "thu-ky": Role.SECRETARY,
    "nguoi-duyet": Role.APPROVER,
    "van-thu": Role.REGISTRAR,
    "don-vi": Role.UNIT,
    "quan-tri": Role.ADMINISTRATOR,
}


@dataclass(frozen=True)
class Section:
    """A heading one can jump to."""

    anchor: str
    title: str


@dataclass(frozen=True)
class Guide:
    """One guide as it is shown; `summary` is its first paragraph."""

    name: str
    title: str
    summary: str
    sections: tuple[Section, ...]
    html: Markup


def source_of(name: str) -> str:
    """The Markdown of a guide."""
    return (FOLDER / f"{name}.md").read_text(encoding="utf-8")


def tokens_of(name: str) -> list[Token]:
    """The parts of a guide in their order, as CommonMark reads them; HTML in it stays text."""
    return _reader().parse(source_of(name))


@cache
def guide_named(name: str) -> Guide:
    """One guide. Addresses in it are those of this application: ask within a request."""
    tokens = tokens_of(name)
    title, rest = tokens[1].content, tokens[3:]
    sections = tuple(_anchor_headings(rest))
    _lead_home(rest)
    html = _reader().renderer.render(rest, _reader().options, {})
    return Guide(name, title, _text(rest[1]), sections, Markup(html))  # noqa: S704 (our own files, HTML in them escaped)


def picture_names() -> frozenset[str]:
    """The pictures that there are, without their ending."""
    return frozenset(path.stem for path in PICTURES.glob("*.png"))


@cache
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _anchor_headings(tokens: Sequence[Token]) -> list[Section]:
    found = []
    for position, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h2":
            title = _text(tokens[position + 1])
            section = Section(plain_letters(title), title)
            token.attrSet("id", section.anchor)
            found.append(section)
    return found


def _lead_home(tokens: Sequence[Token]) -> None:
    """Pictures and links as this application answers them."""
    for token in (child for block in tokens for child in block.children or ()):
        if token.type == "image":
            _place_picture(token)
        elif token.type == "link_open":
            name, _, anchor = str(token.attrGet("href")).partition("#")
            if name.removesuffix(".md") in GUIDES:
                token.attrSet("href", url_for("help.show", guide=name.removesuffix(".md"), _anchor=anchor or None))


def _place_picture(token: Token) -> None:
    name = str(token.attrGet("src")).removeprefix(PICTURES_FROM_GUIDE).removesuffix(".png")
    width, height = _size(PICTURES / f"{name}.png")
    token.attrSet("src", url_for("help.picture", picture=name))
    token.attrSet("width", str(width))
    token.attrSet("height", str(height))


def _size(path: Path) -> tuple[int, int]:
    """Width and height in the head of a PNG file (its specification, 11.2.2)."""
    with path.open("rb") as file:
        width, height = unpack(">II", file.read(24)[16:])
    return width, height


def _text(token: Token) -> str:
    return "".join(child.content for child in token.children or () if child.type in ("text", "code_inline"))
