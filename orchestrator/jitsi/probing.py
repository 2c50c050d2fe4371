"""What Prosody's own HTTP tells of the whole server; a module that is not loaded leaves its figure out."""

from collections.abc import Mapping
from typing import Any

from core.settings import Settings
from orchestrator.jitsi.client import ProsodyClient


def prosody_figures(settings: Settings) -> Mapping[str, Any]:
    """Sessions and rooms. Raises JitsiUnavailable."""
    client = ProsodyClient(settings)
    sessions, census = client.sessions(), client.census()
    figures: dict[str, Any] = {}
    if sessions is not None:
        figures["sessions"] = sessions
    if census is not None:
        figures["rooms"] = len(census)
        figures["participants"] = sum(room.participants for room in census)
    return figures
