"""Single cells: what makes one dangerous or damaged, and how one is written out. Pure.

A spreadsheet takes a cell that begins with = + - @, a tab or a carriage return for a formula and may run it when the
file is opened (OWASP, "CSV Injection"). Such cells are refused on the way in and get an apostrophe on the way out; the
apostrophe is taken off again when the file comes back.
"""

import re
import unicodedata
from datetime import date, datetime
from typing import Any

LONGEST_CELL = 2000
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
#: A telephone number or a plain number begins with a sign and is no formula.
_SIGNED_NUMBER = re.compile(r"[+-][0-9][0-9 ().,/-]*")
_SHOWN = 40
#: TCVN3 read as Windows-1252: a sign between two letters ("V¨n"), or one that stands for đ before a word ("®¹o").
_SIGNS = "¡¢£¤¥¦§¨©ª«¬®¶·¸¹»¼½¾"
_TCVN3 = re.compile(rf"[^\W\d_][{_SIGNS}]+[^\W\d_]|^[®§][{_SIGNS}\w]")
#: VNI, whose marks are letters of their own behind the vowel ("Vaên", "Traàn", "Höông"): pairs Vietnamese never writes.
_VNI = re.compile(r"a[àáãâêèéõøûï]|[oe][âøûï]|u[øû]|[öô]ô", re.IGNORECASE)


def is_formula(raw: str) -> bool:
    """Whether a spreadsheet would take the cell for a formula; a number with its sign is none."""
    if raw.startswith(("\t", "\r")):
        return True
    text = raw.strip()
    return text.startswith(_FORMULA_STARTS) and not _SIGNED_NUMBER.fullmatch(text) and text not in ("-", "–", "—")


def harmless(value: str) -> str:
    """The cell as it is written out."""
    return f"'{value}" if value.lstrip("'").startswith(_FORMULA_STARTS) else value


def tidy(raw: str) -> str:
    """The cell as it is read in: white space single, the apostrophe of `harmless` taken off, a lone dash empty."""
    text = " ".join(raw.split())
    if text.startswith("'") and text.lstrip("'").startswith(_FORMULA_STARTS):
        return text[1:]
    return "" if text in ("-", "–", "—") else text


def fault_of(raw: str) -> str:
    """What is wrong with the cell whatever its column: a sentence, or nothing."""
    if len(raw) > LONGEST_CELL:
        return f"dài {len(raw)} ký tự, tối đa {LONGEST_CELL} ký tự, hãy viết gọn lại."
    if is_formula(raw):
        return f"“{raw.strip()[:_SHOWN]}” là công thức, không phải chữ. Hãy thay bằng giá trị."
    if broken := damaged_word(raw):
        return f"“{broken}” là chữ TCVN3 hoặc VNI, không phải Unicode. Hãy chuyển mã rồi nhập lại."
    if "\ufffd" in raw:
        return "có ký tự hỏng do đổi bảng mã. Hãy gõ lại bằng Unicode."
    return ""


def damaged_word(raw: str) -> str:
    """A word that was never turned into Unicode, or nothing. Names and titles hold no such signs otherwise."""
    words = unicodedata.normalize("NFC", raw).split()
    return next((word[:_SHOWN] for word in words if _TCVN3.search(word) or _VNI.search(word)), "")


def as_text(value: Any) -> str:
    """A value of a workbook's cell as the text a person sees."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.strftime("%d/%m/%Y %H:%M") if value.time().hour or value.time().minute else f"{value:%d/%m/%Y}"
    return value.strftime("%d/%m/%Y") if isinstance(value, date) else str(value)


def words(cell: str) -> list[str]:
    """Names in one cell, separated by `;` or `|`."""
    return [part for part in (part.strip() for part in cell.replace("|", ";").split(";")) if part]
