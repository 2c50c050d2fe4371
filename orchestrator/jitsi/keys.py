"""Keys of our tokens and the answers of the key server that Prosody asks for their public half (CONTRACTS §1).

HS256 with the application's secret unless a private key is configured. RS256 keys come in two kinds, for people's login
tokens and for our own system tokens, served under two separate addresses: were they one, any participant could end any
meeting (CONTRACTS §6). A change of keys: the new one signs, the one before is served until its last token has ended.
"""

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Literal

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

from core.settings import Settings, SettingsError

SMALLEST_RSA_BITS = 2048


class KeyUse(StrEnum):
    """Which of the two key servers a key belongs to."""

    LOGIN = "login"
    SYSTEM = "system"


@dataclass(frozen=True)
class SigningKey:
    """What signs a token; `key_id` goes into the header of RS256 tokens."""

    algorithm: Literal["HS256", "RS256"]
    key: str = field(repr=False)
    key_id: str | None = None


@dataclass(frozen=True)
class PublicKey:
    """The public half of an RS256 key as PEM, under its identity."""

    key_id: str
    pem: str

    @property
    def file_name(self) -> str:
        """The name under which Prosody asks: hex SHA-256 of the key's identity, with `.pem`."""
        return hashlib.sha256(self.key_id.encode()).hexdigest() + ".pem"


def signing_key(settings: Settings, use: KeyUse = KeyUse.LOGIN) -> SigningKey:
    """The key that signs tokens of this use.

    Raises:
        SettingsError: the configured key file cannot be read or is no RSA key of at least 2048 bits.
    """
    paths = _paths(settings, use)
    if not paths:
        return SigningKey("HS256", settings.jitsi_app_secret.get_secret_value())
    _refuse_shared(settings)
    private, pem = _load(paths[0], use)
    return SigningKey("RS256", pem, _public(private, use).key_id)


def key_file(settings: Settings, use: KeyUse, file_name: str) -> str | None:
    """The content of `/{sha256hex(kid)}.pem` on one of the two key servers; None where there is no such file.

    Raises:
        SettingsError: as `signing_key`, or one key stands on both servers.
    """
    _refuse_shared(settings)
    keys = (_public(_load(path, use)[0], use) for path in _paths(settings, use))
    return next((public.pem for public in keys if public.file_name == file_name), None)


def _paths(settings: Settings, use: KeyUse) -> list[Path]:
    """The key that signs, then the one before it."""
    if use is KeyUse.LOGIN:
        paths = (settings.jitsi_login_key, settings.jitsi_login_previous_key)
    else:
        paths = (settings.jitsi_system_key, settings.jitsi_system_previous_key)
    return [path for path in paths if path is not None] if paths[0] is not None else []


def _refuse_shared(settings: Settings) -> None:
    """One key on both servers would make every login token a system token, whatever its name."""
    pems = {use: {_public(_load(path, use)[0], use).pem for path in _paths(settings, use)} for use in KeyUse}
    if pems[KeyUse.LOGIN] & pems[KeyUse.SYSTEM]:
        raise SettingsError("DIEMCAU_JITSI_SYSTEM_KEY: phải là khóa khác với DIEMCAU_JITSI_LOGIN_KEY.")


@lru_cache(maxsize=16)
def _read(path: Path, _changed_ns: int, use: KeyUse) -> tuple[RSAPrivateKey, str]:
    """A key as read once: making sense of one costs more than the rest of a click."""
    name = f"DIEMCAU_JITSI_{use.value.upper()}_KEY"
    try:
        pem = path.read_text(encoding="ascii")
        private = load_pem_private_key(pem.encode(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise SettingsError(f"{name}: không đọc được khóa riêng PEM ({type(error).__name__}).") from error
    if not isinstance(private, RSAPrivateKey) or private.key_size < SMALLEST_RSA_BITS:
        raise SettingsError(f"{name}: phải là khóa RSA từ {SMALLEST_RSA_BITS} bit.")
    return private, pem


def _load(path: Path, use: KeyUse) -> tuple[RSAPrivateKey, str]:
    """A key, read again when its file has changed."""
    try:
        changed_ns = path.stat().st_mtime_ns
    except OSError:
        changed_ns = 0
    return _read(path, changed_ns, use)


def _public(private: RSAPrivateKey, use: KeyUse) -> PublicKey:
    """Named after its own fingerprint: a new key gets a new name, so Prosody never checks with a key it remembered."""
    public = private.public_key()
    fingerprint = hashlib.sha256(public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode("ascii")
    return PublicKey(f"diemcau-{use.value}-{fingerprint[:16]}", pem)
