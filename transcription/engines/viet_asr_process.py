"""The inside of the Vietnamese recogniser's own process: sound comes in on a pipe, words with their moments go out.

The recogniser is native code without source, so it runs where a crash costs one piece and nothing else, with an empty
environment and no descriptors but the pipes. Started as `python -m transcription.engines.viet_asr_process`; speaks
frames of a 4-byte big-endian length followed by 16-bit samples (in) or JSON (out).

The library gives no word times. Its streaming session, however, works in windows of 0.43 s and shows what it has heard
after each, with the same text at the same cost as in one call: the window in which a word first appears is when it was
said.
"""

import json
import os
import struct
import sys
from typing import IO, Any

LENGTH = struct.Struct(">I")
SAMPLE_RATE = 16_000
#: Samples handed over at once; moments are known to this step, words to the library's window.
STEP_SAMPLES = 1_600
READY = b'"ready"'


def read_frame(stream: IO[bytes]) -> bytes | None:
    """One frame, or None at the end of the stream."""
    header = stream.read(LENGTH.size)
    if len(header) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(header)
    content = stream.read(length)
    return content if len(content) == length else None


def write_frame(stream: IO[bytes], content: bytes) -> None:
    """Send one frame at once."""
    stream.write(LENGTH.pack(len(content)) + content)
    stream.flush()


class Ticker:
    """Notes at which moment each word of a growing text first appears.

    A line break is the library's sign of a pause between sentences; it is kept as a mark on the word before it.
    """

    def __init__(self) -> None:
        self.moments: list[float] = []
        self.words: list[str] = []
        self.breaks: set[int] = set()

    def show(self, text: str, moment: float) -> None:
        """What has been heard so far, at `moment` seconds."""
        self.words, self.breaks = [], set()
        for line in text.split("\n"):
            self.words += line.split()
            self.breaks.add(len(self.words) - 1)
        del self.moments[len(self.words) :]
        self.moments += [moment] * (len(self.words) - len(self.moments))

    def result(self) -> list[list[Any]]:
        """`[word, moment, a pause follows]` for each word."""
        return [
            [word, round(moment, 3), index in self.breaks]
            for index, (word, moment) in enumerate(zip(self.words, self.moments, strict=True))
        ]


def _listen(pipeline: Any, samples: Any) -> list[list[Any]]:
    ticker = Ticker()
    with pipeline.stream(SAMPLE_RATE) as session:
        for position in range(0, len(samples), STEP_SAMPLES):
            session.accept(samples[position : position + STEP_SAMPLES])
            heard = session.partial()
            ticker.show(heard.partial or heard.text, (position + STEP_SAMPLES) / SAMPLE_RATE)
        ticker.show(session.final().text, len(samples) / SAMPLE_RATE)
    return ticker.result()


def main() -> int:
    """Serve frames until the pipe is closed."""
    # The library prints; the pipe belongs to the frames alone, so printing goes where errors go.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    import numpy as np
    from vietasr import Pipeline

    pipeline = Pipeline.preset("transcribe")
    write_frame(answers, READY)
    while (frame := read_frame(sys.stdin.buffer)) is not None:
        heard = _listen(pipeline, np.frombuffer(frame, dtype=np.int16))
        write_frame(answers, json.dumps(heard, ensure_ascii=False).encode())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
