"""Offices people hold: their rank, and which unit an office heads.

In: a title as written in the list of participants or said aloud ("Chánh Văn phòng Bộ", "Cục trưởng"). Out: rank, head
noun of the unit.
"""

import re

from minutes.language.scanning import phrases, words_pattern
from minutes.language.text import UPPER, fold

#: From the top; a lower number directs a higher one.
RANKS = (
    ("thủ tướng", 1),
    ("phó thủ tướng", 2),
    ("bộ trưởng", 3),
    ("chủ nhiệm", 3),
    ("thống đốc", 3),
    ("tổng thanh tra", 3),
    ("thứ trưởng", 4),
    ("phó chủ nhiệm", 4),
    ("chủ tịch", 3),
    ("phó chủ tịch", 4),
    ("tổng cục trưởng", 5),
    ("bí thư tỉnh ủy", 2),
    ("bí thư thành ủy", 2),
    ("bí thư", 3),
    ("phó bí thư", 4),
    ("cục trưởng", 6),
    ("vụ trưởng", 6),
    ("giám đốc sở", 5),
    ("giám đốc", 6),
    ("chánh văn phòng", 6),
    ("chánh thanh tra", 6),
    ("viện trưởng", 6),
    ("hiệu trưởng", 6),
    ("tổng biên tập", 6),
    ("trưởng ban", 5),
    ("phó trưởng ban", 6),
    ("phó giám đốc", 7),
    ("phó cục trưởng", 7),
    ("phó vụ trưởng", 7),
    ("phó chánh văn phòng", 7),
    ("phó chánh thanh tra", 7),
    ("trưởng phòng", 8),
    ("phó trưởng phòng", 9),
    ("chuyên viên", 10),
)
UNKNOWN_RANK = 99
_OF_COMMUNE = re.compile(
    r"(?:chủ tịch|bí thư)\s+(?:(?:UBND|HĐND|Ủy ban nhân dân|Đảng ủy)\s+)?"
    r"(?:xã|phường|thị trấn|đặc khu|chi bộ|chi đoàn|Đoàn)(?!\w)",
    re.IGNORECASE,
)
#: Office and the head noun of what it heads.
HEADED = {
    "chánh văn phòng": "Văn phòng",
    "chánh thanh tra": "Thanh tra",
    "vụ trưởng": "Vụ",
    "cục trưởng": "Cục",
    "tổng cục trưởng": "Tổng cục",
    "trưởng phòng": "Phòng",
    "giám đốc": "",
    "viện trưởng": "Viện",
    "hiệu trưởng": "Trường",
    "tổng biên tập": "Tạp chí",
    "trưởng ban": "Ban",
    "bộ trưởng": "Bộ",
    "thứ trưởng": "Bộ",
    "chủ tịch": "",
    "chi cục trưởng": "Chi cục",
    "trưởng": "",
    "chủ nhiệm": "",
    "tổng giám đốc": "",
    "kế toán trưởng": "",
    "bí thư": "",
    "thống đốc": "",
    "tổng thanh tra": "",
    "chánh án": "",
}
#: Offices a sentence can have as the one who directs: "Phó Thủ tướng yêu cầu …".
DIRECTING = phrases(
    """
    Thủ tướng Chính phủ | Phó Thủ tướng Chính phủ | Phó Thủ tướng Thường trực | Thủ tướng | Phó Thủ tướng |
    Bộ trưởng | Thứ trưởng | Chủ tịch UBND tỉnh | Phó Chủ tịch UBND tỉnh | Phó Chủ tịch Thường trực |
    Chủ tịch Quốc hội | Phó Chủ tịch Quốc hội | Chủ tịch nước | Chủ tịch UBND Thành phố |
    Phó Chủ tịch UBND Thành phố | Chủ tịch | Phó Chủ tịch | Trưởng ban | Trưởng Ban Chỉ đạo | Phó Trưởng ban |
    Giám đốc Sở | Giám đốc | Phó Giám đốc | Cục trưởng | Tổng cục trưởng | Vụ trưởng | Chánh Văn phòng |
    Thường trực Tỉnh ủy | Ban Thường vụ Tỉnh ủy | Thường trực Thành ủy | Ban Thường vụ Thành ủy |
    Thường trực HĐND tỉnh | Ban Bí thư | Bộ Chính trị | Thủ trưởng cơ quan | Ban Giám đốc | Ban Giám hiệu |
    Tổng Giám đốc | Bí thư Tỉnh ủy | Bí thư Thành ủy | Bí thư | Chủ nhiệm | Lãnh đạo Bộ | Lãnh đạo tỉnh |
    Lãnh đạo thành phố | Lãnh đạo Sở |
    Lãnh đạo UBND tỉnh | Lãnh đạo UBND thành phố | Lãnh đạo huyện | Lãnh đạo xã | Ban Chỉ đạo |
    Chính phủ | Thường trực Chính phủ | Ủy ban nhân dân tỉnh | UBND tỉnh | UBND Thành phố | UBND thành phố | UBND TP |
    UBND huyện | UBND quận | UBND xã | UBND phường | Ủy ban nhân dân thành phố | Ủy ban nhân dân huyện |
    Chủ tọa |
    người chủ trì | người đứng đầu chính quyền tỉnh | người đứng đầu chính quyền thành phố | người đứng đầu UBND tỉnh |
    người đứng đầu ngành | Thường trực Ủy ban |
    Thường trực Ban Chỉ đạo | Chủ tịch Ủy ban | Phó Tổng Giám đốc | Văn phòng Chính phủ | Ban Cán sự đảng | Hội nghị |
    Trưởng đoàn | Hiệu trưởng | Viện trưởng
    """
)
TITLE = re.compile(
    r"(?:Phó\s+)?(?:"
    + "|".join(re.escape(title) for title in sorted(HEADED, key=len, reverse=True)).replace(r"\ ", r"\s+")
    + r")(?!\w)",
    re.IGNORECASE,
)
DIRECTOR = re.compile(
    rf"(?:Đồng\s+chí\s+)?{words_pattern(DIRECTING)}(?:\s+(?:thường\s+trực|Thường\s+trực|Bộ\s+\w+(?:\s+vụ|"
    rf"\s+chính|\s+tế)?))?(?P<name>(?:\s+(?-i:[{UPPER}])\w*){{0,5}})",
    re.IGNORECASE,
)


def rank(title: str) -> int:
    """The highest rank named in a title; `UNKNOWN_RANK` if none is."""
    folded = fold(title)
    best = UNKNOWN_RANK
    for name, number in sorted(RANKS, key=lambda pair: len(pair[0]), reverse=True):
        plain = fold(name)
        if plain in folded:
            best = min(best, number)
            folded = folded.replace(plain, " ")
    return best


def heads_a_commune(title: str) -> bool:
    """Is it the head of a commune or of a group within an office, who directs nobody of a province or ministry?"""
    return _OF_COMMUNE.search(title) is not None


def short_title(title: str) -> str:
    """How a person is called in a sentence: "Thứ trưởng" for "Thứ trưởng, Trưởng ban Ban Chỉ đạo", "Giám đốc" for
    "Giám đốc Sở"."""
    first = title.split(",")[0].strip()
    match = TITLE.match(first)
    return " ".join(match.group(0).split()) if match else first


def headed_noun(title: str) -> str | None:
    """The head noun of the unit that an office heads: "Văn phòng" for "Chánh Văn phòng"; None if it heads nothing by
    its name."""
    plain = re.sub(r"^phó\s+", "", " ".join(title.lower().split()))
    return HEADED.get(plain) or None
