"""Who signs a printed paper, and whether the block of signature stands on one page: from the lines of a PDF. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from papers.checking.reading import RECIPIENTS, Column, TextLine, is_signer_of_record, plain


@dataclass(frozen=True)
class Signers:
    """Names below the offices. `is_whole` is None where no block of signature is seen."""

    is_whole: bool | None = None
    name: str | None = None
    other_name: str | None = None


def signers_of(lines: Sequence[TextLine]) -> Signers:
    """The signer beside "Nơi nhận:" (form 1.4), or secretary and chair beside each other above it (form 1.9)."""
    start = next((at for at, line in enumerate(lines) if RECIPIENTS.match(line.text)), None)
    if start is None or lines[start].box is None:
        return Signers()
    secretary = next((at for at, line in enumerate(lines[:start]) if is_signer_of_record(line.text)), None)
    if secretary is not None:
        return _two(lines[secretary:start])
    return _one(lines, lines[start])


def _one(lines: Sequence[TextLine], recipients: TextLine) -> Signers:
    top = recipients.box.top if recipients.box else 0.0
    beside = [
        line
        for line in lines
        if line.page == recipients.page and line.column == "right" and line.box and line.box.top >= top - 3
    ]
    later = any(line.page > recipients.page and line.column == "right" and line.bold for line in lines)
    if not beside and not later:
        return Signers()
    return Signers(bool(beside), plain(beside[-1].text) if beside else None)


def _two(block: Sequence[TextLine]) -> Signers:
    """Offices at the head of each column, names at its foot; torn where they stand on different pages."""
    left, right = ([line for line in block if line.column == side] for side in _SIDES)
    return Signers(
        is_whole=len({line.page for line in block}) == 1,
        name=_last(right),
        other_name=_last(left),
    )


_SIDES: tuple[Column, Column] = ("left", "right")


def _last(lines: Sequence[TextLine]) -> str | None:
    return plain(lines[-1].text) if len(lines) > 1 else None
