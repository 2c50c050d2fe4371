"""Who does it, said behind the act: in fields of its own or in brackets.

In: a line, or the end of an act. Out: the lead and those coordinating, and where the brackets begin.

| said | read as |
|---|---|
| Đơn vị chủ trì: Phòng An toàn đập. | lead Phòng An toàn đập |
| Đơn vị phối hợp: Trung tâm Dữ liệu; thời hạn: 30/6. | coordinating Trung tâm Dữ liệu |
| Hoàn thiện dự thảo (Cục Công nghệ số chủ trì, Văn phòng Bộ phối hợp). | lead and coordinating |
| Sửa chữa trạm bơm (giao Phòng Kinh tế). | lead Phòng Kinh tế |
| Khảo sát thực trạng (Cục A chủ trì; Vụ B phối hợp), báo cáo Bộ trưởng. | lead Cục A, coordinating Vụ B |
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from minutes.language.body_words import HEADS
from minutes.language.directory import Directory
from minutes.language.parties import Certainty, Party
from minutes.language.scanning import Cursor, words_pattern
from minutes.language.text import capitalised
from minutes.language.units import read_parties

_WHO = r"(?:(?:các\s+)?(?:đơn\s+vị|cơ\s+quan|bộ\s+phận|người|phòng|ban)\s+)?"
_LEAD = re.compile(
    rf"{_WHO}(?:chịu\s+trách\s+nhiệm\s+)?(?:chủ\s+trì|thực\s+hiện|đầu\s+mối|phụ\s+trách|được\s+(?:phân\s+công|giao)|"
    r"chịu\s+trách\s+nhiệm|phân\s+công|trách\s+nhiệm)(?:\s+(?:thực\s+hiện|chính|tham\s+mưu|triển\s+khai))?\s*:\s*",
    re.IGNORECASE,
)
_WITH = re.compile(rf"{_WHO}(?:cùng\s+)?phối\s+hợp(?:\s+(?:thực\s+hiện|triển\s+khai))?\s*:\s*", re.IGNORECASE)
_OTHER = re.compile(
    r"(?:thời\s+(?:hạn|gian)|hạn|tiến\s+độ|kết\s+quả|sản\s+phẩm|kinh\s+phí|ghi\s+chú)(?:\s+\w+){0,4}\s*:\s*",
    re.IGNORECASE,
)
_NEXT = re.compile(r"\s*[;.,–-]\s*")
# At the end, or with nothing but the time behind it.
_BRACKETS = re.compile(
    r"\s*\((?P<inside>[^()]{4,220})\)(?:[\s.;,]*$|(?=\s*[,;]?\s*(?:thời\s+(?:gian|hạn)|hoàn\s+thành|xong|trước|trong|từ\s+ngày)\s[^()]*$))",
    re.IGNORECASE,
)
# "Khảo sát thực trạng (Cục A chủ trì; Vụ B phối hợp), báo cáo …": within an act.
DOERS_WITHIN = re.compile(
    r"\((?P<inside>[^()]{4,160}\s(?:chủ\s+trì|phối\s+hợp)(?:\s+thực\s+hiện)?\s*)\)", re.IGNORECASE
)
# A comma parts two bodies where the next begins with a head; else it stands inside a name.
_FIELD_ENDS = re.compile(r"[;.]")
_BODY = re.compile(words_pattern(HEADS))
_BETWEEN_NAMES = re.compile(rf",\s*(?={words_pattern(HEADS)})")
_GIVEN = re.compile(r"(?:giao(?:\s+cho)?|do|phân\s+công|đ/c|đồng\s+chí)\s+", re.IGNORECASE)
_DOES = re.compile(
    r"\s*(?:(?:là\s+|làm\s+)?(?:(?:đơn\s+vị|cơ\s+quan)\s+)?(?:(?:đồng\s+)?chủ\s+trì|đầu\s+mối|phụ\s+trách|thực\s+hiện|chịu\s+trách\s+nhiệm|"
    r"tham\s+mưu|triển\s+khai)(?:\s+(?:thực\s+hiện|tham\s+mưu|triển\s+khai))?)(?!\w)",
    re.IGNORECASE,
)
# Nothing behind the names, or the time: "(Bộ Tài chính; quý IV/2026)".
_ALONE = re.compile(
    r"[\s.;,]*$|\s*[;,]\s*(?:(?:trong|trước|xong|hoàn\s+thành|thời\s+(?:hạn|gian)|hạn|quý|tháng|năm|tuần|ngày|định\s+kỳ|"
    r"thường\s+xuyên|chậm\s+nhất|h[àằ]ng)(?!\w)|\d)",
    re.IGNORECASE,
)
_HELPS = re.compile(r"\s*(?:cùng\s+)?phối\s+hợp(?:\s+thực\s+hiện)?(?!\w)", re.IGNORECASE)
_HELPED_BY = re.compile(r"\s*[,;]?\s*phối\s+hợp(?:\s+(?:cùng|với))+\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Doers:
    """Who leads and who coordinates; `start` is where the words begin that say so."""

    lead: tuple[Party, ...]
    coordinating: tuple[Party, ...]
    start: int


def doers_of_line(text: str, start: int, end: int, directory: Directory) -> Doers | None:
    """A line that is nothing but fields; None if something else stands there too."""
    lead: tuple[Party, ...] = ()
    others: tuple[Party, ...] = ()
    place = start
    while place < end:
        for pattern in (_LEAD, _WITH, _OTHER):
            label = pattern.match(text, place, end)
            if label is not None:
                break
        else:
            return None
        if pattern is _OTHER:
            break
        cursor = Cursor(text, label.end(), end)
        named = read_parties(cursor, directory, expected=True)
        if not named and not _BODY.match(text, label.end(), end):
            return None
        if not named or not _field_is_over(text, cursor.position, end):
            named = _as_said(cursor, label.end(), end)
        lead, others = (named, others) if pattern is _LEAD else (lead, named)
        gap = _NEXT.match(text, cursor.position, end)
        if gap is None and cursor.position < end:
            return None
        place = gap.end() if gap else end
    return Doers(lead, others, start) if lead or others else None


def _field_is_over(text: str, position: int, end: int) -> bool:
    """At the end, or at a mark with another label behind it; a bare comma may stand inside a name."""
    gap = _NEXT.match(text, position, end)
    if gap is None or "," not in gap.group(0):
        return gap is not None or position >= end
    return any(pattern.match(text, gap.end(), end) for pattern in (_LEAD, _WITH, _OTHER))


def _as_said(cursor: Cursor, start: int, end: int) -> tuple[Party, ...]:
    """What no grammar reads whole stays as it is written, up to the next field."""
    stop = _FIELD_ENDS.search(cursor.text, start, end)
    cursor.position = stop.start() if stop else end
    said = " ".join(cursor.text[start : cursor.position].split())
    names = (capitalised(name.strip(" ,")) for name in _BETWEEN_NAMES.split(said))
    return tuple(Party((name,), name, start, cursor.position, Certainty.SAID) for name in names if name)


def doers_in_brackets(text: str, start: int, end: int, directory: Directory) -> Doers | None:
    """The brackets at the end of an act, if they name who does it or helps."""
    match = _BRACKETS.search(text, start, end) or DOERS_WITHIN.search(text, start, end)
    if match is None:
        return None
    lead: tuple[Party, ...] = ()
    others: tuple[Party, ...] = ()
    for named, helps in _bracket_parts(text, match.start("inside"), match.end("inside"), directory):
        lead, others = (lead, (*others, *named)) if helps else ((*lead, *named), others)
    cut = match.start() if match.re is _BRACKETS else end
    return Doers(lead, others, cut) if lead or others else None


def _bracket_parts(text: str, start: int, end: int, directory: Directory) -> Iterator[tuple[tuple[Party, ...], bool]]:
    """Parties and whether they only help, part by part; the rest of the brackets may be a deadline."""
    place = start
    while place < end:
        given = _GIVEN.match(text, place, end)
        label = _LEAD.match(text, place, end) or _WITH.match(text, place, end)
        cursor = Cursor(text, (label or given).end() if label or given else place, end)  # type: ignore[union-attr]
        named = read_parties(cursor, directory, expected=bool(label or given))
        if not named:
            return
        helps = label is not None and _WITH.match(text, place, end) is not None
        does, joins = cursor.take_pattern(_DOES), None
        if does is None:
            joins = cursor.take_pattern(_HELPS)
        alone = _ALONE.match(text, cursor.position, end) is not None
        told = does or joins or label or given or alone
        if not told:
            return
        yield named, helps or joins is not None
        if (helped := cursor.take_pattern(_HELPED_BY)) is not None and helped.group(0):
            yield read_parties(cursor, directory), True
        gap = _NEXT.match(text, cursor.position, end)
        if gap is None:
            return
        place = gap.end()
