"""Jibri's `metadata.json` (CONTRACTS §9): which meeting the folder belongs to and who was in the room, if it says so.

All three states of the list occur at real sites: people, an empty list, no usable file. None of them is an error.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from transcription.recordings.models import RosterState

METADATA = "metadata.json"
MOST_BYTES = 4 * 1024 * 1024
#: `{callName}_{yyyy-MM-dd-HH-mm-ss}.mp4`
_FILE = re.compile(r"(?P<room>.+)_\d{4}-\d{2}-\d{2}-\d{2}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Roster:
    """Who the recorder saw: `{"id", "name", "group"}` each, texts or None."""

    state: RosterState
    people: tuple[dict[str, str | None], ...] = ()


UNKNOWN_ROSTER = Roster(RosterState.MISSING)


def read_metadata(folder: Path) -> Mapping[str, Any]:
    """The folder's metadata; empty where it is missing, too large, or no JSON object."""
    path = folder / METADATA
    try:
        if path.is_symlink() or path.stat().st_size > MOST_BYTES:
            return {}
        told = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, Mapping) else {}


def roster_of(metadata: Mapping[str, Any]) -> Roster:
    """The list of people, in one of its three states."""
    listed = metadata.get("participants")
    if not isinstance(listed, list):
        return UNKNOWN_ROSTER
    people = tuple(_person(item) for item in listed if isinstance(item, Mapping))
    return Roster(RosterState.KNOWN if people else RosterState.EMPTY, people)


def room_of(metadata: Mapping[str, Any], video: Path) -> str:
    """Room node the recording was made in: from the meeting's address, else from the file's name; lower case."""
    address = metadata.get("meeting_url")
    if isinstance(address, str) and (room := unquote(urlsplit(address).path.rstrip("/").rpartition("/")[2])):
        return room.lower()
    match = _FILE.fullmatch(video.stem)
    return (match["room"] if match else video.stem).lower()


def _person(item: Mapping[str, Any]) -> dict[str, str | None]:
    user = item.get("user")
    told = user if isinstance(user, Mapping) else {}
    return {
        "id": _text(told.get("id")),
        "name": _text(told.get("name")),
        "group": _text(item.get("group")),
    }


def _text(value: object) -> str | None:
    return value[:200] if isinstance(value, str) and value else None
