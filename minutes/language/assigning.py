"""Is "giao", "yêu cầu", "chỉ đạo" at a place an order given now?

In: a sentence and a place where an assigning verb stands. Out: the order, with what stands before it, or None.

| order | no order |
|---|---|
| Phó Thủ tướng giao Bộ Y tế … | nhiệm vụ được giao |
| …; giao Sở Tài chính … | theo đề nghị của Sở |
| Bộ trưởng chỉ đạo các đơn vị … | Bộ Xây dựng chỉ đạo các chủ đầu tư … (a task of its own) |
"""

import re
from dataclasses import dataclass

from minutes.language import lexicon
from minutes.language.scanning import words_pattern
from minutes.language.text import UPPER
from minutes.language.titles import DIRECTOR

# "hội nghị giao ban", "họp giao ban": a meeting, nothing given to a "ban". A committee has its field behind it.
_MEETING = re.compile(
    r"\s+ban(?!\w)(?!\s+(?:quản lý|chỉ đạo|chỉ huy|tổ chức|biên tập|giám đốc|giám hiệu|soạn thảo|cán sự|chấp hành|"
    r"quản trị|dân tộc|dân vận|tuyên giáo|thư ký)(?!\w))"
)
# Who directs stands within this many characters before the verb.
_FURTHEST_LOOK_BACK = 240
ASSIGNING = re.compile(words_pattern(lexicon.ASSIGNING), re.IGNORECASE)
WITHOUT_UNIT = re.compile(words_pattern(lexicon.ASSIGNING_WITHOUT_UNIT), re.IGNORECASE)
# "được giao", "đã giao", "việc giao": told of, not done now.
_TOLD_OF = re.compile(
    r"(?<!\w)(?:được|đã|việc|bị|từng|theo|như|do|mới|nhiệm vụ|chỉ tiêu|có|xin|kính|trân trọng)\s*$", re.IGNORECASE
)
#: The paper that is reported on, before the verb with which it tells somebody.
A_PAPER = (
    r"(?:^|[,;:.]\s*)(?:văn bản|công văn|công điện|chỉ thị|nghị quyết|thông báo)"
    r"(?:\s+(?:này|nêu trên|cũng|còn|đã))*"
)
_MAY_PRECEDE = re.compile(
    r"(?:^|[,;:.–()“\"-]|(?<!\w)(?:tôi|đồng thời|và|cũng|thống nhất|đồng ý|quyết định|nhất trí|nên|do đó|vì "
    r"vậy|tiếp tục|nay|vậy|thì|xin|trước mắt|về lâu dài|lâu dài|tới đây|sắp tới|bây giờ|"
    r"riêng|thay mặt|cái này|việc này|được rồi|chính thức|là|tiếp theo))\s*$|"
    r"(?:công văn|văn bản|công điện)\s[^;:.]{0,60}?gửi\s[^;:.]{3,90}$|"
    rf"{A_PAPER}\s*$|"
    r"(?:^|[,;:]\s*)(?:ông|bà)\s*$",
    re.IGNORECASE,
)
# "Chủ tịch UBND huyện", "Bí thư Đảng ủy Công ty"; "đồng chí Lê Văn Rạng, Phó Chủ tịch UBND tỉnh, Trưởng Ban Tổ chức".
_OF_BODY = (
    r"(?:\s+(?:UBND|HĐND|Ủy ban|Hội đồng|Đảng ủy|Ban|Tỉnh ủy|Thành ủy|Huyện ủy|Sở|Bộ|Cục|Công ty|Tập đoàn)"
    r"[^,;:.]{0,50}?)?"
)
_APPOSED = (
    r"(?:\s*,\s*(?:Ủy viên|Tỉnh ủy viên|Phó|Trưởng|Chủ tịch|Bí thư|Giám đốc|Tổng|Bộ trưởng|Thứ trưởng|Chủ nhiệm|Chánh|"
    r"Hiệu trưởng|Viện trưởng|Cục trưởng|Vụ trưởng|Thường trực)(?!\w)[^,;.:]{0,70}?){1,4}"
)
_DIRECTOR_SAYS = re.compile(
    rf"(?:{DIRECTOR.pattern}{_OF_BODY}|(?<!các\s)(?<!những\s)(?<!\w)đồng\s+chí(?:\s+(?-i:[{UPPER}])\w*){{0,5}}|"
    + rf"(?:^|[,;:.]\s*)(?:ông|bà)(?:\s+(?-i:[{UPPER}])\w*){{1,5}})"
    + rf"(?:\s*,[^,;.:]{{3,60}},|{_APPOSED}\s*,?)?\s*(?:(?:cũng|đã|còn|vừa|vừa qua|tiếp tục|nhắc lại,?|"
    + r"nhấn mạnh và|chỉ đạo và|kết luận và|trực tiếp)\s+)*$",
    re.IGNORECASE,
)
# A body that "chỉ đạo" others does a task of its own; a person who does gives one.
_PERSONS_ONLY = frozenset({"chỉ đạo", "nhắc nhở", "nhắc"})
_PERSON_DIRECTS = re.compile(
    r"(?!\W*(?:các|những)\s)(?:.*\s)?(?:Thủ tướng|Bộ trưởng|Thứ trưởng|Chủ tịch|Bí thư|Giám đốc|Cục trưởng|"
    r"Trưởng ban|Hiệu trưởng|đồng chí|ông|bà|tôi)(?!\s+(?:các|Bộ|Sở|Cục|Ban|Ngân|Văn\s+phòng)\s)(?:\s|,)",
    re.IGNORECASE | re.DOTALL,
)

# "Bộ Y tế đề nghị Chủ tịch UBND chỉ đạo các Sở …": the one who is to direct is the one told.
_TOLD_TO_DIRECT = re.compile(r"(?<!\w)(?:đề nghị|yêu cầu|giao|phân công)\s[^,;:.]{3,80}$", re.IGNORECASE)
# "Phối hợp với … rà soát, yêu cầu các doanh nghiệp cung cấp …", "tổ chức triển khai và chỉ đạo các đơn vị …": what a
# unit asks of many in the course of its own act.
_IN_AN_ACT = re.compile(
    r"(?<!\w)(?:rà soát|kiểm tra|đôn đốc|giám sát|hướng dẫn|theo dõi|thẩm định|thanh tra|nhắc nhở|đánh giá|quán triệt|"
    r"triển khai|thực hiện|phổ biến|tuyên truyền)\s*(?:,|\s+và)\s*$",
    re.IGNORECASE,
)
_OF_MANY = re.compile(r"\s+(?:các|những|chủ|nhà|doanh nghiệp|tổ chức|cơ sở|người)\s", re.IGNORECASE)
# "Thủ tướng yêu cầu giao Văn phòng Chính phủ …"
_ASKS_TO_GIVE = re.compile(r"(?:yêu cầu|đề nghị|chỉ đạo|thống nhất|đồng ý)\s+$", re.IGNORECASE)
_ASKING = frozenset({"yêu cầu", "đề nghị", "chỉ đạo", "nhắc nhở", "nhắc"})


@dataclass(frozen=True)
class Order:
    """An assigning verb that orders; `before` is what stands before it, `directed` that it names who directs."""

    before: str
    directed: bool


def order_at(text: str, start: int, verb: re.Match[str]) -> Order | None:
    """The order that `verb` gives in the stretch of `text` that begins at `start`."""
    if verb.group(0).lower() == "giao" and _MEETING.match(text, verb.end()):
        return None
    if verb.group(0).lower() in _PERSONS_ONLY and not _PERSON_DIRECTS.match(text, start, verb.start()):
        return None
    if verb.group(0).lower() in _PERSONS_ONLY and _TOLD_TO_DIRECT.search(text, start, verb.start()):
        return None
    before = text[max(start, verb.start() - _FURTHEST_LOOK_BACK) : verb.start()]
    if verb.group(0).lower().startswith("ủy quyền") and before.lower().endswith("thừa "):
        return None
    if verb.group(0).lower() in _ASKING and _IN_AN_ACT.search(before) and _OF_MANY.match(text, verb.end()):
        return None
    asked = _ASKS_TO_GIVE.search(before) if verb.group(0).lower() in {"giao", "phân công"} else None
    directed = _DIRECTOR_SAYS.search(before[: asked.start()] if asked else before) is not None
    if not directed and (_TOLD_OF.search(before) or not _MAY_PRECEDE.search(before)):
        return None
    return Order(before, directed)
