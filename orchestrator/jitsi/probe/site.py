"""The site a probe goes to, and the tokens it goes with."""

import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from orchestrator.jitsi.probe.line import PATIENCE_SECONDS
from orchestrator.jitsi.probe.stanzas import Credentials

#: (room, endpoint) → a token as a personal link would mint it.
Mint = Callable[[str, str], str]


@dataclass(frozen=True)
class Site:
    """Where everything is.

    Attributes:
        domain: Prosody's main virtual host, which streams are opened to.
        muc_domain: the component that holds the rooms.
        websocket: address browsers connect to.
        public_url: address of the site's web server as the world reaches it.
        prosody_url: Prosody's own HTTP, where this machine may ask it; empty where it may not.
        ca_file: certificate of the site, where no authority of the system signed it.
        recorder: a recorder's account, where the probe is given one.
    """

    domain: str
    muc_domain: str
    websocket: str
    public_url: str
    prosody_url: str = ""
    ca_file: Path | None = None
    recorder: Credentials | None = field(default=None, repr=False)
    recorder_domain: str = ""
    patience_seconds: float = PATIENCE_SECONDS

    def tls(self) -> ssl.SSLContext:
        """What the site's certificate is checked with. Raises OSError, ssl.SSLError for a file that is none."""
        return ssl.create_default_context(cafile=str(self.ca_file) if self.ca_file else None)


@dataclass(frozen=True)
class Errand:
    """What to prove: this room, so many seats; `mint` signs as the site expects, `forge` as nobody should."""

    room: str
    seats: int
    mint: Mint = field(repr=False)
    forge: Mint = field(repr=False)
