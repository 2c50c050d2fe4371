"""A vector goes in, bytes that only this installation can read come out, and back (see `core.sealing`).

The consent and the model are bound in, so that a print that was moved to another person's row does not open.
"""

import struct
from collections.abc import Sequence

from core.sealing import SealBroken, Sealer

_PURPOSE = "diemcau voice print 1"


class PrintUnreadable(Exception):
    """The sealed bytes do not open: another secret, another row, or damage."""


def seal(vector: Sequence[float], secret: str, *, bound_to: str) -> bytes:
    """The sealed vector. `bound_to` must be the same when it is opened."""
    return Sealer(secret, _PURPOSE).seal(struct.pack(f"<{len(vector)}f", *vector), bound_to=bound_to)


def unseal(sealed: bytes, secret: str, *, bound_to: str) -> tuple[float, ...]:
    """The vector. Raises PrintUnreadable."""
    try:
        plain = Sealer(secret, _PURPOSE).unseal(sealed, bound_to=bound_to)
        return struct.unpack(f"<{len(plain) // 4}f", plain)
    except (SealBroken, struct.error) as error:
        raise PrintUnreadable from error
