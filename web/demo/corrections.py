"""How a secretary would correct the machine's lines with the true text beside the sound: one true line after the other.

In: the machine's lines and the true ones. Out: for each true line the list of all lines after it was set right. What
the machine heard within the span of that line is replaced by it; everything else stays as it is.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from web.demo.gold import GoldLine

Line = dict[str, Any]


def corrected_step_by_step(machine: Sequence[Line], truth: Sequence[GoldLine]) -> Iterator[list[Line]]:
    """Yield the whole transcript after each corrected line, as it would be saved.

    A machine line belongs to the true line that holds its middle; one that reaches over several true lines is given to
    all of them at once by standing until its last one is typed.
    """
    rest = [line for line in machine if line["text"].strip()]
    done: list[Line] = []
    for number, true in enumerate(truth):
        last = number == len(truth) - 1
        boundary = float("inf") if last else (true.end + truth[number + 1].start) / 2
        rest = [line for line in rest if _middle(line) > boundary]
        done.append({"start": true.start, "end": true.end, "speaker": true.speaker, "text": true.text})
        yield [*done, *_after(rest, true.end)]


def _middle(line: Line) -> float:
    return (float(line["start"]) + float(line["end"])) / 2


def _after(rest: Sequence[Line], moment: float) -> list[Line]:
    """Lines still to be corrected, kept from reaching back into what is already right."""
    kept = []
    for line in rest:
        start = max(float(line["start"]), moment)
        kept.append(
            {"start": start, "end": max(float(line["end"]), start), "speaker": line["speaker"], "text": line["text"]}
        )
    return kept
