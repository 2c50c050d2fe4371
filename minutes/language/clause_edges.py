"""Where a sentence goes on with a conclusion of another kind though no new subject is named.

In: a sentence and the mark at which it may be parted. Out: whether it is.

| before the mark | behind it |
|---|---|
| … rà soát các dự án; | chịu trách nhiệm trước Bộ trưởng |
| … ký cam kết tiến độ; | dự án nào chậm thì người đứng đầu phải kiểm điểm trách nhiệm |
| … chịu trách nhiệm về số liệu; | đến hết năm 2026 phải giải quyết xong |
"""

import re

from minutes.language import lexicon
from minutes.language.coordination import acts, behind_time, word_place
from minutes.language.scanning import words_pattern

# Behind a semicolon these are an item of another kind even without a new subject.
_BINDS_ALONE = re.compile(
    words_pattern((*lexicon.RESPONSIBLE, "không được", "nghiêm cấm", "tuyệt đối không")), re.IGNORECASE
)
# "; dự án nào chậm thì người đứng đầu phải kiểm điểm trách nhiệm": for whoever fails, nobody's task.
_WHOEVER_FAILS = re.compile(
    r"(?:ai|(?:đơn vị|cơ quan|địa phương|dự án|đồng chí|cá nhân|nơi|xã|phường|người|sở|ngành|cán bộ)\s+nào)"
    r"\s[^.;]{3,160}?\sthì\s[^.;]{0,60}?(?:chịu|kiểm điểm|xem xét|xử lý)\s+trách nhiệm",
    re.IGNORECASE,
)
_ANSWERS_FOR = re.compile(words_pattern(lexicon.RESPONSIBLE), re.IGNORECASE)


def binds_alone(text: str, start: int, mark: re.Match[str], end: int) -> bool:
    """Does the part of a sentence (from `start` to `end`) behind `mark` bind by itself?"""
    if _BINDS_ALONE.match(text, mark.end(), end) or _WHOEVER_FAILS.match(text, mark.end(), end):
        return True
    return _ANSWERS_FOR.search(text, start, mark.start()) is not None and _acts_in_time(text, mark.end(), end)


def _acts_in_time(text: str, start: int, end: int) -> bool:
    """ "đến hết năm 2026 phải giải quyết xong …": an act behind its time."""
    place = behind_time(text, word_place(text, start, end), end)
    return place > start + 1 and acts(text, place, end)
