"""Two recognisers' words go in, one text comes out: words of the first, spelling of the second, doubt at differences.

The first hears better but writes bare lower-case words; the second hears less but sets capitals, punctuation and
figures. A capital or a figure is taken over only where both heard the same syllables, punctuation where the words
stand at the same place. Nothing of the second is inserted, except a stretch on which the first is silent and the
second is sure.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from transcription.document import Word
from transcription.engines.alignment import Pair, Token, align, tokens
from transcription.engines.contract import Quality, Utterance
from transcription.vocabulary.folding import bare, fold

#: Probability of a word on which both disagree, which only the first heard, or whose tone alone differs.
DISAGREED = 0.35
ALONE = 0.4
TONE_DIFFERS = 0.6
#: A stretch that only the second heard needs this mean probability and this many words to be taken.
SURE = 0.75
FEWEST_WORDS = 2
#: A mark of the second recogniser this close to a pause belongs to it.
NEAR_PAUSE_SECONDS = 0.8

_TRAILING = re.compile(r"[.,;:?!…]+$")


@dataclass(frozen=True, slots=True)
class Fused:
    """The fused words and the share of the first one's syllables that the second confirms."""

    words: tuple[Word, ...]
    agreement: float


def fuse_words(first: Sequence[Word], second: Sequence[Word]) -> Fused:
    """Words of one piece by both recognisers → fused words in order of time."""
    ours, theirs = tokens(first), tokens(second)
    pairs = align(ours, theirs)
    figures = _agreed_figures(pairs, ours, theirs, second)
    partner: dict[int, Token] = {}
    equal = 0
    for pair in pairs:
        if pair.first is None or pair.second is None:
            continue
        one, other = ours[pair.first], theirs[pair.second]
        partner.setdefault(one.word, other)
        equal += one.text == other.text
    words: list[Word] = []
    position = 0
    while position < len(first):
        if position in figures:
            length, figure = figures[position]
            words.append(Word(first[position].start, first[position + length - 1].end, figure.text, figure.probability))
            position += length
            continue
        words.append(_spelled(first[position], partner.get(position), second))
        position += 1
    words += _missed(pairs, theirs, second, first)
    return Fused(tuple(sorted(words, key=lambda word: word.start)), equal / len(ours) if ours else 0.0)


def fuse_utterances(first: Sequence[Utterance], second: Sequence[Utterance]) -> tuple[Utterance, ...]:
    """Utterances of one piece by both. The first one's pauses divide the result."""
    if not first:
        return tuple(utterance for utterance in second if _is_sure(utterance.words))
    heard = [word for utterance in second for word in utterance.words]
    fused = fuse_words([word for utterance in first for word in utterance.words], heard)
    bounds = [(one.end + other.start) / 2 for one, other in pairwise(first)]
    runs: list[list[Word]] = [[] for _ in first]
    for word in fused.words:
        runs[bisect_left(bounds, (word.start + word.end) / 2)].append(word)
    for index, bound in enumerate(bounds):
        if runs[index]:
            runs[index][-1] = _marked(runs[index][-1], _mark_near(bound, heard))
    quality = _joined_quality(second, fused.agreement)
    return tuple(Utterance(run[0].start, run[-1].end, tuple(run), quality) for run in runs if run)


def _mark_near(moment: float, heard: Sequence[Word]) -> str:
    """What the second recogniser wrote at a pause of the first: a full stop, a comma, or nothing."""
    near = [word.text for word in heard if abs(word.end - moment) <= NEAR_PAUSE_SECONDS]
    if any(text.endswith((".", "?", "!", "…")) for text in near):
        return "."
    return "," if any(text.endswith((",", ";", ":")) for text in near) else ""


def _marked(word: Word, mark: str) -> Word:
    return word if not mark else Word(word.start, word.end, _TRAILING.sub("", word.text) + mark, word.probability)


def _joined_quality(second: Sequence[Utterance], agreement: float) -> Quality:
    if not second:
        return Quality(agreement=0.0)
    # The decoder's numbers of a piece; with several utterances the worst one decides.
    return Quality(
        average_log_probability=min((u.quality.average_log_probability or 0.0 for u in second), default=None),
        no_speech_probability=max((u.quality.no_speech_probability or 0.0 for u in second), default=None),
        compression_ratio=max((u.quality.compression_ratio or 0.0 for u in second), default=None),
        agreement=agreement,
    )


def _spelled(word: Word, other: Token | None, second: Sequence[Word]) -> Word:
    if other is None:
        return Word(word.start, word.end, word.text, ALONE)
    written = second[other.word]
    mark = _TRAILING.search(written.text)
    trailing = mark.group() if mark else ""
    if fold(written.text) == fold(word.text):
        agreed = 1 - (1 - written.probability) * 0.5
        return Word(word.start, word.end, _TRAILING.sub("", written.text) + trailing, agreed)
    if bare(word.text) == bare(written.text):
        return Word(word.start, word.end, word.text + trailing, TONE_DIFFERS)
    # Another word altogether: its comma would stand at a place where nobody paused.
    return Word(word.start, word.end, word.text, DISAGREED)


def _agreed_figures(
    pairs: Sequence[Pair], ours: Sequence[Token], theirs: Sequence[Token], second: Sequence[Word]
) -> dict[int, tuple[int, Word]]:
    """First word's position → (words replaced, figure), where every syllable of a written number was heard by both."""
    by_figure: dict[int, list[Pair]] = {}
    for pair in pairs:
        if pair.second is not None and any(letter.isdigit() for letter in second[theirs[pair.second].word].text):
            by_figure.setdefault(theirs[pair.second].word, []).append(pair)
    found: dict[int, tuple[int, Word]] = {}
    for figure, members in by_figure.items():
        matched = [
            ours[pair.first].word
            for pair in members
            if pair.first is not None and pair.second is not None and ours[pair.first].text == theirs[pair.second].text
        ]
        whole = len(matched) == len(members) and matched == list(range(matched[0], matched[0] + len(matched)))
        if whole:
            found[matched[0]] = (len(matched), second[figure])
    return found


def _missed(
    pairs: Sequence[Pair], theirs: Sequence[Token], second: Sequence[Word], first: Sequence[Word]
) -> list[Word]:
    """Stretches that only the second heard, where the first has no word at that time."""
    alone = [theirs[pair.second].word for pair in pairs if pair.first is None and pair.second is not None]
    runs: list[list[int]] = []
    for position in dict.fromkeys(alone):
        if runs and position == runs[-1][-1] + 1:
            runs[-1].append(position)
        else:
            runs.append([position])
    found: list[Word] = []
    for run in runs:
        stretch = [second[position] for position in run]
        start, end = stretch[0].start, stretch[-1].end
        taken = any(word.start < end and word.end > start for word in first)
        if not taken and _is_sure(stretch):
            found += [Word(word.start, word.end, word.text, min(word.probability, ALONE)) for word in stretch]
    return found


def _is_sure(words: Sequence[Word]) -> bool:
    return len(words) >= FEWEST_WORDS and sum(word.probability for word in words) / len(words) >= SURE
