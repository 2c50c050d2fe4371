"""The register of purges: what was destroyed and must stay so, kept beside the backups and signed.

A backup made before a purge, or before a voice print was erased, still holds what was destroyed. In: the purges and
erasures of the database; out: a text file with their identities, codes, moments and persons, and not a word of the
content; and back. Whoever restores a backup destroys everything the register names before anybody can read it. The file
is signed (Ed25519, RFC 8032): the public half lies in every backup, so a line that was taken out or put in is noticed.
"""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pydantic import AwareDatetime, BaseModel, ConfigDict

from core.purging.refusals import RegisterUnreadable

TITLE = "DIEM CAU - SO TIEU HUY / PURGE REGISTER"
FORMAT = 1
_PURPOSE = b"purge-register"
NAME_BEGINS, NAME_ENDS = "diemcau-tieu-huy-", ".json"


class _Line(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Entry(_Line):
    """One confirmed purge."""

    purge_id: UUID
    object_id: UUID
    object_code: str
    classification: str
    reason: str
    order_number: str
    asked_by_id: UUID
    asked_by_name: str
    asked_at: AwareDatetime
    confirmed_by_id: UUID
    confirmed_by_name: str
    confirmed_at: AwareDatetime


class Erasure(_Line):
    """The last time the voice prints under one consent were erased; everything enrolled until then must be gone."""

    consent_id: UUID
    erased_at: AwareDatetime
    erased_by_id: UUID | None
    #: The consent itself was withdrawn.
    ends_consent: bool


class Destroyed(_Line):
    """What must not come back."""

    entries: tuple[Entry, ...] = ()
    erasures: tuple[Erasure, ...] = ()

    def __len__(self) -> int:
        return len(self.entries) + len(self.erasures)


class Register(Destroyed):
    """All of it, as of a moment."""

    as_of: AwareDatetime
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


def united(*parts: Destroyed) -> Destroyed:
    """Each purge once, of two that name the same the later argument; of each consent the last erasure; oldest first."""
    entries = {entry.purge_id: entry for part in parts for entry in part.entries}
    erasures: dict[UUID, Erasure] = {}
    for erasure in sorted((item for part in parts for item in part.erasures), key=lambda item: item.erased_at):
        before = erasures.get(erasure.consent_id)
        # A withdrawn consent never stands again.
        ends = erasure.ends_consent or (before is not None and before.ends_consent)
        erasures[erasure.consent_id] = erasure.model_copy(update={"ends_consent": ends})
    return Destroyed(
        entries=tuple(sorted(entries.values(), key=lambda entry: (entry.confirmed_at, str(entry.purge_id)))),
        erasures=tuple(sorted(erasures.values(), key=lambda item: (item.erased_at, str(item.consent_id)))),
    )


def to_text(destroyed: Destroyed, as_of: datetime, key: Ed25519PrivateKey) -> str:
    """The file: JSON that a person can read, with the signature as its last field."""
    facts = destroyed.model_dump(mode="json", include={"entries", "erasures"})
    content: dict[str, Any] = {
        "title": TITLE,
        "format": FORMAT,
        "as_of": as_of.isoformat(),
        "key": public_half(key),
        **facts,
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
        if (content.pop("title"), content.pop("format")) != (TITLE, FORMAT):
            raise RegisterUnreadable
        return Register.model_validate(content)
    # What pydantic refuses is a ValueError too.
    except (ValueError, KeyError, TypeError, AttributeError, InvalidSignature) as error:
        raise RegisterUnreadable from error


def _signed_bytes(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
