"""A deadline that the chair moves after giving it: "Được, đồng ý lùi đến ngày 14 tháng 5".

In: the items so far, the sentence that moves one, what was asked just before. Out: the items with one deadline
changed and the sentence
added to its evidence; if it is not clear which is meant, nothing changes and there is a question.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.vietnamese.cardinals import DIGITS
from minutes.drafting.extraction import ExtractedItem
from minutes.language.deadline_values import Deadline, Today
from minutes.language.deadlines import find_deadlines
from minutes.language.text import UPPER, Span, key

_AGREES = r"(?:được|đồng ý|nhất trí|thống nhất|chấp nhận|chấp thuận|cho phép|ok|thôi được|tôi đồng ý)"
_MOVES = re.compile(
    rf"(?<!\w)(?:{_AGREES}[^.;]{{0,40}}?(?:lùi|gia hạn|kéo dài|dời|chuyển|điều chỉnh|rút ngắn|sửa|thêm|"
    # "đồng ý cho Sở Nội vụ đến ngày 14"; not "đồng ý cho chạy song song đến hết tháng 9".
    rf"cho(?=\s+(?:đến|tới|các|đồng chí|anh|chị|em|đơn vị|(?-i:[{UPPER}]))))|"
    rf"(?:lùi|gia hạn|dời|điều chỉnh)\s+(?:thời hạn|mốc|hạn|lại)?)[^.;]{{0,60}}?(?:đến|tới|sang|thành|còn|"
    rf"xuống|lại)\s+(?:hết\s+)?(?:ngày|tháng|\d|thứ|tuần|cuối)",
    re.IGNORECASE,
)
_TO = re.compile(
    r"(?<!\w)(?:đến|tới|sang|thành|còn|xuống|lại)\s+(?=(?:hết\s+)?(?:ngày|tháng|\d|thứ|tuần|cuối))", re.IGNORECASE
)
_WHICH = re.compile(
    r"(?<!\w)(?:việc|nhiệm vụ|nội dung|mục|điểm|ý)\s+(?:thứ\s+)?(?P<number>\d+|"
    + "|".join([*DIGITS, "nhất"])
    + r")(?!\w)",
    re.IGNORECASE,
)
_DAY = re.compile(r"(?:mốc\s+)?ngày\s+(?P<day>\d{1,2})(?!\s*giờ)", re.IGNORECASE)
# "trình tôi trước ngày 15/5, không phải ngày 20 nữa".
_NOT_THAT = re.compile(r",\s*(?:chứ\s+)?không\s+phải\s+(?:là\s+)?ngày\s+\d{1,2}(?!\d)", re.IGNORECASE)
UNCLEAR = "Người chủ trì đổi thời hạn (“{said}”) nhưng chưa rõ của nhiệm vụ nào."


@dataclass(frozen=True)
class Request:
    """What a participant said just before the chair: the words, and the unit speaking."""

    said: str
    unit: str


def is_amendment(said: str) -> bool:
    """Does the sentence move a deadline?"""
    return _MOVES.search(said) is not None or _NOT_THAT.search(said) is not None


def amend(
    items: Sequence[ExtractedItem], said: str, span: Span, request: Request | None, today: Today
) -> tuple[list[ExtractedItem], str | None]:
    """Move the deadline of the one item meant."""
    changed = list(items)
    moved, instead = _TO.search(said), _NOT_THAT.search(said)
    if instead is not None:
        found = find_deadlines(said[: instead.start()], today)
    else:
        found = find_deadlines(f"đến {said[moved.end() :]}", today) if moved else ()
    target = _target(items, said, request)
    if target is None or not found:
        return changed, UNCLEAR.format(said=said.strip())
    hit = found[-1]
    item = changed[target]
    raw = hit.deadline.raw
    questions = (*item.questions, *((hit.question,) if hit.question else ()))
    deadline = Deadline(raw, hit.deadline.iso, hit.deadline.kind, hit.deadline.rrule)
    changed[target] = replace(item, deadline=deadline, evidence=(*item.evidence, span), questions=questions)
    return changed, None


def _target(items: Sequence[ExtractedItem], said: str, request: Request | None) -> int | None:
    """The item named by its number, else the one whose day is mentioned, else the one of the unit that asked, else
    the only one."""
    numbered = _WHICH.search(said)
    if numbered:
        word = numbered["number"].lower()
        index = (int(word) if word.isdigit() else DIGITS.get(word, 1)) - 1
        return index if 0 <= index < len(items) else None
    dated = [
        index
        for index, item in enumerate(items)
        if item.deadline is not None and item.deadline.iso and item.deadline.kind != "start"
    ]
    words = f"{_before_new_day(request.said) if request else ''} {_before_new_day(said)}"
    days = {int(match["day"]) for match in _DAY.finditer(words)}
    by_day = [index for index in dated if _day_of(items[index]) in days]
    asking = key(request.unit) if request else ""
    by_unit = [
        index
        for index in dated
        if asking and any(key(name) == asking or key(name) in asking for name in items[index].lead)
    ]
    for fitting in ([i for i in by_day if i in by_unit], by_day, by_unit, dated):
        if len(fitting) == 1:
            return fitting[0]
    return None


def _before_new_day(said: str) -> str:
    """What is said before the day asked for or granted: only there can the old one be named, or behind "không phải"."""
    if (instead := _NOT_THAT.search(said)) is not None:
        return instead.group(0)
    moved = _TO.search(said)
    return said[: moved.start()] if moved else said


def _day_of(item: ExtractedItem) -> int | None:
    iso = item.deadline.iso if item.deadline else None
    return int(iso[8:10]) if iso else None
