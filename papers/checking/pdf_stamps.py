"""Letters that signature fields show, put into the line they complete: `Số:      /TB-BM` with `05` becomes one line.

Pure. What a field shows elsewhere (names, a seal) is no part of the text and falls away.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

_SAME_LINE_MM = 0.8
#: A gap wider than this is a space between words.
_WORD_GAP_MM = 0.6


@dataclass(frozen=True)
class Letter:
    """One letter: place of its origin, right edge, size and font; millimetres and points."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    font: str


def with_stamps(letters: Sequence[Letter], stamped: Sequence[Letter]) -> list[Letter]:
    """The letters of a page with the stamped ones in their lines."""
    joined = list(letters)
    for _, group in groupby(stamped, key=lambda letter: round(letter.baseline)):
        for word in _words(list(group)):
            joined = _completed(joined, word)
    return joined


def _words(letters: list[Letter]) -> list[list[Letter]]:
    words: list[list[Letter]] = []
    for letter in letters:
        if not letter.text.strip():
            continue
        if words and 0 <= letter.left - words[-1][-1].right + 0.5 <= 1.5:
            words[-1].append(letter)
        else:
            words.append([letter])
    return words


def _completed(letters: list[Letter], word: list[Letter]) -> list[Letter]:
    """The word between its neighbours of the same line, in place of the blank that was kept for it."""
    line = [at for at, letter in enumerate(letters) if abs(letter.baseline - word[0].baseline) <= _SAME_LINE_MM]
    before = [at for at in line if letters[at].text.strip() and letters[at].left < word[0].left]
    if not before:
        return letters
    start = max(before, key=lambda at: letters[at].left)
    after = [at for at in line if at > start and letters[at].text.strip() and letters[at].left > word[0].left]
    end = min(after, default=start + 1)
    if not after:
        while end < len(letters) and end in line and not letters[end].text.strip():
            end += 1
    model = letters[start]
    put = [replace(letter, baseline=model.baseline, font=model.font) for letter in word]
    middle = [_space(model, put[0]), *put]
    if after and letters[end].left - put[-1].right > _WORD_GAP_MM:
        middle.append(replace(_space(put[-1], letters[end]), baseline=model.baseline))
    return [*letters[: start + 1], *middle, *letters[end:]]


def _space(left: Letter, right: Letter) -> Letter:
    return replace(left, text=" ", left=left.right, right=right.left)
