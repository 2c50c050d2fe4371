"""The words of an action: the predicate without its deadline, in the third person, with a capital.

In: a text and the place of a predicate, the deadlines found. Out: "Khắc phục đường truyền tại các điểm cầu". Nothing
is added but the
office that stands for "tôi" and the whole name of a unit that was shortened.
"""

import re
from collections.abc import Iterable

from minutes.language.clause_values import Clause
from minutes.language.deadline_values import FoundDeadline
from minutes.language.directory import Directory
from minutes.language.fields import DOERS_WITHIN
from minutes.language.speech import office_style, third_person
from minutes.language.text import WORD, capitalised, squeeze

# Words that only carry the deadline and go with it: ", hoàn thành trước ngày …", "(xong trước …)".
_CARRIER = re.compile(
    r"[\s,;(–-]*(?:(?:và|bảo đảm|đảm bảo|phải|yêu cầu|phấn đấu|cơ bản)\s+)*(?:(?:hoàn thành|xong|hoàn tất|thời "
    r"hạn|thời gian(?:\s+hoàn thành)?|(?<!quá\s)(?<!có\s)hạn(?:\s+hoàn thành)?)(?:\s+(?:xong|là))?\s*[:,]?\s*)?"
    r"(?:vào|lúc|trong)?\s*$",
    re.IGNORECASE,
)
_CARRIES_NOTHING = re.compile(r"(?:vào|lúc)\s*$", re.IGNORECASE)
# A newspaper's …", Bộ trưởng nói.
_WHO_SAID_IT = re.compile(
    r"[”\"]\s*,\s*[^,;”\"]{2,60}\s(?:nói|nhấn mạnh|yêu cầu|khẳng định|chỉ đạo|lưu ý|đề nghị|kết luận)\s*$",
    re.IGNORECASE,
)
# "Sở Du lịch cũng ban hành …".
_ALSO = re.compile(r"^\W*cũng\s+(?=\w)", re.IGNORECASE)
_LOOSE_ENDS = re.compile(r"\s*\(\s*\)|^[\s,;:.–-]+|[\s,;:–-]+$")
_SHORTEST_ACTION_WORDS = 2
# "Các nội dung nêu trên, nếu không quy định thời hạn riêng, hoàn thành trước …": only for those that have none.
_WITHOUT_OWN = re.compile(
    r"(?:nếu|trường hợp|mà|đối với (?:các )?(?:nội dung|nhiệm vụ)|những nội dung)?\s*(?:không|chưa)\s+"
    r"(?:có\s+|được\s+)?(?:quy định|nêu|ghi|xác định|giao|có)?\s*(?:rõ\s+|cụ thể\s+)?(?:về\s+)?"
    r"(?:thời hạn|thời gian|mốc thời gian)(?:\s+(?:riêng|cụ thể|hoàn thành|thực hiện))*(?!\w)",
    re.IGNORECASE,
)
_FINISHING = re.compile(
    r"\W*(?:việc\s+)?(?:hoàn thành|kết thúc|hoàn tất)\s+(?:việc\s+|công tác\s+|công việc\s+)?"
    r"(?P<what>[^,;.]*?)\s+(?:trước|trong|chậm nhất|xong|vào|muộn nhất)\s",
    re.IGNORECASE,
)


def action_of(value: str, clause: Clause, cut: FoundDeadline | None) -> str:
    """The predicate of `clause` without the deadline `cut`, manner in front, as it was said."""
    predicate = _WHO_SAID_IT.sub("", _without(value, clause.predicate_start, clause.predicate_end, cut))
    # Those named in brackets within the act are its parties by now.
    predicate = DOERS_WITHIN.sub(" ", predicate) if clause.lead else predicate
    whole = _ALSO.sub("", f"{clause.manner} {predicate}" if clause.manner else predicate)
    return capitalised(squeeze(_LOOSE_ENDS.sub(" ", _LOOSE_ENDS.sub("", whole)).strip()))


def written(action: str, office: str, directory: Directory) -> str:
    """A spoken action in the style of a notice: third person, figures, whole names of units."""
    return capitalised(full_names(office_style(third_person(action, office)), directory))


def full_names(value: str, directory: Directory) -> str:
    """Units said in short by their names: "Trung tâm III" as "Trung tâm Lưu trữ quốc gia III"."""
    position, pieces = 0, []
    for word in WORD.finditer(value):
        if word.start() < position:
            continue
        hit = directory.unit_at(value, word.start())
        if (
            hit is None
            or hit.place
            or hit.shortened
            and len(WORD.findall(value[word.start() : hit.end])) < _SHORTEST_ACTION_WORDS + 1
        ):
            continue
        pieces += [value[position : word.start()], hit.unit.name]
        position = hit.end
    return "".join([*pieces, value[position:]])


def is_only_deadline(value: str, start: int, end: int, found: Iterable[FoundDeadline]) -> bool:
    """Is a sentence nothing but a deadline ("Hoàn thành trong tháng 8 năm 2021.")?"""
    hits = [hit for hit in found if start <= hit.start and hit.end <= end]
    if not hits:
        return False
    left = _WITHOUT_OWN.sub(" ", value[start : hits[0].start] + " " + value[hits[-1].end : end])
    plain = re.sub(
        r"(?<!\w)(?:hoàn thành|xong|hoàn tất|thời hạn|thời gian|hạn|kết thúc|phải|yêu cầu|chậm nhất|là|việc|"
        r"nội dung|nhiệm vụ|này|trên|nêu|đó|các|tất cả|công việc|những|xong|thực hiện|nói|đều|cần|thì|nhất "
        r"thiết)(?!\w)",
        " ",
        left,
        flags=re.IGNORECASE,
    )
    return not WORD.search(plain)


def repeats(sentence: str, action: str) -> bool:
    """Does "Hoàn thành việc lập phương án trước ngày …" only set the day of the act just told?"""
    match = _FINISHING.match(sentence)
    words = WORD.findall(match["what"].lower()) if match else []
    known = set(WORD.findall(action.lower()))
    return bool(words) and all(word in known for word in words)


def names_several(sentence: str) -> bool:
    """Does a deadline's own sentence speak of several tasks ("Các nhiệm vụ trên hoàn thành trước …")?"""
    return (
        re.search(r"(?<!\w)(?:các|tất cả|những)\s+(?:nội dung|nhiệm vụ|công việc|việc)", sentence, re.IGNORECASE)
        is not None
    )


def _without(value: str, start: int, end: int, cut: FoundDeadline | None) -> str:
    if cut is None or cut.deadline.kind == "none" or cut.end <= start or cut.start >= end:
        return value[start:end]
    before = value[start : max(start, cut.start)]
    after = value[cut.end : end]
    carried = _CARRIER.search(before)
    shortened = before[: carried.start()] if carried else before
    if len(WORD.findall(shortened)) == 0 and not WORD.search(after):
        shortened = _CARRIES_NOTHING.sub("", before)
    if after.lstrip().startswith(")") and "(" not in shortened:
        after = after.lstrip()[1:]
    # What goes on behind the deadline keeps its comma: "…, định kỳ hằng tháng báo cáo …".
    comma = "," if WORD.match(after.lstrip()) and before[len(shortened) :].lstrip().startswith(",") else ""
    return f"{shortened}{comma} {after}"
