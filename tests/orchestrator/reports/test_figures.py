"""Figures as people type them: what is read, what is refused rather than guessed at."""

from decimal import Decimal

import pytest

from orchestrator.reports.figures import FigureError, read_figure, show_change, show_figure


@pytest.mark.parametrize(
    ("typed", "number"),
    [("0", 0), ("134", 134), (" 134 ", 134), ("1.234", 1234), ("1.234.567", 1_234_567), ("007", 7), ("-5", -5),
     ("1000000000000", 10**12)],
)  # fmt: skip
def test_whole_numbers_are_read(typed: str, number: int) -> None:
    assert read_figure(typed, whole=True) == number


@pytest.mark.parametrize(
    "typed",
    ["mười", "NaN", "Infinity", "1e5", "0x1f", "１３４", "٣", "²", "1,5", "1.5", "12.34.567", "--5", "+", "", "1 234a",
     "100000000000000000000", "9" * 400, "=1+1", "134\x00"],
)  # fmt: skip
def test_whole_numbers_of_other_kinds_are_refused(typed: str) -> None:
    with pytest.raises(FigureError):
        read_figure(typed, whole=True)


@pytest.mark.parametrize(
    ("typed", "number"), [("12,5", "12.5"), ("1.234,75", "1234.75"), ("3", "3"), ("0,0001", "0.0001")]
)
def test_decimals_have_a_comma(typed: str, number: str) -> None:
    assert read_figure(typed, whole=False) == Decimal(number)


@pytest.mark.parametrize("typed", ["1.5", "12.50", "1,23456", "1,2,3", ",5", "nan", "5,"])
def test_doubtful_decimals_are_refused(typed: str) -> None:
    with pytest.raises(FigureError):
        read_figure(typed, whole=False)


def test_other_digits_are_named_as_the_reason() -> None:
    with pytest.raises(FigureError, match="0–9"):
        read_figure("１３４", whole=True)


@pytest.mark.parametrize(
    ("number", "shown"),
    [("134", "134"), ("1234567", "1.234.567"), ("1234.50", "1.234,5"), ("-1200", "-1.200"), ("0", "0")],
)
def test_figures_are_shown_as_papers_do(number: str, shown: str) -> None:
    assert show_figure(Decimal(number)) == shown


def test_changes_carry_their_sign() -> None:
    assert [show_change(number) for number in (3, -2, 0, 1500)] == ["+3", "-2", "0", "+1.500"]
