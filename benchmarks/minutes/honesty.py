"""What a draft must never do: order something nobody said, or print a figure that is not in the words it comes from.

In: an extraction and the words of its evidence. Out: complaints, empty if all is well.
"""

import re
from collections.abc import Iterator

from minutes.drafting.extraction import ExtractedItem
from minutes.language.numbers import to_figures

_FIGURE = re.compile(r"\d+")
# "07h00" is how a notice prints seven o'clock.
_FULL_HOUR = re.compile(r"(?<=\d)h00(?!\d)")


def invented_figures(item: ExtractedItem, said: str) -> Iterator[str]:
    """Figures of the action, the raw deadline and the references that are not said in `said` (words or figures)."""
    known = {figure.lstrip("0") or "0" for figure in _FIGURE.findall(f"{said} {to_figures(said)}")}
    raw = item.deadline.raw if item.deadline else ""
    for figure in _FIGURE.findall(_FULL_HOUR.sub("", f"{item.action} {raw}")):
        if (figure.lstrip("0") or "0") not in known:
            yield f"{figure} in “{item.action}” / “{raw}”"
