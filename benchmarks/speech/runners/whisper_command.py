"""The `whisper` command of openai-whisper with its defaults, on the offline base weights.

The command itself runs (`whisper.transcribe.cli`), told the model, the file and where to write. It reads files through
the ffmpeg program; where that is not installed, our own decoder takes its place, and nothing else is changed.
"""

import importlib
import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.speech.hypothesis import Hypothesis, Said
from benchmarks.speech.runners.calling import Steps, parser
from transcription import offline
from transcription.weights import WHISPER_BASE, ensure_weights, sha256_of


def main(arguments: list[str]) -> int:
    """Exit code 0 when the command wrote its JSON."""
    options = parser().parse_args(arguments)
    offline.seal()
    checkpoint = make_checkpoint(options.weights)
    steps = Steps()
    steps.note("whisper")
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        _command(options.sound, checkpoint, Path(scratch))
        told = json.loads((Path(scratch) / f"{options.sound.stem}.json").read_text(encoding="utf-8"))
    said = tuple(Said(s["start"], s["end"], "", s["text"].strip()) for s in told["segments"] if s["text"].strip())
    Hypothesis(said=said, stages=tuple(steps.done())).write(options.out)
    return 0


def _command(sound: Path, checkpoint: Path, folder: Path) -> None:
    # The package hides its module behind a function of the same name.
    command = importlib.import_module("whisper.transcribe")
    if shutil.which("ffmpeg") is None:
        importlib.import_module("whisper.audio").__dict__["load_audio"] = _load
    sys.argv = ["whisper", str(sound), "--model", str(checkpoint), "--output_dir", str(folder)]
    command.cli()


def _load(file: str, *_rate: int) -> Any:
    from transcription.media import decode

    samples, _truncated = decode(Path(file))
    return samples


def make_checkpoint(weights: Path) -> Path:
    """OpenAI's own format, made once from the offline weights, tensor by tensor."""
    import torch

    from transcription.engines import ct2_checkpoint

    folder = ensure_weights(weights).whisper
    path = folder.parent / f"{WHISPER_BASE}-{sha256_of(folder / 'model.bin')[:12]}.pt"
    if not path.is_file():
        dimensions, state = ct2_checkpoint.convert(ct2_checkpoint.read_variables(folder / "model.bin"))
        draft = path.with_suffix(".part")
        torch.save({"dims": dimensions, "model_state_dict": state}, draft)
        draft.replace(path)
    return path


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
