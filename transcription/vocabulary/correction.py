"""Words as heard, what else they may have been, and the terms of a meeting go in; words with those terms come out.

A term is written where the sound supports it, and only there. Every syllable of it that was heard raises the odds of
the whole term; every syllable that was not must be paid for with them: by its own probability among what the network
held possible, by a second recogniser that heard it, or by sounding like what was heard (`sounds`). A syllable that was
heard for certain is never changed, a numeral never at all, and where two terms fit nearly as well none is taken. A
replaced word stays doubtful, so that a reader can see where the machine has leaned on the plan of the meeting.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import log

from transcription.document import Word
from transcription.engines.contract import Slot
from transcription.vocabulary.folding import bare, marks_behind
from transcription.vocabulary.places import Place, lined_up
from transcription.vocabulary.sounds import likeness
from transcription.vocabulary.terms import NUMBERS, Term, prepared

#: Natural logarithm of what each further syllable of a term is worth: a row of syllables that the plan of the meeting
#: names is so much likelier to be said than any other row. The highest at which plans of other meetings still change
#: (next to) nothing; running text, which is cut into many rows, is held a little lower.
WORTH_OF_A_SYLLABLE, WORTH_IN_RUNNING_TEXT = 3.0, 2.5
#: A syllable this probable was heard for certain and stays, unless the second recogniser hears the term's; within a
#: long term, whose other syllables bear it, it takes more.
CERTAIN, CERTAIN_IN_LONG_TERM = 0.97, 0.995
LONG_TERM_SYLLABLES = 6
#: What a second recogniser's syllable weighs against the first one's probabilities.
SECOND_WEIGHT = 0.5
#: What another place's syllable of the second recogniser weighs besides: the two do not always agree on the times.
SHIFTED_WEIGHT = 0.5
#: A syllable of the term for which nothing speaks at all; where the network held many possible, it may have been this
#: part as likely as the last one it named.
UNSUPPORTED, UNNAMED_SHARE = 1e-4, 0.3
#: Least part of the term's syllables that must have been heard but for their tones, and that the sound must support.
HEARD_SHARE, SUPPORTED_SHARE = 0.25, 0.75
#: A syllable with so much probability is supported.
SUPPORT = 0.01
#: The best of what was heard at a place is less probable than this: nothing was heard well there.
UNCLEAR = 0.6
#: A term must beat another one of the same place by this much.
CLEARLY = 1.0
#: Probability of a replaced word is at most this.
LEANED = 0.6
#: Terms do not reach over a pause this long, nor over a full stop with a shorter one: without any the stop is a guess.
LONGEST_PAUSE_SECONDS, STOP_PAUSE_SECONDS = 1.0, 0.2

_STOPS = ".?!"


@dataclass(frozen=True, slots=True)
class _Match:
    """A term from place `places[0]` on; `gain` is how clearly it was said."""

    term: Term
    places: tuple[int, ...]
    gain: float
    is_exact: bool


def correct(words: Sequence[Word], terms: Sequence[str], slots: Sequence[Slot] = ()) -> tuple[Word, ...]:
    """Write the terms of the meeting as the plan writes them.

    Args:
        slots: what the words were chosen from; without them each word stands for itself alone.
    """
    places = lined_up(words, slots)
    chosen = _chosen(_matches(places, prepared(tuple(terms)), words))
    return _rewritten(words, places, chosen)


def _matches(places: Sequence[Place], terms: Sequence[Term], words: Sequence[Word]) -> Iterator[_Match]:
    spoken = [index for index, place in enumerate(places) if place.word is not None]
    likely: dict[str, list[int]] = defaultdict(list)
    for order, index in enumerate(spoken):
        slot = places[index].slot
        # Tones are what is heard worst: a place votes for a term whatever the tone.
        for letters in {bare(slot.text), bare(slot.second), *(bare(text) for text, p in slot.heard if p >= SUPPORT)}:
            likely[letters].append(order)
    for term in terms:
        votes: dict[int, int] = defaultdict(int)
        for position, syllable in enumerate(term.syllables):
            for order in likely.get(bare(syllable), ()):
                votes[order - position] += 1
        # A syllable that the first recogniser nearly lost shifts what follows by one.
        starts = {
            order + shift for order, count in votes.items() for shift in (0, 1) if 2 * count >= len(term.syllables)
        }
        for order in sorted(starts):
            if 0 <= order < len(spoken):
                begins = (spoken[order], *_silence_before(places, spoken[order]))
                found = (_match(places, begin, term, words) for begin in begins)
                yield from (match for match in found if match)


def _silence_before(places: Sequence[Place], index: int) -> tuple[int, ...]:
    return (index - 1,) if index and places[index - 1].word is None else ()


def _match(places: Sequence[Place], start: int, term: Term, words: Sequence[Word]) -> _Match | None:
    """The term read from `start` on: each syllable at one place, silent places passed over or taken."""
    taken: list[int] = []
    length = len(term.syllables)
    worth = WORTH_IN_RUNNING_TEXT if term.is_running else WORTH_OF_A_SYLLABLE
    gain, index = worth * (length - 1), start
    exact, heard, supported = 0, 0, 0
    for position, syllable in enumerate(term.syllables):
        if taken or places[index].word is not None:
            index = _next(places, index, syllable, taken)
        if index < 0:
            return None
        slot = places[index].slot
        is_heard = slot.text == syllable
        around = _second_around(places, index)
        exact += is_heard
        # Running text, which every meeting may hold, takes no number away either: "tháng sáu" is not "tháng sau".
        is_number = position in term.distinct or (term.is_running and slot.text in NUMBERS)
        if not is_heard and (is_number or not _is_open(slot, syllable, length)):
            return None
        heard += bare(syllable) in {bare(slot.text), bare(slot.second)}
        is_supported = is_heard or _support(slot, syllable, around) >= SUPPORT
        if not is_supported and (position in {0, length - 1} or not _is_unclear(slot)):
            return None
        supported += is_supported
        gain += 0.0 if is_heard else _price(slot, syllable, around)
        taken.append(index)
        index += 1
    enough = heard >= max(1.0, HEARD_SHARE * length) and supported >= SUPPORTED_SHARE * length
    if gain < 0 or not enough or not _is_one_phrase(places, taken, words):
        return None
    return _Match(term, tuple(taken), gain, exact == length)


def _next(places: Sequence[Place], index: int, syllable: str, taken: Sequence[int]) -> int:
    """The place for a syllable: the next spoken one, or a silent one before it that nearly was this syllable."""
    while index < len(places) and places[index].word is None:
        slot = places[index].slot
        if taken and (slot.second == syllable or any(text == syllable for text, _p in slot.heard)):
            following = next((place.slot for place in places[index:] if place.word is not None), None)
            if following is None or _support(following, syllable) < _support(slot, syllable):
                return index
        index += 1
    return index if index < len(places) else -1


def _is_open(slot: Slot, syllable: str, length: int) -> bool:
    certain = CERTAIN_IN_LONG_TERM if length >= LONG_TERM_SYLLABLES else CERTAIN
    return slot.second == syllable or not slot.text or slot.heard[0][1] < certain


def _is_unclear(slot: Slot) -> bool:
    """Where nothing speaks for a syllable of a term, the rest may bear it only if nothing was heard well instead.

    The first syllable, which tells a unit's kind, and the last, a person's own name, are not even then guessed.
    """
    return not slot.text or slot.heard[0][1] < UNCLEAR


def _second_around(places: Sequence[Place], index: int) -> tuple[str, ...]:
    """What the second recogniser heard just before and behind a place."""
    beside = (places[at].slot for at in (index - 1, index + 1) if 0 <= at < len(places))
    return tuple(slot.second for slot in beside if slot.second and slot.second != slot.text)


def _price(slot: Slot, syllable: str, around: Sequence[str]) -> float:
    """Logarithm of how much less the syllable is supported than the best one."""
    best = slot.heard[0][1] if slot.text else 1.0 - sum(p for _text, p in slot.heard)
    least = UNSUPPORTED if len(slot.heard) < 2 else max(UNSUPPORTED, UNNAMED_SHARE * slot.heard[-1][1])
    return min(0.0, log(max(_support(slot, syllable, around), least) / max(best, least)))


def _support(slot: Slot, syllable: str, around: Sequence[str] = ()) -> float:
    found = max((p * likeness(text, syllable) for text, p in slot.heard), default=0.0)
    beside = max((likeness(text, syllable) for text in around), default=0.0)
    return max(found, SECOND_WEIGHT * likeness(slot.second, syllable), SECOND_WEIGHT * SHIFTED_WEIGHT * beside)


def _is_one_phrase(places: Sequence[Place], taken: Sequence[int], words: Sequence[Word]) -> bool:
    for left, right in pairwise(taken):
        word = places[left].word
        stops = word is not None and words[word].text.endswith(tuple(_STOPS))
        pause = places[right].slot.start - places[left].slot.end
        if pause > (STOP_PAUSE_SECONDS if stops else LONGEST_PAUSE_SECONDS):
            return False
    return True


def _chosen(matches: Iterator[_Match]) -> list[_Match]:
    """Clearest first, none over another; what is heard in full goes before what is only likely."""
    ranked = sorted(matches, key=lambda match: (match.gain, len(match.places)), reverse=True)
    chosen: list[_Match] = []
    refused: list[_Match] = []
    for match in ranked:
        if any(set(match.places) & set(other.places) for other in chosen):
            continue
        rival = next((other for other in ranked if _is_rival(match, other)), None)
        if rival and not match.is_exact and match.gain - rival.gain < CLEARLY:
            refused.append(match)
            continue
        chosen.append(match)
    return chosen


def _is_rival(match: _Match, other: _Match) -> bool:
    """Another term that differs just where this one was not heard."""
    return (
        other.term is not match.term
        and len(other.places) == len(match.places)
        and other.places == match.places
        and other.term.syllables != match.term.syllables
    )


def _rewritten(words: Sequence[Word], places: Sequence[Place], chosen: Sequence[_Match]) -> tuple[Word, ...]:
    found: dict[tuple[float, float, int], Word] = {
        (word.start, word.end, index): word for index, word in enumerate(words)
    }
    for match_end, written, members, said in ((m.places[-1], *part) for m in chosen for part in _parts(m, places)):
        spoken = [place.word for place in members if place.word is not None]
        old = [words[index] for index in spoken]
        for index, word in zip(spoken, old, strict=True):
            del found[word.start, word.end, index]
        new = _spelled(written, said, members, old, is_last=members[-1] is places[match_end])
        found[new.start, new.end, spoken[0] if spoken else -1] = new
    return tuple(word for _key, word in sorted(found.items()))


def _parts(match: _Match, places: Sequence[Place]) -> Iterator[tuple[str, tuple[Place, ...], tuple[str, ...]]]:
    """(written part, its places, its syllables), of those parts that are to be written anew."""
    at = 0
    for written, said in zip(match.term.written, match.term.said, strict=True):
        members = tuple(places[index] for index in match.places[at : at + len(said)])
        at += len(said)
        if not match.term.is_running or [place.slot.text for place in members] != list(said):
            yield written, members, said


def _spelled(
    written: str, said: Sequence[str], members: Sequence[Place], old: Sequence[Word], *, is_last: bool
) -> Word:
    trailing = marks_behind(old[-1].text) if old else ""
    if not is_last:
        # No sentence ends within a name.
        trailing = trailing.strip(_STOPS)
    start, end = members[0].slot.start, max(place.slot.end for place in members)
    probability = min((word.probability for word in old), default=LEANED)
    as_heard = [place.slot.text for place in members] == list(said)
    new = Word(start, end, written + trailing, probability)
    return new if as_heard else replace(new, probability=min(probability, LEANED))
