"""What a draft must never do: order something nobody said, or print a figure that is not in the words it comes from.

In: an extraction and the words of its evidence. Out: complaints, empty if all is well.
"""

import re
from collections.abc import Iterator

from core.vietnamese.cardinals import DIGITS
from minutes.drafting.extraction import ExtractedItem
from minutes.language.numbers import to_figures
from minutes.language.text import WORD

_FIGURE = re.compile(r"\d+")
# "07h00" is how a notice prints seven o'clock.
_FULL_HOUR = re.compile(r"(?<=\d)h00(?!\d)")
# "bốn giờ chiều" is printed as 16h00.
_AFTERNOON = re.compile(r"(?<!\d)(?P<hour>\d{1,2})\s*giờ(?:\s+\d{1,2}(?:\s+phút)?)?\s+(?:chiều|tối)", re.IGNORECASE)


#: A word that was read by its sound, and said so to the secretary, counts as said.
_BY_SOUND = re.compile(r"Nghe “(?P<said>[^”]+)”, hiểu là “(?P<meant>[^”]+)”")


def invented_figures(item: ExtractedItem, said: str) -> Iterator[str]:
    """Figures of the action, the raw deadline and the references that are not said in `said` (words or figures)."""
    for heard in filter(None, map(_BY_SOUND.match, item.questions)):
        said += " " + re.sub(rf"(?<!\w){re.escape(heard['said'])}(?!\w)", heard["meant"], said)
    known = {figure.lstrip("0") or "0" for figure in _FIGURE.findall(f"{said} {to_figures(said)}")}
    known |= {str(int(match["hour"]) + 12) for match in _AFTERNOON.finditer(to_figures(said))}
    known |= {str(DIGITS[word]) for word in WORD.findall(said.lower()) if word in DIGITS}
    raw = item.deadline.raw if item.deadline else ""
    for figure in _FIGURE.findall(_FULL_HOUR.sub("", f"{item.action} {raw}")):
        if (figure.lstrip("0") or "0") not in known:
            yield f"{figure} in “{item.action}” / “{raw}”"
