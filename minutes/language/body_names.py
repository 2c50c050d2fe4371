"""Names of bodies read by their grammar alone, without a directory.

In: a cursor before a name. Out: the name as said. A name is a head ("Bộ", "Trung tâm", "Ủy ban nhân dân tỉnh") and
capitalised words
with the small words that belong to them ("Vụ Tổ chức cán bộ"); it ends before the first verb, adverb or next head.
"""

import re

from minutes.language import lexicon
from minutes.language.scanning import Cursor, phrases, words_pattern
from minutes.language.text import UPPER

HEADS = phrases(
    """
    Bộ | Ban | Ủy ban | UBND | HĐND | Hội đồng nhân dân | Ủy ban nhân dân | Văn phòng | Vụ | Cục | Tổng cục |
    Chi cục | Sở | Phòng | Trung tâm | Viện | Học viện | Trường | Đại học | Thanh tra | Tạp chí | Báo | Đài |
    Công an | Bộ Chỉ huy | Bộ Tư lệnh | Kho bạc | Ngân hàng | Tập đoàn | Tổng công ty | Công ty | Hội | Hiệp hội
    | Liên đoàn | Liên minh | Đoàn | Đảng ủy | Công đoàn | Tổ | Hội đồng | Quỹ | Tòa án | Viện kiểm sát |
    Bảo hiểm xã hội | Ủy ban Mặt trận Tổ quốc | Mặt trận Tổ quốc | Thông tấn xã | Huyện ủy | Tỉnh ủy | Thành ủy
    | Nhà xuất bản | Bệnh viện | Ban Quản lý | Thường trực | Tiểu ban | Chi nhánh | Cơ quan Thường trực |
    Cổng thông tin điện tử | Văn phòng Bộ | VPCP | EVN | Thuế | Hải quan
    | Đoàn Thanh niên | Điện lực | Ban Thư ký | Nhà máy | VP | Kiểm toán Nhà nước | Cơ quan | Khối | Chính phủ |
    Quốc hội | Thành phố | Tổng Thư ký
    """
)
#: Heads that are a name by themselves inside one house.
STANDING_ALONE = frozenset(
    [
        "văn phòng",
        "thanh tra",
        "tạp chí",
        "trung tâm",
        "công đoàn",
        "đảng ủy",
        "đoàn thanh niên",
        "ban chỉ đạo",
        "thường trực ban chỉ đạo",
        "văn phòng bộ",
        "vpcp",
        "evn",
        "ban tổ chức",
        "ban thư ký",
        "thường trực",
        "kiểm toán nhà nước",
    ]
)
#: Fields of state whose names contain commas or "và" (public law: laws on organisation of government).
FIELDS = phrases(
    """
    Văn hóa, Thể thao và Du lịch | Kế hoạch và Đầu tư | Tài nguyên và Môi trường |
    Nông nghiệp và Phát triển nông thôn | Nông nghiệp và Môi trường | Thông tin và Truyền thông |
    Giáo dục và Đào tạo | Khoa học và Công nghệ | Lao động - Thương binh và Xã hội |
    Lao động, Thương binh và Xã hội | Dân tộc và Tôn giáo | Văn hóa và Thể thao | Quy hoạch - Kiến trúc |
    Quy hoạch và Kiến trúc | Kế hoạch - Tài chính | Tài chính - Kế hoạch | Tài chính | Nội vụ | Y tế |
    Công Thương | Xây dựng | Giao thông vận tải | Giao thông Vận tải | Tư pháp | Ngoại giao | Quốc phòng |
    Công an | Du lịch | Ngoại vụ | An toàn thực phẩm | Văn hóa - Thông tin | Văn hóa và Thông tin
    """
)
_HEAD = re.compile(words_pattern(HEADS), re.IGNORECASE)
_FIELD = re.compile(words_pattern(FIELDS), re.IGNORECASE)
_STOP_WORDS = {
    *lexicon.DUTY,
    *lexicon.ADVERBS,
    *lexicon.VERBS,
    *lexicon.REPORTING,
    *lexicon.ASSIGNING,
    *lexicon.PROHIBITING,
    *lexicon.CONNECTIVES,
    "theo",
    "để",
    "trong",
    "trước",
    "sau",
    "với",
    "cho",
    "các",
    "những",
    "này",
    "khi",
    "nếu",
    "không",
    "từ",
    "đến",
    "cần",
    "như",
    "nhằm",
    "do",
    "vào",
    "hiện",
    "nghiên cứu",
    "điều tra",
    "chủ quản",
    "liên quan",
    "có liên quan",
    "bên",
    "giao",
    "vì",
    "nói",
    "nêu",
}
# A name ending in one of these wants an object, which may look like a verb: "Cục Quản lý đăng ký kinh doanh".
_WANTS_OBJECT = re.compile(
    words_pattern(
        (
            "quản lý",
            "kiểm soát",
            "hỗ trợ",
            "xúc tiến",
            "phát triển",
            "phục vụ",
            "điều phối",
            "bảo vệ",
            "hợp tác",
            "cải cách",
            "đào tạo",
            "giám định",
            "ứng dụng",
        )
    )
    + r"\s*$",
    re.IGNORECASE,
)
_STOP = re.compile(words_pattern(_STOP_WORDS), re.IGNORECASE)
#: What may follow a whole name: a gap and then a verb, an adverb or a small word that no name contains.
ENDS_NAME = re.compile(r"\s+" + words_pattern(_STOP_WORDS), re.IGNORECASE)
_WORD = re.compile(r"[\w./]*\w", re.UNICODE)
_SMALL_AFTER_HEAD = frozenset(
    {"tỉnh", "thành", "huyện", "quận", "thị", "xã", "phường", "nhân", "trung", "quốc", "cơ", "bộ", "sở"}
)
_PLACE = re.compile(rf"(?:tỉnh|thành phố|TP\.?|Thành phố)(?:\s+[{UPPER}]\w*){{1,4}}")
_NUMERAL = re.compile(r"(?:\d+|[IVX]+)(?!\w)")
_LONGEST_SMALL_RUN = 5


def read_body_name(cursor: Cursor) -> str | None:
    """Read a name if one begins right here with a capital letter (or a small head before a capital: "sở Tài chính")."""
    start = cursor.position
    head = cursor.take_pattern(_HEAD)
    if head is None or not _is_written_as_name(cursor, head):
        cursor.position = start
        return None
    if not _field(cursor):
        following = cursor.peek_word()
        if _may_begin_name(following):
            _words_of_name(cursor)
    name = cursor.text[head.start() : cursor.position].strip(" ,-–")
    if name.lower() == head.group(0).lower() and " ".join(name.lower().split()) not in STANDING_ALONE:
        cursor.position = start
        return None
    return " ".join(name.split())


def read_field(cursor: Cursor) -> str | None:
    """Read the field alone, as in "các Bộ: Tài chính, Nội vụ"; None if no known field comes next."""
    match = cursor.take_pattern(_FIELD)
    return match.group(0) if match else None


def starts_with_head(cursor: Cursor) -> bool:
    """Does a head come next?"""
    before = cursor.position
    found = cursor.take_pattern(_HEAD) is not None
    cursor.position = before
    return found


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
    if match is None or not match.group(0)[0].isupper():
        cursor.position = before
        return False
    cursor.take_pattern(_PLACE)
    return True


def _words_of_name(cursor: Cursor) -> None:
    """Words as long as they can belong to the name; the cursor ends behind the last one."""
    small_run = 0
    seen_capital = False
    while True:
        before = cursor.position
        if not _between_words(cursor, seen_capital):
            cursor.position = before
            return
        stop = _small_stop(cursor)
        word = cursor.take_pattern(_STOP) if stop and _WANTS_OBJECT.search(cursor.text, 0, before) else None
        stop = stop and word is None
        word = word or cursor.take_pattern(_WORD)
        if word is None or stop:
            cursor.position = before
            return
        capital = word.group(0)[0].isupper() or _NUMERAL.match(word.group(0)) is not None
        small_run = 0 if capital else small_run + 1
        seen_capital = seen_capital or capital
        if small_run > _LONGEST_SMALL_RUN:
            cursor.position = before
            return


def _small_stop(cursor: Cursor) -> bool:
    """A verb or the like in small letters; "Xây dựng" in "Bộ Xây dựng" is part of the name."""
    before = cursor.position
    match = cursor.take_pattern(_STOP)
    cursor.position = before
    return match is not None and not match.group(0)[0].isupper()


def _between_words(cursor: Cursor, seen_capital: bool) -> bool:
    """Step over "và", a hyphen or the comma of "phòng, chống"; False where the name must end."""
    if cursor.at_end():
        return False
    before = cursor.position
    if cursor.take("và"):
        return seen_capital and cursor.peek_word()[:1].isupper() and not starts_with_head(cursor)
    if cursor.take_marks("-–"):
        following = cursor.peek_word()
        return seen_capital and (following[:1].isupper() or following.isdigit()) and not starts_with_head(cursor)
    if cursor.take_marks(","):
        spoken_before = cursor.text[:before].lower().rstrip().endswith("phòng")
        return spoken_before and cursor.peek_word().lower() == "chống"
    return cursor.rest().lstrip()[:1].isalnum()
