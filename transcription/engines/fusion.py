"""Two recognisers' words go in, one text comes out: words of the first, spelling of the second, doubt at differences.

The first hears better but writes bare lower-case words; the second hears less but sets capitals and punctuation. A
capital is taken over only where both heard the same syllable, punctuation where the words stand at the same place.
Figures are written later, by one rule for the whole house. Nothing of the second is inserted, except a stretch on
which the first is silent and the second is sure. What the second heard at each place is kept in the first one's slots.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from core.vietnamese.readings import canonical
from transcription.document import Word
from transcription.engines.alignment import Pair, Token, align, tokens
from transcription.engines.contract import Quality, Slot, Utterance
from transcription.vocabulary.folding import bare, fold

#: What the second recogniser's opinion does to the doubt left (1 − probability) about a word of the first: it halves
#: it where both agree, adds a little where another tone, another word or nothing was heard.
AGREED, TONE_DIFFERS, DISAGREED, ALONE = 0.4, 1.1, 1.3, 1.3
#: A stretch that only the second heard needs this mean probability and this many words to be taken.
SURE = 0.75
FEWEST_WORDS = 2
#: Probability of a word that only the second heard, at most.
ONLY_SECOND = 0.4
#: A mark of the second recogniser this close to a pause belongs to it.
NEAR_PAUSE_SECONDS = 0.8
#: A silence of the first in which the second heard a syllable lies this close to it.
NEAR_SLOT_SECONDS = 0.35

_TRAILING = re.compile(r"[.,;:?!…]+$")


@dataclass(frozen=True, slots=True)
class Fused:
    """The fused words, the share of the first one's syllables that the second confirms, and what it heard.

    `partners` has the second one's syllable for positions of the first one's words; `alone` those without a partner.
    """

    words: tuple[Word, ...]
    agreement: float
    partners: dict[int, str]
    alone: tuple[Token, ...]


def fuse_words(first: Sequence[Word], second: Sequence[Word]) -> Fused:
    """Words of one piece by both recognisers → fused words in order of time."""
    ours, theirs = tokens(first), tokens(second)
    pairs = align(ours, theirs)
    partner: dict[int, Token] = {}
    equal = 0
    for pair in pairs:
        if pair.first is None or pair.second is None:
            continue
        one, other = ours[pair.first], theirs[pair.second]
        partner.setdefault(one.word, other)
        equal += one.text == other.text
    words = [_spelled(word, partner.get(position), second) for position, word in enumerate(first)]
    words += _missed(pairs, theirs, second, first)
    return Fused(
        tuple(sorted(words, key=lambda word: word.start)),
        equal / len(ours) if ours else 0.0,
        {position: token.text for position, token in partner.items()},
        tuple(theirs[pair.second] for pair in pairs if pair.first is None and pair.second is not None),
    )


def fuse_utterances(first: Sequence[Utterance], second: Sequence[Utterance]) -> tuple[Utterance, ...]:
    """Utterances of one piece by both. The first one's pauses divide the result."""
    if not first:
        # The better ear heard nothing at all: the filters must know that, whatever the second one is sure of.
        sure = (utterance for utterance in second if _is_sure(utterance.words))
        return tuple(replace(utterance, quality=replace(utterance.quality, agreement=0.0)) for utterance in sure)
    heard = [word for utterance in second for word in utterance.words]
    ours = [word for utterance in first for word in utterance.words]
    fused = fuse_words(ours, heard)
    bounds = [(one.end + other.start) / 2 for one, other in pairwise(first)]
    runs: list[list[Word]] = [[] for _ in first]
    for word in fused.words:
        runs[bisect_left(bounds, (word.start + word.end) / 2)].append(word)
    for index, bound in enumerate(bounds):
        if runs[index]:
            runs[index][-1] = _marked(runs[index][-1], _mark_near(bound, heard))
    quality = _joined_quality(second, fused.agreement)
    said = {(word.start, word.end): fused.partners.get(position, "") for position, word in enumerate(ours)}
    return tuple(
        Utterance(run[0].start, run[-1].end, tuple(run), quality, _with_second(utterance.slots, said, fused.alone))
        for run, utterance in zip(runs, first, strict=True)
        if run
    )


def _with_second(
    slots: Sequence[Slot], said: dict[tuple[float, float], str], alone: Sequence[Token]
) -> tuple[Slot, ...]:
    """The slots with the second recogniser's syllable at each place."""
    found: list[Slot] = []
    for slot in slots:
        if slot.text:
            second = said.get((slot.start, slot.end), "")
        else:
            middle = (slot.start + slot.end) / 2
            near = [token for token in alone if abs(token.middle - middle) <= NEAR_SLOT_SECONDS]
            second = min(near, key=lambda token: abs(token.middle - middle)).text if near else ""
        found.append(replace(slot, second=second))
    return tuple(found)


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
        return replace(word, probability=_doubted(word.probability, ALONE))
    written = second[other.word]
    mark = _TRAILING.search(written.text)
    trailing = mark.group() if mark else ""
    if fold(written.text) == fold(word.text):
        text = _TRAILING.sub("", written.text) + trailing
        return Word(word.start, word.end, text, _doubted(word.probability, AGREED))
    if bare(word.text) == bare(written.text):
        return Word(word.start, word.end, word.text + trailing, _doubted(word.probability, TONE_DIFFERS))
    if canonical(fold(word.text)) == other.text:
        # A figure of the second whose syllables the first one heard as well.
        return replace(word, probability=_doubted(word.probability, AGREED))
    # Another word altogether: its comma would stand at a place where nobody paused.
    return replace(word, probability=_doubted(word.probability, DISAGREED))


def _doubted(probability: float, factor: float) -> float:
    return max(0.0, 1.0 - (1.0 - probability) * factor)


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
            found += [Word(word.start, word.end, word.text, min(word.probability, ONLY_SECOND)) for word in stretch]
    return found


def _is_sure(words: Sequence[Word]) -> bool:
    return len(words) >= FEWEST_WORDS and sum(word.probability for word in words) / len(words) >= SURE
