"""What an assignment clause is, and how one is read to its end behind its lead.

In: a cursor behind the name of the one told. Out: a `Clause` with duty words, manner and coordination read over.
"""

import re
from dataclasses import dataclass
from typing import Literal

from minutes.language.coordination import acts, read_coordination, read_manner, word_place
from minutes.language.directory import Directory
from minutes.language.parties import Party
from minutes.language.scanning import Cursor, phrases
from minutes.language.text import UPPER

Form = Literal["assigned", "duty", "implicit", "heading", "subjectless"]

_BY_OFFICE = re.compile(
    r"(?:theo|căn cứ)\s+(?:(?:chức năng|nhiệm vụ|lĩnh vực|thẩm quyền|phạm vi|trách nhiệm|quy định)[\s,]*(?:và\s+)?)+"
    r"(?:cụ thể\s+)?(?:của (?:đơn vị|cơ quan|địa phương|ngành|mình|cơ quan, đơn vị)(?:\s+mình)?\s*,?\s*)?"
    r"(?:quản lý|(?:được\s+)?(?:giao|phân công)(?:\s+phụ trách)?|quyền hạn|của mình)?\s*,?\s*|"
    r"theo\s+(?:sự\s+)?(?:được\s+)?phân công(?:\s+(?:phụ trách|nhiệm vụ))*\s*,?\s*",
    re.IGNORECASE,
)
# "Sở Văn hóa là cơ quan thường trực, xây dựng …": the post it holds, then the act.
_STANDING_OFFICE = re.compile(
    r"(?:(?:là|làm)\s+(?=cơ|đơn|đầu)|(?=cơ\s+quan\s+thường\s+trực|đơn\s+vị\s+đầu\s+mối))"
    r"(?:cơ\s+quan|đơn\s+vị|đầu\s+mối)\s*(?:thường\s+trực|đầu\s+mối|tham\s+mưu|giúp\s+việc)?"
    r"(?:\s+(?:của|giúp)\s+(?:Ban|Tổ|Hội\s+đồng)(?:\s+\w+){0,4}?)?\s*,\s*(?!phối|cùng|chủ)",
    re.IGNORECASE,
)
# "chịu trách nhiệm theo dõi, đôn đốc …" is a task; "chịu trách nhiệm trước Bộ trưởng …" is none.
# "về làm tờ trình": goes and does it.
_GOES = re.compile(r"về\s+", re.IGNORECASE)
_ANSWERS_FOR = re.compile(r"chịu\s+trách\s+nhiệm(?!\s+(?:tổ\s+chức\s+)?thực\s+hiện)(?!\w)", re.IGNORECASE)

# "Cục Đường thủy nội địa được Bộ Giao thông vận tải yêu cầu chỉ đạo …": who asked it.
_ASKED_BY = re.compile(
    rf"được\s+(?:(?-i:[{UPPER}])|lãnh\s+đạo\s)[^,;:.]{{2,60}}?\s(?:yêu\s+cầu|giao(?:\s+nhiệm\s+vụ)?|phân\s+công|đề\s+nghị)(?!\w)",
    re.IGNORECASE,
)
_DUTY_WORDS = phrases(
    """
    cũng | có trách nhiệm | có nhiệm vụ | phải | cần | cần phải | nên | được giao | được yêu cầu | được đề nghị |
    được phân công | sẽ | hãy | thực hiện việc | nhiệm vụ
    """
)


@dataclass(frozen=True)
class Clause:
    """One assignment. `predicate_start` to `predicate_end` is what is to be done, adverbs included, coordination left
    out."""

    form: Form
    lead: tuple[Party, ...]
    coordinating: tuple[Party, ...]
    start: int
    end: int
    predicate_start: int
    predicate_end: int
    verb: str = ""
    manner: str = ""


def completed(
    form: Form, cursor: Cursor, lead: tuple[Party, ...], start: int, end: int, directory: Directory, verb: str = ""
) -> Clause:
    """Read duty words, manner and coordination behind the lead; the rest is the predicate."""
    text = cursor.text
    cursor.take_marks(":,")
    while cursor.take_any(_DUTY_WORDS) or cursor.take_pattern(_ASKED_BY) is not None:
        pass
    if (goes := _GOES.match(text, word_place(text, cursor.position, end), end)) and acts(text, goes.end(), end):
        cursor.position = goes.end()
    cursor.take_pattern(_BY_OFFICE)
    cursor.take_pattern(_STANDING_OFFICE)
    answers = cursor.take_pattern(_ANSWERS_FOR)
    if answers is not None and not acts(text, cursor.position, end):
        cursor.position = answers.start()
    manner_start = word_place(text, cursor.position, end)
    manner_end = read_manner(cursor)
    coordinating = read_coordination(cursor, directory)
    manner = text[manner_start:manner_end].strip(" ,") if coordinating is not None else ""
    place = cursor.position if coordinating is not None else manner_start
    place = word_place(text, place, end)
    if lead and not text[place:end].strip(" :.,"):
        form = "heading"
    return Clause(form, lead, coordinating or (), start, end, place, end, verb, manner)
