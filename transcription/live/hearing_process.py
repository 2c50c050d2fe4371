"""The inside of the streaming recogniser's own process: several utterances at once, words as they are heard.

Native code without source runs where a crash costs nothing but a moment (see `engines.viet_asr_process`, whose frames
this speaks). A frame in: one letter (`A` add, `F` finish, `D` drop), sixteen bytes that name the utterance, 16-bit
samples. A frame out for each: JSON `[[word, moment, a pause follows], …]`, moments in seconds of the utterance.
Started as `python -m transcription.live.hearing_process`.
"""

import json
import os
import sys
from typing import Any

from transcription.engines.viet_asr_process import READY, SAMPLE_RATE, STEP_SAMPLES, Ticker, read_frame, write_frame

ADD, FINISH, DROP = b"A", b"F", b"D"
NAME_BYTES = 16
#: Without silence after it the last word is lost (SPEECH §5).
TRAILING_SAMPLES = SAMPLE_RATE // 2


class Listening:
    """One utterance at the recogniser."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self._ticker = Ticker()
        self._taken = 0

    def add(self, samples: Any) -> list[list[Any]]:
        """More sound; all words so far."""
        for first in range(0, len(samples), STEP_SAMPLES):
            step = samples[first : first + STEP_SAMPLES]
            self._session.accept(step)
            self._taken += len(step)
            told = self._session.partial()
            self._ticker.show(told.partial or told.text, self._taken / SAMPLE_RATE)
        return self._ticker.result()

    def finish(self, silence: Any) -> list[list[Any]]:
        """No more sound; the words as they stay."""
        self.add(silence)
        self._ticker.show(self._session.final().text, self._taken / SAMPLE_RATE)
        self.close()
        return self._ticker.result()

    def close(self) -> None:
        """Give the session back."""
        self._session.close()


def main() -> int:
    """Serve frames until the pipe is closed."""
    # The library prints; the pipe belongs to the frames alone, so printing goes where errors go.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    import numpy as np
    from vietasr import Pipeline

    pipeline = Pipeline.preset("transcribe")
    open_ones: dict[bytes, Listening] = {}
    write_frame(answers, READY)
    while (frame := read_frame(sys.stdin.buffer)) is not None:
        act, name = frame[:1], frame[1 : 1 + NAME_BYTES]
        samples = np.frombuffer(frame[1 + NAME_BYTES :], dtype=np.int16)
        words: list[list[Any]] = []
        if act == DROP:
            gone = open_ones.pop(name, None)
            if gone is not None:
                gone.close()
        else:
            one = open_ones.get(name) or open_ones.setdefault(name, Listening(pipeline.stream(SAMPLE_RATE)))
            words = one.add(samples)
            if act == FINISH:
                words = open_ones.pop(name).finish(np.zeros(TRAILING_SAMPLES, dtype=np.int16))
        write_frame(answers, json.dumps(words, ensure_ascii=False).encode())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
