"""How a site's S3 is reached: plain values, so that settings and storage can both name them without the library."""

from dataclasses import dataclass
from pathlib import Path

GIBIBYTE = 1024**3


@dataclass(frozen=True)
class S3Access:
    """How the site's S3 is reached, and what this machine may keep of it.

    Args:
        endpoint: its address inside the house; there is no default, so that nothing ever asks a cloud.
        public_endpoint: its address for browsers; empty: sound is served by us.
        download_seconds: how long an address handed to a browser holds.
        copies: folder of this machine for objects that programs read from a path.
        copies_bytes: how large that folder grows.
    """

    endpoint: str
    key_id: str
    secret_key: str
    copies: Path
    region: str = "us-east-1"
    ca_file: Path | None = None
    public_endpoint: str = ""
    download_seconds: int = 36_000
    copies_bytes: int = 20 * GIBIBYTE
