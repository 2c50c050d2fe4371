"""What stands above a point of a list: those told to act, and the day by which all of it is to be done.

In: headings in reading order, each with the depth of its line (0 without a number). Out: what a point below inherits.

| heading | below it |
|---|---|
| 2. Giao Sở Tài chính: | points without a subject are the department's |
| Giao Sở Y tế: (a line without number in point 2) | the same, up to the next point of the depth of 2 or above |
| 3. Các nhiệm vụ phải hoàn thành trong tháng 7/2026, gồm: | every point has that day unless it names its own |
"""

import re
from dataclasses import dataclass, field

from minutes.language.clauses import behind_connectives
from minutes.language.deadline_values import Deadline
from minutes.language.directory import Directory
from minutes.language.parties import Certainty, Party
from minutes.language.scanning import Cursor
from minutes.language.sentences import Sentence
from minutes.language.units import read_parties

# Not "Để hoàn thành mục tiêu trong năm 2026, yêu cầu:", which tells what the list is for.
_FINISHED_BY = re.compile(
    r"\W*(?:(?:(?:các|những|tất cả(?:\s+các)?)\s+)?(?:nhiệm vụ|nội dung|công việc|việc|phần việc|hạng mục|"
    r"kiến nghị|tồn tại)\s[^:;.]*?)?(?<!\w)(?:hoàn thành|xong|hoàn tất|dứt điểm)(?!\w)",
    re.IGNORECASE,
)


_WORDS_OF_A_TITLE, _WORDS_OF_A_TOPIC, _WORDS_OF_A_NAMED_TOPIC = 6, 3, 6
# "Nhóm thứ nhất là cấp điện mùa khô.": what was counted is a matter, not an act.
_COUNTED_MATTER = re.compile(r"(?:nhóm(?:\s+việc)?|chuyện|vấn\s+đề|việc)\s+(?:thứ\s+)?\w+\s+là\s*$", re.IGNORECASE)
_LOOK_BACK = 30
_TURNS = re.compile(r"(?:(?:rồi|giờ|bây giờ)\s+)?(?:sang|đến|tới|qua|tiếp(?:\s+theo)?(?:\s+là)?)\s+", re.IGNORECASE)


def is_title(line: str) -> bool:
    """ "Tổ chức thực hiện": a few words without a mark name what comes next, though they look like an act."""
    return len(line.split()) <= _WORDS_OF_A_TITLE and line.rstrip()[-1:] not in ".;,"


def names_topic(text: str, start: int, end: int) -> bool:
    """Does a speaker only name what comes next: "(Thứ hai là) giải ngân.", "(Nhóm thứ nhất là) cấp điện mùa khô."?"""
    count = len(text[start:end].split())
    if count <= _WORDS_OF_A_TOPIC:
        return True
    return (
        count <= _WORDS_OF_A_NAMED_TOPIC and _COUNTED_MATTER.search(text, max(0, start - _LOOK_BACK), start) is not None
    )


def turned_to(text: str, sentence: Sentence, directory: Directory) -> tuple[Party, ...]:
    """Those a speaker turns to before telling them anything: "Sang anh Tiệp.", "Phòng Nhà ở hôm nay đi vắng cả …"."""
    turning = _TURNS.match(text, sentence.start, sentence.end)
    start = turning.end() if turning else behind_connectives(text, sentence.start, sentence.end)
    parties = read_parties(Cursor(text, start, sentence.end), directory)
    known = len(parties) == 1 and parties[0].certainty is Certainty.DIRECTORY
    return parties if known else ()


@dataclass(frozen=True)
class Heading:
    """Those a heading tells to act, who works with them, and its day, if it names one."""

    lead: tuple[Party, ...]
    coordinating: tuple[Party, ...] = ()
    deadline: Deadline | None = None


@dataclass
class Headings:
    """The headings that hold at a place of a text; `collective` are those a whole list is addressed to."""

    collective: Heading | None = None
    _open: dict[int, Heading] = field(default_factory=dict)
    _deadlines: dict[int, Deadline] = field(default_factory=dict)
    #: Depth of the point last entered, and of the one in which a heading without a number stands.
    _point: int = 0
    _plain_in: int = 0

    @property
    def nearest(self) -> Heading | None:
        """The innermost heading that names somebody."""
        return self._open[max(self._open)] if self._open else None

    def enter(self, depth: int) -> None:
        """A numbered line ends what was headed at its depth or below, and a heading without number in such a point."""
        self._open = {own: heading for own, heading in self._open.items() if own < depth}
        self._deadlines = {own: day for own, day in self._deadlines.items() if own < depth}
        if 0 < depth <= self._plain_in:
            self._open.pop(0, None)
            self._deadlines.pop(0, None)
        self._point = depth

    def open(self, depth: int, heading: Heading) -> None:
        """A heading that names somebody."""
        self._open[depth] = heading
        if depth == 0:
            self._plain_in = self._point

    def close(self, depth: int, deadline: Deadline | None) -> None:
        """A heading that names nobody; `deadline` is the day it sets for all below it."""
        self._open.pop(depth, None)
        if deadline is not None:
            self._deadlines[depth] = deadline
            self._plain_in = self._point if depth == 0 else self._plain_in

    def clear(self) -> None:
        """Nothing read so far heads anything."""
        self._open.clear()
        self._deadlines.clear()

    def above(self, depth: int) -> bool:
        """Does a heading hold above a line of that depth?"""
        return any(own < depth for own in self._open)

    def deadline_of(self, depth: int) -> Deadline | None:
        """The day that a heading above a line of that depth sets for everything below it."""
        above = [own for own in self._deadlines if own < depth]
        return self._deadlines[max(above)] if above else None


def ends_with_deadline(said: str) -> bool:
    """Does a heading say that what it lists is to be finished by a day ("… hoàn thành trong tháng 7/2026, gồm:")?"""
    return said.rstrip().endswith(":") and _FINISHED_BY.match(said) is not None
