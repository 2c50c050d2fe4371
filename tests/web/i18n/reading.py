"""What a person reads on a page: its texts and the words of its attributes; and which of them are somebody's data.

In: the HTML of a page, the database. Out: what is left in Vietnamese once data and passages marked as Vietnamese
(`lang="vi"`: the paper itself, transcripts) are taken away.
"""

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import Base
from web.languages.extraction import VIETNAMESE

READ_ATTRIBUTES = ("alt", "aria-label", "placeholder", "title", "content")
#: Numbers and symbols of papers, and what a finding quotes.
SYMBOLS = re.compile(
    r"\d+/\S*(?:QĐ|NĐ|BCĐ|CT)\S*|“[^”]*”"
    # What must be written into a cell of a file, explained beside it.
    r"|Trung tâm \(central\), Thành phần \(component\) or Cá nhân \(personal\)(; empty means Thành phần)?"
)
VOID = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
SILENT = frozenset({"script", "style"})


class Reader(HTMLParser):
    """Collects what is read; passages in another language are left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.links: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        hushed = tag in SILENT or (tag != "html" and values.get("lang") == "vi") or self._hushed
        if not hushed:
            self.texts += [
                value for name, value in values.items() if name in READ_ATTRIBUTES or _is_words_for_script(name, value)
            ]
        if tag == "a" and values.get("href", "").startswith("/"):
            self.links.append(values["href"].partition("#")[0])
        if tag not in VOID:
            self._open.append((tag, hushed))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:  # `<br />`: it was never open
            return
        while self._open:
            name, _ = self._open.pop()
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        if data.strip() and not self._hushed:
            self.texts.append(" ".join(data.split()))

    @property
    def _hushed(self) -> bool:
        return bool(self._open) and self._open[-1][1]


def read(html: str) -> Reader:
    """The page as it is read."""
    reader = Reader()
    reader.feed(html)
    return reader


def left_in_vietnamese(texts: Iterable[str], data: re.Pattern[str]) -> list[str]:
    """Texts that still hold Vietnamese letters without the data in them."""
    return sorted({text for text in texts if VIETNAMESE.search(SYMBOLS.sub("", data.sub(" ", text)))})


def data_of(session: Session, more: Iterable[str] = ()) -> re.Pattern[str]:
    """An expression for every text with Vietnamese letters that stands in the database, longest first."""
    found = set(more)
    for table in Base.metadata.sorted_tables:
        for row in session.execute(select(table)):
            for value in row:
                found |= {" ".join(text.split()) for text in _texts(value)}
    known = sorted((text for text in found if VIETNAMESE.search(text)), key=len, reverse=True)
    return re.compile("|".join(re.escape(text) for text in known) or r"(?!)", re.IGNORECASE)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
        yield from value.splitlines()
    elif isinstance(value, dict):
        for key, part in value.items():
            yield str(key)
            yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)


def _is_words_for_script(name: str, value: str) -> bool:
    """Words a script shows are handed to it in attributes of the page; names of things are data there too."""
    return name.startswith("data-") and " " in value
