"""Leads that are many: "các đơn vị", "Thủ trưởng các đơn vị thuộc, trực thuộc Bộ", "UBND các tỉnh, thành phố", "các
bộ, ngành, địa phương".

In: a cursor before such a phrase. Out: the phrase as said. It stays one lead here; fanning out to each unit is the
register's business.
"""

import re

from minutes.language import lexicon
from minutes.language.body_names import read_body_name
from minutes.language.body_words import HEADS
from minutes.language.collective_words import NOUNS, PREFIXES, QUANTIFIERS
from minutes.language.scanning import Cursor, words_pattern
from minutes.language.text import UPPER
from minutes.language.which_of_many import read_which

_NOT_TOLD = (
    r"(?!(?:rà|tổ|có|phải|chủ|thực|triển|phối|khẩn|tiếp|theo|và|hướng|kiểm|xây|đôn|lập|ban|đề|tham|báo|gửi|trình)\s)"
)
_TAIL = re.compile(
    rf"""\s*(?:
        (?:,\s*)?(?:thuộc\s*,\s*trực\s+thuộc|trực\s+thuộc|thuộc(?:\s+và\s+trực\s+thuộc)?|trong|của|trên\s+địa\s+bàn)\s+
            (?:(?:UBND\s+(?:xã|phường|huyện|thành\s+phố|Thành\s+phố)|Bộ|Sở|Cục|tỉnh|thành\s+phố|Thành\s+phố|ngành|huyện|xã|phường|Ban\s+Chỉ\s+đạo|Chính\s+phủ|Trung\s+ương|cơ\s+quan
                |đơn\s+vị|Ban|Tập\s+đoàn|Văn\s+phòng|Viện|Trường|Tổng\s+công\s+ty|Học\s+viện|UBND\s+tỉnh|Ban\s+Thường\s+vụ|(?:Đảng|Tỉnh|Thành|Huyện)\s+ủy)
            (?!\s+trưởng)
            (?:\s+(?-i:[{UPPER}]\w*)
                (?:\s+(?:và|-)\s+(?-i:[{UPPER}]\w*)
                |\s+(?:vụ|chính|sản|nghệ|thông|tế|pháp|dựng|giao|thương|mại|trường|tư|phòng))?
            ){{0,4}}|mình)
      | thuộc\s*(?:,|và)\s*trực\s+thuộc(?!\s+(?-i:[{UPPER}]))
      | thuộc\s+(?:phạm\s+vi|thẩm\s+quyền|lĩnh\s+vực|ngành)(?:\s+được\s+giao)?\s+quản\s+lý
          (?:\s+(?:của\s+mình|nhà\s+nước))?
      | quản\s+lý\s+(?:nhà\s+nước\s+)?chuyên\s+ngành(?:\s+về\s+(?:{_NOT_TOLD}\w+\s+){{0,3}}{_NOT_TOLD}\w+)?
      | từ\s+(?-i:[{UPPER}]\w*(?:\s+[{UPPER}]\w*){{0,3}})\s+đến\s+(?-i:[{UPPER}]\w*(?:\s+[{UPPER}]\w*){{0,3}})
      | (?:có\s+)?liên\s+quan(?:\s+khác)? | chức\s+năng | nêu\s+trên | nói\s+trên | chuyên\s+môn | dự\s+họp
      | Ban\s+Chỉ\s+đạo | trên(?!\s+(?:cơ\s+sở|tinh\s+thần)) | này
      | còn\s+lại | khác | tham\s+dự | ngang\s+Bộ | trực\s+thuộc | sự\s+nghiệp
      | cấp\s+(?:tỉnh|huyện|xã) | trực\s+thuộc\s+(?:TW|Trung\s+ương) | có\s+tên\s+(?:trên|(?:tại|trong|theo)\s+
          [^,;:]{{4,60}}?(?:ngày\s+\d{{1,2}}/\d{{1,2}}/\d{{4}}|kèm\s+theo))
      | trong\s+(?:các\s+)?khu\s+(?:công\s+nghiệp|kinh\s+tế)
      | được\s+phân\s+công\s+(?:phụ\s+trách|theo\s+dõi)\s+(?:địa\s+bàn|lĩnh\s+vực|tiêu\s+chí|nội\s+dung|
          xã,\s*phường|các\s+xã|cơ\s+sở)
      | được\s+(?:phân\s+công|giao\s+nhiệm\s+vụ)
      | được\s+giao\s+(?:chủ\s+trì\s+)?soạn\s+thảo(?:\s+(?:các\s+)?(?:luật|nghị\s+định|thông\s+tư|văn\s+bản|dự\s+án|
          quy\s+định\s+chi\s+tiết|dự\s+thảo)(?:\s*,)?)*
      | được\s+(?:(?-i:[A-ZĐ])[^,;:.]{{2,40}}?\s+)?lấy\s+ý\s+kiến
      |
      (?<=sở)\s+(?:giáo\s+dục\s+và\s+đào\s+tạo|y\s+tế|nội\s+vụ|tài\s+chính|tư\s+pháp|công\s+thương|
          khoa\s+học\s+và\s+công\s+nghệ|
          nông\s+nghiệp\s+và\s+môi\s+trường|văn\s+hóa,\s*thể\s+thao\s+và\s+du\s+lịch)
      | chưa\s+hoàn\s+thành(?!\s+(?:nhiệm\s+vụ|chỉ\s+tiêu|báo\s+cáo|hồ\s+sơ))
      | (?:bị\s+)?ảnh\s+hưởng | trong\s+nước | ven\s+biển | (?:cận\s+)?lâm\s+sàng 
      | vùng\s+(?!thì)\w+(?:\s+(?-i:[{UPPER}])\w*){{0,3}}
      | (?:trong\s+)?(?:toàn\s+)?(?:tỉnh|ngành(?!\s+(?:hàng|nghề))|quốc)(?=\s) |
      biên\s+giới(?:\s+phía\s+\w+)? | phía\s+(?:Bắc|Nam|Đông|Tây) |
      (?:khu\s+vực\s+)?miền\s+(?:núi(?:\s+phía\s+Bắc)?|Trung|Bắc|Nam)
      | (?:ngoài\s+)?nhà\s+nước | (?:ngoài\s+)?công\s+lập | tư\s+thục | dân\s+lập
      | Chính\s+phủ | Ban\s+Soạn\s+thảo | Tổ\s+công\s+tác | Hội\s+đồng |
      UBND\s+(?:tỉnh|Thành\s+phố|thành\s+phố|xã
          |phường|huyện)
      | Văn\s+phòng\s+Đăng\s+ký\s+đất\s+đai |
      chủ\s+trì\s+(?:soạn\s+thảo|thẩm\s+tra|thực\s+hiện|xây\s+dựng\s+(?:luật|văn\s+bản|đề\s+án|nghị\s+định))(?=\s+(?!thực)\w)
      | chủ\s+quản(?:\s+chương\s+trình|\s+dự\s+án)? |
      tham\s+mưu(?:\s*,\s*giúp\s+việc)?(?=\s+(?:của|giúp|Tỉnh|Đảng|Thành))
      | Ủy\s+ban(?!\s+nhân) | trên\s+địa\s+bàn(?!\s+(?:tỉnh|xã|phường|huyện|thành|khu))
      | khu\s+vực(?!\s+(?:miền|(?-i:[A-ZĐ])))
      | (?:tại|ở)\s+địa\s+phương | thành\s+viên | (?:là|làm)\s+chủ\s+đầu\s+tư
    )(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
_NOUN = re.compile(words_pattern(NOUNS), re.IGNORECASE)
_PREFIX = re.compile(words_pattern(PREFIXES), re.IGNORECASE)
_QUANTIFIER = re.compile(words_pattern(QUANTIFIERS), re.IGNORECASE)
_COUNT = re.compile(r"\d{1,3}(?=\s+(?:xã|phường|huyện|tỉnh|đặc\s+khu|địa\s+phương|sở|quận)(?!\w))")
# "UBND các tỉnh Bình Sa, Hà Châu và Thanh Lâm": the many by their names.
_PROPER = rf"(?-i:[{UPPER}]\w*)(?:\s+(?:-\s+)?(?-i:[{UPPER}]\w*)){{0,4}}"
_NO_HEAD = rf"(?!{words_pattern(HEADS)})"
_NO_ACT = rf"(?!{words_pattern(lexicon.VERBS)})"
NAMED_PLACES = rf"(?:\s+|\s*:\s+{_NO_ACT}){_NO_HEAD}{_PROPER}(?:(?:\s*,\s*|\s*;\s*|\s+và\s+){_NO_HEAD}{_PROPER})*"
_NAMED = re.compile(NAMED_PLACES, re.IGNORECASE)
# "Ban nhân dân các ấp 1, 2": the many by their numbers.
_NUMBERED = re.compile(r"\s+\d{1,2}(?:(?:\s*,\s*|\s+và\s+)\d{1,2})+(?!\w)(?!\s*[%/.])")
_WARD = re.compile(r"(?<!\w)(?:khoa|bộ\s+môn|trạm|tổ|đội)$", re.IGNORECASE)
_WARD_NAME = (
    rf"(?:(?-i:Ngoại|Nội)\s+tổng\s+hợp|(?-i:Công)\s+nghệ\s+thông\s+tin|(?-i:[{UPPER}]\w*))"
    rf"(?:\s+(?!{words_pattern(lexicon.VERBS)}|và(?!\w))(?-i:[^\W\d_{UPPER}]\w*)){{0,4}}"
)
_WARDS = re.compile(rf"\s+{_NO_HEAD}{_WARD_NAME}(?:(?:\s*,\s*|\s+và\s+){_NO_HEAD}{_WARD_NAME})*", re.IGNORECASE)
_PLACES = frozenset(
    {"tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường", "đặc khu", "thị trấn", "thôn", "bản", "ấp"}
)
_TRADES = (
    r"(?:giáo\s+dục(?:\s+và\s+đào\s+tạo)?|y\s+tế|công\s+an|quân\s+đội|nông\s+nghiệp(?:\s+và\s+môi\s+trường)?|tài\s+chính|thuế|"
    r"hải\s+quan|ngân\s+hàng|công\s+thương|xây\s+dựng|giao\s+thông(?:(?:\s*[-–]\s*|\s+)vận\s+tải)?|GTVT|điện|tư\s+pháp|nội\s+vụ|văn\s+hóa|du\s+lịch|"
    r"thông\s+tin(?:\s+và\s+truyền\s+thông)?|kiểm\s+lâm|thống\s+kê|bảo\s+hiểm(?:\s+xã\s+hội)?|thanh\s+tra|đường\s+sắt|than)(?!\w)"
)
_FORCES = rf"(?:biên\s+phòng|cảnh\s+sát(?:\s+biển)?|kiểm\s+ngư|quản\s+lý\s+thị\s+trường|dân\s+quân|{_TRADES})(?!\w)"
_STAFF = r"(?:cán\s+bộ|chiến\s+sĩ|công\s+chức|viên\s+chức|đảng\s+viên|giảng\s+viên|giáo\s+viên|nhân\s+viên)"
# "Thủ trưởng đơn vị", "người đứng đầu cơ quan": one of many, without a quantifier.
_HEAD_OF_ANY = re.compile(
    r"(?:(?:Chủ\s+tịch\s+)?(?:UBND|Ủy\s+ban\s+nhân\s+dân|HĐND)\s+(?:cấp\s+(?:tỉnh|xã|huyện)|các\s+cấp)"
    r"|bộ\s*,\s*(?:cơ\s+quan\s+ngang\s+bộ\s*,\s*)?ngành(?:\s*,\s*(?:và\s+)?(?:địa\s+phương|cơ\s+quan))*"
    r"|(?:Thủ\s+trưởng|Lãnh\s+đạo|Người\s+đứng\s+đầu)\s+(?:bộ|sở)\s*,?\s*(?:ban\s*,\s*)?ngành(?:\s*,\s*(?:địa\s+phương|đoàn\s+thể))*"
    rf"|(?:toàn\s+)?ngành\s+{_TRADES}(?:(?:\s*,|\s+và)\s+(?:ngành\s+)?{_TRADES})*"
    r"|(?:Chủ\s+tịch\s+)?(?:UBND|Ủy\s+ban\s+nhân\s+dân)\s+(?:tỉnh|huyện|quận|xã|phường)"
    r"(?:\s*,\s*(?:thị\s+xã|thành\s+phố|thị\s+trấn|phường|xã|đặc\s+khu|huyện|quận))+(?:\s+trực\s+thuộc\s+[Tt]rung\s+ương)?"
    r"|Thủ\s+trưởng\s+(?:các\s+)?cơ\s+quan\s+ngang\s+bộ(?:\s*,\s*cơ\s+quan\s+(?:trực\s+)?thuộc\s+Chính\s+phủ)?"
    r"|sở\s*,\s*(?:ban\s*,\s*)?ngành(?:\s*,\s*(?:địa\s+phương|đoàn\s+thể))*"
    r"|(?:người\s+đứng\s+đầu\s+)?cấp\s+ủy\s*,\s*chính\s+quyền(?:\s+(?:địa\s+phương|các\s+cấp))?"
    r"|(?:Công\s+an|Bảo\s+hiểm\s+xã\s+hội|Mặt\s+trận\s+Tổ\s+quốc|Cấp\s+ủy|Chính\s+quyền)\s+cấp\s+(?:tỉnh|xã|huyện)(?:\s*,\s*cấp\s+(?:xã|huyện))?"
    r"|chính\s+quyền\s+(?:(?:các\s+)?địa\s+phương|các\s+cấp)"
    rf"|(?:toàn\s+)?lực\s+lượng\s+{_FORCES}(?:(?:\s*,|\s+và)\s+{_FORCES})*"
    r"|Lãnh\s+đạo\s+(?:các\s+)?tỉnh(?:\s*,\s*thành\s+phố)+"
    r"|toàn\s+hệ\s+thống\s+(?:ngân\s+hàng(?:\s+thương\s+mại)?|chính\s+trị|tổ\s+chức\s+tín\s+dụng|y\s+tế|thuế)"
    r"|(?:cơ\s+quan|đơn\s+vị)\s+chuyên\s+môn(?:\s+cấp\s+(?:tỉnh|huyện|xã))?"
    rf"|(?:giám\s+đốc\s+)?(?-i:sở)\s+{_TRADES}\s+các\s+tỉnh(?:\s*,\s*thành\s+phố)?(?:\s+(?:nói|nêu)\s+trên)?"
    r"|(?:học\s+sinh\s*[,-]\s*)?sinh\s+viên\s+toàn\s+trường"
    rf"|(?:lãnh\s+đạo\s*,\s*)?{_STAFF}(?:\s*,\s*(?:{_STAFF}|người\s+hoạt\s+động\s+không\s+chuyên\s+trách))+"
    r"(?:(?:\s*,|\s+và)\s+người\s+lao\s+động)?(?:\s+(?:của\s+|thuộc\s+|trong\s+)?(?:toàn\s+(?:ngành|tỉnh)|(?:phường|xã|tỉnh|thành\s+phố)(?=\s+[^\W\d_A-ZĐ])|"
    r"các\s+(?:(?:cơ\s+quan,\s*)?đơn\s+vị|xã,\s*phường)))?)(?!\w)"
    r"|(?:Thủ\s+trưởng|Lãnh\s+đạo|Người\s+đứng\s+đầu)(?:\s+các)?\s+(?:cơ\s+quan,\s*(?:tổ\s+chức,\s*)?đơn\s+vị|đơn\s+vị|cơ\s+quan)"
    r"(?:,\s*(?:địa\s+phương|doanh\s+nghiệp))*(?!\w)|người\s+đại\s+diện(?:\s+(?:phần\s+)?vốn)(?:\s+(?:nhà\s+nước|của|tại|các|công\s+ty|cổ\s+phần|"
    r"Tổng|Tập|đoàn|doanh\s+nghiệp))*(?!\w)|người\s+đứng\s+đầu(?=\s+(?:phải\s+)?chịu\s+trách\s+nhiệm)",
    re.IGNORECASE,
)
# "người đại diện phần vốn tại Công ty cổ phần Du lịch Hồ Thác": whose money.
_REPRESENTS = re.compile(
    r"(?:Người|người)\s+đại\s+diện\s+(?:phần\s+)?vốn(?:\s+nhà\s+nước)?(?:\s+của\s+\w+(?:\s+\w+){0,3}?)?\s+tại\s+"
)
_MEMBERS = re.compile(rf"thành\s+viên\s+(?=(?-i:[{UPPER}]))", re.IGNORECASE)
# "các cấp, các ngành" is one; "các chủ đầu tư, các ban quản lý dự án" are two.
_JOINT = re.compile(r"\s*(?:,\s*(?:và\s+)?|\s+và\s+|\s+|/)(?:(?<=cấp,\s)các\s+(?=ngành)|(?!các\s))", re.IGNORECASE)


def read_collective(cursor: Cursor, *, spoken: bool = False) -> str | None:
    """Read a collective if one comes next: the phrase as said, single-spaced. A `spoken` one ends before the first word
    nobody knows, which is a verb as often as a noun."""
    start = cursor.position
    if cursor.take_pattern(_REPRESENTS) is not None and read_body_name(cursor) is not None:
        return " ".join(cursor.text[start : cursor.position].split())
    cursor.position = start
    single = cursor.take_pattern(_HEAD_OF_ANY)
    if single is None:
        cursor.take_pattern(_PREFIX)
        if (cursor.take_pattern(_QUANTIFIER) is None and not _so_many(cursor, start)) or not _nouns(cursor):
            cursor.position = start
            return None
    elif single.group(0).lower().endswith("người lao động"):
        read_body_name(cursor)
    _body_of_members(cursor, start)
    _names_of_places(cursor)
    _names_of_wards(cursor)
    while _tail(cursor):
        _more_of_them(cursor)
    read_which(cursor, spoken=spoken)
    return " ".join(cursor.text[start : cursor.position].split())


def _body_of_members(cursor: Cursor, start: int) -> None:
    """ "các thành viên Ban Chỉ đạo Ứng phó với biến đổi khí hậu": the name whole."""
    before = cursor.position
    if (members := _MEMBERS.search(cursor.text, start, cursor.end)) is not None and members.start() < before:
        cursor.position = members.end()
        if read_body_name(cursor) is None or cursor.position < before:
            cursor.position = before


def _so_many(cursor: Cursor, start: int) -> bool:
    """ "UBND 09 xã, phường chưa chọn được đơn vị tư vấn"."""
    return cursor.position > start and cursor.take_pattern(_COUNT) is not None


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
        # "các nhà thầu tổ chức thi công": a verb unless a comma or "và" makes it one of the many.
        acting = not joint.group(0).strip() and cursor.sees_any(("tổ chức", "cấp"))
        if acting or _others_begin(cursor) or not _noun(cursor):
            cursor.position = before
            return True


def _others_begin(cursor: Cursor) -> bool:
    """ "Chủ tịch UBND các xã, Giám đốc các Ban Quản lý": behind the comma stands another collective."""
    before = cursor.position
    begins = cursor.take_pattern(_PREFIX) is not None and cursor.take_pattern(_QUANTIFIER) is not None
    cursor.position = before
    return begins


def _noun(cursor: Cursor) -> bool:
    """A common noun; "Sở Tài chính" behind it would be a name, which is not ours."""
    before = cursor.position
    match = cursor.take_pattern(_NOUN)
    if match is None:
        return False
    following = cursor.rest()
    # "ban hành", "các trường hợp": other words that begin with the noun.
    if f"{match.group(0)} {following.lstrip()[:4]}".lower() in {"ban hành", "trường hợp ", "cấp nước", "cấp phé"}:
        cursor.position = before
        return False
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
        "chi cục",
    }
    if proper:
        cursor.position = before
    return not proper


def _names_of_places(cursor: Cursor) -> None:
    """The names behind "các tỉnh" or "các xã, phường"; a list that names a body is no list of places."""
    before = cursor.position
    last = cursor.text[:before].lower().split()
    if not last or not ({last[-1], " ".join(last[-2:])} & _PLACES):
        return
    match = _NAMED.match(cursor.text, before, cursor.end) or _NUMBERED.match(cursor.text, before, cursor.end)
    if match is not None:
        cursor.position = match.end()


def _names_of_wards(cursor: Cursor) -> None:
    """ "các khoa Ngoại chấn thương, Ngoại tổng hợp, Ung bướu"."""
    before = cursor.position
    if _WARD.search(cursor.text, max(0, before - 12), before) and (
        match := _WARDS.match(cursor.text, before, cursor.end)
    ):
        cursor.position = match.end()


def _more_of_them(cursor: Cursor) -> None:
    """ "các bộ, cơ quan liên quan và địa phương": common nouns go on behind what marks the first."""
    before = cursor.position
    goes_on = cursor.take("và") or cursor.take_marks(",")
    if not (goes_on and cursor.peek_word()[:1].islower() and not _others_begin(cursor) and _nouns(cursor)):
        cursor.position = before


def _tail(cursor: Cursor) -> bool:
    match = _TAIL.match(cursor.text, cursor.position, cursor.end)
    if match is None:
        return False
    cursor.position = match.end()
    return True
