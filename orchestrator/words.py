"""Small shared habits with words: how moments are shown, how names and codes are checked, letters without marks."""

import re
import unicodedata
from datetime import datetime

from core.clock import in_vietnam
from core.errors import Invalid

LONGEST_NAME = 250
_CODE = re.compile(r"[A-Za-zĐđ0-9][A-Za-zĐđ0-9._/-]{0,39}")


def vietnamese_moment(moment: datetime) -> str:
    """`14:00 ngày 08/04/2026`, on a clock in Hà Nội."""
    return in_vietnam(moment).strftime("%H:%M ngày %d/%m/%Y")


def checked_name(text: str, field: str, *, optional: bool = False) -> str:
    """A line of text as it will be stored: NFC, inner white space single, at most 250 letters.

    Raises:
        Invalid: empty (unless optional), too long, or with control characters.
    """
    if any(unicodedata.category(letter) in ("Cc", "Cs") and not letter.isspace() for letter in text):
        raise Invalid(field=field, reason="có ký tự điều khiển, hãy gõ lại")
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not name and not optional:
        raise Invalid(field=field, reason="còn để trống")
    if len(name) > LONGEST_NAME:
        raise Invalid(field=field, reason=f"dài {len(name)} ký tự, tối đa {LONGEST_NAME} ký tự, hãy viết gọn lại")
    return name


def checked_code(text: str, field: str = "mã") -> str:
    """A code of a directory entry. Raises Invalid unless 1 to 40 letters, digits, `.`, `_`, `/`, `-`."""
    code = unicodedata.normalize("NFC", text).strip()
    if not _CODE.fullmatch(code):
        raise Invalid(field=field, reason="chỉ gồm 1 đến 40 chữ cái không dấu, chữ số và các dấu . _ / -")
    return code


def plain_letters(text: str) -> str:
    """Lower-case `[a-z0-9-]` of a Vietnamese text: `Họp giao ban` → `hop-giao-ban`; empty where nothing is left."""
    folded = text.replace("đ", "d").replace("Đ", "D")
    folded = unicodedata.normalize("NFD", folded).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-")
