"""Words behind a subject that tell of something and so tell nobody to do anything.

In: a place in a sentence. Out: yes or no.

| said | why it is no order |
|---|---|
| Anh Đạt lúc nãy kêu chưa có định mức | what was said a while ago |
| Sở Nội vụ báo cáo tiến độ còn chậm | what somebody reports |
| Gỡ cảnh báo không phải là đích cuối cùng | what an act is |
| Không đơn vị nào được phát ngôn | stated to all |
"""

import re

from minutes.language import lexicon
from minutes.language.kinds import WHOEVER
from minutes.language.scanning import words_pattern
from minutes.language.text import UPPER
from minutes.language.verbs import HAD_BY_ACT

# "Chị Diễm về làm tờ trình": goes and does it.
_GOES_TO = r"về\s+(?:làm|rà|lo|xem|soạn|lập|tính|chuẩn\s+bị|kiểm\s+tra|chỉ\s+đạo|bàn|họp)(?!\w)"
# "Bộ A thống nhất với Bộ B kịp thời đề xuất …": with whom it is done.
_AGREES_TO_ACT = (
    rf"thống\s+nhất\s+với\s+(?:các\s+)?(?-i:[{UPPER}])[^.;:]{{2,120}}?\s(?:kịp\s+thời|khẩn\s+trương|sớm|xây\s+dựng|"
    r"trình|đề\s+xuất|rà\s+soát|triển\s+khai|tổ\s+chức|xác\s+định|hoàn\s+thiện|hoàn\s+thành|lập|ban\s+hành)\s"
)
# "được (Bộ Xây dựng) giao …": told to.
_ASKED_TO = r"được\s+(?:[^,;:.]{2,60}?\s)?(?:yêu\s+cầu|giao|phân\s+công|đề\s+nghị)(?:\s+nhiệm\s+vụ)?\s"
_REPORTS = re.compile(
    rf"(?!chia\s+sẻ\s+(?:dữ\s+liệu|thông\s+tin|tài\s+nguyên)(?!\w))"
    rf"(?!là\s+(?:cơ\s+quan\s+|đơn\s+vị\s+)?(?:đầu\s+mối|chủ\s+trì|thường\s+trực))(?!{_GOES_TO})"
    rf"(?!xin\s+(?:lỗi|ý\s+kiến)(?!\w))(?!{_AGREES_TO_ACT}|{_ASKED_TO})(?:{words_pattern(lexicon.REPORTING)}|"
    r"(?:muốn|kêu|than|đòi)(?!\w)|bảo\s+(?:là|rằng|chờ|không|chưa|thế|đợi)(?!\w)|xin\s+(?:lùi|thêm|được|cho)(?!\w))",
    re.IGNORECASE,
)
# "Sở Xây dựng có văn bản hướng dẫn …" is an act; "Sở Xây dựng có văn bản số 12" is told of.
_WRITES = re.compile(
    rf"có\s+(?:{'|'.join(HAD_BY_ACT)})\s+"
    r"(?!số|ngày|tại|trình bày|của|gì|như|rồi)[^\W\d_]",
    re.IGNORECASE,
)
# "Anh Đạt lúc nãy kêu chưa có định mức …": what was said a while ago.
_A_WHILE_AGO = re.compile(
    r"(?:hôm\s+nay\s+)?(?:đi\s+)?vắng(?!\w)|(?:lúc|hồi|khi|ban|vừa)\s+(?:nãy|này|sáng)(?!\w)|(?:hôm|bữa)\s+(?:qua|trước|nọ|kia)(?!\w)",
    re.IGNORECASE,
)
# "Gỡ cảnh báo không phải là đích cuối cùng": what an act is, not an order.
_IS_SOMETHING = re.compile(
    r"[^,;:.]{3,80}?\s(?:không\s+(?:phải|chỉ)\s+là|là\s+(?:nhiệm\s+vụ|cơ\s+hội|điều\s+kiện|yêu\s+cầu|giải\s+pháp|đích|"
    r"trách\s+nhiệm|vấn\s+đề|khâu|động\s+lực|văn\s+bản|nội\s+dung|công\s+trình|việc|cơ\s+sở|lĩnh\s+vực|một\s+trong))(?!\w)",
    re.IGNORECASE,
)
# "Không đơn vị nào được …" is stated to all; nobody is told to do it.
_NOBODY_MAY = re.compile(
    r"không\s+(?:một\s+)?(?:đơn vị|cơ quan|cá nhân|ai|địa phương|người|nơi)\s+(?:nào\s+)?được", re.IGNORECASE
)


# "hoàn thành 26/31 đầu việc": how far it has come.
_SO_FAR = re.compile(
    r"(?:đã\s+)?(?:hoàn\s+thành|xử\s+lý|giải\s+quyết|thực\s+hiện|giải\s+ngân)\s+(?:được\s+)?\d[\d.,]*\s*/\s*\d",
    re.IGNORECASE,
)


def tells_of(text: str, start: int, end: int) -> bool:
    """Does a predicate only report ("nêu khó khăn", "lúc nãy kêu …")? "Có văn bản hướng dẫn …" is an act."""
    if _A_WHILE_AGO.match(text, start, end) or _SO_FAR.match(text, start, end):
        return True
    return _REPORTS.match(text, start, end) is not None and not _WRITES.match(text, start, end)


def is_described(text: str, start: int, end: int) -> bool:
    """Is it said what something is?"""
    return _IS_SOMETHING.match(text, start, end) is not None


def binds_nobody_by_name(text: str, start: int, end: int) -> bool:
    """ "Không đơn vị nào được …", "đơn vị nào chậm thì người đứng đầu chịu trách nhiệm"."""
    return any(pattern.match(text, start, end) is not None for pattern in (_NOBODY_MAY, WHOEVER))
