"""Names the system gives to a meeting: the node name of its conference room and its readable code."""

import secrets
from datetime import datetime

from core.clock import in_vietnam
from orchestrator.words import plain_letters

_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
_LONGEST_STEM = 40


def random_part(length: int) -> str:
    """Random lower-case letters and digits, without those that are mistaken for each other."""
    return "".join(secrets.choice(_LETTERS) for _ in range(length))


def room_name(title: str, suffix: str) -> str:
    """The room of a meeting, `[a-z0-9-]` as every part of Jitsi accepts it: `hop-giao-ban-tuan-15-k3v…`.

    The suffix makes it unique and keeps it from being guessed (Jitsi shows a room name in its address).
    """
    stem = plain_letters(title)[:_LONGEST_STEM].strip("-") or "hop"
    return f"{stem}-{suffix}"


def meeting_code(starts_at: datetime, suffix: str) -> str:
    """`HOP-20260408-K3V9`: the day of the meeting in Việt Nam and a few letters."""
    return f"HOP-{in_vietnam(starts_at):%Y%m%d}-{suffix.upper()}"
