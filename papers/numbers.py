"""Numbers as Vietnamese papers print them: a point between thousands, a comma before decimals. Pure."""

from decimal import Decimal

Cell = str | int | Decimal | None


def printed_number(value: int | Decimal) -> str:
    """1234567 → `1.234.567`, Decimal("1234.50") → `1.234,50`; negative numbers with a minus sign."""
    return f"{value:,f}".translate(str.maketrans(",.", ".,")) if isinstance(value, Decimal) else _grouped(value)


def printed_cell(value: Cell) -> str:
    """A cell of a table: numbers by the rule above, words as they are, nothing where there is none."""
    if value is None:
        return ""
    return value if isinstance(value, str) else printed_number(value)


def _grouped(value: int) -> str:
    return f"{value:,d}".replace(",", ".")
