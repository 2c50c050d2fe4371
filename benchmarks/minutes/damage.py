"""Text as a recogniser would leave it: a given share of the words heard wrong, the same ones in every run.

In: true text, a share, a seed. Out: the text with words replaced by ones that sound alike (initials and finals that
Vietnamese speakers and recognisers mix up, tones), some lost and some doubled, full stops and commas partly gone. It
stands in for transcripts of human voices at that error rate, of which there are none with gold tasks; the benchmark
names it `damaged`, never `machine`.
"""

import re
import unicodedata
from random import Random

#: Pairs of beginnings and of endings that sound alike in one dialect or another.
_BEGINNINGS = (("tr", "ch"), ("s", "x"), ("l", "n"), ("d", "gi"), ("r", "d"), ("v", "d"), ("th", "t"), ("ph", "v"))
_ENDINGS = (("n", "ng"), ("t", "c"), ("nh", "n"), ("i", "y"), ("m", "n"))
_TONES = ("\u0300", "\u0301", "\u0309", "\u0303", "\u0323", "")
_WORD = re.compile(r"\w+")
_LOST_MARKS_SHARE = 0.3


def damaged(text: str, share: float, seed: str) -> str:
    """`text` with about `share` of its words wrong."""
    # Not for secrets: the same damage in every run is what is wanted.
    random = Random(seed)  # noqa: S311
    pieces: list[str] = []
    position = 0
    for match in _WORD.finditer(text):
        pieces.append(_marks(text[position : match.start()], random))
        word = match.group(0)
        pieces.append(_misheard(word, random) if random.random() < share else word)
        position = match.end()
    return re.sub(r" {2,}", " ", "".join(pieces) + text[position:]).strip()


def _marks(between: str, random: Random) -> str:
    return re.sub(r"[,.;:]", "", between) if random.random() < _LOST_MARKS_SHARE else between


def _misheard(word: str, random: Random) -> str:
    fate = random.random()
    if fate < 0.12:
        return ""
    if fate < 0.18:
        return f"{word} {word}"
    changed = (_other_beginning, _other_ending, _other_tone)[random.randrange(3)](word, random)
    return changed if changed != word else _other_tone(word, random)


def _other_beginning(word: str, random: Random) -> str:
    low = word.lower()
    fitting = [(a, b) for pair in _BEGINNINGS for a, b in (pair, pair[::-1]) if low.startswith(a)]
    if not fitting:
        return word
    old, new = max(fitting, key=lambda pair: (len(pair[0]), random.random()))
    return new + low[len(old) :]


def _other_ending(word: str, random: Random) -> str:
    low = word.lower()
    fitting = [(a, b) for pair in _ENDINGS for a, b in (pair, pair[::-1]) if low.endswith(a)]
    if not fitting:
        return word
    old, new = max(fitting, key=lambda pair: (len(pair[0]), random.random()))
    return low[: -len(old)] + new


def _other_tone(word: str, random: Random) -> str:
    letters = list(unicodedata.normalize("NFD", word.lower()))
    places = [index for index, letter in enumerate(letters) if letter in _TONES]
    if places:
        letters[places[0]] = random.choice([tone for tone in _TONES if tone != letters[places[0]]])
    return unicodedata.normalize("NFC", "".join(letters))
