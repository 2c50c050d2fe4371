"""Whether a clause assigns anything, in a list of conclusions and in prose.

In: a clause of a sentence and what is known around it. Out: yes or no, or the clause as it is meant.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from minutes.drafting.headings import Heading
from minutes.language import lexicon
from minutes.language.body_words import HEADS
from minutes.language.clause_pieces import Piece
from minutes.language.clause_values import Clause
from minutes.language.clauses import clause_with_subject, read_clause
from minutes.language.coordination import acts
from minutes.language.deadline_values import FoundDeadline
from minutes.language.directory import Directory
from minutes.language.kinds import PRAISE_OTHERS, kind_of_statement
from minutes.language.parties import Certainty
from minutes.language.procedure import decides_on, directors_own, speaks_of_past
from minutes.language.scanning import Cursor, words_pattern
from minutes.language.sentences import Sentence
from minutes.language.units import read_parties

#: A list of conclusions; running prose right behind an order; prose of any kind.
Mode = Literal["list", "prose", "explicit"]
_TELLS = ("yêu cầu", "đề nghị", "giao", "phân công")
# "(Tổng cục Thuế) vừa ban hành công văn chỉ đạo cục thuế các tỉnh …": a paper tells others.
_PAPER_TELLS = r"(?:yêu\s+cầu|đề\s+nghị|chỉ\s+đạo|giao)"
TELLS_BY_PAPER = (
    r"(?:(?:vừa|mới)\s+)?(?:có|ban\s+hành|ký|gửi|ra)\s+(?:công\s+văn|văn\s+bản|công\s+điện|chỉ\s+thị|thông\s+báo)"
    rf"(?:\s+[^,;:]{{1,60}}?)?\s+{_PAPER_TELLS}"
)
#: An office as the subject of a report's sentence, up to its verb.
AN_OFFICE = (
    r"\W*(?:(?:theo đó|đồng thời|cụ thể|ngoài ra|bên cạnh đó|mặt khác|cùng với đó)\s*,?\s*)?"
    rf"{words_pattern(HEADS)}\s(?:(?!kiến nghị)(?:[^,;:.]|\.(?=\S))){{1,60}}?"
)
# "Sở Giao thông vận tải đã đề nghị UBND các huyện …": an office asks many, or those below it; "Bộ Công Thương đề nghị
# Bộ Nông nghiệp gửi ý kiến": another for an answer. Of those above it asks help, which tells nobody.
_MANY = (
    r"(?:các|những|toàn\s+thể|tất\s+cả|mọi|(?:UBND|Ủy\s+ban\s+nhân\s+dân)\s+(?:các|xã|phường|huyện)|người\s+đứng\s+đầu|"
    r"thủ\s+trưởng|lãnh\s+đạo|chủ\s+đầu\s+tư|Hiệp\s+hội|Trung\s+tâm)(?!\w)"
)
_FOR_AN_ANSWER = (
    r"(?:Bộ|Sở|Cục|Vụ|UBND|Ủy\s+ban|Ban|Chi\s+cục|Tổng\s+cục|Phòng|Công\s+an)\s[^,;:.]{2,70}?\s(?:cho\s+ý\s+kiến|có\s+ý\s+kiến|gửi|"
    r"báo\s+cáo|cung\s+cấp|thông\s+tin|rà\s+soát|kiểm\s+tra|phối\s+hợp|chỉ\s+đạo)\s"
)
ASKS = (
    r"(?:(?:đã|còn|cũng|vừa)\s+)?"
    rf"(?P<asks>(?:đề\s+nghị|yêu\s+cầu)(?=\s+{_MANY})|đề\s+nghị(?=\s+{_FOR_AN_ANSWER}))"
)
_OFFICE_ASKS = re.compile(rf"{AN_OFFICE}\s{ASKS}", re.IGNORECASE)
_BY_PAPER = re.compile(rf"{TELLS_BY_PAPER}(?!\w)", re.I)
_TELLING = re.compile(rf"{_PAPER_TELLS}(?=\s)", re.I)
#: "Chủ tịch UBND tỉnh Bình Sa"; "Bộ trưởng" alone is the one who directs.
_WORDS_OF_A_HEAD = 5
_FORESEES = re.compile(r"\W*(?:dự kiến|dự báo|ước)(?!\w)", re.I)
_STRONG_DUTY = re.compile(r"(?<!\w)(?:có (?:trách nhiệm|nhiệm vụ)|được giao|cần|phải|chịu trách nhiệm)(?!\w)", re.I)


@dataclass(frozen=True)
class Surroundings:
    """Where a clause stands: how the text is read, whether a heading names somebody, whether items came before."""

    mode: Mode
    headed: bool
    follows_items: bool
    #: The sentence right before was an order.
    behind_order: bool = False


def told(value: str, piece: Piece, mode: Mode, directory: Directory) -> Clause | None:
    """In prose the subject that "yêu cầu" is the one who directs, and those told come behind: "Ban Biên tập yêu cầu
    các phòng …". In a list it is a unit that delegates further, and the task is its own."""
    clause = piece.clause
    if mode == "list":
        return clause and (_directs_in_turn(value, piece, clause, directory) or clause)
    if clause is None:
        return _told_by_paper(value, piece, directory)
    if clause.form != "implicit" or not Cursor(value, clause.predicate_start).sees_any(_TELLS):
        return clause
    inner = read_clause(value, clause.predicate_start, clause.end, directory)
    return inner if inner is not None and inner.form == "assigned" else clause


def _directs_in_turn(value: str, piece: Piece, clause: Clause, directory: Directory) -> Clause | None:
    """ "(… có ý kiến như sau:) Chủ tịch UBND tỉnh Bình Sa chỉ đạo các sở kiểm tra": the head of a body named whole is
    the one told."""
    if clause.form != "assigned" or clause.verb != "chỉ đạo":
        return None
    cursor = Cursor(value, piece.start, clause.start)
    head = read_parties(cursor, directory)
    whole = bool(head) and cursor.at_end() and len(value[piece.start : clause.start].split()) >= _WORDS_OF_A_HEAD
    return clause_with_subject(value, piece.start, piece.end, directory) if whole else None


def office_asks(words: str) -> bool:
    """Does a sentence say that an office asks many ("Sở Y tế đã đề nghị các bệnh viện …")?"""
    return _OFFICE_ASKS.match(words) is not None


def _told_by_paper(value: str, piece: Piece, directory: Directory) -> Clause | None:
    """ "Tổng cục Thuế vừa ban hành công văn chỉ đạo cục thuế các tỉnh …", "Sở Y tế đề nghị các bệnh viện …": whom the
    paper tells."""
    asks = _OFFICE_ASKS.match(value, piece.start, piece.end)
    written = None if asks else _BY_PAPER.search(value, piece.start, piece.end)
    place = asks.start("asks") if asks else written.start() if written else piece.end
    verb = _TELLING.search(value, place, piece.end)
    if verb is None:
        return None
    begin = verb.end() if verb.group(0).lower().startswith("chỉ") else verb.start()
    inner = read_clause(value, begin, piece.end, directory)
    return replace(inner, form="assigned") if inner is not None and inner.lead and inner.form != "heading" else None


def passed_on(value: str, sentence: Sentence, clause: Clause, heading: Heading) -> Clause:
    """ "Bộ Xây dựng: … b) Yêu cầu các đơn vị vận hành trạm thu phí chuẩn bị …": a point of a unit that has it tell many
    in its field is a task of that unit."""
    opens = sentence.opens and sentence.depth > 0 and not value[sentence.start : clause.start].strip(" -+")
    many = bool(clause.lead) and all(party.certainty is Certainty.COLLECTIVE for party in clause.lead)
    named = bool(heading.lead) and all(party.certainty is not Certainty.COLLECTIVE for party in heading.lead)
    if not (opens and many and named and clause.verb == "yêu cầu"):
        return clause
    return replace(clause, form="subjectless", lead=(), coordinating=(), predicate_start=clause.start, verb="")


def is_stated(value: str, piece: Piece, clause: Clause) -> bool:
    """Praise and decisions have those who direct as their subject: "Bộ trưởng đánh giá cao …"."""
    if clause.form not in {"implicit", "subjectless"} or clause.coordinating or clause.manner:
        return False
    said = value[piece.start : piece.end]
    if kind_of_statement(value[clause.predicate_start : piece.end]) == "commendation":
        return True
    return kind_of_statement(directors_own(said)) in {"commendation", "decision"} or decides_on(said)


def may_assign(
    value: str, sentence: Sentence, clause: Clause, deadlines: Sequence[FoundDeadline], around: Surroundings
) -> bool:
    """In prose only plain orders count; in a list every clause with a subject and a verb does."""
    if clause.form == "assigned":
        return True
    if clause.form == "subjectless" and _FORESEES.match(value, sentence.start, sentence.end):
        return False
    if speaks_of_past(value[sentence.start : clause.predicate_start]) or _only_states(value, clause, around):
        return False
    if around.mode == "list":
        return (
            bool(clause.lead)
            or sentence.depth > 0
            or around.headed
            or bool(clause.verb)
            # An unnumbered sentence goes on in the point whose subject was named.
            or (around.follows_items and not sentence.opens)
        )
    if clause.form == "subjectless":
        return bool(clause.verb) or (around.mode == "prose" and _goes_on(value, sentence, clause, around))
    if around.mode == "prose" and clause.form == "implicit" and acts(value, clause.predicate_start, clause.end):
        return True
    return bool(
        _STRONG_DUTY.search(value, clause.start, clause.predicate_start)
        or clause.coordinating
        or any(hit.deadline.iso or hit.deadline.rrule for hit in deadlines)
    )


def _goes_on(value: str, sentence: Sentence, clause: Clause, around: Surroundings) -> bool:
    """ "Thủ tướng giao Bộ Tài chính … . Xây dựng, trình Quốc hội …": the next sentence of a report goes on with the
    same unit; a line without a full stop is a headline."""
    ended = value[sentence.start : sentence.end].rstrip()[-1:] in {".", ";"}
    return around.behind_order and ended and acts(value, clause.predicate_start, clause.end)


def _only_states(value: str, clause: Clause, around: Surroundings) -> bool:
    """Praise, or a decision where no unit stands above: said by the one who directs, done by nobody."""
    if clause.form != "subjectless" or clause.verb or clause.manner:
        return False
    cursor = Cursor(value, clause.predicate_start, clause.predicate_end)
    praises = cursor.sees_any(lexicon.COMMENDING) and not PRAISE_OTHERS.match(value, clause.predicate_start)
    return praises or (not around.headed and cursor.sees_any(lexicon.DECIDING))
