"""Which of the many are meant: the words behind "các đơn vị" up to what they are to do.

In: a cursor behind the common noun. Out: the cursor behind those words, if an act follows them.

| said | which |
|---|---|
| Các địa phương chưa hoàn thành phải … | chưa hoàn thành |
| các doanh nghiệp kinh doanh xăng dầu bảo đảm … | kinh doanh xăng dầu |
| Các địa phương có tỷ lệ giải ngân dưới 50% ký cam kết … | có tỷ lệ giải ngân dưới 50% |
| UBND các tỉnh biên giới chỉ đạo … | biên giới |
"""

import re

from minutes.language import lexicon
from minutes.language.name_patterns import ACT_WORDS, SMALL_STOP
from minutes.language.scanning import Cursor, words_pattern
from minutes.language.text import UPPER
from minutes.language.verbs import HAD_BY_ACT

_ACTS = words_pattern((*lexicon.VERBS, *lexicon.DUTY, *lexicon.ADVERBS, "chủ trì", "phối hợp"))
_MUST = (
    r"(?=\s+(?:phải|cần|khẩn\s+trương|có\s+trách\s+nhiệm|tập\s+trung|chủ\s+động|tiếp\s+tục|thì|nộp|gửi|hoàn\s+thành|"
    r"bàn\s+giao|giải\s+trình|kiểm\s+điểm|rút\s+kinh\s+nghiệm|chịu\s+trách\s+nhiệm|có\s+văn\s+bản|báo\s+cáo\s+(?:giải\s+trình|về|ngay))(?!\w))"
)
_NOUNS_LIKE_ACTS = (
    r"(?:(?:chương|công|quy|quá|lộ|tờ|giáo|phương|hành)\s+trình|kế\s+hoạch|báo\s+cáo\s+viên|đầu\s+tư\s+công|thông\s+tin|"
    r"(?:nông|lâm|thủy|hải|khoáng|tài|di)\s+sản(?:\s+xuất\s+khẩu)?|khó\s+\w+|vùng\s+trồng|vượt\s+cấp|cây\s+trồng|mã\s+số|hè\s+thu|thu\s+đông|dự\s+án\s+đầu\s+tư|vốn\s+vay(?:\s+ưu\s+đãi)?|đơn\s+vị\s+tư\s+vấn|"
    r"trạm\s+quan\s+trắc|cơ\s+cấu|đại\s+diện|quy\s+hoạch|bảo\s+hiểm|giao\s+thông|xây\s+dựng\s+cơ\s+bản)(?!\w)"
)
# "(danh sách kèm theo)"
_LISTED = r"\s*\((?:có\s+)?danh\s+sách[^()]{0,40}\)"
# A verb behind one of these tells which are meant, not what they are to do.
_GOVERNED = (
    r"(?:được|bị|chưa|không|đã|đang|quá\s+hạn(?=\s+(?:nghiệm|thu|thanh|quyết|giải\s+quyết|trả|nộp))|chậm|hoạt\s+động|cấp\s+phép|đăng\s+ký|nguy\s+cơ|vi\s+phạm)"
    rf"\s+{words_pattern(lexicon.VERBS)}(?:\s+khai\s+thác)?"
)
_BEFORE_ACT = r"(?:(?:tự|tổng|cùng|chủ\s+trì)\s+)"
# Which of the many, before what they are to do: "chưa nộp báo cáo phải …", "còn trên 500 tỷ đồng chưa giải ngân lập …",
# "có rừng tuần tra", each tried after the one before it.
_STILL_MUST = (
    r"(?:chưa|còn|đang|được|bị|đã(?=\s+(?:đăng\s+ký|cam\s+kết|ký|được\s+giao)))"
    rf"(?:\s+(?!phải|cần|khẩn)[\w%,/-]+){{1,12}}?(?<!chưa)(?<!không){_MUST}"
)
_NO_MATTER = (
    r"(?!\s+(?:trách\s+nhiệm|nhiệm\s+vụ(?!\s+(?:quá\s+hạn|chậm|chưa|còn|khoa))|"
    rf"{words_pattern(HAD_BY_ACT)}(?!\s+bị)))"
)
_ENDS_WHICH = rf"(?:\s+{_BEFORE_ACT}?{_ACTS}|\s+chủ\s+trì(?!\w)|{_MUST.removeprefix('(?=').removesuffix(')')})"
_WORD_OF_WHICH = (
    rf"(?!{_ACTS}|{_BEFORE_ACT}|(?:thì|phải|cần|khẩn|giải\s+trình|kiểm\s+điểm|chủ\s+trì)(?!\w)|{_GOVERNED})[\w%./-]+"
)
# "khai thác cát, sỏi": the list goes on, and only then comes the act.
_LIST_OF_WHICH = rf",(?=\s+(?!{_ACTS}|các\s|(?-i:[{UPPER}]))(?:\w+\s+){{1,3}}?{_BEFORE_ACT}?{_ACTS})"
_AS_THEY_ARE = (
    rf"(?:còn|chưa(?:\s+{words_pattern(lexicon.VERBS)}(?=\s+được\s))?|bị|được(?!\s+giao)|đang|có{_NO_MATTER})"
    rf"(?:\s+(?:{_GOVERNED}|{_NOUNS_LIKE_ACTS}|{_WORD_OF_WHICH})|{_LIST_OF_WHICH}){{2,16}}(?={_ENDS_WHICH})"
)
_OF_THE_KIND = (
    rf"(?:kinh\s+doanh|sản\s+xuất|cung\s+cấp\s+dịch\s+vụ|vận\s+tải|xuất\s+khẩu|nhập\s+khẩu|chế\s+biến|khai\s+thác|có{_NO_MATTER}|ngoài|ven|nơi)"
    rf"(?:\s+(?:{_NOUNS_LIKE_ACTS}|(?:được|bị)\s+{_ACTS}|(?!{_ACTS}|(?:thì|khi|nếu)(?!\w))[^\W\d_]\w*)){{1,10}}"
    rf"(?=(?:{_LISTED})?\s+(?:thì(?!\w)|{_ACTS}|{words_pattern(lexicon.RESPONSIBLE)})|\s*:)"
)
# "có tỷ lệ giải ngân dưới 50%", "có số mộ phải di dời còn trên 200 ngôi": a verb before the count is part of it.
_BY_COUNT = (
    rf"(?:(?:có|còn|đạt)\s[^,;:.]{{2,70}}?|{words_pattern(lexicon.VERBS)}\s+)(?:dưới|trên|vượt|hơn|quá|từ)\s+\d[\d.,]*(?:\s*%|\s+[^\W\d_]+)"
    rf"(?:\s+trở\s+(?:lên|xuống))?(?=\s+(?:{_BEFORE_ACT}?{_ACTS}|trực\s+tiếp|chịu\s+trách\s+nhiệm|phải)(?!\w))"
)
_BUT = (
    r"(?:đã|được|có)\s[^,;:.]{2,60}?\snhưng\s+(?:chưa|không|còn|sai|vẫn)"
    rf"(?:\s+{words_pattern(lexicon.VERBS)}|\s+\w+){{1,3}}?(?=\s+(?:khẩn\s+trương|phải|{_ACTS}))"
)
# "các tỉnh nơi có trồng sầu riêng": what stands behind "nơi có" is no act of theirs.
_WHERE = rf"nơi\s+có\s+\w+(?:\s+(?!{_ACTS})[^\W\d_]\w*){{0,6}}(?=\s*:|\s*$|\s+{_ACTS})"
_WHICH = re.compile(rf"{_WHERE}|{_BY_COUNT}|{_BUT}|{_STILL_MUST}|{_AS_THEY_ARE}|{_OF_THE_KIND}", re.IGNORECASE)
# "Các Ban Quản lý dự án 3, 5, 8:": at the head of a list all that stands before the colon, unless others are named too.
_OTHERS = rf"(?:,\s*|\s+và\s+)(?:các(?!\w)|(?-i:[{UPPER}]))"
_UP_TO_COLON = re.compile(rf"\s*(?!{_ACTS})(?:(?!{_OTHERS})[^:;.\n]){{2,90}}?(?=\s*:\s*$)", re.IGNORECASE)
_MAY_NOT = words_pattern(lexicon.PROHIBITING)
# "UBND các tỉnh biên giới chỉ đạo …", "các công ty nhiệt điện: …": small words nobody knows, right before an act.
_OF_A_KIND = re.compile(
    rf"(?:(?!{SMALL_STOP}|trên\s+cơ\s+sở)[^\W\d_{UPPER}]\w*\s+){{0,5}}(?!{SMALL_STOP}|(?:thì|chỉ|khi|nếu|trên\s+cơ\s+sở|cơ\s+sở)(?!\w))[^\W\d_{UPPER}]\w*"
    rf"(?=\s+{ACT_WORDS}|\s+{_MAY_NOT}|\s*:)"
)


def read_which(cursor: Cursor, *, spoken: bool = False) -> None:
    """Read on over the words that say which of the many are meant ("ven suối", "có rừng"), if an act follows."""
    if not spoken and cursor.take_pattern(_UP_TO_COLON) is not None:
        return
    if cursor.take_pattern(_WHICH) is None and not spoken:
        cursor.take_pattern(_OF_A_KIND)
