"""Names of bodies read by their grammar alone, without a directory.

In: a cursor before a name. Out: the name as said. A name is a head ("Bộ", "Trung tâm", "Ủy ban nhân dân tỉnh") and
capitalised words
with the small words that belong to them ("Vụ Tổ chức cán bộ"); it ends before the first verb, adverb or next head.
"""

import re
from collections.abc import Iterator

from minutes.language import lexicon
from minutes.language.body_words import COMMON_BODIES, FIELDS, HEADS, STANDING_ALONE
from minutes.language.name_words import CLOSING, CLOSING_HEADS, NAME_NOUNS
from minutes.language.scanning import Cursor, phrases, words_pattern
from minutes.language.text import UPPER

_HEAD = re.compile(words_pattern(HEADS), re.IGNORECASE)
_COMMON = re.compile(words_pattern(COMMON_BODIES), re.IGNORECASE)
_FIELD = re.compile(words_pattern(FIELDS), re.IGNORECASE)
#: Words no name contains in small letters, whatever stands before them.
_HARD_STOPS = {
    *lexicon.DUTY,
    *lexicon.ADVERBS,
    *lexicon.REPORTING,
    *lexicon.PROHIBITING,
    *lexicon.CONNECTIVES,
    *phrases(
        """
        theo | để | trong | trước | sau | với | cho | các | những | này | khi | nếu | không | từ | đến | cần | như |
        nhằm | do | vào | hiện | chủ quản | liên quan | có liên quan | bên | giao | vì | nói | nêu | trên | căn cứ |
        tại | là | có | và | hoặc | về | đã | sẽ | qua | bằng | cùng | cả | mỗi | hằng | hàng | chủ trì | phối hợp
        """
    ),
}
_STOP_WORDS = {*_HARD_STOPS, *lexicon.VERBS, *lexicon.ASSIGNING}
# A name ending in one of these wants an object, which may look like a verb: "Cục Quản lý đăng ký kinh doanh".
_WANTS_OBJECT = re.compile(
    words_pattern(
        phrases(
            """
            quản lý | kiểm soát | hỗ trợ | xúc tiến | phát triển | phục vụ | điều phối | bảo vệ | hợp tác | cải cách |
            đào tạo | giám định | ứng dụng | nghiên cứu | dịch vụ | giới thiệu | đăng ký | tổ chức | kiểm định |
            phòng, chống | hạ tầng | dự án | đầu tư | tư vấn | khai thác | vận hành
            """
        )
    )
    + r"\s*$",
    re.IGNORECASE,
)
_OBJECTS = re.compile(words_pattern(NAME_NOUNS), re.IGNORECASE)
_COMPOUND = re.compile(
    words_pattern((*(noun for noun in NAME_NOUNS if " " in noun), *(verb for verb in lexicon.VERBS if " " in verb))),
    re.IGNORECASE,
)
_STOP = re.compile(words_pattern(_STOP_WORDS), re.IGNORECASE)
#: What may follow a whole name: a gap and then a verb, an adverb or a small word that no name contains.
ENDS_NAME = re.compile(r"\s+" + words_pattern(_STOP_WORDS), re.IGNORECASE)
_WORD = re.compile(r"\w(?:[\w./&]*\w)?", re.UNICODE)
_SMALL_AFTER_HEAD = frozenset(
    {"tỉnh", "thành", "huyện", "quận", "thị", "xã", "phường", "nhân", "trung", "quốc", "cơ", "bộ", "sở", "đặc", "khu"}
)
_PLACE = re.compile(
    rf"\s*(?:tỉnh|thành phố|TP\.?|Thành phố|huyện|quận|xã|phường|thị xã)(?:\s+[{UPPER}]\w*){{1,4}}|"
    r"(?:tỉnh|thành phố|Thành phố)(?!\w)"
)
# Up to three small words nobody knows belong to the name if an act follows right behind: "Vụ Hàng hải vũ trụ lập …".
_ACT_WORDS = words_pattern((*lexicon.VERBS, *lexicon.DUTY, *lexicon.ADVERBS, "chủ trì"))
_SMALL_STOP = words_pattern(_STOP_WORDS)
_UNKNOWN_NOUN = re.compile(
    rf"(?:(?!{_SMALL_STOP})[^\W\d_{UPPER}]\w*\s+){{0,2}}(?!{_SMALL_STOP})[^\W\d_{UPPER}]\w*(?=\s+{_ACT_WORDS})"
)
_PLACE_NOUN = re.compile(words_pattern((*CLOSING,)) + rf"|(?:TP|Tp|TX|Tx)\.(?=\s?[{UPPER}])")
# "chủ đầu tư dự án Khu đô thị Nà Pản": which one of them.
_OF_PROJECT = re.compile(
    rf"(?:(?:các\s+)?(?:dự án|gói thầu|công trình|hạ tầng)|tuyến)(?:\s+(?!{_SMALL_STOP})[\w.-]+){{0,10}}"
)
# "Vụ Khoa học, Công nghệ và Môi trường": fields in one name, not a list of bodies.
_FIELDS_GO_ON = re.compile(
    rf"\s*(?:[{UPPER}]\w*(?:\s+[^\W\d_{UPPER}]\w*){{0,3}},\s*)*[{UPPER}]\w*(?:\s+[^\W\d_{UPPER}]\w*){{0,3}}\s+và\s+(?=[{UPPER}])"
)


def read_body_name(cursor: Cursor) -> str | None:
    """Read a name if one begins right here with a capital letter (or a small head before a capital: "sở Tài chính")."""
    start = cursor.position
    name = _proper_name(cursor)
    after = cursor.position
    cursor.position = start
    common = cursor.take_pattern(_COMMON)
    if common is not None and cursor.position >= after:
        cursor.take_pattern(_OF_PROJECT)
        return " ".join(cursor.text[common.start() : cursor.position].split())
    cursor.position = after
    return name


def _proper_name(cursor: Cursor) -> str | None:
    """A head and the words behind it; nothing is read if there is no name."""
    start = cursor.position
    head = cursor.take_pattern(_HEAD)
    if head is None or not _is_written_as_name(cursor, head):
        cursor.position = start
        return None
    if not _field(cursor):
        following = cursor.peek_word()
        # "Ban Quản lý dự án …", "Ban Quản lý khu công nghiệp …": what is managed follows in small letters.
        if _may_begin_name(following) or head.group(0).lower().endswith("quản lý"):
            _words_of_name(cursor)
    name = cursor.text[head.start() : cursor.position].strip(" ,-–")
    if name.lower() == head.group(0).lower() and " ".join(name.lower().split()) not in STANDING_ALONE:
        cursor.position = start
        return None
    return " ".join(name.split())


def read_bare_head(cursor: Cursor) -> str | None:
    """Read a head that stands alone for a name said before: "Giao Cục nghiên cứu …"."""
    start = cursor.position
    head = cursor.take_pattern(_HEAD)
    follows = cursor.rest().lstrip()[:1]
    stands_alone = follows.islower() and ENDS_NAME.match(cursor.text, cursor.position) is not None
    if head is None or not head.group(0)[0].isupper() or not stands_alone:
        cursor.position = start
        return None
    return head.group(0)


def read_field(cursor: Cursor) -> str | None:
    """Read the field alone, as in "các Bộ: Tài chính, Nội vụ"; None if no known field comes next."""
    match = cursor.take_pattern(_FIELD)
    return match.group(0) if match else None


def head_places(text: str) -> Iterator[int]:
    """Where heads of names stand, for those who look through a whole text."""
    return (match.start() for match in _HEAD.finditer(text) if match.group(0)[0].isupper())


def starts_with_head(cursor: Cursor) -> bool:
    """Does a head come next?"""
    before = cursor.position
    found = cursor.take_pattern(_HEAD) is not None
    cursor.position = before
    return found


def _starts_head_at(cursor: Cursor, position: int) -> bool:
    return _HEAD.match(cursor.text, position, cursor.end) is not None


def _is_written_as_name(cursor: Cursor, head: re.Match[str]) -> bool:
    if head.group(0)[0].isupper():
        return True
    following = cursor.peek_word()
    return bool(following) and following[0].isupper()


def _may_begin_name(word: str) -> bool:
    """ "Bộ Nội vụ", "Công an tỉnh"; not "Trường hợp", "Ban hành"."""
    return bool(word) and (word[0].isupper() or word[0].isdigit() or word in _SMALL_AFTER_HEAD)


def _field(cursor: Cursor) -> bool:
    before = cursor.position
    match = cursor.take_pattern(_FIELD)
    if match is None or not match.group(0)[0].isupper() or _goes_on_in_capitals(cursor):
        cursor.position = before
        return False
    cursor.take_pattern(_PLACE)
    return True


def _goes_on_in_capitals(cursor: Cursor) -> bool:
    """ "Phòng Kinh tế - Kỹ thuật" is no "Phòng Kinh tế"."""
    before = cursor.position
    hyphen = cursor.take_marks("-–")
    goes_on = hyphen and cursor.peek_word()[:1].isupper() and not starts_with_head(cursor)
    cursor.position = before
    return goes_on


def _words_of_name(cursor: Cursor) -> None:
    """Words as long as they belong to the name; the cursor ends behind the last one.

    A capital begins a compound ("Tổ chức", "Vận tải"), which takes its small syllables; behind a whole compound only
    known nouns go on in small letters. So an unknown verb ends a name rather than joining it.
    """
    last = ""
    complete = proper = False
    seen_capital = False
    while _between_words(cursor, seen_capital):
        word = cursor.peek_word()
        if word[:1].isupper() or word[:1].isdigit():
            after_name = last[:1].isupper() and not last.isupper()
            taken = cursor.take_pattern(_COMPOUND) or cursor.take_pattern(_WORD)
            if taken is None:
                return
            proper = after_name or taken.group(0).isupper() or word[:1].isdigit()
            complete = proper or " " in taken.group(0)
            seen_capital = True
        elif (taken := _small_word(cursor, last, complete=complete, proper=proper)) is None:
            return
        else:
            complete, proper = True, False
        last = taken.group(0).split()[-1]


def _small_word(cursor: Cursor, last: str, *, complete: bool, proper: bool) -> re.Match[str] | None:
    """The next small word or noun phrase of a name; None (nothing read) where the name ends."""
    before = cursor.position
    wants = _WANTS_OBJECT.search(cursor.text, 0, before) is not None
    if last.lower() in CLOSING:
        return None
    place = cursor.take_pattern(_PLACE_NOUN)
    cursor.position = before
    noun = cursor.take_pattern(_OBJECTS)
    if place is not None and (noun is None or len(place.group(0)) >= len(noun.group(0))):
        cursor.position = place.end()
        return place
    cursor.position = before
    if last in CLOSING_HEADS:
        return None
    stop = cursor.take_pattern(_STOP)
    cursor.position = before
    noun = cursor.take_pattern(_OBJECTS)
    if noun is not None and (wants or stop is None or len(noun.group(0)) > len(stop.group(0)) or not complete):
        return noun
    cursor.position = before
    if stop is not None and stop.group(0) not in _HARD_STOPS and _ends_with(cursor, "phòng,"):
        return cursor.take_pattern(_STOP)
    if complete or not last[:1].isupper():
        return cursor.take_pattern(_UNKNOWN_NOUN) if stop is None and last and not proper else None
    if stop is not None and (" " in stop.group(0) or stop.group(0) in _HARD_STOPS):
        return None
    return cursor.take_pattern(_WORD)


def _ends_with(cursor: Cursor, ending: str) -> bool:
    """Does what was read end with `ending`?"""
    return cursor.text[: cursor.position].rstrip().lower().endswith(ending)


def _between_words(cursor: Cursor, seen_capital: bool) -> bool:
    """Step over "và", a hyphen or the comma of "phòng, chống"; False (nothing read) where the name must end."""
    if cursor.at_end():
        return False
    before = cursor.position
    if _steps_over(cursor, seen_capital):
        return True
    cursor.position = before
    return False


def _steps_over(cursor: Cursor, seen_capital: bool) -> bool:
    before = cursor.position
    if cursor.take("và"):
        return seen_capital and cursor.peek_word()[:1].isupper() and not starts_with_head(cursor)
    if cursor.take_marks("-–"):
        following = cursor.peek_word()
        return seen_capital and (following[:1].isupper() or following.isdigit()) and not starts_with_head(cursor)
    if cursor.take_marks(","):
        if cursor.text[:before].lower().rstrip().endswith("phòng"):
            return cursor.peek_word().lower() == "chống"
        fields = _FIELDS_GO_ON.match(cursor.text, cursor.position, cursor.end) if seen_capital else None
        return fields is not None and not _HEAD.search(fields.group(0)) and not _starts_head_at(cursor, fields.end())
    return cursor.rest().lstrip()[:1].isalnum()
