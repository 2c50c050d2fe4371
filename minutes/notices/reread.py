"""A notice that was edited in a word processor, read back: structure from numbers and dashes, facts from the language.

In: the lines of the file (`papers.checking.Reading`), the revision it was made from, the units. Out: a content, what
was matched to its evidence, and what was lost. Items keep their identity and their sound where their words are still
there; what was changed is read again; what is new has no evidence. Number, date and head stay the house's. Pure.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import uuid4

from rapidfuzz import fuzz

from minutes.drafting.extract import extract_text
from minutes.drafting.extraction import ExtractedItem
from minutes.notices.content import DeadlineFacts, NoticeContent, NoticeItem, Paragraph, Section
from orchestrator.meetings.context import UnitFacts
from papers.checking.reading import Reading, TextLine, plain
from papers.signers import SignerBlock

_PART = re.compile(r"^[IVX]+\.\s+(?P<text>.+)$")
_NUMBERED = re.compile(r"^\d+\.\s+(?P<text>.+)$")
_DASH, _PLUS = re.compile(r"^[-–•]\s*(?P<text>.+)$"), re.compile(r"^\+\s*(?P<text>.+)$")
_END = re.compile(r"\s*\./\.\s*$")
_AUTHORITY = re.compile(r"^(TM|KT|TL|TUQ|Q)\.")
#: Words of which at least so many stay, in hundredths, make the same item; below that it is another one.
_SAME = 55.0


@dataclass(frozen=True)
class Reread:
    """What came of it. `lost` are items of the old revision that stand no longer in the file."""

    content: NoticeContent
    unchanged: int
    changed: tuple[NoticeItem, ...]
    added: tuple[NoticeItem, ...]
    lost: tuple[NoticeItem, ...]


@dataclass
class _Node:
    text: str = ""
    heading: str = ""
    children: list["_Node"] = field(default_factory=list)


@dataclass
class _Part:
    heading: str | None = None
    numbered: bool = False
    nodes: list[_Node] = field(default_factory=list)


def reread(
    reading: Reading, base: NoticeContent, units: Iterable[UnitFacts] = (), meeting_date: date | None = None
) -> Reread:
    """Read the file back over the revision it was made from."""
    paragraphs = [(line.text.strip(), line.bold) for line in _joined(reading.body())]
    opening, parts, closing = _structure(paragraphs)
    text = "\n".join([*opening, *(words for words, _ in paragraphs[len(opening) :])])
    found = extract_text(text, units, meeting_date).items
    matcher = _Matcher(base, found)
    sections = tuple(
        Section(
            heading=part.heading,
            numbered=part.numbered,
            items=tuple(matcher.item(node) for node in part.nodes),
        )
        for part in parts
    )
    changes: dict[str, Any] = {
        "opening": tuple(_paragraph(words, base) for words in opening),
        "sections": sections,
        "closing": closing,
        "subject": _subject(reading) or base.subject,
        "recipients": _recipients(reading) or base.recipients,
        "signer": _signer(reading, base.signer),
        "machine_made": False,
    }
    content = base.model_copy(update=changes)
    kept = {item.id for item in content.items()}
    lost = tuple(item for item in base.items() if item.id not in kept and (item.text or item.heading))
    return Reread(content, matcher.unchanged, tuple(matcher.changed), tuple(matcher.added), lost)


class _Matcher:
    """Gives each paragraph of the file the item it was, at most once each."""

    def __init__(self, base: NoticeContent, found: Sequence[ExtractedItem]) -> None:
        self._free = {item.id: item for item in base.items()}
        self._found = list(found)
        self.unchanged = 0
        self.changed: list[NoticeItem] = []
        self.added: list[NoticeItem] = []

    def item(self, node: _Node) -> NoticeItem:
        """The item of a paragraph, its children after it."""
        old = self._old(node)
        if old is not None:
            del self._free[old.id]
        children = tuple(self.item(child) for child in node.children)
        if old is not None and (plain(old.text), plain(old.heading)) == (plain(node.text), plain(node.heading)):
            self.unchanged += 1
            return old.model_copy(update={"children": children})
        made = self._read(node, old).model_copy(update={"children": children})
        (self.changed if old is not None else self.added).append(made)
        return made

    def _old(self, node: _Node) -> NoticeItem | None:
        words = _key(node.heading, node.text)
        scored = [(fuzz.ratio(words, _key(item.heading, item.text)), item) for item in self._free.values()]
        best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
        return best[1] if best[0] >= _SAME else None

    def _read(self, node: _Node, old: NoticeItem | None) -> NoticeItem:
        item = old or NoticeItem(id=uuid4().hex)
        item = item.model_copy(update={"text": node.text, "heading": node.heading})
        found = self._facts(node.text)
        if found is None:
            return item
        return item.model_copy(update=facts_of(found))

    def _facts(self, text: str) -> ExtractedItem | None:
        """What the language found in this paragraph."""
        words = plain(text)
        fitting = [item for item in self._found if item.sentence and plain(item.sentence).rstrip(".;") in words]
        return fitting[0] if fitting and words else None


def facts_of(found: ExtractedItem) -> dict[str, Any]:
    """What the language found in a paragraph, under the names of a `NoticeItem`."""
    return {
        "kind": found.kind,
        "lead": found.lead,
        "coordinating": found.coordinating,
        "action": found.action,
        "references": found.references,
        "lead_unit_ids": found.lead_unit_ids,
        "coordinating_unit_ids": found.coordinating_unit_ids,
        "deadline": _deadline(found),
    }


def _deadline(found: ExtractedItem) -> DeadlineFacts | None:
    deadline = found.deadline
    if deadline is None:
        return None
    return DeadlineFacts(raw=deadline.raw, iso=deadline.iso, kind=deadline.kind, rrule=deadline.rrule)


def _joined(lines: Iterable[TextLine]) -> list[TextLine]:
    return [line for line in lines if line.text.strip()]


def _structure(paragraphs: Sequence[tuple[str, bool]]) -> tuple[list[str], list[_Part], str]:
    """Opening, parts and closing; the last paragraph with the end mark closes unless it is an item itself."""
    opening: list[str] = []
    parts: list[_Part] = []
    closing = ""
    for position, (text, bold) in enumerate(paragraphs):
        last = position == len(paragraphs) - 1
        words = _END.sub(".", text) if last else text
        if last and not _marked(words):
            closing = words
        elif found := _PART.match(words) if bold else None:
            parts.append(_Part(heading=found["text"]))
        elif not parts and not _marked(words):
            opening.append(words)
        else:
            if not parts:
                parts.append(_Part())
            _place(parts[-1], words, bold)
    return opening, parts, closing


def _marked(text: str) -> bool:
    return any(mark.match(text) for mark in (_PART, _NUMBERED, _DASH, _PLUS))


def _place(part: _Part, words: str, bold: bool) -> None:
    if found := _NUMBERED.match(words):
        part.numbered = True
        part.nodes.append(_Node(heading=found["text"]) if bold else _Node(text=found["text"]))
    elif (found := _DASH.match(words)) and part.nodes:
        part.nodes[-1].children.append(_Node(text=found["text"]))
    elif (found := _PLUS.match(words)) and part.nodes:
        holder = part.nodes[-1].children or part.nodes
        holder[-1].children.append(_Node(text=found["text"]))
    elif part.nodes and part.nodes[-1].heading and not part.nodes[-1].text and not part.nodes[-1].children:
        part.nodes[-1].text = words
    else:
        part.nodes.append(_Node(text=words))


def _paragraph(words: str, base: NoticeContent) -> Paragraph:
    same = next((paragraph for paragraph in base.opening if plain(paragraph.text) == plain(words)), None)
    return same or Paragraph(text=words)


def _subject(reading: Reading) -> str:
    title = reading.title_at()
    if title is None:
        return ""
    lines = []
    for line in reading.lines[title + 1 :]:
        if not line.bold or _PART.match(line.text) or _NUMBERED.match(line.text):
            break
        lines.append(line.text.strip())
    return " ".join(lines)


def _recipients(reading: Reading) -> tuple[str, ...]:
    start = reading.recipients_at()
    lines = reading.lines[start + 1 :] if start is not None else ()
    found = [line.text.strip() for line in lines if line.column != "right" and line.text.strip().startswith(("-", "–"))]
    return tuple(text.lstrip("-– ").rstrip(";. ") for text in found)


def _signer(reading: Reading, base: SignerBlock) -> SignerBlock:
    """The block on the right below "Nơi nhận:"; as it was where its words are the same."""
    start = reading.recipients_at()
    lines = reading.lines[start:] if start is not None else ()
    texts = [line.text.strip() for line in lines if line.column == "right" and line.bold]
    if not texts:
        return base
    printed = [*base.authority_lines, base.title, *base.capacity, base.name]
    if plain(" ".join(texts)).casefold() == plain(" ".join(printed)).casefold():
        return base
    offices = [text for text in texts[:-1] if text == text.upper()]
    return SignerBlock(
        authority_lines=tuple(text for text in offices if _AUTHORITY.match(text)),
        title=" ".join(text for text in offices if not _AUTHORITY.match(text)),
        capacity=tuple(text for text in texts[:-1] if text != text.upper()),
        name=texts[-1],
    )


def _key(heading: str, text: str) -> str:
    return plain(f"{heading} {text}").casefold()
