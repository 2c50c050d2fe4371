"""faster-whisper alone with its defaults, on the same base weights: text without speakers."""

import sys

from benchmarks.speech.hypothesis import Hypothesis, Said
from benchmarks.speech.runners.calling import Steps, parser
from transcription import offline
from transcription.weights import ensure_weights


def main(arguments: list[str]) -> int:
    """Exit code 0 when the text was written."""
    options = parser().parse_args(arguments)
    offline.seal()
    from faster_whisper import WhisperModel

    steps = Steps()
    steps.note("faster-whisper")
    folder = ensure_weights(options.weights).whisper
    model = WhisperModel(str(folder), device="cpu", cpu_threads=options.threads, local_files_only=True)
    segments, _info = model.transcribe(str(options.sound))
    said = tuple(Said(s.start, s.end, "", s.text.strip()) for s in segments if s.text.strip())
    Hypothesis(said=said, stages=tuple(steps.done())).write(options.out)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
