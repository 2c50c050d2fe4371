"""A vector goes in, bytes that only this installation can read come out, and back (AES-256-GCM, NIST SP 800-38D).

The key is derived from the installation's secret; the consent and the model are bound in, so that a print that was
moved to another person's row does not open.
"""

import os
import struct
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE_BYTES = 12
_PURPOSE = b"diemcau voice print 1"


class PrintUnreadable(Exception):
    """The sealed bytes do not open: another secret, another row, or damage."""


def seal(vector: Sequence[float], secret: str, *, bound_to: str) -> bytes:
    """Nonce and sealed vector. `bound_to` must be the same when it is opened."""
    nonce = os.urandom(NONCE_BYTES)
    plain = struct.pack(f"<{len(vector)}f", *vector)
    return nonce + AESGCM(_key(secret)).encrypt(nonce, plain, bound_to.encode())


def unseal(sealed: bytes, secret: str, *, bound_to: str) -> tuple[float, ...]:
    """The vector. Raises PrintUnreadable."""
    try:
        plain = AESGCM(_key(secret)).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound_to.encode())
        return struct.unpack(f"<{len(plain) // 4}f", plain)
    except (InvalidTag, ValueError, struct.error) as error:
        raise PrintUnreadable from error


def _key(secret: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(secret.encode())
