"""Who gives orders in a report or a newspaper, and which of its sentences may do so.

In: sentences of a text without "kết luận như sau". Out: yes or no; which units are told is read elsewhere.

| may give an order | does not |
|---|---|
| Phó Thủ tướng yêu cầu các bộ … | Chi phí vận tải tăng 5 % |
| Sở Y tế đã đề nghị các bệnh viện … | Sở Y tế đề nghị UBND tỉnh hỗ trợ |
| Bộ Y tế tập trung chỉ đạo … (a report of which nothing else is left) | Bộ Y tế vừa tổ chức hội nghị |
"""

import re
from collections.abc import Sequence

from minutes.drafting.assigns import AN_OFFICE, ASKS, TELLS_BY_PAPER, office_asks
from minutes.language import lexicon
from minutes.language.assigning import A_PAPER
from minutes.language.clauses import read_clause
from minutes.language.directory import Directory
from minutes.language.scanning import Cursor
from minutes.language.sentences import Sentence
from minutes.language.text import UPPER
from minutes.language.titles import DIRECTOR

# Further back a director is only named: "Bộ Nội vụ rà soát nhu cầu, báo cáo Thủ tướng".
_DIRECTED = re.compile(
    rf"\W*(?:[^,]{{2,160}},\s*)?(?:{DIRECTOR.pattern}|(?:đồng chí|ông|bà)\s+(?-i:[{UPPER}]))|"
    r"\W*(?:giao|yêu cầu|đề nghị|phân công)(?!\w)",
    re.IGNORECASE,
)
# "Văn phòng Chính phủ tổ chức cuộc họp để …": bodies that direct also do; then no word of telling follows.
_BODY_DOES = re.compile(
    r"\W*(?:Văn phòng Chính phủ|(?:UBND|Ủy ban nhân dân)\s+\w+|Ban Chỉ đạo)"
    r"(?![^.;:]{0,90}?(?<!\w)(?:(?-i:giao)|yêu cầu|đề nghị|chỉ đạo|phân công|kết luận)(?!\w))",
    re.IGNORECASE,
)
_ORDERS = re.compile(
    DIRECTOR.pattern + r"[^.;:]{0,40}?(?<!\w)(?:giao|yêu cầu|đề nghị|chỉ đạo|lưu ý|phân công)(?!\w)", re.IGNORECASE
)
_COMRADE_SAYS = re.compile(
    rf"đồng chí\s+(?:(?-i:[{UPPER}])\w*\s+){{1,5}}(?:yêu cầu|đề nghị|giao|đánh giá|biểu dương|ghi nhận|nhấn mạnh|lưu ý|"
    r"chỉ đạo|phân công)(?!\w)",
    re.IGNORECASE,
)
# "Sở GD-ĐT TP.HCM yêu cầu …", "Tổng cục Thuế vừa ban hành công văn chỉ đạo …": an office that tells others.
_OFFICE_SAYS = re.compile(
    rf"(?:^|[,:]\s*){AN_OFFICE}\s(?:yêu\s+cầu|{ASKS}|{TELLS_BY_PAPER})(?!\w)(?!\s+của)", re.IGNORECASE
)
_BEGINS_WITH_ORDER = re.compile(r"\W*(?:giao|yêu cầu|đề nghị|phân công)(?!\w)", re.IGNORECASE)
# "…; văn bản giao Bộ Công Thương …": the paper reported on.
_PAPER_ORDERS = re.compile(rf"{A_PAPER}\s+(?:giao|yêu cầu|đề nghị|phân công)(?!\w)", re.IGNORECASE)


def may_order(words: str) -> bool:
    """In running prose an order names who gives it ("Phó Thủ tướng yêu cầu …") or begins with it ("Giao Sở …")."""
    return DIRECTOR.search(words) is not None or _says(words)


def tells_to_act(words: str) -> bool:
    """Does one who directs, or an office that asks many, tell somebody to act?"""
    return _ORDERS.search(words) is not None or office_asks(words)


def begins_with_director(words: str) -> bool:
    """Does a sentence begin with one who directs, and not with what a body does itself?"""
    return _DIRECTED.match(words) is not None and _BODY_DOES.match(words) is None


def is_cut_out(value: str, sentences: Sequence[Sentence], directory: Directory) -> bool:
    """ "Bộ Y tế tập trung chỉ đạo … . Khẩn trương trình …": orders cut out of a report, without whoever gives them."""
    said = [value[sentence.start : sentence.end] for sentence in sentences]
    if not said or any(tells_to_act(words) or _says(words) for words in said):
        return False
    first = read_clause(value, sentences[0].start, sentences[0].end, directory)
    if first is None or first.form != "implicit" or not first.lead:
        return False
    return bool(first.coordinating) or Cursor(value, first.predicate_start).sees_any(lexicon.ADVERBS)


def _says(words: str) -> bool:
    patterns = (_OFFICE_SAYS, _COMRADE_SAYS, _PAPER_ORDERS)
    return any(pattern.search(words) for pattern in patterns) or _BEGINS_WITH_ORDER.match(words) is not None
