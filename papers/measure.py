"""How long a line of Times New Roman is, and where to break one that is too long.

Pure, and without a font at hand: `letter_widths.json` holds the advance widths (2048 to the em) that Times New Roman
and its metric equals share. Needed because the form asks for rules as long as, or a third to a half of, the text above
them (Decree 30/2020, annex I, II.1b, 2b, 5b).
"""

import json
import unicodedata
from functools import lru_cache
from itertools import accumulate, combinations, pairwise
from pathlib import Path
from typing import Literal

Face = Literal["regular", "bold", "italic"]

_UNITS_PER_EM = 2048
_UNKNOWN_LETTER = 1400
#: Where a word too long for its line may be broken. Texts cannot hold it themselves: `clean_text` drops it.
BREAK = "\u200b"
MILLIMETRES_PER_POINT = 25.4 / 72
#: Lines with more words than this are broken greedily: trying every break would take too long.
_WORDS_WORTH_BALANCING = 40


@lru_cache
def _widths() -> dict[str, dict[str, int]]:
    table = json.loads(Path(__file__).with_name("letter_widths.json").read_text(encoding="utf-8"))
    return {
        face: {letter: int(width) for width, letters in groups.items() for letter in letters}
        for face, groups in table.items()
    }


def text_width(text: str, points: float, face: Face = "regular") -> float:
    """Length in millimetres of one line, without kerning."""
    widths = _widths()[face]
    units = sum(widths.get(letter, _UNKNOWN_LETTER) for letter in unicodedata.normalize("NFC", text))
    return units / _UNITS_PER_EM * points * MILLIMETRES_PER_POINT


def breakable(text: str, points: float, face: Face, room: float) -> str:
    """The text with places to break put into words longer than `room` millimetres; other words stay as they are."""
    if text_width(text, points, face) <= room:
        return text
    return " ".join(BREAK.join(_pieces(word, points, face, room)) for word in text.split(" "))


def _pieces(word: str, points: float, face: Face, room: float) -> list[str]:
    """A word in pieces that fit the room, each of one letter at least; one piece where all of it fits."""
    if text_width(word, points, face) <= room:
        return [word]
    pieces = [""]
    for letter in word:
        if pieces[-1] and text_width(pieces[-1] + letter, points, face) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def balanced_lines(text: str, points: float, face: Face, room: float) -> tuple[str, ...]:
    """Break into as few lines as fit `room` millimetres, as equal in length as possible.

    A single word that is longer than the room is cut into pieces.
    """
    words = [piece for word in text.split(" ") for piece in _pieces(word, points, face, room)]
    if text_width(text, points, face) <= room:
        return (text,)
    greedy = _greedy(words, points, face, room)
    if len(words) > _WORDS_WORTH_BALANCING or len(greedy) > 4:
        return greedy
    # Widths add up, so a line's is the difference of two running sums.
    ends = [0.0, *accumulate(text_width(f"{word} ", points, face) for word in words)]

    def unevenness(cuts: tuple[int, ...]) -> float:
        widths = [ends[end] - ends[start] for start, end in pairwise((0, *cuts, len(words)))]
        # A break after a comma reads better: worth a few millimetres of unevenness.
        return max(widths) - min(widths) - 4 * sum(words[cut - 1].endswith((",", ";")) for cut in cuts)

    longest = max(text_width(f"{line} ", points, face) for line in greedy) + 1e-6
    fitting = (
        cuts
        for cuts in combinations(range(1, len(words)), len(greedy) - 1)
        if all(ends[end] - ends[start] <= longest for start, end in pairwise((0, *cuts, len(words))))
    )
    best = min(fitting, key=unevenness)
    return tuple(" ".join(words[start:end]) for start, end in pairwise((0, *best, len(words))))


def short_rule(lines: tuple[str, ...], points: float, face: Face) -> float:
    """Length in millimetres of the rule under an agency or a subject line: between a third and a half of the line.

    With several lines the length keeps to that against the longest and the last one where both can be kept.
    """
    if not lines:
        return 0.0
    longest = max(text_width(line, points, face) for line in lines)
    last = text_width(lines[-1], points, face)
    low, high = longest / 3, last / 2
    return (low + high) / 2 if low <= high else last * 5 / 12


def _greedy(words: list[str], points: float, face: Face, room: float) -> tuple[str, ...]:
    lines = [words[0]]
    for word in words[1:]:
        longer = f"{lines[-1]} {word}"
        if text_width(longer, points, face) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)
