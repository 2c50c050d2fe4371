"""whisperX as its command does it: its own voice activity, batched recognition, then pyannote. No aligner offline.

Its diariser is given the pipeline folder of ours, since its default exists on a hub only; its aligner for Vietnamese
does too, so words have no times and speakers are given to whole stretches.
"""

import sys
import warnings

from benchmarks.speech.hypothesis import Hypothesis, Said
from benchmarks.speech.runners.calling import Steps, parser
from transcription import offline
from transcription.engines.contract import Turn
from transcription.media import decode
from transcription.weights import ensure_weights


def check() -> None:
    """Import all that is needed. Raises ImportError where whisperX cannot run here."""
    offline.prepare_pyannote()
    import whisperx.asr
    import whisperx.diarize  # noqa: F401


def main(arguments: list[str]) -> int:
    """Exit code 0 when text and turns were written."""
    options = parser().parse_args(arguments)
    offline.prepare_pyannote()
    warnings.simplefilter("ignore")
    import torch
    import whisperx
    from whisperx.diarize import DiarizationPipeline

    torch.set_num_threads(options.threads)
    folders = ensure_weights(options.weights)
    steps = Steps()
    steps.note("whisperX: text")
    samples, _truncated = decode(options.sound)
    model = whisperx.load_model(
        str(folders.whisper), "cpu", compute_type="int8", threads=options.threads, local_files_only=True
    )
    result = model.transcribe(samples, batch_size=8)
    steps.note("whisperX: voices")
    voices = DiarizationPipeline(model_name=str(folders.pyannote), device="cpu")(samples)
    result = whisperx.assign_word_speakers(voices, result)
    said = tuple(
        Said(float(s["start"]), float(s["end"]), str(s.get("speaker", "")), str(s["text"]).strip())
        for s in result["segments"]
        if str(s["text"]).strip()
    )
    turns = tuple(Turn(float(row.start), float(row.end), str(row.speaker)) for row in voices.itertuples())
    Hypothesis(said=said, turns=turns, stages=tuple(steps.done())).write(options.out)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
