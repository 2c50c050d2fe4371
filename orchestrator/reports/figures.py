"""Figures as Vietnamese papers write them: a point between thousands, a comma before decimals. Pure."""

import re
from decimal import Decimal

#: Beyond this a count is a slip of the keyboard; it also keeps every sum inside what spreadsheets hold exactly.
LARGEST = Decimal(10) ** 12
MOST_DECIMALS = 4

_PLAIN = re.compile(r"-?[0-9]{1,30}")
_GROUPED = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{3})+")
_DECIMAL = re.compile(r"(-?(?:[0-9]{1,30}|[0-9]{1,3}(?:\.[0-9]{3})+)),([0-9]{1,30})")
_POINT = re.compile(r"-?[0-9]{1,30}\.[0-9]{1,30}")


class FigureError(ValueError):
    """Not a figure; the message is a Vietnamese phrase that says what to type instead."""


def read_figure(text: str, *, whole: bool) -> Decimal:
    """Read `134`, `1.234` (thousands) or, unless `whole`, `12,5`.

    A point followed by anything but three digits is refused rather than guessed at: `1.5` is fifteen to one reader
    and one and a half to another.

    Raises:
        FigureError: text, other digits than 0–9, NaN, too large, too many decimals.
    """
    typed = text.strip().replace("\u00a0", "").replace(" ", "")
    if not typed.isascii() and any(letter.isdigit() for letter in typed):
        raise FigureError("chỉ dùng các chữ số 0–9")
    if _PLAIN.fullmatch(typed) or _GROUPED.fullmatch(typed):
        return _bounded(Decimal(typed.replace(".", "")))
    found = _DECIMAL.fullmatch(typed)
    if found and whole:
        raise FigureError("phải là số nguyên")
    if found:
        if len(found[2]) > MOST_DECIMALS:
            raise FigureError(f"có nhiều hơn {MOST_DECIMALS} chữ số sau dấu phẩy")
        return _bounded(Decimal(f"{found[1].replace('.', '')}.{found[2]}"))
    if _POINT.fullmatch(typed):
        raise FigureError("dấu chấm chỉ để ngăn cách hàng nghìn (1.234); phần thập phân dùng dấu phẩy (1,5)")
    raise FigureError("phải là một số, ví dụ 46" if whole else "phải là một số, ví dụ 46 hoặc 12,5")


def _bounded(number: Decimal) -> Decimal:
    if abs(number) > LARGEST:
        raise FigureError("lớn bất thường, hãy kiểm tra lại")
    return number


def show_figure(number: Decimal | int) -> str:
    """`1234.5` → `1.234,5`."""
    plain = f"{number:,f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return plain.replace(",", " ").replace(".", ",").replace(" ", ".")


def show_change(number: Decimal | int) -> str:
    """`+3`, `-2`, `0` with the same signs of grouping."""
    return f"+{show_figure(number)}" if number > 0 else show_figure(number)
