"""What a caller knows of a meeting goes in as files, the values that `transcribe_file` takes come out."""

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import Refusal
from orchestrator.meetings.context import MeetingContext
from transcription.engines.contract import SpeakerBounds, Vocabulary
from transcription.speakers.context import SpeakerContext
from transcription.speakers.from_meeting import speaker_bounds, speaker_context, vocabulary
from transcription.speakers.room import RoomEvidence, read_room
from transcription.stages.separate_tracks import TrackFile
from web.commands.border import BadInput


@dataclass(frozen=True)
class KnownFacts:
    """People, terms, room and tracks; empty where no file was given."""

    context: SpeakerContext
    bounds: SpeakerBounds
    terms: tuple[str, ...]
    room: RoomEvidence
    tracks: tuple[TrackFile, ...]

    def most(self, fewest: int | None) -> int | None:
        """Most voices by the roll call, unless the caller says that there are more."""
        most = self.bounds.maximum
        return None if most is None or (fewest and fewest > most) else most

    def with_terms(self, listed: str) -> Vocabulary:
        """The caller's own terms, one a line, then those of the plan."""
        return Vocabulary(tuple(dict.fromkeys([*Vocabulary.from_text(listed).terms, *self.terms])))


def read_known(meeting: Path | None, presence: Path | None, tracks: tuple[str, ...]) -> KnownFacts:
    """Read the files. Raises BadInput, one line that names the file."""
    room = _read(presence, read_room) if presence else RoomEvidence()
    files = tuple(_track(text) for text in tracks)
    if meeting is None:
        return KnownFacts(SpeakerContext(), SpeakerBounds(), (), room, files)
    context: MeetingContext = _read(meeting, MeetingContext.from_json)
    bounds = speaker_bounds(context, room)
    return KnownFacts(speaker_context(context), bounds, vocabulary(context).terms, room, files)


def _read(path: Path, reader: Any) -> Any:
    try:
        return reader(json.loads(path.read_text(encoding="utf-8-sig")))
    except (ValueError, OSError) as error:
        raise BadInput(f"{path}: không phải tệp JSON đọc được.") from error
    except Refusal as refusal:
        raise BadInput(f"{path}: {refusal.sentence()}") from refusal


def _track(text: str) -> TrackFile:
    """`TÊN=TỆP` or `TÊN=TỆP@GIÂY`, the second at which the track begins in the recording."""
    name, equals, rest = text.partition("=")
    path, at, offset = rest.rpartition("@")
    seconds = _seconds(offset) if at else None
    file = Path(path if seconds is not None else rest)
    if not equals or not name.strip():
        raise BadInput(f"--track {text}: cần dạng TÊN=TỆP hoặc TÊN=TỆP@GIÂY.")
    if not file.is_file():
        raise BadInput(f"--track {text}: không có tệp {file}.")
    return TrackFile(" ".join(name.split()), file, seconds or 0.0)


def _seconds(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
