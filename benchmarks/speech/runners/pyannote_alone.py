"""pyannote.audio's own SpeakerDiarization, alone, on the same two weight files and with the settings of our folder.

The settings are those that suit these weights best (measured), and the cheaper step of 0.2: what stands against us is
as good and as fast as its authors' code makes it.
"""

import json
import sys
import warnings
from pathlib import Path
from typing import Any

from benchmarks.speech.hypothesis import Hypothesis
from benchmarks.speech.runners.calling import Steps, parser
from transcription import offline
from transcription.engines.contract import Turn
from transcription.media import SAMPLE_RATE, decode
from transcription.weights import ensure_weights


def main(arguments: list[str]) -> int:
    """Exit code 0 when the turns were written."""
    options = parser().parse_args(arguments)
    offline.prepare_pyannote()
    warnings.simplefilter("ignore")
    import torch

    torch.set_num_threads(options.threads)
    steps = Steps()
    steps.note("pyannote")
    pipeline = _pipeline(ensure_weights(options.weights).pyannote)
    samples, _truncated = decode(options.sound)
    with torch.inference_mode():
        output = pipeline({"waveform": torch.from_numpy(samples)[None], "sample_rate": SAMPLE_RATE, "uri": "sound"})
    found = getattr(output, "speaker_diarization", output)
    turns = tuple(
        Turn(float(span.start), float(span.end), str(voice))
        for span, _track, voice in found.itertracks(yield_label=True)
    )
    Hypothesis(turns=turns, stages=tuple(steps.done())).write(options.out)
    return 0


def _pipeline(folder: Path) -> Any:
    from pyannote.audio import Model
    from pyannote.audio.core.plda import PLDA
    from pyannote.audio.pipelines import SpeakerDiarization

    class NoPLDA(PLDA):
        """pyannote 4.0 loads one even where the clustering never asks it; the default one lies on a hub."""

        def __init__(self) -> None:
            pass

    configuration = json.loads((folder / "config.yaml").read_text(encoding="utf-8"))
    told = configuration["pipeline"]["params"]
    pipeline = SpeakerDiarization(
        segmentation=Model.from_pretrained(folder / "segmentation" / "pytorch_model.bin"),
        embedding=Model.from_pretrained(folder / "embedding" / "pytorch_model.bin"),
        clustering="AgglomerativeClustering",
        plda=NoPLDA(),
        segmentation_step=told["segmentation_step"],
        segmentation_batch_size=told["segmentation_batch_size"],
        embedding_batch_size=told["embedding_batch_size"],
        embedding_exclude_overlap=told["embedding_exclude_overlap"],
    )
    return pipeline.instantiate(configuration["params"])


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
