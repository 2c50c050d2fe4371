"""How Vietnamese offices talk when they meet: a trigram model of sentences that this project wrote for it (README.md).

Everything that has to choose between words that sound alike asks the same model, and it knows nothing of any meeting.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from core.vietnamese.ngrams import Trigrams

_SENTENCE_ENDS = re.compile(r"[.;:?!…\n]+")
_WORD = re.compile(r"\w+")


@lru_cache(maxsize=1)
def office_talk() -> Trigrams:
    """Read once in a process (a little over a second)."""
    folder = Path(__file__).parent
    texts = (path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt")))
    return Trigrams.of(sentence for text in texts for sentence in sentences(text))


def sentences(text: str) -> Iterator[list[str]]:
    """Rows of syllables in lower case; commas do not divide."""
    for part in _SENTENCE_ENDS.split(text):
        if row := _WORD.findall(part.lower()):
            yield row
