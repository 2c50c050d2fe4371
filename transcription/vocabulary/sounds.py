"""Two Vietnamese syllables go in, how alike they sound comes out, between 0 and 1: a rule of the language.

A syllable is an initial, a rime and a tone. What speakers of different regions merge counts as near: s/x, ch/tr, d/gi/r
(and v in the South), l/n, hỏi/ngã, final n/ng and t/c, iêm/im. Recognisers err most in tones.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_TONES = {"\u0300": "huyền", "\u0301": "sắc", "\u0309": "hỏi", "\u0303": "ngã", "\u0323": "nặng"}
_INITIALS = (
    "ngh", "ng", "nh", "ch", "tr", "th", "ph", "kh", "gh", "gi", "qu", "b", "c", "d", "đ", "g", "h", "k", "l", "m",
    "n", "p", "r", "s", "t", "v", "x",
)  # fmt: skip
_SAME_INITIAL = {"ngh": "ng", "gh": "g", "k": "c", "q": "c", "qu": "cu"}
_NEAR_INITIALS = [{"s", "x"}, {"ch", "tr"}, {"d", "gi", "r"}, {"d", "gi", "v"}, {"l", "n"}]
#: Shares of likeness that remain for each difference.
NEAR_INITIAL, NEAR_TONE, OTHER_TONE, NEAR_END, NEAR_VOWEL = 0.5, 0.5, 0.3, 0.4, 0.3
LEAST = 0.1
_NEAR_ENDS = (("n", "ng"), ("n", "nh"), ("t", "c"), ("t", "ch"), ("ng", "nh"))


@dataclass(frozen=True, slots=True)
class Syllable:
    """Its parts; the rime keeps the marks of its vowels."""

    initial: str
    rime: str
    tone: str


@lru_cache(maxsize=20_000)
def parts(syllable: str) -> Syllable:
    """The parts of a folded syllable; a foreign word gets parts all the same."""
    letters: list[str] = []
    tone = "ngang"
    for letter in unicodedata.normalize("NFD", syllable):
        if letter in _TONES:
            tone = _TONES[letter]
        else:
            letters.append(letter)
    plain = unicodedata.normalize("NFC", "".join(letters))
    initial = next((one for one in _INITIALS if plain.startswith(one) and len(plain) > len(one)), "")
    if plain == "gi":
        return Syllable("gi", "i", tone)
    rime = plain[len(initial) :]
    if initial == "qu":
        initial, rime = "c", "u" + rime
    if initial == "" and rime.startswith("y"):
        rime = "i" + rime[1:]
    return Syllable(_SAME_INITIAL.get(initial, initial), "i" if rime == "y" else rime, tone)


@lru_cache(maxsize=200_000)
def likeness(one: str, other: str) -> float:
    """1 for the same syllable, 0 for two that nobody would confuse; symmetric."""
    if one == other:
        return 1.0
    if not one or not other:
        return 0.0
    left, right = parts(one), parts(other)
    found = _initials(left.initial, right.initial) * _rimes(left.rime, right.rime)
    if left.tone != right.tone:
        found *= NEAR_TONE if {left.tone, right.tone} == {"hỏi", "ngã"} else OTHER_TONE
    return found if found >= LEAST else 0.0


def _initials(one: str, other: str) -> float:
    if one == other:
        return 1.0
    return NEAR_INITIAL if any({one, other} <= group for group in _NEAR_INITIALS) else 0.0


def _rimes(one: str, other: str) -> float:
    if one == other:
        return 1.0
    for first, second in _NEAR_ENDS:
        for short, long in ((first, second), (second, first)):
            if one.endswith(short) and other.endswith(long) and one[: -len(short)] == other[: -len(long)]:
                return NEAR_END
    # "a" for "ă", "o" for "ô": the same letters but for the marks of a vowel. "Im" for "iêm", "uc" for "uôc".
    near = _unmarked(one) == _unmarked(other) or _shortened(one) == _shortened(other)
    return NEAR_VOWEL if near else 0.0


def _shortened(rime: str) -> str:
    for long, short in (("iê", "i"), ("uô", "u"), ("ươ", "ư")):
        rime = rime.replace(long, short)
    return rime


def _unmarked(rime: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFD", rime) if not unicodedata.combining(letter))
