"""The Vietnamese recogniser behind the contract: speech regions go in, lower-case syllables come out, with their doubt.

It hears Vietnamese several times better than Whisper base, but writes no capitals, punctuation or figures. Its acoustic
model is read out of the viet-asr package (`conformer_weights`) and run here by onnxruntime, so that every syllable
comes with a measured probability, a time, and what else it may have been; the package's own library, native code
without source, is not loaded. Doubts about the origin of the weights are stated in the docs; a site may turn it off.
"""

import importlib.util
import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from transcription import faults
from transcription.document import Word
from transcription.engines.contract import (
    SAMPLE_RATE,
    VIETNAMESE,
    Abilities,
    EngineSettings,
    FloatArray,
    Piece,
    Quality,
    Slot,
    SpeechRegion,
    Utterance,
    Vocabulary,
)

NAME = "viet-asr"
#: The window of the package's own streaming session, which hears live meetings.
WINDOW_SECONDS = 0.43
LONGEST_REGION_SECONDS = 15.0
#: A word is shown this much after it was said; measured on eight sentences, 0.29 to 0.33 s.
LAG_SECONDS = 0.31
#: Neighbouring regions are heard together up to the longest length: the recogniser listens to context.
JOIN_GAP_SECONDS = 1.0
#: Real sound heard before and behind a stretch without being written down: the network remembers 1.6 s.
BEFORE_SECONDS, BEHIND_SECONDS = 2.0, 0.6
#: The stream of the library knows no confidence; this says "unknown" without making a word doubtful by itself.
UNKNOWN_PROBABILITY = 0.75
LONGEST_WORD_SECONDS = 0.5


class VietASR:
    """The network, loaded once."""

    name = NAME
    abilities = Abilities(
        languages=frozenset({VIETNAMESE}),
        word_times=True,
        confidence=True,
        punctuation=False,
        vocabulary=False,  # terms are looked for in the slots, when all is heard
        longest_piece_seconds=60.0,
        streaming=True,
        context_seconds=BEFORE_SECONDS,
    )

    def __init__(self, settings: EngineSettings) -> None:
        if not is_installed():
            raise faults.EngineUnavailable(name=NAME, known="faster-whisper, openai-whisper")
        from transcription.engines.conformer import Conformer
        from transcription.engines.conformer_weights import read_weights
        from transcription.engines.ctc import SyllableReader

        weights = read_weights()
        self._network: Conformer | None = Conformer(weights, threads=settings.threads)
        self._reader = SyllableReader(weights.tokens)

    def recognize(self, samples: FloatArray, piece: Piece, vocabulary: Vocabulary) -> tuple[Utterance, ...]:
        del vocabulary  # not among its abilities
        if self._network is None:
            raise faults.EngineFailed(name=self.name)
        heard_in = stretches(piece.regions)
        begin = piece.start - piece.lead
        starts = [max(begin, stretch.start - BEFORE_SECONDS) for stretch in heard_in]
        sounds = [
            _between(samples, begin, start, stretch.end + BEHIND_SECONDS)
            for start, stretch in zip(starts, heard_in, strict=True)
        ]
        found: list[Slot] = []
        for outputs, start, stretch in zip(self._network.listen(sounds), starts, heard_in, strict=True):
            slots = self._reader.slots(outputs, start)
            found += [slot for slot in slots if stretch.start <= _middle(slot) < stretch.end]
        return utterances_of(found, piece.regions)

    def close(self) -> None:
        self._network = None


def is_installed() -> bool:
    """Whether the package is there; nothing is imported."""
    return importlib.util.find_spec("vietasr") is not None


def utterances_of(slots: Sequence[Slot], regions: Sequence[SpeechRegion]) -> tuple[Utterance, ...]:
    """Slots in order of time → utterances, one for each region in which something was heard.

    A word lasts until the next one of its utterance begins, half a second at most.
    """
    bounds = [(left.end + right.start) / 2 for left, right in pairwise(regions)]
    groups: dict[int, list[Slot]] = {}
    for slot in slots:
        groups.setdefault(bisect_left(bounds, _middle(slot)), []).append(slot)
    found: list[Utterance] = []
    for group in groups.values():
        timed = _timed(group)
        words = tuple(Word(slot.start, slot.end, slot.text, slot.heard[0][1]) for slot in timed if slot.text)
        if words:
            found.append(Utterance(words[0].start, words[-1].end, words, Quality(), tuple(timed)))
    return tuple(found)


def _timed(slots: Sequence[Slot]) -> list[Slot]:
    """Each syllable until the next; places of silence keep their times."""
    found: list[Slot] = []
    following = float("inf")
    for slot in reversed(slots):
        if slot.text:
            start = round(slot.start, 3)
            end = round(max(start, min(start + LONGEST_WORD_SECONDS, following)), 3)
            found.append(replace(slot, start=start, end=end))
            following = start
        else:
            found.append(slot)
    return found[::-1]


def _middle(slot: Slot) -> float:
    return (slot.start + slot.end) / 2


def _between(samples: FloatArray, offset: float, start: float, end: float) -> FloatArray:
    return samples[max(0, round((start - offset) * SAMPLE_RATE)) : round((end - offset) * SAMPLE_RATE)]


def stretches(regions: Sequence[SpeechRegion]) -> tuple[SpeechRegion, ...]:
    """Regions joined over short pauses, none longer than what is heard well in one go."""
    found: list[SpeechRegion] = []
    for region in regions:
        last = found[-1] if found else None
        near = last is not None and region.start - last.end <= JOIN_GAP_SECONDS
        if last is not None and near and region.end - last.start <= LONGEST_REGION_SECONDS:
            found[-1] = SpeechRegion(last.start, region.end)
        else:
            found.extend(_halves(region))
    return tuple(found)


def _halves(region: SpeechRegion) -> list[SpeechRegion]:
    count = max(1, math.ceil(region.duration_seconds / LONGEST_REGION_SECONDS))
    step = region.duration_seconds / count
    return [SpeechRegion(region.start + step * k, region.start + step * (k + 1)) for k in range(count)]


def utterances(heard: list[tuple[str, float, bool]], region: SpeechRegion) -> tuple[Utterance, ...]:
    """(word, moment it was first shown, a pause follows) → utterances with times in the recording.

    A word shown at moment t was said in the window before it; words of one window share it evenly. A word lasts until
    the next one of its utterance begins, half a second at most.
    """
    starts = _starts(heard)
    found: list[Utterance] = []
    run: list[Word] = []
    for index, (text, _moment, pause) in enumerate(heard):
        start = min(region.start + starts[index], region.end)
        following = starts[index + 1] if index + 1 < len(heard) and not pause else starts[index] + 0.5
        end = min(max(region.start + min(following, starts[index] + 0.5), start), region.end)
        run.append(Word(start, end, text, UNKNOWN_PROBABILITY))
        if pause or index + 1 == len(heard):
            found.append(Utterance(run[0].start, run[-1].end, tuple(run), Quality()))
            run = []
    return tuple(found)


def divided(heard: Sequence[Utterance], regions: Sequence[SpeechRegion]) -> tuple[Utterance, ...]:
    """Utterances cut at the pauses between speech regions, which are known better than the words' times."""
    bounds = [(left.end + right.start) / 2 for left, right in pairwise(regions)]
    found: list[Utterance] = []
    for utterance in heard:
        runs: dict[int, list[Word]] = {}
        for word in utterance.words:
            runs.setdefault(bisect_left(bounds, (word.start + word.end) / 2), []).append(word)
        found += [Utterance(run[0].start, run[-1].end, tuple(run), utterance.quality) for run in runs.values()]
    return tuple(found)


def _starts(heard: list[tuple[str, float, bool]]) -> list[float]:
    starts: list[float] = []
    index = 0
    while index < len(heard):
        moment = heard[index][1]
        together = index
        while together < len(heard) and heard[together][1] == moment:
            together += 1
        end = max(0.0, moment - LAG_SECONDS)
        window = max(0.0, end - WINDOW_SECONDS)
        step = (end - window) / (together - index)
        starts += [window + step * position for position in range(together - index)]
        index = together
    return starts
