"""The inside of the process that writes finished utterances out: the site's recogniser, and the prints of voices.

A process of its own, so that loading a gigabyte of models and hearing with patience never keeps the live text waiting.
Speaks the frames of `engines.viet_asr_process`: first the settings as JSON (answered by `"ready"` or a fault), then
for each utterance a frame of JSON (`{"terms": [...], "print": bool}`) and one of 16-bit samples, answered by JSON.
Started as `python -m transcription.live.refining_process`.
"""

import json
import os
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from transcription import offline
from transcription.engines import registry
from transcription.engines.contract import (
    SAMPLE_RATE,
    EngineSettings,
    FloatArray,
    Piece,
    Recognizer,
    SpeechRegion,
    Utterance,
    Vocabulary,
)
from transcription.engines.viet_asr_process import READY, read_frame, write_frame
from transcription.faults import StageFault
from transcription.speakers.prints.embedding import SHORTEST_SECONDS, VoiceEmbedder
from transcription.vocabulary.put_right import put_right

#: A voice whose peaks stay below the first is raised to the second, by no more than the third: beyond is only noise.
QUIET_PEAK, TARGET_PEAK, MOST_GAIN = 0.25, 0.7, 16.0
SILENT_PEAK = 0.002


@dataclass
class Writer:
    """The engines of this process, each loaded at first use."""

    choice: registry.Choice
    settings: EngineSettings

    @cached_property
    def _engine(self) -> Recognizer:
        return registry.make_recognizer(self.choice, self.settings)

    @cached_property
    def _embedder(self) -> VoiceEmbedder:
        return VoiceEmbedder(self.settings)

    def warm(self) -> None:
        """Load everything before anybody speaks. Raises StageFault."""
        self._engine.recognize(np.zeros(SAMPLE_RATE, dtype=np.float32), _piece(1.0), Vocabulary())
        # Hardly a meeting without a room in which several people share the microphone.
        self._embedder.embed([np.zeros(SAMPLE_RATE, dtype=np.float32)])

    def words(self, sound: FloatArray, terms: tuple[str, ...]) -> tuple[Utterance, ...]:
        """Words with times in seconds of the utterance. Raises StageFault."""
        found = self._engine.recognize(raised(sound), _piece(len(sound) / SAMPLE_RATE), Vocabulary(terms))
        return tuple(put_right(item, terms) for item in found if item.words)

    def print_of(self, sound: FloatArray) -> tuple[str, tuple[float, ...]]:
        """(model, print of the voice); empty where the utterance is too short. Raises StageFault."""
        if len(sound) < SHORTEST_SECONDS * SAMPLE_RATE:
            return "", ()
        return self._embedder.model, self._embedder.embed([sound])

    def answer(self, request: dict[str, Any], samples: bytes) -> dict[str, Any]:
        """The words of one utterance, and its print where one is wanted."""
        sound = np.frombuffer(samples, dtype="<i2").astype(np.float32) / 32768.0
        try:
            heard = self.words(sound, tuple(request["terms"]))
            model, vector = self.print_of(sound) if request["print"] and heard else ("", ())
        except StageFault as fault:
            return {"fault": fault.kind}
        told = [item.to_json() for item in heard]
        return {"engine": self.choice.name, "heard": told, "model": model, "vector": list(vector)}


def raised(sound: FloatArray) -> FloatArray:
    """A quiet voice made as loud as a recogniser expects; a loud one as it is."""
    peak = float(np.abs(sound).max(initial=0.0))
    if peak < SILENT_PEAK or peak >= QUIET_PEAK:
        return sound
    return sound * np.float32(min(MOST_GAIN, TARGET_PEAK / peak))


def _piece(seconds: float) -> Piece:
    return Piece(0, 0.0, seconds, (SpeechRegion(0.0, seconds),))


def main() -> int:
    """Serve frames until the pipe is closed."""
    # Libraries print; the pipe belongs to the frames alone, so printing goes where errors go.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    # What is said just now comes first: patience gives way to the streaming recogniser beside it.
    os.nice(10)
    told = json.loads(read_frame(sys.stdin.buffer) or b"{}")
    engine = EngineSettings(**{**told["engine"], "weights_directory": Path(told["engine"]["weights_directory"])})
    offline.seal()
    offline.limit_threads(engine.threads)
    try:
        writer = Writer(registry.choose(told["recognizer"], engine), engine)
        writer.warm()
    except StageFault as fault:
        write_frame(answers, json.dumps({"fault": fault.kind}).encode())
        return 1
    write_frame(answers, READY)
    while (request := read_frame(sys.stdin.buffer)) is not None:
        samples = read_frame(sys.stdin.buffer)
        if samples is None:
            break
        write_frame(answers, json.dumps(writer.answer(json.loads(request), samples), ensure_ascii=False).encode())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
