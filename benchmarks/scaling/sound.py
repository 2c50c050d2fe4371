"""Recordings of any length: files of a folder, one after the other and over again, as one 16 kHz mono WAV."""

import itertools
import wave
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from transcription.media import decode

RATE = 16_000
#: The sample briefing of the repository, where no folder is given.
SAMPLE = Path(__file__).parents[2] / "tests" / "data" / "demo" / "hop-giao-ban.flac"
_SUFFIXES = {".flac", ".wav", ".mp3", ".m4a", ".ogg", ".opus"}
_PAUSE_SECONDS = 2.0


def sources(folder: Path | None) -> list[Path]:
    """Sound files of a folder in the order of their names; the sample briefing where there is no folder."""
    if folder is None:
        return [SAMPLE]
    found = sorted(path for path in folder.iterdir() if path.suffix.lower() in _SUFFIXES)
    if not found:
        raise FileNotFoundError(f"no sound file in {folder}")
    return found


def write_recording(files: Iterable[Path], minutes: float, target: Path, *, gain: float = 1.0) -> Path:
    """So many minutes of speech, with a pause between the files; each turn is a little softer than the one before.

    Args:
        gain: another one makes another sound, of which nothing has been heard yet.
    """
    left = round(minutes * 60 * RATE)
    with wave.open(str(target), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        for samples in _over_again(list(files)):
            part = np.float32(gain) * samples[:left]
            out.writeframes(np.clip(np.rint(part * 32767), -32768, 32767).astype("<i2").tobytes())
            left -= len(part)
            if left <= 0:
                return target
    raise AssertionError("unreachable")


def _over_again(files: list[Path]) -> Iterator[np.ndarray]:
    heard = [decode(path)[0] for path in files]
    pause = np.zeros(round(_PAUSE_SECONDS * RATE), dtype=np.float32)
    for turn in itertools.count():
        for samples in heard:
            yield samples * np.float32(0.97 ** (turn % 12))
            yield pause
