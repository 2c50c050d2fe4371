"""Text goes in, forms for comparison come out: without punctuation and case, and further without tones and marks."""

import re
import unicodedata
from functools import lru_cache

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


def syllables(text: str) -> list[str]:
    """Folded words of a text; those that are nothing but punctuation are left out."""
    return [word for word in (fold(part) for part in re.split(r"[\s\-–—/]+", text)) if word]
