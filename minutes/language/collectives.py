"""Leads that are many: "các đơn vị", "Thủ trưởng các đơn vị thuộc, trực thuộc Bộ", "UBND các tỉnh, thành phố", "các
bộ, ngành, địa phương".

In: a cursor before such a phrase. Out: the phrase as said. It stays one lead here; fanning out to each unit is the
register's business.
"""

import re

from minutes.language.scanning import Cursor, phrases, words_pattern
from minutes.language.text import UPPER

PREFIXES = phrases(
    """
    Thủ trưởng | Lãnh đạo | Người đứng đầu | Chủ tịch UBND | Chủ tịch Ủy ban nhân dân | UBND | Ủy ban nhân dân |
    Ủy ban Mặt trận Tổ quốc | Giám đốc | Trưởng | Bí thư | Hội đồng nhân dân | HĐND | Cấp ủy | Bộ trưởng |
    Chủ tịch | Tập thể lãnh đạo | Tập thể | Công an | Thành viên | Đại diện lãnh đạo | Sở Nội vụ | Phòng | Sở
    """
)
QUANTIFIERS = phrases(
    """
    các | tất cả các | tất cả | toàn thể | mọi | từng | những | cả | toàn bộ
    """
)
NOUNS = phrases(
    """
    đơn vị | bộ | ngành | sở | ban | địa phương | cơ quan ngang bộ | cơ quan thuộc Chính phủ | cơ quan trung ương |
    cơ quan ở trung ương | đơn vị sự nghiệp | cơ quan | tỉnh |
    thành phố trực thuộc Trung ương | thành phố trực thuộc trung ương | thành phố | huyện | thị xã | quận | xã |
    phường | thị trấn | đặc khu | phòng chuyên môn | phòng | vụ | cục | chi cục | trung tâm | thành viên | đồng chí |
    đồng chí thành viên | tổ chức chính trị - xã hội | tổ chức đoàn thể | tổ chức | đoàn thể | hội đoàn thể |
    hội | doanh nghiệp | cán bộ | công chức | viên chức | người lao động | chủ đầu tư | nhà thầu | đầu mối |
    điểm cầu | tập đoàn | tổng công ty | trường | bệnh viện | cơ sở | nhà trường | cấp | cấp ủy | ban ngành |
    bộ phận | nhóm | tổ | viện | ban quản lý | ban quản lý dự án | bí thư | giám đốc | đảng viên | sở ngành
    """
)
_TAIL = re.compile(
    rf"""\s*(?:
        (?:,\s*)?(?:thuộc\s*,\s*trực\s+thuộc|trực\s+thuộc|thuộc(?:\s+và\s+trực\s+thuộc)?|trong|của|trên\s+địa\s+bàn)\s+
            (?:(?:Bộ|Sở|Cục|tỉnh|thành\s+phố|Thành\s+phố|ngành|huyện|Ban\s+Chỉ\s+đạo|Chính\s+phủ|Trung\s+ương|cơ\s+quan
                |đơn\s+vị|Ban|Tập\s+đoàn|Văn\s+phòng|Viện|Trường|Tổng\s+công\s+ty|Học\s+viện|UBND\s+tỉnh)
            (?!\s+trưởng)
            (?:\s+(?-i:[{UPPER}]\w*)
                (?:\s+(?:và|-)\s+(?-i:[{UPPER}]\w*)
                |\s+(?:vụ|chính|sản|nghệ|thông|tế|pháp|dựng|giao|thương|mại|trường|tư|phòng))?
            ){{0,4}}|mình)
      | (?:có\s+)?liên\s+quan(?:\s+khác)? | chức\s+năng | nêu\s+trên | nói\s+trên | chuyên\s+môn | dự\s+họp
      | Ban\s+Chỉ\s+đạo | trên | này | còn\s+lại | khác | tham\s+dự | ngang\s+Bộ | trực\s+thuộc | sự\s+nghiệp
      | cấp\s+(?:tỉnh|huyện|xã)
    )(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
_NOUN = re.compile(words_pattern(NOUNS), re.IGNORECASE)
_PREFIX = re.compile(words_pattern(PREFIXES), re.IGNORECASE)
_QUANTIFIER = re.compile(words_pattern(QUANTIFIERS), re.IGNORECASE)
# "Thủ trưởng đơn vị", "người đứng đầu cơ quan": one of many, without a quantifier.
_HEAD_OF_ANY = re.compile(
    r"(?:Thủ\s+trưởng|Lãnh\s+đạo|Người\s+đứng\s+đầu)(?:\s+các)?\s+(?:cơ\s+quan,\s*đơn\s+vị|đơn\s+vị|cơ\s+quan)(?!\w)",
    re.IGNORECASE,
)
_JOINT = re.compile(r"\s*(?:,\s*(?:và\s+)?|\s+và\s+|\s+|/)(?:các\s+)?", re.IGNORECASE)


def read_collective(cursor: Cursor) -> str | None:
    """Read a collective if one comes next: the phrase as said, single-spaced."""
    start = cursor.position
    single = cursor.take_pattern(_HEAD_OF_ANY)
    if single is None:
        cursor.take_pattern(_PREFIX)
        if cursor.take_pattern(_QUANTIFIER) is None or not _nouns(cursor):
            cursor.position = start
            return None
    while _tail(cursor):
        pass
    return " ".join(cursor.text[start : cursor.position].split())


def _nouns(cursor: Cursor) -> bool:
    """đơn vị | bộ, ngành, địa phương | cơ quan, đơn vị có liên quan."""
    if not _noun(cursor):
        return False
    while True:
        before = cursor.position
        joint = _JOINT.match(cursor.text, cursor.position, cursor.end)
        if joint is None:
            return True
        cursor.position = joint.end()
        if not _noun(cursor):
            cursor.position = before
            return True


def _noun(cursor: Cursor) -> bool:
    """A common noun; "Sở Tài chính" behind it would be a name, which is not ours."""
    before = cursor.position
    match = cursor.take_pattern(_NOUN)
    if match is None:
        return False
    following = cursor.rest()
    is_name = match.group(0)[0].isupper() and following[:1] == " " and following.lstrip()[:1].isupper()
    proper = is_name and match.group(0).lower() in {
        "bộ",
        "sở",
        "ban",
        "cục",
        "vụ",
        "phòng",
        "trung tâm",
        "viện",
        "trường",
    }
    if proper:
        cursor.position = before
    return not proper


def _tail(cursor: Cursor) -> bool:
    match = _TAIL.match(cursor.text, cursor.position, cursor.end)
    if match is None:
        return False
    cursor.position = match.end()
    return True
