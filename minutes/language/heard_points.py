"""Where a point of the conclusions begins in text of which the marks and the words that count were not heard well.

In: doubtful text of one who concludes, where its segments end, the units. Out: the places at which a unit begins to be
told something new, though no full stop was heard before it, and the text with names of units in capitals.

| heard | a point begins at |
|---|---|
| … hoàn thành trong tháng 4 / vốn la, hiếu cầu Học viện … xây dựng … | vốn la |
| … thu đủ phiếu trước ngày 25 tháng 11 Trung tâm Tin học khóa sổ … | Trung tâm Tin học |
| giao vụ kế hoạch tài chính chủ trì … | (Vụ Kế hoạch tài chính) |
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from core.vietnamese.cardinals import DIGITS
from minutes.language.body_words import FIELDS
from minutes.language.collectives import read_collective
from minutes.language.coordination import acts
from minutes.language.deadline_values import Today
from minutes.language.deadlines import find_deadlines
from minutes.language.directory import Directory
from minutes.language.hearing import sound
from minutes.language.procedure import SPOKEN_CONCLUSION
from minutes.language.public_bodies import ROOM_FIELDS
from minutes.language.scanning import Cursor, phrases
from minutes.language.text import WORD, Replacement, Text

#: In front of a new point stand at least so many words of the one before it.
_FEWEST_WORDS_BEFORE = 3
#: Words of a segment that may stand before the unit: "hai là, giao Vụ …".
_WORDS_BEFORE = 5
#: Behind these a unit is not the one told, and a segment that ends with one goes on in the next.
_LEADS_ON = frozenset(
    phrases(
        """
        và | với | cùng | gửi | cho | của | về | tại | ở | bởi | do | từ | như | theo | là | có | sang | đến |
        thuộc | bên | phía | giữa | báo | cáo | trình | mời | xin | cảm | ơn | nghe | thưa | hợp | giao | cầu |
        nghị | công | nhắc | đạo | trưởng | đốc | tịch | thư | viên | chí | để | qua | tới | gồm | vụ | trực
        """
    )
)
_SOUNDS_LEADING_ON = frozenset(sound(word) for word in _LEADS_ON)
_TOGETHER = frozenset({"hợp", "với", "cùng"})
_NEAR_WORDS = 3
_TOLD = re.compile(r"\s*,?\s*(?:chủ trì|phối hợp|có trách nhiệm|phải|cần|sẽ|thì)(?!\w)", re.IGNORECASE)
_DAY_STARTS = re.compile(r"\s*,?\s*(?:thì\s+|còn\s+|riêng\s+|giao\s+|yêu cầu\s+|đề nghị\s+)?", re.IGNORECASE)
_ORDER = re.compile(r"(?<!\w)(?:giao|yêu cầu|đề nghị|phân công)(?:\s+cho)?\s+", re.IGNORECASE)
_NO_ORDER_BEHIND = frozenset(
    phrases(
        """
        được | đã | việc | bị | theo | như | do | mới | vụ | tiêu | có | tôi | và | xin | đồng | thời | cũng | ý |
        là | nhất | một | hai | ba | tư | bốn | năm | sáu | bảy | tám | chín | mười | chí
        """
    )
)
_COUNTED = re.compile(r"^\W*(?:(?:\w{1,5}\s+l[àa]|thứ\s+\w{1,5})(?!\w)|\w{1,5}\s*,)\W*", re.IGNORECASE)
_STOP = re.compile(r"[.!?]\s+(?=[^\W\d_])")
_GAP = r"[\s,–-]+"


def _field(name: str) -> str:
    return _GAP.join(re.escape(word) for word in WORD.findall(name))


_LOWER_NAME = re.compile(
    r"(?<!\w)(?<!văn )(?P<head>vụ|cục|sở|phòng|khoa)\s+(?P<field>"
    + "|".join(
        sorted(
            (_field(name) for name in (*FIELDS, *ROOM_FIELDS) if not acts(name, 0, len(name))), key=len, reverse=True
        )
    )
    + r")(?!\w)",
    re.IGNORECASE,
)
_LOWER_OFFICE = re.compile(
    r"(?:(?<=là )|(?<=là, )|(?<=giao )|(?<=yêu cầu )|(?<=nhất )|(?<=nhất, )|(?<=hai )|(?<=hai, )|(?<=ba )|(?<=ba, )|"
    r"(?<=tư )|(?<=tư, )|(?<=năm )|(?<=năm, )|^)(?:văn phòng|thanh tra)(?=\s)"
)


def named_in_capitals(text: Text) -> Text:
    """ "vụ kế hoạch tài chính" with the capitals of a name, so that the grammar of names reads it."""
    changes = {}
    for match in _LOWER_NAME.finditer(text.value):
        for group in ("head", "field"):
            start = match.start(group)
            changes[start] = Replacement(start, start + 1, text.value[start].upper())
    for match in _LOWER_OFFICE.finditer(text.value):
        changes[match.start()] = Replacement(match.start(), match.start() + 1, match.group(0)[0].upper())
    return text.replaced(changes.values())


def points_heard(value: str, breaks: Sequence[int], directory: Directory, today: Today) -> tuple[int, ...]:
    """Places where a unit begins to be told something without a full stop before it."""
    places = {
        *_behind_pauses(value, breaks, directory),
        *_behind_days(value, directory, today),
        *_behind_stops(value, directory),
        *_at_orders(value, directory),
        *_in_mid_sentence(value, directory),
    }
    return tuple(sorted(places))


def _behind_pauses(value: str, breaks: Sequence[int], directory: Directory) -> Iterator[int]:
    for place in breaks:
        if _word_before(value, place) in _LEADS_ON:
            continue
        for word in islice(WORD.finditer(value, place), _WORDS_BEFORE):
            if _is_told(value, word.start(), directory):
                yield place
                break
            if word.group(0).lower() in _LEADS_ON - {"là", "giao", "cầu", "nghị"}:
                break


def _behind_days(value: str, directory: Directory, today: Today) -> Iterator[int]:
    """ "… trước ngày 25 tháng 11 Trung tâm Tin học khóa sổ"; a day in front of all belongs to what follows it."""
    for hit in find_deadlines(value, today):
        gap = _DAY_STARTS.match(value, hit.end)
        start = gap.end() if gap else hit.end
        begun = _has_words_before(value, hit.start)
        if start < len(value) and begun and (_is_told(value, start, directory) or _is_named(value, start, directory)):
            yield hit.end


def _behind_stops(value: str, directory: Directory) -> Iterator[int]:
    """ "… tuần tới. các đơn vị cập nhật": a stop is one, though small letters follow."""
    return (match.end() for match in _STOP.finditer(value) if _is_told(value, match.end(), directory))


def _at_orders(value: str, directory: Directory) -> Iterator[int]:
    """ "… về việc phân luồng giao Công an tỉnh xây dựng …"."""
    for match in _ORDER.finditer(value):
        before = _word_before(value, match.start())
        if before in _NO_ORDER_BEHIND or not _has_words_before(value, match.start()):
            continue
        if _is_told(value, match.end(), directory):
            yield match.start()


def _in_mid_sentence(value: str, directory: Directory) -> Iterator[int]:
    """A unit in capitals right behind words that lead to nobody: "… lên hệ thống Văn phòng Bộ ra thông báo …"; and
    whoever is named behind "tôi kết luận mấy việc"."""
    for word in WORD.finditer(value):
        joined = word.start() and value[word.start() - 1] == " " and value[word.start() - 2].islower()
        led_to = _led_to(value, word.start()) or not _has_words_before(value, word.start())
        if (
            word.group(0)[0].isupper()
            and joined
            and not led_to
            and _is_told(value, word.start(), directory, whole=True)
        ):
            yield word.start()
    for opening in SPOKEN_CONCLUSION.finditer(value):
        for word in islice(WORD.finditer(value, opening.end()), _WORDS_BEFORE):
            if word.group(0)[0].isupper() and _is_named(value, word.start(), directory):
                yield word.start()
                break


def _led_to(value: str, place: int) -> bool:
    """Do the words before lead to whoever is named here, however well they were heard ("phối hợp với ích …")?"""
    before = WORD.findall(value[max(0, place - 40) : place].lower())[-_NEAR_WORDS:]
    return bool(before) and (
        before[-1] in DIGITS or sound(before[-1]) in _SOUNDS_LEADING_ON or any(word in _TOGETHER for word in before)
    )


def _word_before(value: str, place: int) -> str:
    before = WORD.findall(value[max(0, place - 20) : place].lower())
    return before[-1] if before else ""


def _has_words_before(value: str, place: int) -> bool:
    """Do some words of the same sentence stand before?"""
    sentence = re.split(r"[.;:!?]\s", value[max(0, place - 120) : place])[-1]
    return len(WORD.findall(_COUNTED.sub("", sentence))) >= _FEWEST_WORDS_BEFORE


def _is_named(value: str, start: int, directory: Directory) -> bool:
    """Does the whole name of a unit stand here, and more behind it in small letters?"""
    hit = directory.unit_at(value, start)
    return hit is not None and not hit.shortened and value[hit.end : hit.end + 2].strip()[:1].islower()


def _is_told(value: str, start: int, directory: Directory, *, whole: bool = False) -> bool:
    """Does a unit or a collective stand here, and right behind it what it is to do?"""
    hit = directory.unit_at(value, start)
    cursor = Cursor(value, start)
    if hit is not None and not (whole and hit.shortened):
        end = hit.end
    elif value[start : start + 3].lower() == "các" and read_collective(cursor) is not None:
        end = cursor.position
    else:
        return False
    return _TOLD.match(value, end) is not None or acts(value, end, len(value))
