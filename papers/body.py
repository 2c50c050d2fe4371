"""Pieces of a body, whatever the kind: where it ends, how lists are written, Roman numbers (annex I, II.6, II.9d)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from papers.sheet import Block

_END_MARK = re.compile(r"\s*\./\.")
_TRAILING = re.compile(r"[\s.,;:/]+$")
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def ended(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Put `./.` behind the last word of the body and nowhere else (form 1.4; check F11)."""
    cleared = [replace(block, text=_without_end_marks(block.text)) for block in blocks]
    if not cleared:
        return ()
    last = cleared[-1]
    words = _TRAILING.sub("", last.text)
    return (*cleared[:-1], replace(last, text=f"{words}./."))


def dashed(names: Sequence[str], *, last: str = ".") -> tuple[str, ...]:
    """One line each, `- …;`, the last one with a full stop; empty names are left out (II.9d; check F08)."""
    kept = [_TRAILING.sub("", name.removeprefix("-").strip()) for name in names]
    kept = [name for name in kept if name]
    return tuple(f"- {name};" for name in kept[:-1]) + tuple(f"- {name}{last}" for name in kept[-1:])


def roman(number: int) -> str:
    """1 → I. Parts of a paper are few; any positive number works."""
    letters = ""
    for value, letter in _ROMAN:
        letters += letter * (number // value)
        number %= value
    return letters


def _without_end_marks(text: str) -> str:
    return _END_MARK.sub(".", text) if "./." in text else text
