"""The values FakeProsody works with: how a site is set up, who is in a room, what came of an attempt to enter.

Every default is that of CONTRACTS §15 (the configuration that was run) or of the plugin named beside it.
"""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Site:
    """The configuration of one Prosody with Jitsi's modules. Times are seconds; `scale` shortens real waiting only."""

    domain: str = "meet.rig"
    app_id: str = "rig"
    audience: str = "rig"
    #: HS256 with this, or RS256 with keys fetched from `key_server` (CONTRACTS §1).
    app_secret: str | None = "s" * 20 + "hoa-phuong-do-2026"
    key_server: str | None = None
    #: `prosody_password_public_key_repo_url`: keys of system tokens (CONTRACTS §6).
    system_key_server: str | None = None
    verify_domain: bool = True

    #: mod_reservations (CONTRACTS §3).
    reservations: bool = True
    api_prefix: str = ""
    api_headers: dict[str, str] = field(default_factory=dict)
    api_timeout: float = 20.0
    api_retries: int = 3
    api_retry_delay: float = 3.0
    honour_max_occupants: bool = True
    honour_lobby: bool = True
    honour_password: bool = True

    #: mod_muc_max_occupants (CONTRACTS §4); without a global number the hook does not exist.
    global_max_occupants: int | None = 500
    whitelist_focus: bool = True
    whitelist_recorder: bool = True
    #: mod_muc_rate_limit, joins a second and room.
    joins_per_second: int = 3

    #: event_sync (CONTRACTS §7); empty: not loaded.
    events_prefix: str = ""
    events_headers: dict[str, str] = field(default_factory=dict)
    events_timeout: float = 20.0
    events_retries: int = 3
    events_retry_delay: float = 1.0
    #: muc_size, muc_census, muc_end_meeting; what is not loaded answers 404 like any unknown path.
    http_modules: frozenset[str] = frozenset({"muc_size", "muc_census"})
    scale: float = 0.005

    @property
    def muc(self) -> str:
        return f"conference.{self.domain}"

    @property
    def focus(self) -> str:
        return f"focus@auth.{self.domain}"

    @property
    def recorder_domain(self) -> str:
        return f"recorder.{self.domain}"


@dataclass
class Occupant:
    """One connection in a room. `user` is the verified `context.user`, {} for the recorder."""

    jid: str
    nick: str
    display_name: str
    joined_at: int
    user: dict[str, Any]
    affiliation: str
    role: str
    left_at: int | None = None
    #: The line is cut; Prosody keeps the connection until this moment (mod_smacks hibernation).
    lost_at: float | None = None

    @property
    def bare(self) -> str:
        return self.jid.partition("/")[0]

    @property
    def host(self) -> str:
        return self.bare.rpartition("@")[2]


@dataclass
class Room:
    """A room with focus in it; occupants by nick, focus left out."""

    name: str
    created_at: int
    max_occupants: float | None = None
    password: str | None = None
    lobby: bool = False
    occupants: dict[str, Occupant] = field(default_factory=dict)
    #: Everybody who ever was in this life, as `room/destroyed` tells it.
    everybody: list[Occupant] = field(default_factory=list)
    #: Real addresses a moderator let in from the lobby.
    admitted: set[str] = field(default_factory=set)
    #: Since when nobody but focus (or focus and the recorder) is in.
    idle_since: float | None = None
    #: Joins of the last second, in unscaled time (mod_muc_rate_limit).
    recent_joins: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Outcome:
    """What came of an attempt: joined with a role, or refused at a stage with an error."""

    result: str
    stage: str = ""
    error: str = ""
    affiliation: str | None = None
    role: str | None = None
    occupant: Occupant | None = None

    @property
    def joined(self) -> bool:
        return self.result == "joined"


class Refused(Exception):
    """Refused at `auth`, `conference-request` or `muc-join`; `content` is the stanza error as plain values."""

    def __init__(self, stage: str, **content: Any) -> None:
        super().__init__(stage, content)
        self.outcome = Outcome("refused", stage, str({key.replace("_", "-"): value for key, value in content.items()}))
