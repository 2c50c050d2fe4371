"""Addresses and header texts as mail can carry them. In: what people typed. Out: safe values, or `Invalid`.

Rule: RFC 5321 §4.1.2 without quoted local parts and address literals, which no office uses and every attack does.
Domains of other alphabets are written in their ASCII form (IDNA 2008); a local part of other alphabets would need
SMTPUTF8 at every server on the way and is refused.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

import idna

from core.errors import Invalid

FIELD = "địa chỉ thư"
LONGEST_ADDRESS = 254
LONGEST_LOCAL_PART = 64
LONGEST_LINE = 500

_LOCAL_PART = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*")
_NAMED = re.compile(r'\s*"?(?P<name>[^"<>]*?)"?\s*<(?P<address>[^<>]+)>\s*')
#: Control, format (direction marks, zero width), surrogates, private use, line and paragraph separators.
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


@dataclass(frozen=True)
class Mailbox:
    """Somebody a mail goes to; `address` is checked and in ASCII."""

    address: str
    name: str = ""


def checked_address(text: str) -> str:
    """One address as servers take it, its domain in lower case and in ASCII.

    Raises:
        Invalid: empty, too long, several addresses, line breaks, quoted parts, letters outside ASCII before the `@`.
    """
    address = unicodedata.normalize("NFC", text).strip()
    local, at, domain = address.rpartition("@")
    if not at or not local or not domain:
        raise Invalid(field=FIELD, reason=f"“{_shown(address)}” không phải dạng ten@coquan.vn")
    if not _LOCAL_PART.fullmatch(local) or len(local) > LONGEST_LOCAL_PART:
        raise Invalid(field=FIELD, reason=f"phần trước @ của “{_shown(address)}” có ký tự không dùng được")
    plain = f"{local}@{_ascii_domain(domain, address)}"
    if len(plain) > LONGEST_ADDRESS:
        raise Invalid(field=FIELD, reason=f"“{_shown(address)}” dài quá {LONGEST_ADDRESS} ký tự")
    return plain


def parse_mailbox(text: str) -> Mailbox:
    """`Điểm Cầu, Bộ Mẫu <diemcau@coquan.vn>` or a bare address, as one mailbox. Raises Invalid.

    The library's own parser reads a comma in a name as the end of an address.
    """
    named = _NAMED.fullmatch(text)
    if named is None:
        return Mailbox(checked_address(text))
    return Mailbox(checked_address(named["address"]), checked_line(named["name"], "tên"))


def usable_addresses(texts: Iterable[str | None]) -> list[str]:
    """Those that can be written to, each once, in their order; the rest is left out: lists by hand have faults."""
    found: dict[str, None] = {}
    for text in texts:
        try:
            found.setdefault(checked_address(text or ""))
        except Invalid:
            continue
    return list(found)


def checked_line(text: str, field: str) -> str:
    """A text for a header: NFC, on one line. Raises Invalid: control or direction-changing characters, too long."""
    # White space is folded first, so that a title typed over two lines stays usable and never becomes a second header.
    line = " ".join(unicodedata.normalize("NFC", text).split())
    if any(unicodedata.category(letter) in _UNPRINTABLE for letter in line):
        raise Invalid(field=field, reason="có ký tự điều khiển, hãy gõ lại")
    if len(line) > LONGEST_LINE:
        raise Invalid(field=field, reason=f"dài {len(line)} ký tự, tối đa {LONGEST_LINE} ký tự")
    return line


def domain_of(address: str) -> str:
    """What stands after the `@`."""
    return address.rpartition("@")[2]


def _ascii_domain(domain: str, address: str) -> str:
    try:
        plain = idna.encode(domain, uts46=True).decode("ascii") if not domain.isascii() else domain.lower()
    except idna.IDNAError as error:
        raise Invalid(field=FIELD, reason=f"tên miền của “{_shown(address)}” không hợp lệ") from error
    if not _DOMAIN.fullmatch(plain):
        raise Invalid(field=FIELD, reason=f"tên miền của “{_shown(address)}” không hợp lệ")
    return plain


def _shown(text: str) -> str:
    return "".join(letter if unicodedata.category(letter) not in _UNPRINTABLE else "?" for letter in text)[:80]
