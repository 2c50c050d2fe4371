"""A sentence in pieces: where a second subject is told something of its own.

In: a sentence, a directory. Out: its pieces, each with the clause that assigns something in it, if one does.

| parted at | example |
|---|---|
| ";", "đồng thời" | … lập đề án; Sở Tài chính bố trí kinh phí |
| ", giao" | Đồng ý chủ trương, giao Sở Nội vụ hoàn thiện |
| a comma before a unit that acts | Giao Sở Xây dựng lập đồ án, Sở Tài chính bố trí kinh phí |
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from minutes.language.assigning import ASSIGNING
from minutes.language.clause_edges import binds_alone
from minutes.language.clause_values import Clause
from minutes.language.clauses import (
    assigned_clause,
    behind_connectives,
    clause_behind_adverbial,
    clause_behind_topic,
    clause_with_subject,
    read_clause,
    within_an_act,
)
from minutes.language.coordination import acts, only_helps, trimmed
from minutes.language.directory import Directory
from minutes.language.kinds import kind_of_statement
from minutes.language.procedure import statement_body
from minutes.language.scanning import Cursor
from minutes.language.text import UPPER, WORD
from minutes.language.units import read_party

_SECOND = re.compile(
    rf"(?:\s*;\s*|\s*,\s*còn\s+(?=(?-i:[{UPPER}]))|\s*[,.]?\s*(?<!\w)đồng\s+thời(?!\w)\s*,?\s*)", re.IGNORECASE
)
# "Phòng Công tác sinh viên chủ trì; Đoàn Thanh niên, Trạm Y tế phối hợp tổ chức …": one act.
_LEADS_WITH = re.compile(r"(?<!\w)chủ\s+trì\s*$", re.IGNORECASE)
_TOLD_NEXT = re.compile(r"(?:,\s*(?:và\s+)?|\s+và\s+)(?=(?:giao|yêu cầu|đề nghị|phân công)\s)", re.IGNORECASE)
_UNIT_NEXT = re.compile(rf",\s*(?=(?-i:[{UPPER}])|(?:đồng chí|anh|chị|ông|bà)\s+(?-i:[{UPPER}]))")
_AGREED = re.compile(
    r"(?<!\w)(?:đồng ý|nhất trí|thống nhất)(?:\s+(?:về|trên)\s+(?:mặt\s+)?(?:chủ trương|nguyên tắc))?\s*$",
    re.IGNORECASE,
)
_LONGEST_NAME_WORDS = 12
#: "Phòng Điều dưỡng này, …" only calls those who are then told.
_FEWEST_WORDS_OF_TALK = 3


@dataclass(frozen=True)
class Piece:
    """A stretch of a sentence that tells one thing, and the assignment in it, if it is one."""

    start: int
    end: int
    clause: Clause | None


def read_pieces(text: str, start: int, end: int, directory: Directory) -> tuple[Piece, ...]:
    """A sentence split where a new subject is told something (";", "đồng thời", ", giao …"), piece by piece."""
    edges = [start, *sorted(set(_new_subjects(text, start, end, directory))), end]
    # "Các Bộ: Tài chính, Nội vụ; Ngân hàng Nhà nước gửi …": a list of subjects goes on behind the semicolon.
    edges = [
        edge
        for edge in edges
        if not (start < edge < end and _only_names(text, max(e for e in edges if e < edge), edge, directory))
    ]
    return tuple(
        Piece(begin, stop, read_clause(text, begin, stop, directory))
        for begin, stop in zip(edges, edges[1:], strict=False)
    )


def _only_names(text: str, start: int, end: int, directory: Directory) -> bool:
    """ "Các Bộ: Tài chính, Nội vụ;", "Giao các sở, ngành tỉnh;"."""
    begin, stop = behind_connectives(text, start, end), trimmed(text, start, end)
    clause = assigned_clause(text, begin, stop, directory) or clause_with_subject(text, begin, stop, directory)
    return clause is not None and clause.form == "heading" and not text[start:end].rstrip().endswith(":")


def read_clauses(text: str, start: int, end: int, directory: Directory) -> tuple[Clause, ...]:
    """The assignments among the pieces of one sentence."""
    return tuple(piece.clause for piece in read_pieces(text, start, end, directory) if piece.clause is not None)


def _new_subjects(text: str, start: int, end: int, directory: Directory) -> Iterator[int]:
    for match in _SECOND.finditer(text, start, end):
        if _LEADS_WITH.search(text, start, match.start()):
            continue
        if match.end() > start and (
            (_names_somebody(text, match.end(), end, directory) and not only_helps(text, match.end(), end, directory))
            or binds_alone(text, start, match, end)
        ):
            yield match.end()
    for match in _UNIT_NEXT.finditer(text, start, end):
        before = text, start, match.start()
        if _agreed(*before) or _only_talks(*before, directory) or _told_next_to(text, start, match, directory):
            clause = clause_with_subject(text, match.end(), end, directory)
            if clause is not None and clause.form != "heading" and acts(text, clause.predicate_start, end):
                yield match.end()
    for match in _TOLD_NEXT.finditer(text, start, end):
        if (
            text[start : match.start()].strip()
            and assigned_clause(text, match.end(), end, directory) is not None
            and not _asks_a_firm(text, start, match.end(), end, directory)
            and _is_complete(text, start, match.start(), directory)
        ):
            yield match.end()


def _asks_a_firm(text: str, start: int, verb: int, end: int, directory: Directory) -> bool:
    """ "Ban QLDA 9 khảo sát, yêu cầu nhà thầu sửa chữa …" stays one order."""
    told = assigned_clause(text, verb, end, directory)
    return told is not None and within_an_act(text, start, verb, told.lead, directory)


def _told_next_to(text: str, start: int, comma: re.Match[str], directory: Directory) -> bool:
    """ "Đề nghị anh Lử nhớ cam kết, UBND xã bàn giao …": a unit of the directory, or a name in a paper that knows none,
    with an act of its own behind what somebody was told; not the second of those one works with or writes to."""
    if directory.listed and directory.unit_at(text, comma.end()) is None:
        return False
    begin = behind_connectives(text, start, comma.start())
    told = assigned_clause(text, begin, comma.start(), directory)
    if not directory.listed:
        told = told or clause_with_subject(text, begin, comma.start(), directory)
    if told is None or not told.lead or told.predicate_end <= told.predicate_start:
        return False
    words = [match.start() for match in WORD.finditer(text, told.predicate_start, comma.start())]
    return not any(
        read_party(cursor := Cursor(text, place, comma.start()), directory) is not None and cursor.at_end()
        for place in words[-_LONGEST_NAME_WORDS:]
    )


def _only_talks(text: str, start: int, end: int, directory: Directory) -> bool:
    """ "Anh Lượng hứa rồi thì phải làm": one of the meeting is spoken of and nothing is told to do yet."""
    if not directory.people:
        return False
    clause = clause_with_subject(text, behind_connectives(text, start, end), end, directory)
    if clause is None or clause.form != "implicit" or acts(text, clause.predicate_start, end):
        return False
    words = list(WORD.finditer(text, clause.predicate_start, end))
    return len(words) >= _FEWEST_WORDS_OF_TALK and all(
        read_party(Cursor(text, word.start(), end), directory) is None for word in words
    )


def _agreed(text: str, start: int, end: int) -> bool:
    """Does a decision stand here ("Kinh phí thì tôi đồng ý")?"""
    said = text[start:end]
    if ASSIGNING.search(said):
        return False
    return _AGREED.search(said) is not None or kind_of_statement(statement_body(said)) == "decision"


def _is_complete(text: str, start: int, end: int, directory: Directory) -> bool:
    """Does something assigned or decided already stand here, so that a second "giao" begins anew?"""
    if kind_of_statement(statement_body(text[start:end])) is not None:
        return True
    clause = assigned_clause(text, behind_connectives(text, start, end), end, directory) or clause_with_subject(
        text, start, end, directory
    )
    return clause is not None and clause.predicate_end > clause.predicate_start


def _names_somebody(text: str, start: int, end: int, directory: Directory) -> bool:
    begin = behind_connectives(text, start, end)
    clause = (
        assigned_clause(text, begin, end, directory)
        or clause_with_subject(text, begin, end, directory)
        or clause_behind_adverbial(text, begin, end, directory)
        or clause_behind_topic(text, begin, end, directory)
    )
    return clause is not None and clause.form != "heading"
