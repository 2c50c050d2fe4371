"""What an item is: a task to be tracked, a standing duty, a prohibition, a responsibility, a commendation or a
decision.

In: the words behind the subject, and what is known of lead and deadline. Out: the kind. Only a directive becomes a
task (decisions
42/2014 and 23/2018/QĐ-TTg leave regular duties out of the register).
"""

import re
from typing import Literal

from minutes.language import lexicon
from minutes.language.deadline_values import Deadline
from minutes.language.scanning import Cursor

ItemKind = Literal["directive", "standing_duty", "prohibition", "responsibility", "commendation", "decision"]


def kind_of(predicate: str, *, deadline: Deadline | None, collective: bool, explicit: bool) -> ItemKind:
    """The kind of an item whose subject is a unit, said or inherited.

    Args:
        predicate: what the subject is to do, without the assigning verb.
        deadline: what was said of time; a day or a recurrence makes a task of almost anything.
        collective: the lead is many units, or nobody by name.
        explicit: somebody was told to ("giao", "yêu cầu"), not only described.

    >>> kind_of("không được tổ chức các chuyến đi công tác", deadline=None, collective=True, explicit=False)
    'prohibition'
    """
    cursor = Cursor(predicate)
    if _forbids(cursor):
        return "prohibition"
    _skip_manner(cursor)
    if _forbids(cursor):
        return "prohibition"
    if cursor.sees_any(lexicon.RESPONSIBLE) or _ANSWERS.match(cursor.rest().strip()):
        return "directive" if _REVIEWED.match(cursor.rest().strip()) else "responsibility"
    if collective and deadline is None and _CARRIES_OUT.fullmatch(predicate.strip(" ./;,")):
        return "standing_duty"
    timed = deadline is not None and (
        deadline.iso is not None or deadline.rrule is not None or deadline.kind == "next_meeting"
    )
    if timed or not _is_conduct(predicate, collective=collective):
        return "directive"
    return "directive" if explicit and not collective else "standing_duty"


def kind_of_statement(sentence: str) -> ItemKind | None:
    """The kind of a sentence of the one who directs, without a unit told to do anything; None if it binds nobody.

    >>> kind_of_statement("Cơ bản thống nhất với báo cáo của Văn phòng Bộ.")
    'decision'
    """
    if PRAISE_OTHERS.match(sentence):
        return None
    cursor = Cursor(sentence)
    _skip_manner(cursor)
    for phrases, kind in _OPENINGS:
        if cursor.sees_any(phrases):
            return kind
    if WHOEVER.match(sentence.strip()):
        return "responsibility"
    return "prohibition" if _forbids(cursor) else None


#: "Đồng chí nào lộ đề thì tự chịu trách nhiệm".
WHOEVER = re.compile(
    r"(?:[^\s,;.]+\s+){1,6}?nào\s[^.;]{3,160}?"
    r"\sthì\s[^.;]{0,60}?(?:chịu|kiểm điểm|xem xét|xử lý)\s+trách nhiệm",
    re.IGNORECASE,
)
# "trực tiếp phụ trách, chịu trách nhiệm trước Bộ trưởng về …"; "kiểm điểm trách nhiệm".
_ANSWERS = re.compile(
    r"(?:(?:trực tiếp\s+)?(?:phụ trách|chỉ đạo)(?:\s*,\s*|\s+và\s+)chịu trách nhiệm|tự chịu trách nhiệm|liên đới chịu "
    r"trách nhiệm|chịu trách nhiệm|(?:bị\s+|phải\s+)?(?:kiểm điểm|xem xét|xử lý)\s+trách nhiệm)(?!\w)",
    re.IGNORECASE,
)
# "kiểm điểm trách nhiệm …, báo cáo UBND tỉnh": something to be handed in.
_REVIEWED = re.compile(r"(?:kiểm điểm|xem xét|xử lý) trách nhiệm[^;.]*,\s*(?:báo cáo|gửi|trình)(?!\w)", re.IGNORECASE)
# "… nghiêm túc tổ chức triển khai thực hiện./.": the close of a paper, nothing of its own.
_CARRIES_OUT = re.compile(
    r"(?:(?:nghiêm túc|khẩn trương|chủ động|tích cực|tổ chức|quán triệt|phối hợp|triển khai|và|,)\s*)*thực hiện",
    re.IGNORECASE,
)
# "Kịp thời biểu dương, khích lệ các mô hình tốt", "Biểu dương, khen thưởng kịp thời …": to be done, not said now.
PRAISE_OTHERS = re.compile(
    r"\W*(?:kịp thời\s+(?:biểu dương|khen|tuyên dương|động viên)|"
    r"(?:biểu dương|khen thưởng|tuyên dương)(?:(?!\sđã\s)[^.;]){0,60}?"
    r"(?:kịp thời|mô hình|điển hình|nhắc nhở|phê bình|xử lý nghiêm))(?!\w)",
    re.IGNORECASE,
)
_OPENINGS: tuple[tuple[tuple[str, ...], ItemKind], ...] = (
    (lexicon.COMMENDING, "commendation"),
    (lexicon.DECIDING, "decision"),
    (lexicon.PROHIBITING, "prohibition"),
    (lexicon.RESPONSIBLE, "responsibility"),
)


def _forbids(cursor: Cursor) -> bool:
    """ "Không được …", and "không" before whatever act: "không hợp thức hóa sai phạm". Nothing is read."""
    before = cursor.position
    found = cursor.sees_any(lexicon.PROHIBITING) or (cursor.take("không") and cursor.sees_any(lexicon.VERBS))
    cursor.position = before
    return found


def _skip_manner(cursor: Cursor) -> None:
    while cursor.take_any(("phải", "cần", "cần phải", *lexicon.ADVERBS)):
        cursor.take_marks(",")


def _is_conduct(predicate: str, *, collective: bool) -> bool:
    """General conduct without anything to be handed over."""
    cursor = Cursor(predicate)
    cursor.take_any(("phải", "cần", "cần phải"))
    delivers = any(Cursor(part).sees_any(lexicon.DELIVERING) for part in _parts(predicate))
    if cursor.sees_any(lexicon.STANDING):
        return not delivers
    if collective and cursor.sees_any(lexicon.STANDING_OF_MANY):
        return not delivers
    _skip_manner(cursor)
    many = lexicon.STANDING_OF_MANY if collective else ()
    return cursor.sees_any((*lexicon.STANDING, *many)) and not delivers


def _parts(predicate: str) -> list[str]:
    """Pieces between commas, each without its adverbs: where the verbs of a predicate stand."""
    pieces = []
    for piece in predicate.replace(";", ",").split(","):
        cursor = Cursor(piece)
        while cursor.take_any(("và", "phải", "cần", *lexicon.ADVERBS)):
            pass
        pieces.append(cursor.rest().strip())
    return pieces
