"""What chairs of the South and the Centre say, in the words of the written language: "gởi cho tui" as "gửi cho tôi".

In: text of one speaker. Out: the same with such words written as the rules of this package know them; every character
keeps its origin, so that evidence still points at what was said. Words that are also something else ("vô tuyến", "coi
như", "mô hình") are left alone.

| said | written |
|---|---|
| trễ nhứt là bữa nay | chậm nhất là hôm nay |
| trong tháng ni | trong tháng này |
| giao o Lài coi lại | giao cô Lài xem lại |
| à hổng phải | à không phải |
"""

import re

from minutes.language.text import UPPER, Replacement, Text

#: As a pattern → as it is written. The first that fits at a place counts.
_WORDS = (
    (r"bữa\s+(?:nay|ni)", "hôm nay"),
    (r"ngày\s+mơi|bữa\s+mai", "ngày mai"),
    (r"trễ\s+(?:nhứt|nhất|lắm)", "chậm nhất"),
    (r"như\s+ri", "như này"),
    (r"nhứt", "nhất"),
    (r"tui", "tôi"),
    (r"tụi\s+(?:tôi|tui|em)", "chúng tôi"),
    (r"(?<!nào\s)(?<!lỗ\s)(?<!chỗ\s)(?:hổng|hông)(?!\s+(?:tin|thì))", "không"),
    (r"gởi", "gửi"),
    (r"coi(?!\s+(?:như|thi|trọng|là|nhẹ|thường|chừng|đó))", "xem"),
    (
        r"vô(?!\s+(?:tuyến|sinh|hiệu|cùng|điều|lý|tư|trách|can|tội|gia|cơ|hình|chủ|ơn|địch|số|danh|thời|khuẩn|trùng|ý|"
        r"định|sản|nghĩa|tình|tổ|hạn))",
        "vào",
    ),
    (r"nầy|ni(?!\s*(?:lông|cô|tơ|ken))", "này"),
    (r"chừ", "bây giờ"),
    (r"rứa", "thế"),
    (r"mần", "làm"),
    (r"ráng", "cố gắng"),
    (r"thiệt(?!\s+(?:hại|thòi|mạng|hơn))", "thật"),
    (r"bịnh", "bệnh"),
    (r"nhơn(?=\s+(?:viên|dân|sự|lực))", "nhân"),
    (r"đăng\s+ký\s+liền", "đăng ký ngay"),
    (rf"o(?=\s+[{UPPER}])", "cô"),
)
# What only asks for a nod at the end of what is said.
_PARTICLES = (
    r"\s*,?\s+(?:nghen|hen|hén|hỉ|hí|hè|nghe\s+hôn)(?=\s*[.,;?!]|$)|\s+(?<!lắng\s)(?<!được\s)nghe(?=\s*[.;!]|\s*$)"
)
# "Anh Dế huy động bà con đào rãnh, được không anh?": told all the same.
_TAG = (
    r"\s*,\s*(?:được|rõ|đồng\s+ý|nhất\s+trí)\s+(?:không|chưa)"
    rf"(?:\s+(?:anh|chị|em|bác|chú|thầy|cô|ạ|nhỉ|các\s+(?:đồng\s+chí|anh|chị))(?:\s+[{UPPER}]\w*)?)*\s*\?"
)
_SAID = re.compile(
    "|".join(f"(?P<w{index}>(?<!\\w)(?i:{pattern})(?!\\w))" for index, (pattern, _written) in enumerate(_WORDS))
    + f"|(?P<particle>{_PARTICLES})|(?P<tag>{_TAG})"
)


def in_written_words(text: Text) -> Text:
    """Regional words as they are written everywhere; a capital at their beginning stays."""
    return text.replaced(_replaced(match) for match in _SAID.finditer(text.value))


def _replaced(match: re.Match[str]) -> Replacement:
    if match.lastgroup == "tag":
        return Replacement(match.start(), match.end(), ".")
    if match.lastgroup == "particle" or match.lastgroup is None:
        return Replacement(match.start(), match.end(), "")
    written = _WORDS[int(match.lastgroup[1:])][1]
    shown = written[0].upper() + written[1:] if match.group(0)[0].isupper() else written
    return Replacement(match.start(), match.end(), shown)
