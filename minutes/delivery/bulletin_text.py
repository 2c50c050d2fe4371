"""The words of a public bulletin: passages of an issued notice, letter by letter. Pure.

In: the issued content and what somebody chose of it. Out: a title and paragraphs. Nothing is written anew, shortened or
joined: what is public is what was issued (DESIGN §5.5).
"""

from collections.abc import Collection
from dataclasses import dataclass

from minutes.notices.content import NoticeContent

#: How the paragraphs of the opening are named among the passages.
OPENING = "mo-dau-"


@dataclass(frozen=True)
class Passage:
    """One paragraph that may be published; `heading` stands in bold before its text."""

    key: str
    heading: str
    text: str
    #: Says what becomes of a directive: who reads the choice sees what is internal.
    kind: str


@dataclass(frozen=True)
class BulletinText:
    """What the public reads."""

    title: str
    paragraphs: tuple[str, ...]


def passages(content: NoticeContent) -> list[Passage]:
    """Everything that can be chosen, in the order of print."""
    opening = [
        Passage(f"{OPENING}{position}", "", paragraph.text, "opening")
        for position, paragraph in enumerate(content.opening)
        if paragraph.text
    ]
    items = [Passage(item.id, item.heading, item.text, item.kind) for item in content.items()]
    return opening + [passage for passage in items if passage.text or passage.heading]


def bulletin_text(content: NoticeContent, chosen: Collection[str]) -> BulletinText:
    """The chosen passages in the order of print; keys that name nothing are left out."""
    found = [passage for passage in passages(content) if passage.key in chosen]
    lines = (": ".join(part for part in (passage.heading, passage.text) if part) for passage in found)
    return BulletinText(content.subject, tuple(lines))
