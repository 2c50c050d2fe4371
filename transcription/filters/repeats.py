"""A decoder running in a circle: words go in, whether they are one phrase over and over comes out."""

from collections.abc import Sequence

from transcription.vocabulary.folding import fold

LONGEST_PHRASE = 8
#: A phrase said this many times in a row, filling this share of the text, is a circle; "rất rất rất tốt" is not.
FEWEST_ROUNDS = 4
SHARE = 0.6
#: Text that zlib shrinks more than this is repetition (the threshold of Whisper's own decoder).
COMPRESSION_RATIO = 2.4


def is_circling(words: Sequence[str], compression_ratio: float | None = None) -> bool:
    """Whether most of the words are one phrase of up to eight words said four times or more in a row."""
    folded = [fold(word) for word in words]
    if len(folded) < FEWEST_ROUNDS:
        return False
    if (compression_ratio or 0.0) > COMPRESSION_RATIO and len(folded) >= 12:
        return True
    return any(_longest_circle(folded, length) >= SHARE * len(folded) for length in range(1, LONGEST_PHRASE + 1))


def _longest_circle(words: Sequence[str], length: int) -> int:
    """Most words covered by one phrase of this length repeated without a gap, at least FEWEST_ROUNDS times."""
    longest, run = 0, 0
    for position in range(length, len(words)):
        run = run + 1 if words[position] == words[position - length] else 0
        if run >= length * (FEWEST_ROUNDS - 1):
            longest = max(longest, run + length)
    return longest
