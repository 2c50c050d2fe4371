"""Whether a note seems to name somebody. Forms about health take numbers only (REQUIREMENTS C6, C7): never a name.

A heuristic that errs on the side of refusing: a Vietnamese family name followed by one to three capitalised syllables,
unless it is the name of a street, school or place. Pure.
"""

import re

_FAMILY_NAMES = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Đoàn|Lâm|Trịnh|Mai|Đào|Cao|Lương|Tạ|"
    "Chu|Hà|Tô|Phùng|Quách|Thái|Triệu|Kiều|Nghiêm|Lưu|Vương|Tống|Giáp|Ỷ|Âu|Từ|Trương|Châu|La|Khổng|Thạch|Danh|Sơn"
)
_UPPER = "A-ZÀ-ÖØ-ÝĂĐĨŨƠƯẠ-Ỹ"
_SYLLABLE = rf"[{_UPPER}][^\W\d_]*"
_NAME = re.compile(rf"(?<!\w)(?:{_FAMILY_NAMES})(?:\s+{_SYLLABLE}){{1,3}}")
_PLACES = re.compile(
    r"(?:đường|phố|quận|phường|xã|huyện|thị xã|thành phố|tỉnh|trường|bệnh viện|ngõ|chợ|cầu|hồ|sông|khu|thôn|trạm|tp\.?)"
    r"\s*$",
    re.IGNORECASE,
)
#: Cities and provinces that begin like a family name.
_KNOWN_PLACES = ("Hà Nội", "Hồ Chí Minh", "Cao Bằng", "Thái Bình", "Thái Nguyên", "Lâm Đồng", "Hà Nam", "Hà Giang",
                 "Hà Tĩnh", "Lý Sơn", "Sơn La", "Hà Đông", "Mai Châu", "Châu Đốc", "Hồ Tây", "Lê Chân")  # fmt: skip


def seems_to_name(text: str) -> str:
    """The words that look like a person's name; empty where there are none."""
    for found in _NAME.finditer(text):
        words = found.group()
        if not words.startswith(_KNOWN_PLACES) and not _PLACES.search(text[: found.start()]):
            return words
    return ""
