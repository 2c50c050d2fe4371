"""The rule of the reconciler: what we have noted of a room against what its server lists → what must be put right.

Pure. Listing knows nicks and names, never whose token it was: a name decides only where no event has told better.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from orchestrator.live.rooms import SKEW

#: Clients take the first letters of their address as the name of their place in the room (CONTRACTS §2).
NICK_LETTERS = 8
#: Prosody asks once before a room comes into being; its census counts from the first client that stays.
ASKED_BEFORE = timedelta(minutes=15)


@dataclass(frozen=True)
class Noted:
    """A connection of the main room as our rows have it."""

    id: UUID
    occupant_jid: str
    joined_at: datetime
    left_at: datetime | None
    left_is_assumed: bool
    is_recorder: bool

    @property
    def nick(self) -> str:
        """The name of its place in the room."""
        return nick_of(self.occupant_jid)


@dataclass(frozen=True)
class Seen:
    """A connection as the server lists it; `real_jid` only where an administrator's account has asked."""

    nick: str
    display_name: str = ""
    real_jid: str | None = None


@dataclass(frozen=True)
class Changes:
    """Rows to end, rows whose assumed end was wrong, connections nobody told of."""

    gone: tuple[UUID, ...] = ()
    back: tuple[UUID, ...] = ()
    new: tuple[Seen, ...] = ()


def compare(noted: Iterable[Noted], seen: Sequence[Seen], asked_at: datetime) -> Changes:
    """What to put right, as of the moment the question was asked.

    Args:
        noted: open rows, and those whose end was assumed or lies after the question.
        seen: everybody in the room, the recorder too, focus not.
    """
    rows = sorted(noted, key=lambda row: (row.left_at is not None, -row.joined_at.timestamp()))
    left_over = list(seen)
    gone: list[UUID] = []
    back: list[UUID] = []
    for row in rows:
        found = _find(row, left_over)
        if found is not None:
            left_over.remove(found)
        if row.left_at is None and found is None and not row.is_recorder and row.joined_at < asked_at - SKEW:
            gone.append(row.id)
        # Whoever left after the question was asked is still in its answer.
        if row.left_at is not None and found is not None and row.left_is_assumed and row.left_at < asked_at - SKEW:
            back.append(row.id)
    gone += _recorders_gone(rows, left_over, asked_at)
    return Changes(tuple(gone), tuple(back), tuple(left_over))


def reservation_covers(reserved_at: datetime, gone_at: datetime | None, created_at: datetime | None) -> bool:
    """Whether a room was asked for before it came into being: else neither cap nor end bind it (CONTRACTS §3)."""
    if created_at is None:
        return gone_at is None
    return created_at - ASKED_BEFORE <= reserved_at <= created_at + SKEW


def holder_by_name(display_name: str, names: Mapping[UUID, str]) -> UUID | None:
    """The endpoint whose name a client shows, if just one has it. Our tokens carry it, but clients may change it."""
    wanted = folded(display_name)
    found = [key for key, name in names.items() if wanted and folded(name) == wanted]
    return found[0] if len(found) == 1 else None


def nick_of(occupant_jid: str) -> str:
    """The place in the room of an address, or of the `/nick` that asking has noted."""
    return occupant_jid[1:] if occupant_jid.startswith("/") else occupant_jid[:NICK_LETTERS]


def seen_as(nick: str) -> str:
    """How a connection is noted of which only its place in the room is known."""
    return f"/{nick}"


def folded(name: str) -> str:
    """A name for comparing: composed letters, one blank between words, no capitals."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def _find(row: Noted, seen: Iterable[Seen]) -> Seen | None:
    for one in seen:
        same = one.real_jid == row.occupant_jid if one.real_jid and "@" in row.occupant_jid else one.nick == row.nick
        if same:
            return one
    return None


def _recorders_gone(rows: Iterable[Noted], left_over: list[Seen], asked_at: datetime) -> list[UUID]:
    """A recorder takes a random nick: one nobody else accounts for is taken as the recorder that is noted."""
    gone = []
    for row in rows:
        if not row.is_recorder or row.left_at is not None or row.joined_at >= asked_at - SKEW:
            continue
        unknown = next((one for one in left_over if one.real_jid is None), None)
        if unknown is None:
            gone.append(row.id)
        else:
            left_over.remove(unknown)
    return gone
