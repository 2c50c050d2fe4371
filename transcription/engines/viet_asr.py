"""The Vietnamese recogniser (viet-asr) behind the contract: speech regions go in one by one, lower-case words come out.

It hears Vietnamese several times better than Whisper base, but writes no capitals, punctuation or figures and knows no
confidence. Word times are those of its streaming windows (0.43 s). It runs in a process of its own: see
`viet_asr_process`. Doubts about the origin of its weights are stated in the docs; a site may turn it off.
"""

import importlib.util
import json
import math
import os
import selectors
import subprocess
import sys
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from transcription import faults
from transcription.document import Word
from transcription.engines import viet_asr_process as wire
from transcription.engines.contract import (
    SAMPLE_RATE,
    VIETNAMESE,
    Abilities,
    EngineSettings,
    FloatArray,
    Piece,
    Quality,
    SpeechRegion,
    Utterance,
    Vocabulary,
)

NAME = "viet-asr"
WINDOW_SECONDS = 0.43
#: Without silence after it the last word is lost.
TRAILING_SILENCE_SECONDS = 1.0
#: Longer input in one go loses text.
LONGEST_REGION_SECONDS = 15.0
#: A word is shown this much after it was said; measured on eight sentences, 0.29 to 0.33 s.
LAG_SECONDS = 0.31
#: Neighbouring regions are heard together up to the longest length: the recogniser listens to context.
JOIN_GAP_SECONDS = 1.0
ANSWER_SECONDS = 120.0
#: It knows no confidence; this says "unknown" without making a word doubtful by itself.
UNKNOWN_PROBABILITY = 0.75


class VietASR:
    """One child process, started at first use and again after a crash."""

    name = NAME
    abilities = Abilities(
        languages=frozenset({VIETNAMESE}),
        word_times=True,
        confidence=False,
        punctuation=False,
        vocabulary=False,
        longest_piece_seconds=60.0,
        streaming=True,
    )

    def __init__(self, settings: EngineSettings) -> None:
        if not is_installed():
            raise faults.EngineUnavailable(name=NAME, known="faster-whisper, openai-whisper")
        self._threads = settings.threads
        self._child: subprocess.Popen[bytes] | None = None

    def recognize(self, samples: FloatArray, piece: Piece, vocabulary: Vocabulary) -> tuple[Utterance, ...]:
        del vocabulary  # not among its abilities
        found: list[Utterance] = []
        for stretch in stretches(piece.regions):
            start = round((stretch.start - piece.start) * SAMPLE_RATE)
            end = round((stretch.end - piece.start) * SAMPLE_RATE)
            heard = utterances(self._hear(samples[start:end]), stretch)
            found.extend(divided(heard, piece.regions))
        return tuple(found)

    def close(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child.wait()
            for stream in (self._child.stdin, self._child.stdout):
                if stream is not None:
                    stream.close()
            self._child = None

    def _hear(self, samples: FloatArray) -> list[tuple[str, float, bool]]:
        silence = np.zeros(round(TRAILING_SILENCE_SECONDS * SAMPLE_RATE), dtype=np.float32)
        sound = (np.concatenate([samples, silence]) * 32767).astype(np.int16)
        child = self._child or self._start()
        if child.stdin is None:
            raise faults.EngineFailed(name=self.name)
        try:
            wire.write_frame(child.stdin, sound.tobytes())
            answer = json.loads(self._answer(child))
        except (OSError, ValueError) as error:
            self.close()
            raise faults.EngineFailed(name=self.name) from error
        return [(str(word), float(moment), bool(pause)) for word, moment, pause in answer]

    def _start(self) -> "subprocess.Popen[bytes]":
        environment = {
            "PATH": os.defpath,
            "LANG": "C.UTF-8",
            "OMP_NUM_THREADS": str(self._threads),
            "PYTHONPATH": str(Path(__file__).parents[2]),
        }
        self._child = subprocess.Popen(
            [sys.executable, "-m", "transcription.engines.viet_asr_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            close_fds=True,
        )
        if self._answer(self._child) != wire.READY:
            self.close()
            raise faults.EngineFailed(name=self.name)
        return self._child

    def _answer(self, child: "subprocess.Popen[bytes]") -> bytes:
        """The next frame. A child that says nothing for too long is taken for dead."""
        if child.stdout is None:
            raise faults.EngineFailed(name=self.name)
        with selectors.DefaultSelector() as selector:
            selector.register(child.stdout, selectors.EVENT_READ)
            if not selector.select(ANSWER_SECONDS):
                self.close()
                raise faults.EngineFailed(name=self.name)
        frame = wire.read_frame(child.stdout)
        if frame is None:
            self.close()
            raise faults.EngineFailed(name=self.name)
        return frame


def is_installed() -> bool:
    """Whether the package is there; nothing is imported."""
    return importlib.util.find_spec("vietasr") is not None


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
