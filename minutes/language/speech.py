"""Spoken to written (LANGUAGE §1.6): what falls away between what a chair says and what a notice prints.

In: text of one speaker. Out: the same without fillers; first person turned into the office of the one who speaks.
"""

import re

from minutes.language.scanning import phrases, words_pattern
from minutes.language.text import UPPER, Replacement, Text, squeeze

_HESITATIONS = phrases(
    """
    à | ờ | ừ | ừm | ờm | ạ | nhé | nhá | ấy mà | đấy | đúng không ạ | đúng không | phải không | kiểu như |
    nói chung là | thế thì | cái việc | nha | hả | dạ | vâng
    """
)
_ADDRESS = ("thưa các đồng chí", "kính thưa các đồng chí", "các đồng chí lưu ý giúp là", "thưa đồng chí")
# "khâu nào hở thì bịt khâu ấy" points at something; ", ấy, " points at nothing.
_FILLER = re.compile(rf"(?:{words_pattern((*_HESITATIONS, *_ADDRESS))}|(?:(?<=[,.]\s)|^)ấy(?!\w))\s*,?", re.IGNORECASE)
_NEXT_LETTER = re.compile(r"\s*([^\W\d_])")
# "à không" and "à nhầm" are corrections, read before the fillers go.
_UNFINISHED = re.compile(r"\.{3,}|…")
_ME = re.compile(
    rf"(?<!\w)(?!của\s+mình)(?P<before>báo cáo|trình|gửi|xin ý kiến|cho|với|của|để)\s+(?:cho\s+)?(?:tôi|mình|anh|"
    rf"chị)(?!\w)(?!\s+(?-i:[{UPPER}]))",
    re.IGNORECASE,
)
# "ban hành cho tôi bộ quy tắc", "xong trong tháng 11 cho tôi": wanted, but of nobody's doing.
_FOR_ME = re.compile(
    r"(?<!gửi)(?<!báo)(?<!báo cáo)(?<!nộp)(?<!trình)(?<!đưa)(?<!chuyển)(?<!nói)(?<!biết)(?<!kể lại)(?<!kể)(?<!lại)"
    r"\s+cho\s+(?:tôi|tui|mình)(?!\w)",
    re.IGNORECASE,
)
_ME_ALONE = re.compile(r"(?<!\w)tôi(?!\w)", re.IGNORECASE)
# "4 giờ chiều", "16 giờ 30 phút", "16h", "16 giờ".
_CLOCK = re.compile(
    r"(?<![\w:])(\d{1,2})(?:\s*giờ(?:\s+(\d{2})(?:\s+phút)?)?|h(\d{2})?)(?:\s+(sáng|trưa|chiều|tối))?(?!\w)",
    re.IGNORECASE,
)
# "ngày 15 tháng 4" of the spoken text; a year written already stays.
_SPOKEN_DAY = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})(?:\s+năm\s+(\d{4}))?(?!\w)", re.IGNORECASE)
_ONE_DIGIT = re.compile(
    r"(?<![\w.,/-])([2-9])(?=\s+(?:điểm|đơn vị|người|cán bộ|công chức|lao động|văn bản|nhiệm vụ|nội dung|"
    r"trường hợp|dự án|đề án|báo cáo|nhóm|tổ|huyện|xã|tỉnh|máy|trung tâm|phòng|thủ tục|hồ sơ)(?!\w))"
)


def without_fillers(text: Text) -> Text:
    """Drop hesitation and address; the characters left keep their origins."""
    found = list(_FILLER.finditer(text.value))
    follows = [match.start() for match in found[1:]] + [len(text.value)]
    return text.replaced(_dropped(text.value, *pair) for pair in zip(found, follows, strict=False))


def _dropped(value: str, filler: re.Match[str], following: int) -> Replacement:
    """The word behind a filler that opened a sentence opens it in its place: "Cái việc xin …" as "Xin …"."""
    word = _NEXT_LETTER.match(value, filler.end()) if filler.group(0)[0].isupper() else None
    if word is None or word.end() > following:
        return Replacement(filler.start(), filler.end(), "")
    return Replacement(filler.start(), word.end(), word.group(1).upper())


def third_person(value: str, office: str) -> str:
    """ "báo cáo tôi" as "báo cáo Thứ trưởng"; without a known office "tôi" becomes "người chủ trì"."""
    name = office or "người chủ trì"
    value = _FOR_ME.sub("", value)
    value = _ME.sub(lambda match: f"{match['before']} {name}", value)
    return _ME_ALONE.sub(name, value)


def office_style(value: str) -> str:
    """Figures as notices print them: "16h00", "02 cán bộ"; fragments and doubled spaces gone."""
    value = _UNFINISHED.sub(" ", value)
    value = _CLOCK.sub(_clock, value)
    value = _ONE_DIGIT.sub(r"0\1", value)
    return squeeze(re.sub(r"\s*,(?:\s*,)+", ",", value)).strip(" ,;")


def _clock(match: re.Match[str]) -> str:
    hour = int(match.group(1))
    if (match.group(4) or "").lower() in {"chiều", "tối"} and hour < 12:
        hour += 12
    if hour > 24:
        return match.group(0)
    return f"{hour:02d}h{match.group(2) or match.group(3) or '00'}"
