"""How far the machine was from the truth: word errors of the text, directives found. Plain arithmetic, nothing tuned.

Both texts are folded the same way first: NFC, lower case, spoken numbers as figures, no punctuation.
"""

import re
import unicodedata
from collections.abc import Iterable

import jiwer

from minutes.language.numbers import spoken_to_figures
from minutes.language.text import Text

_NOT_WORD = re.compile(r"[^\w\s]", re.UNICODE)


def folded(text: str) -> str:
    """The words that are compared."""
    figures = spoken_to_figures(Text.of(unicodedata.normalize("NFC", text))).value
    return " ".join(_NOT_WORD.sub(" ", figures.lower()).split())


def word_error_rate(truth: Iterable[str], heard: Iterable[str]) -> float:
    """Substituted, missing and added words over the words that were said; 0 is perfect, 1 and more is useless."""
    said, got = folded(" ".join(truth)), folded(" ".join(heard))
    return float(jiwer.wer(said, got)) if said else 0.0
