"""Lines, numbering and sentences of a written notice or of one speaker's words.

In: text. Out: sentences with their place, the number or dash they stand under and how deep that is. "Một là", "Thứ
nhất" and a bare "Hai,"
count as numbers, as they do when spoken; so do "I.", "1.", "1.1", "a)", "-", "+".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from core.vietnamese.cardinals import DIGITS
from minutes.language.inline_points import BULLET_DEPTH, bullet_depths, bullet_kind, inline_points
from minutes.language.text import UPPER, WORD

_MARKERS: tuple[tuple[re.Pattern[str], int], ...] = (
    (
        re.compile(
            r"(?:(?:Phần|PHẦN|Mục|MỤC)\s+)?[IVX]{1,5}\s*[.)/-]\s+(?=\S)|(?:Phần|PHẦN)\s+(?:thứ\s+\w+|[IVX]+)\s*[.:]?\s*"
        ),
        1,
    ),
    (re.compile(r"\d{1,2}\.\d{1,2}(?:\.\d{1,2})?\s*[.)–-]?\s+(?=\D)"), 3),
    (re.compile(r"(?:Nhiệm vụ|NHIỆM VỤ|Nội dung|Công việc)\s+\d{1,2}\s*[.:]\s+(?=\S)"), 3),
    (re.compile(rf"\(?\d{{1,2}}\s*[.)](?!\d)\s*(?=\D)|Câu\s+\d+\s*[.:]\s*|\d{{1,2}}\s*[/-]\s+(?=[{UPPER}])"), 2),
    (re.compile(r"\((?:i{1,3}|iv|vi{0,3}|ix|x)\)\s*"), 4),
    (re.compile(r"\(?[a-zđ]\s*\)\s*"), 4),
    (re.compile(r"[-–—•*●▪·]\s*(?=\S)"), 5),
    (re.compile(r"\+\s*(?=\S)"), 6),
)
_ORDINALS = {**DIGITS, "đầu tiên": 1, "mười": 10, "nhất": 1, "nhứt": 1}
_ORDINAL_WORDS = "|".join(word for word in _ORDINALS if word not in {"không"})
# "thứ hai" followed by no comma is Monday as easily as second.
_MATTER = r"(?:việc|chuyện|nhóm(?:\s+việc)?|vấn\s+đề|nội\s+dung|nhiệm\s+vụ|điểm|mục)"
SPOKEN_MARKER = re.compile(
    rf"(?<!\w)(?:(?P<one>(?!nhất)(?:{_ORDINAL_WORDS}))\s+là\s*[,:]?|(?:{_MATTER}\s+)?(?:"
    rf"thứ\s+(?P<two>{_ORDINAL_WORDS})\s*(?:,|:|là\s*,?)|thứ\s+(?P<four>nhất|nhứt)(?!\w)(?:\s+là)?\s*,?|"
    r"thứ\s+(?P<five>[2-9])\s*[,:])|"
    rf"{_MATTER}\s+(?:thứ\s+)?(?P<three>{_ORDINAL_WORDS}|[2-9](?=\s+là(?!\w)))\s*(?:,|:|là\s*,?))\s*",
    re.IGNORECASE,
)
# "Thứ nhất Phòng Kế hoạch …" whose comma was not heard; Monday is written "thứ Hai".
_CAPITAL_ORDINAL = re.compile(
    rf"(?<!\w)Thứ\s+(?P<two>{_ORDINAL_WORDS}|[2-9])\s+(?:là\s+)?(?P<one>(?!))?(?P<three>(?!))?(?P<four>(?!))?"
    r"(?P<five>(?!))?(?=\w)"
)
# Where a voice paused, "ây là giao …" and "một Phòng Kế hoạch …" are points whose number was not heard well.
_HEARD_POINT = re.compile(
    rf"\W*(?:[^\W\d_]{{1,5}}\s+l[àa]\s*,?\s*(?=(?i:giao|yêu cầu|đề nghị|các)\s|[{UPPER}])|"
    r"(?!(?i:đó|đây|tức|nghĩa|hay|cũng|thì|chỉ|vẫn|mà|nhất)\s)[^\W\d_]{1,5}\s+l[àa]\s*,\s*|"
    rf"(?i:một|hai|ba|bốn|năm|sáu|bảy)(?:\s*,\s+|\s+(?=[{UPPER}])))"
)
_HEARD_ORDER = re.compile(r"\W*(?:giao|yêu cầu|đề nghị)\s", re.IGNORECASE)
_OPENING_WORD = re.compile(
    r"(?<=\w\s)(?:Về|Giao|Yêu cầu|Đề nghị|Riêng|Đối với|Các đơn vị|Tôi|Thứ nhất|Ngoài ra|"
    r"Đồng thời|Còn|Cảm ơn|Các|Tất cả|Tuyệt đối|Không được|Nghiêm cấm|Từ nay|Việc|Kinh phí|Ai|Hết|Thôi|Như vậy|"
    r"Sang|Rồi|Nhưng|Nên|Cho nên|Bây giờ|Chuyện|Cái|Mấy|Chỗ|Trước hết|Nhân đây|Nhân tiện|Cuối cùng|Tiếp theo|Trong|Ở|"
    r"Để|Nếu|Bên|Cứ|Toàn thể|Hiệu trưởng các|Trưởng các|Thủ trưởng)(?=\s)|(?<=\w\s)(?:Anh|Chị|Chú|Cô|Bác|Thầy)(?=\s+"
    rf"[{UPPER}])"
)
_BARE_NUMBER = re.compile(rf"(?P<word>{_ORDINAL_WORDS})\s*,\s*", re.IGNORECASE)
# "… Trường quốc tế.Theo đó, …": the space lost behind a full stop.
_ENDING = re.compile(
    r"(?:[.!?…]|\./\.)+(?=[\s”\"')]+|$|(?<=\w\w\.)(?:Theo|Tại|Đồng thời|Ngoài ra|Bên cạnh|Cùng với|Trong|Về|Để|Các|"
    r"Riêng|Cụ thể|Đặc biệt|Trước|Sau)\s)"
)
_ABBREVIATION = re.compile(r"(?<!\w)(?:TP|Tp|ThS|TS|PGS|GS|BS|KS|v\.v|VD|KT|TL|TM|Q|TX|TT|P|Đ|đ/c|No|St)\.$")
_LOWER_START = re.compile(rf"\s*(?![{UPPER}])[^\W\d_]")
# "kể cả thứ bảy, chủ nhật", "vào tối thứ sáu, thứ bảy": days of the week, no points.
_WEEKDAYS = re.compile(r"thứ\s+\w+\s*,\s*(?:và\s+)?(?:thứ\s+\w+|chủ\s+nhật)(?!\w)", re.IGNORECASE)
_WEEKDAY_BEFORE = re.compile(
    r"(?<!\w)(?:thứ\s+\w+,|các|cả|tối|sáng|chiều|mỗi|cứ|vào|đến|tới|hết|trước|từ)\s+$", re.IGNORECASE
)
SPOKEN_DEPTH = 2
#: Below every bullet.
INLINE_DEPTH = 10
#: Nobody writes longer ones; text without any mark is read in such pieces (characters), so that time stays linear.
LONGEST_SENTENCE = 1500
_FEWEST_MARKS_PER_WORD = 1 / 45


@dataclass(frozen=True)
class Sentence:
    """Characters `start` to `end` of the text, behind its number; `depth` 0 means that nothing numbers it.

    `opens` is True for the first sentence of a line or of a spoken number; `number` is the spoken or written number
    if it has one.
    """

    start: int
    end: int
    depth: int
    opens: bool
    number: int | None = None


def sentences_of_lines(value: str) -> tuple[Sentence, ...]:
    """Sentences of a written text, line by line; lines broken in mid-sentence are read as one."""
    found: list[Sentence] = []
    lines = tuple(_lines(value))
    depths = bullet_depths(value, lines)
    for begin, end in lines:
        start, depth, number = _marker(value, begin, end)
        depth = depths.get(bullet_kind(value, begin, end) or "", depth) if depth >= BULLET_DEPTH else depth
        spoken = SPOKEN_MARKER.match(value, start, end)
        if spoken and depth == 0:
            start, depth, number = spoken.end(), SPOKEN_DEPTH, ordinal(spoken)
        found.extend(_with_inline_points(value, start, end, depth, number))
    return tuple(_below_heading(value, found))


def _below_heading(value: str, sentences: list[Sentence]) -> Iterator[Sentence]:
    """ "1. Giao Bộ Y tế:" and below it "1. …", "2. …" with the same marks: a list whose steps were lost on the way.

    It goes on while its numbers do; a line that opens a further list, or counts from one again, stands beside the
    heading.
    """
    heading: Sentence | None = None
    last = 0
    for sentence in sentences:
        if sentence.opens and sentence.number is not None:
            if value[sentence.start : sentence.end].endswith(":"):
                heading, last = sentence, 0
            elif heading is not None and sentence.depth == heading.depth and sentence.number == last + 1:
                last += 1
            elif heading is not None and sentence.depth <= heading.depth:
                heading, last = None, 0
        elif sentence.opens and not sentence.depth:
            heading, last = None, 0
        below = heading is not None and last > 0 and sentence.depth == heading.depth
        yield replace(sentence, depth=sentence.depth + 1) if below else sentence


def _with_inline_points(value: str, start: int, end: int, depth: int, number: int | None) -> Iterator[Sentence]:
    """ "Phòng Kế hoạch thực hiện: (1) Rà soát …; (2) Lập …": the points as lines below what opens them."""
    points = inline_points(value, start, end)
    yield from _sentences(value, start, points[0][0] if points else end, depth, number)
    stops = [*(before for before, _begin in points[1:]), end]
    for (_before, begin), stop in zip(points, stops, strict=False):
        yield from _sentences(value, begin, stop, INLINE_DEPTH, None)


def sentences_of_speech(
    value: str, breaks: tuple[int, ...] = (), *, lost_stops: bool = False, points: tuple[int, ...] = ()
) -> tuple[Sentence, ...]:
    """Sentences of one speaker. `breaks` are the places where a segment ends; they end a sentence only in text
    without punctuation. With `lost_stops` a capital word that opens sentences does so without a full stop before it;
    `points` are other places where one begins."""
    edges = {0, len(value), *points}
    # Behind "Thứ nhất" a capital "Thứ hai" at the start of a sentence is no Monday, even if its comma was not heard.
    counting = lost_stops or re.search(r"(?<!\w)thứ\s+nhất(?!\w)", value, re.IGNORECASE) is not None
    markers = [SPOKEN_MARKER, *([_CAPITAL_ORDINAL] if counting else [])]
    edges.update(
        match.start()
        for pattern in markers
        for match in pattern.finditer(value)
        if _may_start_here(value, match.start())
    )
    if not is_punctuated(value):
        edges.update(breaks)
    if lost_stops:
        edges.update(match.start() for match in _OPENING_WORD.finditer(value))
        edges.update(place for place in breaks if _HEARD_POINT.match(value, place) or _HEARD_ORDER.match(value, place))
    paused = {0, *breaks} if lost_stops else set()
    found: list[Sentence] = []
    ordered = sorted(edges)
    for begin, end in zip(ordered, ordered[1:], strict=False):
        marker = next((hit for pattern in markers if (hit := pattern.match(value, begin, end))), None)
        heard = _HEARD_POINT.match(value, begin, end) if marker is None and begin in paused else None
        start = next((hit.end() for hit in (marker, heard) if hit), begin)
        depth = SPOKEN_DEPTH if marker or heard else 0
        pieces = _sentences(value, start, end, depth, ordinal(marker) if marker else None)
        found.extend(_with_bare_numbers(value, pieces))
    return tuple(found)


def is_punctuated(value: str) -> bool:
    """Does the recogniser that wrote this know full stops and commas?"""
    return len(re.findall(r"[.,;:!?]", value)) >= len(WORD.findall(value)) * _FEWEST_MARKS_PER_WORD


def ordinal(marker: re.Match[str]) -> int | None:
    """The number that a spoken marker gives."""
    groups = ("one", "two", "three", "four", "five")
    word = next((marker[group] for group in groups if marker[group]), "")
    return int(word) if word.isdigit() else _ORDINALS.get(word.lower())


def _lines(value: str) -> Iterator[tuple[int, int]]:
    """Lines with their ends; a line that goes on in small letters or ends without a mark goes together with the
    next."""
    start: int | None = None
    previous = 0
    for match in re.finditer(r"[^\n\r]+", value):
        if not match.group(0).strip():
            continue
        if start is not None and not _continues(value, start, previous, match.start()):
            yield start, previous
            start = None
        if start is None:
            start = match.start()
        previous = match.end()
    if start is not None:
        yield start, previous


def _continues(value: str, start: int, end: int, following: int) -> bool:
    if "\n" in value[end:following].strip(" \r").replace("\r\n", "\n")[1:]:
        return False
    line = value[start:end].rstrip()
    return (
        line[-1:] not in ".:;?!"
        and _LOWER_START.match(value, following) is not None
        and _marker(value, following, following + 12)[1] == 0
    )


def _marker(value: str, start: int, end: int) -> tuple[int, int, int | None]:
    """Behind the number or dash of a line: its place, depth and number."""
    while start < end and value[start] in " \t":
        start += 1
    for pattern, depth in _MARKERS:
        match = pattern.match(value, start, end)
        if match:
            digits = re.search(r"\d+", match.group(0))
            return match.end(), depth, int(digits.group(0)) if digits else None
    return start, 0, None


def _sentences(value: str, start: int, end: int, depth: int, number: int | None) -> Iterator[Sentence]:
    opens = True
    begin = start
    for match in _ENDING.finditer(value, start, end):
        if not _is_end(value, begin, match, end):
            continue
        yield from _sentence(value, begin, match.end(), depth, opens=opens, number=number)
        opens, begin = False, match.end()
    yield from _sentence(value, begin, end, depth, opens=opens, number=number)


def _sentence(value: str, start: int, end: int, depth: int, *, opens: bool, number: int | None) -> Iterator[Sentence]:
    while start < end and value[start].isspace():
        start += 1
    while end > start and value[end - 1].isspace():
        end -= 1
    while end - start > LONGEST_SENTENCE:
        cut = value.rfind(" ", start, start + LONGEST_SENTENCE)
        cut = cut if cut > start else start + LONGEST_SENTENCE
        yield Sentence(start, cut, depth, opens, number)
        start, opens = cut + 1, False
    if WORD.search(value, start, end):
        yield Sentence(start, end, depth, opens, number)


def _is_end(value: str, start: int, match: re.Match[str], end: int) -> bool:
    if match.group(0) == "." and _ABBREVIATION.search(value[start : match.end()]):
        return False
    # "(Trung Đông, châu Phi...), giải quyết …": dots inside a bracket.
    if match.group(0) in {"...", "…"} and value[match.end() : match.end() + 1] == ")":
        return False
    return match.end() >= end or _LOWER_START.match(value, match.end()) is None


def _may_start_here(value: str, position: int) -> bool:
    """ "Hai là" begins a point unless a number word stands right before it ("hai mươi hai là")."""
    if _WEEKDAYS.match(value, position) or _WEEKDAY_BEFORE.search(value, max(0, position - 16), position):
        return False
    before = value[max(0, position - 12) : position]
    words = WORD.findall(before)
    if not words or not before.rstrip().endswith(words[-1]):
        return True
    if words[-1].lower() in {"ngày", "tháng"}:
        return len(words) > 1 and words[-2].lower() in {"hằng", "hàng", "mỗi"}
    return words[-1].lower() not in {"mươi", "trăm", "số", "mười"}


def _with_bare_numbers(value: str, pieces: Iterator[Sentence]) -> Iterator[Sentence]:
    """ "Một, Phòng Kế hoạch … Hai, Trung tâm I …": a number word and a comma at the start of a sentence."""
    number, depth = None, 0
    for sentence in pieces:
        match = _BARE_NUMBER.match(value, sentence.start, sentence.end)
        if match and sentence.depth == 0:
            number, depth = _ORDINALS[match["word"].lower()], SPOKEN_DEPTH
            yield Sentence(match.end(), sentence.end, depth, True, number)
        elif number is not None and sentence.depth == 0:
            yield Sentence(sentence.start, sentence.end, depth, False, number)
        else:
            yield sentence
