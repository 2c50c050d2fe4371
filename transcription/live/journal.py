"""The sound of utterances that have no row yet, on disk: what was heard outlives the process that heard it.

One file for each utterance, a line of JSON and then 16-bit samples as they come; removed once the row is committed. A
process that starts finds the files of one that was killed and finishes what they hold.
"""

import json
import logging
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

import numpy as np

from transcription.live.frames import Samples

log = logging.getLogger(__name__)

SUFFIX = ".utterance"


@dataclass(frozen=True)
class Beginning:
    """What is known of an utterance when it begins."""

    utterance_id: UUID
    meeting_id: UUID
    track: str
    meeting_endpoint_id: UUID | None
    began_at: datetime


@dataclass(frozen=True)
class Leftover:
    """An utterance a killed process left, with its sound."""

    beginning: Beginning
    samples: Samples


class Page:
    """The file of one utterance while it grows."""

    def __init__(self, path: Path, beginning: Beginning) -> None:
        self.path = path
        # Unbuffered: what was written is the kernel's, and survives us.
        self._file: BinaryIO = path.open("wb", buffering=0)
        told = {name: _plain(value) for name, value in asdict(beginning).items()}
        self._file.write(json.dumps(told).encode() + b"\n")

    def add(self, samples: Samples) -> None:
        """Some more sound."""
        self._file.write(samples.astype("<i2").tobytes())

    def close(self) -> None:
        """No more sound; the file stays until `Journal.drop`."""
        self._file.close()


class Journal:
    """The folder of the files, private to the service's account."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._folder = folder

    def open(self, beginning: Beginning) -> Page:
        """Begin the file of an utterance."""
        return Page(self._path(beginning.utterance_id), beginning)

    def drop(self, utterance_id: UUID) -> None:
        """The row is safe, or there was no speech: the sound goes."""
        self._path(utterance_id).unlink(missing_ok=True)

    def drop_of_meeting(self, meeting_id: UUID) -> None:
        """Everything of a meeting that turned out to be classified."""
        for path, beginning, _at in self._files():
            if beginning is not None and beginning.meeting_id == meeting_id:
                path.unlink(missing_ok=True)

    def leftovers(self) -> Iterator[Leftover]:
        """What was left, oldest first; files that hold nothing readable are removed."""
        found = sorted(self._files(), key=lambda item: item[1].began_at.timestamp() if item[1] else 0.0)
        for path, beginning, offset in found:
            content = path.read_bytes()[offset:] if beginning is not None else b""
            samples = np.frombuffer(content[: len(content) // 2 * 2], dtype="<i2").astype(np.int16)
            if beginning is None or not len(samples):
                log.warning("journal file %s holds nothing and is removed", path.name)
                path.unlink(missing_ok=True)
                continue
            yield Leftover(beginning, samples)

    def _files(self) -> Iterator[tuple[Path, Beginning | None, int]]:
        for path in self._folder.glob(f"*{SUFFIX}"):
            with path.open("rb") as file:
                line = file.readline(4096)
            yield path, _beginning(line), len(line)

    def _path(self, utterance_id: UUID) -> Path:
        return self._folder / f"{utterance_id.hex}{SUFFIX}"


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _beginning(line: bytes) -> Beginning | None:
    try:
        told = json.loads(line)
        place = told["meeting_endpoint_id"]
        return Beginning(
            UUID(told["utterance_id"]),
            UUID(told["meeting_id"]),
            str(told["track"]),
            UUID(place) if place else None,
            datetime.fromisoformat(told["began_at"]),
        )
    except (ValueError, KeyError, TypeError):
        return None
