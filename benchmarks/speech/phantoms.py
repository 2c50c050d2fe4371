"""Sounds without speech go in, how many sentences a system invents comes out."""

from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.speech.hypothesis import Hypothesis

#: What holds no speech is called so; other files of the set test the error paths and not the ears.
WITHOUT_SPEECH = ("silence", "noise", "music", "roomtone", "hum", "tone")


def sounds_without_speech(folder: Path) -> Iterator[Path]:
    """The files of a set that hold no speech, by name."""
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.stem.lower().startswith(WITHOUT_SPEECH):
            yield path


def count_phantoms(folder: Path, hear: Callable[[Path], Hypothesis]) -> dict[str, int]:
    """Sentences for each file. What a system itself sets aside as invented is not counted."""
    return {path.name: sum(bool(item.text) for item in hear(path).said) for path in sounds_without_speech(folder)}
