"""The register of purges: what was destroyed and must stay so, kept beside the backups and signed.

A backup made before a purge still holds what was destroyed. In: the purges of the database; out: a text file with their
identities, codes, moments and persons, and not a word of the content; and back. Whoever restores a backup destroys
everything the register names before anybody can read it. The file is signed (Ed25519, RFC 8032): the public half lies
in every backup, so a line that was taken out or put in is noticed.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from core.purging.refusals import RegisterUnreadable

TITLE = "DIEM CAU - SO TIEU HUY / PURGE REGISTER"
FORMAT = 1
_PURPOSE = b"purge-register"
NAME_BEGINS, NAME_ENDS = "diemcau-tieu-huy-", ".json"


@dataclass(frozen=True)
class Entry:
    """One confirmed purge."""

    purge_id: UUID
    object_id: UUID
    object_code: str
    classification: str
    reason: str
    order_number: str
    asked_by_id: UUID
    asked_by_name: str
    asked_at: datetime
    confirmed_by_id: UUID
    confirmed_by_name: str
    confirmed_at: datetime


@dataclass(frozen=True)
class Register:
    """All of them, as of a moment."""

    as_of: datetime
    entries: tuple[Entry, ...]
    #: Public half (hex) of the key it was signed with.
    key: str


def signing_key(secret: str) -> Ed25519PrivateKey:
    """The installation's key for its register, always the same for the same secret."""
    seed = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(secret.encode())
    return Ed25519PrivateKey.from_private_bytes(seed)


def public_half(key: Ed25519PrivateKey) -> str:
    """As it stands in backups and registers, 64 hexadecimal digits."""
    return key.public_key().public_bytes_raw().hex()


def file_name(public: str) -> str:
    """What the register of this key is called; two installations may keep their backups in one folder."""
    return f"{NAME_BEGINS}{public[:12]}{NAME_ENDS}"


def united(*entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Each purge once, the oldest first; of two that name the same the later argument counts."""
    known = {entry.purge_id: entry for part in entries for entry in part}
    return tuple(sorted(known.values(), key=lambda entry: (entry.confirmed_at, str(entry.purge_id))))


def to_text(entries: Iterable[Entry], as_of: datetime, key: Ed25519PrivateKey) -> str:
    """The file: JSON that a person can read, with the signature as its last field."""
    content: dict[str, Any] = {
        "title": TITLE,
        "format": FORMAT,
        "as_of": as_of.isoformat(),
        "key": public_half(key),
        "entries": [{name: _plain(value) for name, value in asdict(entry).items()} for entry in entries],
    }
    signed = {**content, "signature": key.sign(_signed_bytes(content)).hex()}
    return json.dumps(signed, ensure_ascii=False, indent=1) + "\n"


def from_text(text: str) -> Register:
    """Read such a file and check its signature by the key it names.

    Raises:
        RegisterUnreadable: no register of ours, damaged or changed.
    """
    try:
        content = json.loads(text)
        signature = bytes.fromhex(content.pop("signature"))
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(content["key"])).verify(signature, _signed_bytes(content))
        if content["title"] != TITLE or content["format"] != FORMAT:
            raise RegisterUnreadable
        as_of = datetime.fromisoformat(content["as_of"])
        return Register(as_of, tuple(_entry(item) for item in content["entries"]), str(content["key"]))
    except (ValueError, KeyError, TypeError, AttributeError, InvalidSignature) as error:
        raise RegisterUnreadable from error


def _entry(item: dict[str, str]) -> Entry:
    read: dict[str, Any] = dict(item)
    for name in ("purge_id", "object_id", "asked_by_id", "confirmed_by_id"):
        read[name] = UUID(read[name])
    for name in ("asked_at", "confirmed_at"):
        read[name] = datetime.fromisoformat(read[name])
    return Entry(**read)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _signed_bytes(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
