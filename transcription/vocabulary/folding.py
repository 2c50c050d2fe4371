"""Words go in; out come forms to compare (without punctuation and case, or tones too) and the dress to put back on."""

import re
import unicodedata
from functools import lru_cache

#: What may stand behind a word.
MARKS = '.,;:?!…”")'

_EDGES = re.compile(r"^[^\w]+|[^\w%]+$")


@lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """NFC, lower case, no punctuation around the word: `“Bộ,` → `bộ`."""
    return _EDGES.sub("", unicodedata.normalize("NFC", text).casefold())


@lru_cache(maxsize=50_000)
def bare(text: str) -> str:
    """`fold` without tones and marks: `Đường` → `duong`. Recognisers err in tones far more often than in letters."""
    letters = unicodedata.normalize("NFD", fold(text).replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def marks_behind(text: str) -> str:
    """`ngày 15.”` → `.”`."""
    return text[len(text.rstrip(MARKS)) :]


def capital_as(text: str, new: str) -> str:
    """The new word, with a capital if the old one has one."""
    return new[:1].upper() + new[1:] if text[:1].isupper() else new


def syllables(text: str) -> list[str]:
    """Folded words of a text; those that are nothing but punctuation are left out."""
    return [word for word in (fold(part) for part in re.split(r"[\s\-–—/]+", text)) if word]
