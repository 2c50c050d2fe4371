"""What differs between two texts, word by word, and between two contents, part by part. Pure.

In: what two revisions say. Out: stretches that stayed, went and came, in the order of reading, so that nobody has to
lay two pages side by side.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from minutes.notices.content import NoticeContent

#: A word with the space behind it: what is put together again is the text itself.
_WORD = re.compile(r"\S+\s*")


@dataclass(frozen=True)
class Stretch:
    """Some words that stayed, are gone, or are new."""

    kind: Literal["same", "gone", "new"]
    text: str

    @property
    def words(self) -> str:
        """The text without the space behind it."""
        return self.text.rstrip()

    @property
    def space(self) -> str:
        """What parts it from the next one: its own space or line break, a space where it had none."""
        return self.text[len(self.words) :] or " "


@dataclass(frozen=True)
class PartChange:
    """A part of the paper outside its items, by its name in `PARTS`."""

    name: str
    stretches: tuple[Stretch, ...]


def stretches(before: str, after: str) -> tuple[Stretch, ...]:
    """The second text told by way of the first.

    >>> [(s.kind, s.text) for s in stretches("trước ngày 15/4", "trước ngày 20/4")]
    [('same', 'trước ngày '), ('gone', '15/4'), ('new', '20/4')]
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    matcher = SequenceMatcher(None, [word.strip() for word in old], [word.strip() for word in new], autojunk=False)
    return tuple(_told(matcher, old, new))


def _told(matcher: SequenceMatcher[str], old: list[str], new: list[str]) -> Iterator[Stretch]:
    for code, i1, i2, j1, j2 in matcher.get_opcodes():
        if code == "equal":
            yield Stretch("same", "".join(new[j1:j2]))
            continue
        if i2 > i1:
            yield Stretch("gone", "".join(old[i1:i2]))
        if j2 > j1:
            yield Stretch("new", "".join(new[j1:j2]))


def part_changes(before: NoticeContent, after: NoticeContent) -> list[PartChange]:
    """Parts around the items that are not the same any more, in the order of the page."""
    pairs = ((name, old, new) for (name, old), (_, new) in zip(_parts(before), _parts(after), strict=True))
    return [PartChange(name, stretches(old, new)) for name, old, new in pairs if _plain(old) != _plain(new)]


def _parts(content: NoticeContent) -> list[tuple[str, str]]:
    signer = content.signer
    appendices = ((appendix.title, *appendix.paragraphs) for appendix in content.appendices)
    return [
        ("issuing_body", " / ".join(part for part in (content.issuing_parent, content.issuing_body) if part)),
        ("symbol_suffix", content.symbol_suffix),
        ("place", content.place),
        ("subject", content.subject),
        ("addressees", "\n".join(content.addressees)),
        ("opening", "\n".join(paragraph.text for paragraph in content.opening)),
        ("sections", "\n".join(section.heading or "" for section in content.sections)),
        ("closing", content.closing),
        ("recipients", "\n".join(content.recipients)),
        ("signer", "\n".join((*signer.authority_lines, signer.title, *signer.capacity, signer.name))),
        ("appendices", "\n".join(line for appendix in appendices for line in appendix)),
    ]


def _plain(text: str) -> str:
    return " ".join(text.split())
