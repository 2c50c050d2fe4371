"""Probabilities of tokens go in, syllables with times, doubt and what else they may have been come out.

A CTC network names each syllable in one or two outputs and says "nothing" between. The best path gives the words; what
the network held possible at the same place is kept beside each of them (a slot), and also where it nearly heard
something but stayed silent. Only later, when the terms of a meeting are known, do these decide anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from transcription.engines.conformer import OUTPUT_SECONDS
from transcription.engines.conformer_weights import BLANK
from transcription.engines.contract import FloatArray, Slot

BEGINS_SYLLABLE = "▁"
#: A syllable is shown this much after its beginning was said.
LAG_SECONDS = 0.2
#: Alternatives kept for each place, and the least probability of one.
MOST_ALTERNATIVES = 12
LEAST_PROBABILITY = 1e-4
#: Outputs around a syllable's own in which it may also have been heard.
REACH = 3
#: Where all syllables together are at least so probable, silence won narrowly.
NEARLY_HEARD = 0.05


@dataclass(frozen=True, slots=True)
class _Run:
    """Outputs `first` to `last` (inclusive) that name one syllable; `tokens` of it in order."""

    first: int
    last: int
    tokens: tuple[int, ...]


class SyllableReader:
    """Reads the outputs of one network; made once for its tokens."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self._tokens = tokens
        self._begins = np.array([token.startswith(BEGINS_SYLLABLE) for token in tokens])

    def slots(self, outputs: FloatArray, offset_seconds: float) -> list[Slot]:
        """Places at which something was heard or nearly heard, in order of time.

        Args:
            outputs: log probabilities, (outputs, tokens), one each 40 ms.
            offset_seconds: of the first output in the recording.
        """
        outputs = outputs[:, : len(self._tokens)]
        runs = self._runs(outputs.argmax(axis=1))
        found = [self._heard(outputs, runs, place, offset_seconds) for place in range(len(runs))]
        found += self._nearly_heard(outputs, runs, offset_seconds)
        return sorted(found, key=lambda slot: (slot.start, slot.end))

    def _runs(self, best: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> list[_Run]:
        runs: list[_Run] = []
        before = BLANK
        for index, token in enumerate(int(token) for token in best):
            if token not in (BLANK, before):
                if runs and not self._begins[token] and index - runs[-1].last <= REACH + 2:
                    runs[-1] = _Run(runs[-1].first, index, (*runs[-1].tokens, token))
                else:
                    runs.append(_Run(index, index, (token,)))
            elif token != BLANK:
                runs[-1] = _Run(runs[-1].first, index, runs[-1].tokens)
            before = token
        return runs

    def _heard(self, outputs: FloatArray, runs: Sequence[_Run], place: int, offset: float) -> Slot:
        run = runs[place]
        lowest = runs[place - 1].last + 1 if place else 0
        highest = runs[place + 1].first if place + 1 < len(runs) else len(outputs)
        window = outputs[max(lowest, run.first - REACH) : min(highest, run.last + 1 + REACH)]
        text = "".join(self._tokens[token] for token in run.tokens).replace(BEGINS_SYLLABLE, "")
        own = float(np.exp(min(outputs[run.first : run.last + 1, token].max() for token in run.tokens)))
        others = [(syllable, p) for syllable, p in self._alternatives(window) if syllable != text]
        start = max(0.0, run.first * OUTPUT_SECONDS - LAG_SECONDS)
        end = (run.last + 1) * OUTPUT_SECONDS
        return Slot(offset + start, offset + end, text, ((text, own), *others[: MOST_ALTERNATIVES - 1]))

    def _nearly_heard(self, outputs: FloatArray, runs: Sequence[_Run], offset: float) -> list[Slot]:
        """Between two syllables: the silence that was nearly none."""
        gaps = zip([-1, *(run.last for run in runs)], [*(run.first for run in runs), len(outputs)], strict=True)
        found: list[Slot] = []
        for before, after in gaps:
            window = outputs[before + 2 : max(before + 2, after - 1)]
            if not len(window):
                continue
            loudest = int(np.argmin(window[:, BLANK]))
            if 1.0 - float(np.exp(window[loudest, BLANK])) < NEARLY_HEARD:
                continue
            place = before + 2 + loudest
            around = outputs[max(before + 2, place - 1) : min(after - 1, place + 2)]
            start, end = offset + place * OUTPUT_SECONDS - LAG_SECONDS, offset + (place + 1) * OUTPUT_SECONDS
            found.append(Slot(max(start, offset), end, "", tuple(self._alternatives(around))))
        return found

    def _alternatives(self, window: FloatArray) -> list[tuple[str, float]]:
        """Whole syllables by their best probability within the window, likeliest first."""
        best = np.where(self._begins[: window.shape[1]], window.max(axis=0), -np.inf)
        count = min(MOST_ALTERNATIVES + 1, len(best))
        likeliest = np.argpartition(-best, count - 1)[:count]
        pairs = [(int(token), float(np.exp(best[token]))) for token in likeliest[np.argsort(-best[likeliest])]]
        return [
            (self._tokens[token].removeprefix(BEGINS_SYLLABLE), p)
            for token, p in pairs
            if p >= LEAST_PROBABILITY and self._tokens[token] != BEGINS_SYLLABLE
        ]
