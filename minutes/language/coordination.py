"""Working together: who coordinates with the lead, and where the act itself begins.

In: a cursor behind the lead. Out: the coordinating parties of "chủ trì, phối hợp với Y và Z" or "A chủ trì, B phối
hợp",
with the cursor at the act that follows.
"""

import re

from minutes.language import lexicon
from minutes.language.directory import Directory
from minutes.language.parties import Certainty, Party
from minutes.language.scanning import Cursor, words_pattern
from minutes.language.text import UPPER, capitalised
from minutes.language.units import read_parties

_ACTS_AT_ONCE = re.compile(words_pattern((*lexicon.VERBS, *lexicon.PROHIBITING, *lexicon.RESPONSIBLE)), re.IGNORECASE)
_CLOSELY = r"(?:kết\s+hợp(?=\s+(?:với|cùng)\s)|phối\s+hợp(?:\s+(?:chặt\s+chẽ|tốt|thường\s+xuyên|đồng\s+bộ))?)"
_COORDINATE = re.compile(rf"{_CLOSELY}(?:\s+(?:cùng\s+với|cùng|với))?(?!\w)", re.IGNORECASE)
_WITH = re.compile(r"(?:cùng\s+với|cùng)(?!\w)", re.IGNORECASE)
_TAKES_PART = re.compile(r"(?:cùng\s+)?tham\s+gia(?=\s*,)", re.IGNORECASE)
_LED_WITH = re.compile(r"(?:cùng\s+với|cùng|với)(?!\w)", re.IGNORECASE)
# "Sở Y tế cùng với Sở Tài chính hướng dẫn": beside somebody, not "together".
_BESIDE = re.compile(rf"cùng\s+(?:với|các|(?-i:[{UPPER}]))", re.IGNORECASE)
_LEADS = re.compile(
    r"(?:(?:là\s+)?(?:cơ\s+quan\s+|đơn\s+vị\s+)?(?:làm\s+)?(?:(?:đầu\s+mối\s*(?:,|và)?\s*)?chủ\s+trì|đầu\s+mối(?=\s*,?\s*(?:cùng|phối))|thường\s+trực))(?!\w)",
    re.IGNORECASE,
)
_LOCAL = re.compile(r"(?:chính\s+quyền\s+)?địa\s+phương(?!\w)(?!\s*,\s*(?:đơn|cơ|tổ|doanh|người))")
_STRAY = re.compile(rf"\s+[^\W\d_{UPPER}]{{1,5}}\s+(?=[{UPPER}])")
_TIME_FIRST = re.compile(
    r"(?:(?:trước|trong|vào|ngay|chậm|muộn|nhất|là|đến|hết|định|kỳ|hằng|hàng|mỗi|ngày|tháng|quý|năm|tuần|giờ|thứ|sáng|chiều|"
    r"đầu|cuối|giữa|này|tới|sau|nay|mai|một|lần|cứ|của|hai|ba|tư|sáu|bảy|lúc|cuối|và|(?-i:[IVX]{1,3})|[\d/.h-]+)(?!\w)\s*){2,12}"
    r",?\s*(?:thì\s+|phải\s+)?",
    re.IGNORECASE,
)
# "Cục Bổ trợ tư pháp, trong thời hạn 05 ngày làm việc kể từ ngày họp, hoàn thành …": up to its comma.
_TIME_IN_COMMAS = re.compile(
    r"(?:trong\s+(?:thời\s+(?:hạn|gian)|vòng|(?:quý|tháng|tuần|ngày)(?!\w))|(?:chậm|muộn)\s+nhất|trước|định\s+kỳ|h[àằ]ng|"
    r"đến\s+hết|ngay\s+(?:trong|sau)|từ\s+ngày|sau\s+khi)\s[^,;:.]{3,90},\s*",
    re.IGNORECASE,
)
# "Sau một năm thực hiện, …": how long something took, not by when it is to be done.
_AFTER = re.compile(r"sau\s+(?!ngày|khi)\w+\s+(?:năm|tháng|tuần|quý)(?!\w)", re.IGNORECASE)
_HELP_AT_END = re.compile(r"\s+(?:cùng\s+)?phối\s+hợp(?:\s+(?:thực\s+hiện|triển\s+khai))?[\s.;]*$", re.IGNORECASE)
_MARK = re.compile(r"[,;]\s*")
# "ký Quy chế phối hợp với Công an tỉnh": a paper about working together.
_PAPER_ABOUT_IT = re.compile(
    r"(?:quy chế|chương trình|kế hoạch|biên bản|thỏa thuận|quy định|phương án)\s+$", re.IGNORECASE
)
# "chỉ đạo các đơn vị trực thuộc phối hợp với Bộ Công an": those directed work with it.
_OTHERS_WITH = re.compile(
    rf"(?<!\w)(?:chỉ\s+đạo|yêu\s+cầu)\s+(?:các|những|lực\s+lượng|cơ\s+quan|đơn\s+vị|(?-i:[{UPPER}]))[^,;:.]{{2,80}}$",
    re.IGNORECASE,
)
_LATER_COORDINATION = re.compile(rf"{_CLOSELY}\s+(?:cùng\s+với|cùng|với)\s+", re.IGNORECASE)


def later_coordination(text: str, start: int, end: int, directory: Directory) -> tuple[Party, ...]:
    """Parties named behind a later "phối hợp với" inside a predicate."""
    found: list[Party] = []
    for match in _LATER_COORDINATION.finditer(text, start, end):
        if _PAPER_ABOUT_IT.search(text, start, match.start()) or _OTHERS_WITH.search(text, start, match.start()):
            continue
        cursor = Cursor(text, match.end(), end)
        others = read_parties(cursor, directory)
        found.extend((*others, *_local(cursor, alone=False)) if others else ())
    return tuple(found)


def helpers_at_end(text: str, start: int, end: int, directory: Directory) -> tuple[tuple[Party, ...], int] | None:
    """ "…, (các đơn vị:) Vụ Tổ chức cán bộ, Công đoàn phối hợp thực hiện": those who help, and where the words begin
    that say so."""
    tail = _HELP_AT_END.search(text, start, end)
    if tail is None:
        return None
    for mark in _MARK.finditer(text, start, tail.start()):
        cursor = Cursor(text, mark.end(), tail.start())
        helpers = read_parties(cursor, directory)
        if helpers and cursor.at_end() and text[start : mark.start()].strip():
            return helpers, mark.start()
    return None


def only_helps(text: str, start: int, end: int, directory: Directory) -> bool:
    """ "Văn phòng Điều phối phối hợp thực hiện": nothing but who helps with the act before."""
    cursor = Cursor(text, word_place(text, start, end), end)
    return bool(read_parties(cursor, directory)) and _HELP_AT_END.match(text, cursor.position, end) is not None


def read_manner(cursor: Cursor) -> int:
    """Read adverbs ("khẩn trương, chủ động"); returns where they end."""
    while not _sees(cursor, _BESIDE) and cursor.take_any(lexicon.ADVERBS):
        before = cursor.position
        if not (cursor.take_marks(",") and cursor.sees_any((*lexicon.ADVERBS, "chủ trì", "phối hợp"))):
            cursor.position = before
    return cursor.position


def read_coordination(cursor: Cursor, directory: Directory) -> tuple[Party, ...] | None:
    """ "chủ trì, phối hợp với Y [và Z]" or "phối hợp với Y", if a verb follows; None leaves the words in the
    predicate."""
    start = cursor.position
    led = cursor.take_pattern(_LEADS) is not None
    cursor.take_marks(",;")
    cursor.take_any(("và",))
    others = _others_first(cursor, directory) if led else ()
    beside = not led and _sees(cursor, _BESIDE)
    if not others and (
        cursor.take_pattern(_COORDINATE) or ((led or beside) and cursor.take_pattern(_LED_WITH if led else _WITH))
    ):
        others = read_parties(cursor, directory) or _behind_stray_word(cursor, directory)
        others = (*others, *_local(cursor, alone=not others))
        if not others:
            cursor.position = start
            return None
    if not led and not others:
        cursor.position = start
        return None
    cursor.take_marks(":,")
    follows = cursor.at_end() or acts(cursor.text, word_place(cursor.text, cursor.position, cursor.end), cursor.end)
    # Units of the meeting named side by side do together whatever verb a speaker finds.
    known = directory.listed and bool(others) and all(party.certainty is Certainty.DIRECTORY for party in others)
    if not follows and ((beside and not known) or (led and not others)):
        cursor.position = start
        return None
    if others and cursor.at_end() and not led:
        cursor.position = start
        return None
    return others


def _sees(cursor: Cursor, pattern: re.Pattern[str]) -> bool:
    """Does `pattern` come next? Nothing is read."""
    before = cursor.position
    found = cursor.take_pattern(pattern) is not None
    cursor.position = before
    return found


def _local(cursor: Cursor, *, alone: bool) -> tuple[Party, ...]:
    """ "phối hợp với (chủ đầu tư,) địa phương": the place where the work is, as it is called there."""
    before = cursor.position
    if alone or cursor.take_marks(",") or cursor.take("và"):
        place = cursor.take_pattern(_LOCAL)
        if place is not None:
            said = capitalised(" ".join(place.group(0).split()))
            return (Party((said,), place.group(0), place.start(), place.end(), Certainty.COLLECTIVE),)
    cursor.position = before
    return ()


def _behind_stray_word(cursor: Cursor, directory: Directory) -> tuple[Party, ...]:
    """ "phối hợp với ích Trung tâm Thông tin": one word that does not belong there before a unit of the directory."""
    before = cursor.position
    stray = _STRAY.match(cursor.text, cursor.position, cursor.end)
    if stray is not None and directory.listed and directory.unit_at(cursor.text, stray.end(), cursor.end) is not None:
        cursor.position = stray.end()
        return read_parties(cursor, directory)
    cursor.position = before
    return ()


def _others_first(cursor: Cursor, directory: Directory) -> tuple[Party, ...]:
    """ "A chủ trì, B và C phối hợp …"."""
    before = cursor.position
    others = read_parties(cursor, directory)
    if others and (cursor.take_pattern(_COORDINATE) or cursor.take_pattern(_TAKES_PART)):
        return others
    cursor.position = before
    return ()


def acts(text: str, start: int, end: int) -> bool:
    """Does an act begin here: a verb, or an adverb and then anything that is no name?"""
    cursor = Cursor(text, word_place(text, start, end), end)
    if cursor.take_pattern(_ACTS_AT_ONCE) is not None:
        return True
    begin = cursor.position
    return read_manner(cursor) > begin and not cursor.at_end() and not cursor.peek_word()[:1].isupper()


def behind_time(text: str, start: int, end: int) -> int:
    """The place behind a time said before the act: "(Sở Xây dựng) trước ngày 30/6 phải trình"; `start` without one."""
    time = None if _AFTER.match(text, start, end) else _TIME_FIRST.match(text, start, end)
    if time is None and (between := _TIME_IN_COMMAS.match(text, start, end)) and acts(text, between.end(), end):
        return between.end()
    return time.end() if time else start


def word_place(text: str, start: int, end: int) -> int:
    """The first letter or figure at or behind `start`."""
    while start < end and not text[start].isalnum():
        start += 1
    return start


def trimmed(text: str, start: int, end: int) -> int:
    """`end` without the marks and spaces before it."""
    while end > start and (text[end - 1].isspace() or text[end - 1] in ".;,/"):
        end -= 1
    return end
