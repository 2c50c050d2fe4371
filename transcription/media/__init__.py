"""Any recording goes in, 16 kHz float32 comes out in blocks of bounded size; every decoder runs shut in.

`reader` starts the decoding process and reads from it, `child` and `container` are that process, `sandbox` is what it
gives up before it looks at the file, `signatures`, `channels` and `clock` are rules on plain values.
"""

from pathlib import Path

import numpy as np

from transcription.media.channels import FloatArray
from transcription.media.limits import LONGEST_SECONDS, SAMPLE_RATE, Limits
from transcription.media.reader import MediaInfo, SoundReader

__all__ = ["LONGEST_SECONDS", "SAMPLE_RATE", "FloatArray", "Limits", "MediaInfo", "SoundReader", "decode", "probe"]


def probe(path: Path, limits: Limits | None = None) -> MediaInfo:
    """Open a recording, look at its header and decode its first sound. Raises the faults of SoundReader."""
    with SoundReader(path, mode="probe", limits=limits or Limits()) as reader:
        reader.finish()
        return reader.info


def decode(path: Path, limits: Limits | None = None) -> tuple[FloatArray, bool]:
    """A whole short recording at once: (samples, truncated). For long ones use SoundReader."""
    with SoundReader(path, limits=limits or Limits()) as reader:
        blocks = list(reader.blocks())
        return np.concatenate(blocks) if blocks else np.zeros(0, dtype=np.float32), reader.truncated
